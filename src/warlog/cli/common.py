"""What commands share: options, filters from options, opening a log, speaking on stderr."""

from __future__ import annotations

import os
import sys
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.errors import EXIT_SOME_FAILED, UsageError

if TYPE_CHECKING:
    from warlog.store import ClaimFilter, Log

_FILTERS = "Filters"

LogOption = Annotated[
    Path, typer.Option("--log", envvar="WARLOG_LOG", metavar="FILE", help="The log.", show_default="warlog.db")
]  # fmt: skip
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DAY", help="Only from this day on (2020-01-29).", rich_help_panel=_FILTERS)
]  # fmt: skip
ToOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Only up to this day.", rich_help_panel=_FILTERS)]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Only at places of this name.", rich_help_panel=_FILTERS)
]  # fmt: skip
ActorOption = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="Only with this actor.", rich_help_panel=_FILTERS)
]  # fmt: skip
TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Only events of this type; may be repeated.", rich_help_panel=_FILTERS),
]
DocumentOption = Annotated[
    str | None,
    typer.Option("--document", metavar="ID", help="Only of this document (or part of its id).", rich_help_panel=_FILTERS),
]
NearOption = Annotated[
    str | None, typer.Option("--near", metavar="LAT,LON,KM", help="Only within so many km of a point.", rich_help_panel=_FILTERS)
]  # fmt: skip
CollectorOption = Annotated[
    str, typer.Option("--collector", envvar="WARLOG_COLLECTOR", metavar="NAME", help="Who takes this in, for the custody record.")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too, which is refused otherwise.")
]
DEFAULT_LOG = Path("warlog.db")


def example(*lines: str) -> str:
    """The epilog of a command: what one would type."""
    return "\n\n".join(["Example: " + lines[0], *("Or: " + line for line in lines[1:])])


def say(sentence: str) -> None:
    """Tell the user something on stderr, without control characters that a hostile name may hold."""
    print("".join(c if c.isprintable() or c == "\n" else "�" for c in sentence), file=sys.stderr)


#: things to tell are told one by one up to so many
MOST_FAILED = 100


def say_some(sentences: list[str]) -> None:
    """Tell the user of things one by one, up to so many."""
    for sentence in sentences[:MOST_FAILED]:
        say(sentence)
    if len(sentences) > MOST_FAILED:
        say(f"And {len(sentences) - MOST_FAILED:,} more of the kind.")


def say_failed(failed: list[str]) -> None:
    """Tell of the inputs that could not be used, then end with the exit code for it. Nothing if there are none."""
    say_some(failed)
    if failed:
        raise typer.Exit(EXIT_SOME_FAILED)


def open_log(path: Path, *, create: bool = False) -> Log:
    """Open the log of a command, and with it the packs that it carries, if any. Raises LogError."""
    from warlog.places.home import use_packs_of
    from warlog.store import Log

    use_packs_of(path)
    return Log.open(path, create=create)


def day(text: str | None, option: str) -> str | None:
    """A day given as an option, checked. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{option} takes a day such as 2020-01-29, not {text!r}.") from None


def point(text: str | None) -> tuple[float, float, float] | None:
    """`LAT,LON,KM`, checked. Raises UsageError."""
    if text is None:
        return None
    wrong = UsageError(f"--near takes LAT,LON,KM such as 35.64,36.67,20, not {text!r}.")
    try:
        lat, lon, km = (float(part) for part in text.split(","))
    except ValueError:
        raise wrong from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km < 20_100):
        raise wrong
    return lat, lon, km


def types(given: list[str] | None) -> tuple[str, ...] | None:
    """Event types, checked. Raises UsageError, with what may have been meant."""
    if not given:
        return None
    from warlog import vocabulary

    known = list(vocabulary.load("event_types"))
    found = []
    for name in given:
        wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
        if wanted not in known:
            close = get_close_matches(wanted, known, 1)
            hint = f"perhaps {close[0]!r}?" if close else f"one of: {', '.join(known)}."
            raise UsageError(f"There is no event type {name!r}; {hint}")
        found.append(wanted)
    return tuple(found)


def make_filter(
    date_from: str | None = None,
    date_to: str | None = None,
    place: str | None = None,
    actor: str | None = None,
    event_types: list[str] | None = None,
    document: str | None = None,
    near: str | None = None,
) -> ClaimFilter:
    """The filter that a command's options ask for. Raises UsageError."""
    from warlog.store import ClaimFilter

    first, last = day(date_from, "--from"), day(date_to, "--to")
    if first and last and first > last:
        raise UsageError(f"--from {first} is later than --to {last}.")
    return ClaimFilter(
        date_from=first, date_to=last, place=place, actor=actor, event_type=types(event_types), document=document,
        near=point(near),
    )  # fmt: skip


def none_match(log: Log) -> None:
    """Say on stderr that a listing is empty, and whether that is the filter's doing."""
    counts = log.counts()
    if counts["documents"] == 0:
        say(f"The log {os.fspath(log.path)} is empty: read something into it with `warlog read SOURCE`.")
    elif log.is_stale:
        say(
            f"The {counts['documents']} documents in the log are not linked to events and control yet, since a run was stopped:"
            " `warlog read` again, or `warlog rebuild`, does it."
        )
    else:
        say(f"Nothing in the log matches; it has {counts['documents']} documents and {counts['claims']} claims.")
