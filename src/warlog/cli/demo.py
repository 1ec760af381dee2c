"""`warlog demo`: the whole product on the bundled sample."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import example, say_failed
from warlog.cli.progress import Meter
from warlog.errors import LogError, UsageError

if TYPE_CHECKING:
    from warlog.publish import Picture
    from warlog.store import Log

_MARK = ".warlog-demo"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog demo", "warlog demo --out trial"))(demo)


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to put everything.")] = Path("demo"),
) -> None:
    """Read the bundled sample (made-up reports) and write a situation report, a map and all exports into a folder.

    The folder is made anew each time; a folder that is not a demo's is left alone.
    """
    from warlog.cli.read import told
    from warlog.sample import folder

    _clear(out)
    with folder() as sample, Meter() as meter:
        meter.show("loading", slow=True)
        from warlog.extract import RuleExtractor
        from warlog.pipeline import read_sources
        from warlog.places.home import own_packs, use_packs_of
        from warlog.places.packs import add_pack
        from warlog.store import Log

        # The demo's log carries the sample's gazetteer with it, apart from the user's packs.
        shutil.copy(sample / "gazetteer.csv", out / "warlog-sample.csv")
        add_pack(out / "warlog-sample.csv", home=own_packs(out / "warlog.db"))
        use_packs_of(out / "warlog.db")
        shutil.copytree(sample / "reports", out / "reports", dirs_exist_ok=True)
        with Log.open(out / "warlog.db") as log:
            report = read_sources(log, [out / "reports"], extractor=RuleExtractor(), progress=meter)
            meter.show("publishing", slow=True)
            last = _publish(log, out)
        with (out / _MARK).open("a", encoding="utf-8") as mark:
            mark.write(f"review.csv {hashlib.sha256((out / 'review.csv').read_bytes()).hexdigest()}\n")
    print(told(report, out / "warlog.db"))
    print(_what_to_look_at(out, last))
    say_failed(report.failed)


def _clear(out: Path) -> None:
    """Make the folder, or clear it if an earlier demo made it. Raises UsageError for a folder of something else."""
    try:
        if out.is_dir() and any(out.iterdir()):
            if not (out / _MARK).is_file():
                raise UsageError(f"The folder {out} has something else in it: give another with --out FOLDER.")
            if _worked_on(out):
                raise UsageError(
                    f"The folder {out} has rulings or an edited review.csv in it: move it, or give another with --out FOLDER."
                )
            shutil.rmtree(out)
        out.mkdir(parents=True, exist_ok=True)
        (out / _MARK).write_text("Made by `warlog demo`, which may replace this folder.\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The folder {out} cannot be made: {error.strerror or error}.") from error


def _worked_on(out: Path) -> bool:
    """Whether somebody worked in an earlier demo's folder: rulings in its log, or a review sheet that is not as it was made."""
    from warlog.store import Log

    sheet, log = out / "review.csv", out / "warlog.db"
    made = (out / _MARK).read_text(encoding="utf-8")
    if sheet.is_file() and "review.csv" in made and hashlib.sha256(sheet.read_bytes()).hexdigest() not in made:
        return True
    if not log.is_file():
        return False
    try:
        with Log.open(log, create=False) as opened:
            return any(True for _ in opened.decisions())
    except LogError:
        return False


def _publish(log: Log, out: Path) -> str:
    """Write every product; returns the day of the situation report."""
    from warlog.cli.output import Format, emit
    from warlog.cli.sitrep import last_day
    from warlog.events.sides import Sides
    from warlog.publish import acled, ged, geojson
    from warlog.publish.gather import gather
    from warlog.publish.map import towns_around, write_map
    from warlog.publish.parties import Parties
    from warlog.publish.sitrep import build, to_html, to_markdown
    from warlog.publish.where import areas_of
    from warlog.records import Claim
    from warlog.review import write_review

    picture: Picture = gather(log)
    last = last_day(log) or ""
    first = min((document.published for document in picture.documents.values() if document.published), default=last)
    sides = Sides.load()
    report = build(picture, last, first, sides)
    (out / "situation-report.html").write_text(to_html(report), encoding="utf-8")
    (out / "situation-report.md").write_text(to_markdown(report), encoding="utf-8")
    title = "Warlog: the bundled sample (made-up reports)"
    write_map(out / "map.html", picture, sides=sides, title=title, context=towns_around(picture))
    parties, areas = Parties.load(), areas_of()
    with (out / "acled.csv").open("w", encoding="utf-8", newline="") as stream:
        acled.write(stream, picture, parties, areas)
    with (out / "ged.csv").open("w", encoding="utf-8", newline="") as stream:
        ged.write(stream, picture, parties, areas)
    with (out / "events.geojson").open("w", encoding="utf-8") as stream:
        geojson.write(stream, picture)
    emit(Claim, log.claims(), Format.jsonl, out / "claims.jsonl")
    write_review(log, out / "review.csv")
    return last


def _what_to_look_at(out: Path, last: str) -> str:
    log = out / "warlog.db"
    return f"""
Look at
  {out / "map.html"}                the map: open it in a browser, move the day slider, click a place
  {out / "situation-report.html"}   the report of the five days, every line with its quotes
  {out / "review.csv"}              the claims as a sheet to correct in a spreadsheet
  {out / "acled.csv"}, {out / "ged.csv"}, {out / "events.geojson"}, {out / "claims.jsonl"}

Ask
  warlog control --on {last} --log {log}
  warlog events --place Ariha --log {log}
  warlog claims --type territory_captured --log {log}
  warlog explain ID --log {log}      with an ID of a listing: everything it rests on

The reports are made up: do not cite them."""
