"""`warlog archive`: the originals and the record of their custody: list, show, verify, export, withdraw, time stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import (
    DEFAULT_LOG,
    CollectorOption,
    LogOption,
    PrivateOption,
    example,
    none_match,
    open_log,
    say,
    say_failed,
)  # fmt: skip
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.cli.progress import Meter
from warlog.errors import EXIT_SOME_FAILED, InputError, UsageError

if TYPE_CHECKING:
    from warlog.archive import Entry
    from warlog.archive.verify import Finding
    from warlog.records import Capture
    from warlog.store import Log

CertificateOption = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="FILE.pem", help="Certificates that a time stamp's signature must go back to."),
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Id of a document or capture, or the first digits of a SHA-256.")
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands."""
    archive = typer.Typer(
        name="archive", help="List, verify, export and withdraw originals; every step stands in the custody record.",
        no_args_is_help=True, rich_markup_mode=None,
        epilog=example("warlog archive verify", "warlog archive export --all --out evidence.wacz"),
    )  # fmt: skip
    archive.command("list", epilog=example("warlog archive list --format csv --out originals.csv"))(list_)
    archive.command("show", epilog=example("warlog archive show wire/0129"))(show)
    archive.command("verify", epilog=example("warlog archive verify", "warlog archive verify --head 3f9a51c2d27be846"))(verify)
    archive.command("export", epilog=example(
        "warlog archive export wire/0129 --out evidence.wacz", "warlog archive export --all --out evidence.warc.gz",
    ))(export)  # fmt: skip
    archive.command("withdraw", epilog=example('warlog archive withdraw 3f9a51c2d27be846 --reason "names a witness"'))(withdraw)
    archive.command("timestamp", epilog=example("warlog archive timestamp --url https://tsa.example.org/"))(timestamp)
    archive.command("adopt", epilog=example("warlog archive adopt --log january.db"))(adopt)
    app.add_typer(archive)


def list_(log: LogOption = DEFAULT_LOG, form: FormatOption = Format.table, out: OutOption = None) -> None:
    """List what was taken in: when, from where, how large, with which hash, and whether it is kept or withdrawn."""
    from warlog.archive.listing import Kept, rows

    with open_log(log) as opened:
        if not emit(Kept, rows(opened.archive, opened.captures()), form, out):
            none_match(opened)


def show(name: IdArgument, log: LogOption = DEFAULT_LOG) -> None:
    """Show what is recorded of an original: each capture of it, its custody entries, and where it lies."""
    from warlog.archive.find import one_original
    from warlog.records import as_dict

    with open_log(log) as opened:
        found = one_original(opened.captures(), name)
        for document_id, capture in found:
            _print(f"Capture {capture.capture_id}, read as the document {document_id}")
            for field, value in as_dict(capture).items():
                if field == "headers":
                    for line in value:
                        _print(f"  header: {': '.join(line)}")
                elif value not in (None, ""):
                    _print(f"  {field}: {value}")
        sha256 = found[0][1].sha256
        entries = list(opened.archive.entries(sha256))
        print("Custody" if entries else "The custody record has no entry of it.")
        for entry in entries:
            _print(f"  {_told(entry)}")
        if sha256 in opened.archive:
            print(f"It lies at {opened.archive.path(sha256)}")
        elif not any(entry.event == "withdrawn" for entry in entries):
            say(f"It is missing from {opened.archive.path(sha256)}.")
            raise typer.Exit(EXIT_SOME_FAILED)


def _told(entry: Entry) -> str:
    parts = [f"entry {entry.seq}, {entry.at}: {entry.event}"]
    parts += [f"by {entry.collector}"] if entry.collector else []
    parts += [f"with {entry.tool}"] if entry.tool else []
    parts += [f"as capture {entry.capture_id}"] if entry.capture_id else []
    return ", ".join(parts) + (f": {entry.note}" if entry.note else "")


def _print(text: str) -> None:
    print("".join(c if c.isprintable() else "�" for c in text))


def verify(
    log: LogOption = DEFAULT_LOG,
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="Hash of an entry, noted elsewhere, that must be there.")
    ] = None,
    certificate: CertificateOption = None,
) -> None:
    """Find whatever was altered, removed or added among the originals, in the custody record, or in the log's captures.

    Note the head that it prints elsewhere: with --head, a record whose end was cut off is found too.
    """
    from warlog.archive.verify import LEAST_DIGITS
    from warlog.archive.verify import verify as check

    if head is not None and not re.fullmatch(rf"[0-9a-fA-F]{{{LEAST_DIGITS},64}}", head.strip()):
        raise UsageError(f"--head takes a hash of {LEAST_DIGITS} to 64 hex digits, not {head!r}.")

    def tell(finding: Finding) -> None:
        meter.stop()
        say(finding.text if finding.is_fault else f"Note: {finding.text}")

    with Meter() as meter, open_log(log) as opened:
        verdict = check(
            opened.archive, opened.captures(), tell=tell, head=head, certificates=_pem(certificate),
            progress=lambda what, done: meter.show(what, done), text_of=lambda document_id: _text_of(opened, document_id),
        )  # fmt: skip
    print(
        f"{verdict.entries:,} custody entries, {verdict.originals:,} originals ({verdict.size:,} bytes),"
        f" {verdict.captures:,} captures, {verdict.withdrawn:,} withdrawn, {verdict.stamps:,} time stamps."
    )
    print(f"Head of the custody record: {verdict.head}")
    if verdict.faults:
        say(f"{verdict.faults:,} {'fault' if verdict.faults == 1 else 'faults'} found.")
        raise typer.Exit(EXIT_SOME_FAILED)
    print("No fault found.")


def _text_of(log: Log, document_id: str) -> str:
    document = log.document(document_id)
    return document.text if document is not None else ""


def _pem(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Documents, captures, or first digits of a SHA-256.")
    ] = None,
    log: LogOption = DEFAULT_LOG,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The .wacz or .warc.gz file to write.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that the log has captured.")] = False,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Title of a WACZ.")] = "Originals from a Warlog archive",
    collector: CollectorOption = "",
) -> None:
    """Write originals, with what is recorded of them, to a WACZ or WARC file that web archive tools open."""
    from warlog.archive.export import export as write
    from warlog.archive.find import find

    if out is None:
        raise UsageError("Say where to with --out FILE.wacz or --out FILE.warc.gz.")
    if bool(names) == everything:
        raise UsageError("Name what to export, or give --all.")
    with Meter() as meter, open_log(log) as opened:
        total = opened.counts()["captures"] if everything else None
        wanted: Iterator[tuple[str, Capture]]
        wanted = (
            ((name, capture) for _, name, capture in opened.captures()) if everything else find(opened.captures(), names or [])
        )
        done = write(
            opened.archive, wanted, out, software=_tool(), title=title,
            title_of=lambda name: document.title if (document := opened.document(name)) is not None else None,
            progress=lambda count, name: meter.show("exporting", count, total, name),
        )  # fmt: skip
        meter.stop()
        print(f"{out}: {_captures(done.captures)}, {done.size:,} bytes, in a file of {done.file_size:,} bytes.")
        print(f"SHA-256 of the file: {done.sha256}")
        if opened.writable:
            note = f"{_captures(done.captures)} as {'WACZ' if out.suffix.lower() == '.wacz' else 'WARC'}"
            opened.archive.record_export(done.sha256, done.file_size, note, _tool(), _collector(collector))
        else:
            say("The log is read-only: the custody record has no entry of this export.")
    say_failed(done.left_out)


def _captures(number: int) -> str:
    return f"{number:,} capture{'' if number == 1 else 's'}"


def withdraw(
    name: IdArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the custody record.")],
    log: LogOption = DEFAULT_LOG,
    collector: CollectorOption = "",
) -> None:
    """Remove an original for good, with the text and claims read from it; a tombstone says that it was there, and why not now.

    The custody record still verifies, and the same bytes are not taken in again.
    """
    from warlog.archive.find import one_original
    from warlog.pipeline import derive_events

    why = " ".join(reason.split())
    if not why:
        raise UsageError("Give the reason: --reason TEXT.")
    if len(why) > _LONGEST_REASON:
        raise UsageError(f"The reason is longer than {_LONGEST_REASON} characters.")
    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        sha256 = one_original(opened.captures(), name)[0][1].sha256
        meter.show("withdrawing")
        entry = opened.archive.withdraw(sha256, why, _tool(), _collector(collector))
        documents = opened.withdraw(sha256)
        if opened.is_stale:
            meter.show("linking")
            opened.trace()
            derive_events(opened)
    print(
        f"{sha256} withdrawn (entry {entry.seq} of the custody record); blanked in the log: {', '.join(documents) or 'nothing'}."
    )


#: A reason is a line in a record that is kept for ever.
_LONGEST_REASON = 1000


def timestamp(
    url: Annotated[str, typer.Option("--url", metavar="URL", help="The RFC 3161 time stamp server.")],
    log: LogOption = DEFAULT_LOG,
    certificate: CertificateOption = None,
    allow_private: PrivateOption = False,
    collector: CollectorOption = "",
) -> None:
    """Have a time stamp server attest that the custody record, with all in it up to now, existed at this time.

    Only a hash is sent. The stamp is kept in the archive, and `warlog archive verify` checks it.
    """
    from warlog.archive.stamping import stamp

    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        meter.show("asking", slow=True)
        told = stamp(
            opened.archive, url, certificates=_pem(certificate), allow_private=allow_private, tool=_tool(),
            collector=_collector(collector),
        )  # fmt: skip
    print(f"Entry {told.stamped} of the custody record ({told.head}) was stamped at {told.time}: {told.path}")


def adopt(log: LogOption = DEFAULT_LOG, collector: CollectorOption = "") -> None:
    """Begin the custody of originals that were taken in before a custody record was kept; nothing else needs it.

    Their entries say that they were adopted now, not when they came in.
    """
    from warlog.archive.adopting import adopt as enter

    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        total = opened.counts()["captures"]
        count, failed = enter(
            opened.archive, opened.captures(), _tool(), _collector(collector),
            progress=lambda done, name: meter.show("adopting", done, total, name),
        )  # fmt: skip
    print(f"{count:,} captures adopted; the others were in the custody record.")
    say_failed(failed)


def _tool() -> str:
    from warlog.collect.origin import tool

    return tool()


def _collector(given: str) -> str:
    from warlog.collect.origin import account

    return " ".join(given.split())[:200] or account()
