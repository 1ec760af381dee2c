"""Finding whatever was altered, removed or added: in the custody record, among the originals, or in the log's captures.

What the custody record says, what lies in the folder and what the log has are put into one temporary index on disk and
held against each other, so that memory stays the same for any archive. An intake that was stopped is a note, not a
fault: the next writer finishes it. Other processes may write meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from warlog.archive import stamps
from warlog.archive.chain import is_torn, lines
from warlog.archive.entry import GENESIS, BadEntryError, Entry, capture_hash, parse
from warlog.archive.files import reason, sha256_of_file
from warlog.archive.originals import CUSTODY, HELD, LOCK, PASSING, STAMPS, Archive
from warlog.errors import LogError
from warlog.records import Capture

#: A hash that is given to compare with may be shortened to so many digits.
LEAST_DIGITS = 16

_TABLES = """
CREATE TABLE hashes (hash TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID;
CREATE TABLE held (sha256 TEXT PRIMARY KEY, size INTEGER, seq INTEGER, tombstone TEXT, seen INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE taken (capture_id TEXT, record TEXT, seq INTEGER, PRIMARY KEY (capture_id, record)) WITHOUT ROWID;
CREATE TABLE stamps (seq INTEGER PRIMARY KEY, sha256 TEXT, about TEXT, seen INTEGER DEFAULT 0);
CREATE TABLE files (path TEXT, sha256 TEXT, size INTEGER);
CREATE TABLE captures (capture_id TEXT, record TEXT, sha256 TEXT, document_id TEXT);
"""


@dataclass(slots=True, frozen=True)
class Finding:
    """One thing that was found, as a sentence."""

    text: str
    #: whether something is wrong, rather than only to be known
    is_fault: bool


@dataclass(slots=True)
class Verdict:
    """What came of verifying."""

    entries: int = 0
    #: hash of the last entry; to be noted elsewhere, since a chain cannot show that its end was cut off
    head: str = GENESIS
    originals: int = 0
    #: their length together
    size: int = 0
    withdrawn: int = 0
    captures: int = 0
    stamps: int = 0
    faults: int = 0
    notes: int = 0


Tell = Callable[[Finding], None]
Progress = Callable[[str, int], None]


def verify(
    archive: Archive,
    captures: Iterable[tuple[int, str, Capture]] = (),
    *,
    tell: Tell,
    progress: Progress | None = None,
    head: str | None = None,
    certificates: bytes | None = None,
    text_of: Callable[[str], str] | None = None,
) -> Verdict:
    """Verify an archive against its custody record and the log's captures (as `Log.captures` gives them).

    `tell` is told of each finding at once. `head` is the hash, or its first LEAST_DIGITS digits or more, of an entry
    noted elsewhere, which the chain must have. `certificates` (PEM) are those that time stamps must go back to.
    `text_of` gives a document's text, which must be empty where its original was withdrawn. Raises LogError if the
    archive cannot be read, and InputError for certificates that are none.
    """
    with _Check(archive, tell, progress or (lambda what, done: None)) as check:
        check.read_chain(last=False)
        check.read_folder()
        check.read_captures(captures, text_of)
        check.read_chain(last=True)
        check.compare_files()
        check.compare_captures()
        check.compare_stamps(certificates)
        if head is not None:
            check.compare_head(head)
        return check.verdict


class _Check:
    def __init__(self, archive: Archive, tell: Tell, progress: Progress) -> None:
        self.verdict = Verdict()
        self._archive, self._tell, self._progress = archive, tell, progress
        # An empty name is a database of its own, on disk as soon as it is large, that goes when it is closed.
        self._index = sqlite3.connect("", isolation_level=None)
        self._index.executescript(_TABLES)
        self._index.execute("BEGIN")
        self._offset = 0
        self._line = 0
        self._prev: str | None = GENESIS
        self._next = 1
        self._no_record = False

    def __enter__(self) -> _Check:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._index.close()

    def _fault(self, text: str) -> None:
        self.verdict.faults += 1
        self._tell(Finding(text, True))

    def _note(self, text: str) -> None:
        self.verdict.notes += 1
        self._tell(Finding(text, False))

    # -- the custody record ----------------------------------------------------------------------------------------

    def read_chain(self, *, last: bool) -> None:
        """Read the record on from where it was read before. What follows the last line's end is judged only at the last."""
        path = self._archive.custody
        try:
            with path.open("rb") as file:
                file.seek(self._offset)
                for line in lines(file, self._line):
                    if not line.whole:
                        if last:
                            self._unfinished(line.number, line.data)
                        return
                    self._line, self._offset = line.number, file.tell()
                    self._entry(line.number, line.data)
                    if line.number % 1000 == 0:
                        self._progress("custody record", line.number)
        except FileNotFoundError:
            self._no_record = last
        except OSError as error:
            raise LogError(f"The custody record {path} cannot be read: {reason(error)}.") from error

    def _unfinished(self, number: int, data: bytes) -> None:
        where = f"{CUSTODY}, line {number}"
        if is_torn(data):
            self._note(f"{where}: the line is unfinished: an intake was interrupted; the next read mends it.")
        else:
            self._fault(f"{where}: the line was altered: it has no line's end.")

    def _entry(self, number: int, data: bytes) -> None:
        where = f"{CUSTODY}, line {number}"
        try:
            entry = parse(data)
        except BadEntryError as error:
            self._fault(f"{where}: the entry was altered or added: {error}.")
            self._prev, self._next = None, self._next + 1
            return
        if entry.seq > self._next:
            gone = f"entry {self._next} is" if entry.seq == self._next + 1 else f"entries {self._next} to {entry.seq - 1} are"
            self._fault(f"{where}: {gone} missing before entry {entry.seq}.")
        elif entry.seq < self._next:
            self._fault(f"{where}: entry {entry.seq} stands where entry {self._next} should.")
        elif self._prev is not None and entry.prev != self._prev:
            self._fault(f"{where}: entry {entry.seq} does not follow from the one before it: one of them was exchanged.")
        self._prev, self._next = entry.hash, entry.seq + 1
        self.verdict.entries += 1
        self.verdict.head = entry.hash
        self._remember(entry)

    def _remember(self, entry: Entry) -> None:
        put = self._index.execute
        put("INSERT OR IGNORE INTO hashes VALUES (?, ?)", (entry.hash, entry.seq))
        if entry.event in HELD:
            put(
                "INSERT INTO held (sha256, size, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tombstone = NULL",
                (entry.sha256, entry.size, entry.seq),
            )
        elif entry.event == "withdrawn":
            put(
                "INSERT INTO held (sha256, size, seq, tombstone) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET tombstone = excluded.tombstone",
                (entry.sha256, entry.size, entry.seq, entry.at),
            )
        elif entry.event == "timestamp":
            put("INSERT OR REPLACE INTO stamps (seq, sha256, about) VALUES (?, ?, ?)", (entry.seq, entry.sha256, entry.about))
        if entry.capture_id:
            put("INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", (entry.capture_id, entry.capture_sha256, entry.seq))

    # -- the folder ------------------------------------------------------------------------------------------------

    def read_folder(self) -> None:
        """Hash every file that lies in the archive."""
        folder = self._archive.folder
        if not folder.exists():
            return
        for done, path in enumerate(_files(folder, self._fault), 1):
            name = path.relative_to(folder).as_posix()
            if name in (CUSTODY, LOCK):
                continue
            try:
                if not stat.S_ISREG(path.lstat().st_mode):
                    self._fault(f"{name} is a link or device, which no original is: it was added.")
                    continue
                sha256, size = sha256_of_file(path)
            except FileNotFoundError:
                continue  # another process has just moved or withdrawn it
            except OSError as error:
                self._fault(f"{name} cannot be read: {reason(error)}.")
                sha256, size = "", 0
            self._index.execute("INSERT INTO files VALUES (?, ?, ?)", (name, sha256, size))
            self._progress("originals", done)

    def compare_files(self) -> None:
        """Hold what lies in the folder against the custody record."""
        with closing(self._index.cursor()) as rows:
            for name, sha256, size in rows.execute("SELECT path, sha256, size FROM files ORDER BY path"):
                top, _, base = name.partition("/")
                if top == PASSING:
                    self._passing(name, base, sha256)
                elif top == STAMPS:
                    self._stamp_file(name, base, sha256)
                else:
                    self._original(name, sha256, size)
        count, gone = 0, "SELECT sha256, seq FROM held WHERE tombstone IS NULL AND NOT seen ORDER BY seq"
        with closing(self._index.cursor()) as rows:
            for sha256, seq in rows.execute(gone):
                if not self._came_since(sha256):
                    count += 1
                    self._fault(f"{_place(sha256)} is missing: entry {seq} of the custody record took it in.")
        self.verdict.originals = self._count("SELECT count(*) FROM held WHERE tombstone IS NULL") - count
        self.verdict.withdrawn = self._count("SELECT count(*) FROM held WHERE tombstone IS NOT NULL")

    def _original(self, name: str, sha256: str, size: int) -> None:
        base = name.rpartition("/")[2]
        row = self._index.execute("SELECT size, seq, tombstone FROM held WHERE sha256 = ?", (base,)).fetchone()
        if row is None or name != _place(base):
            if sha256:
                self._fault(f"{name} was added: the custody record has no entry of such a file.")
            return
        self._index.execute("UPDATE held SET seen = 1 WHERE sha256 = ?", (base,))
        if not sha256:
            return
        if row[2] is not None:
            self._fault(f"{name} was withdrawn on {row[2][:10]}, but lies there: withdraw it again to remove it.")
        elif sha256 != base:
            self._fault(f"{name} was altered: its bytes have the SHA-256 {sha256}.")
        elif size != row[0]:
            self._fault(f"{name} has {size} bytes, but entry {row[1]} of the custody record says {row[0]}.")
        self.verdict.size += size

    def _passing(self, name: str, base: str, sha256: str) -> None:
        if len(base) != 64:
            self._fault(f"{name} was added: it is no file of an intake.")
            return
        row = self._index.execute("SELECT tombstone FROM held WHERE sha256 = ?", (base,)).fetchone()
        if row is not None and row[0] is None and sha256 == base:
            self._index.execute("UPDATE held SET seen = 1 WHERE sha256 = ?", (base,))
            self._note(f"{name} is of an interrupted intake, which the next read completes.")
        elif self._index.execute("SELECT 1 FROM stamps WHERE sha256 = ?", (base,)).fetchone() and sha256 == base:
            self._index.execute("UPDATE stamps SET seen = 1 WHERE sha256 = ?", (base,))
            self._note(f"{name} is a time stamp whose keeping was interrupted; the next read completes it.")
        else:
            self._note(f"{name} is of an interrupted intake that nothing was reported of; the next read removes it.")

    def _stamp_file(self, name: str, base: str, sha256: str) -> None:
        number = base.removesuffix(".tsr")
        wanted = f"{STAMPS}/{number}.tsr"
        row = None
        if number.isascii() and number.isdigit() and name == wanted and len(number) < 19:
            row = self._index.execute("SELECT sha256 FROM stamps WHERE seq = ?", (int(number),)).fetchone()
        if row is None:
            self._fault(f"{name} was added: the custody record has no entry of such a time stamp.")
            return
        self._index.execute("UPDATE stamps SET seen = 1 WHERE seq = ?", (int(number),))
        if sha256 and sha256 != row[0]:
            self._fault(f"{name} was altered: its bytes have the SHA-256 {sha256}.")

    def _came_since(self, sha256: str) -> bool:
        """Whether an original that was not in the folder when it was read has been put there by another process."""
        try:
            found, size = sha256_of_file(self._archive.path(sha256))
        except OSError:
            return False
        self.verdict.size += size
        return found == sha256

    # -- the log ---------------------------------------------------------------------------------------------------

    def read_captures(self, captures: Iterable[tuple[int, str, Capture]], text_of: Callable[[str], str] | None) -> None:
        """Take the log's captures into the index, and look for text of originals that were withdrawn."""
        for done, (_, document_id, capture) in enumerate(captures, 1):
            self.verdict.captures = done
            self._index.execute(
                "INSERT INTO captures VALUES (?, ?, ?, ?)",
                (capture.capture_id, capture_hash(capture), capture.sha256, document_id),
            )
            if done % 100 == 0:
                self._progress("captures", done)
        if text_of is None:
            return
        left = (
            "SELECT DISTINCT document_id FROM captures JOIN held USING (sha256) WHERE tombstone IS NOT NULL ORDER BY document_id"
        )
        for (document_id,) in self._index.execute(left).fetchall():
            if text_of(document_id):
                self._fault(f"Document {document_id} is in the log with its text, but was withdrawn: withdraw it again.")

    def compare_captures(self) -> None:
        """Hold the log's captures against the custody record."""
        if self._no_record and (self.verdict.captures or self._count("SELECT count(*) FROM files")):
            self._fault(
                f"{CUSTODY} is missing: without it nothing says what came in when. If a Warlog that kept none made this"
                " archive, `warlog archive adopt` begins one."
            )
            return
        query = (
            "SELECT c.capture_id, c.document_id, EXISTS (SELECT 1 FROM taken t WHERE t.capture_id = c.capture_id)"
            " FROM captures c WHERE NOT EXISTS (SELECT 1 FROM taken t WHERE t.capture_id = c.capture_id AND t.record = c.record)"
        )
        for capture_id, document_id, known in self._index.execute(query):
            if known:
                self._fault(f"Capture {capture_id} ({document_id}) was altered in the log: it is not as it was taken in.")
            else:
                self._fault(f"Capture {capture_id} ({document_id}) is in the log, but the custody record has no entry of it.")
        if not self.verdict.captures:
            return
        query = (
            "SELECT capture_id, min(seq) FROM taken WHERE capture_id NOT IN (SELECT capture_id FROM captures)"
            " GROUP BY capture_id ORDER BY 2"
        )
        for capture_id, seq in self._index.execute(query):
            self._note(
                f"Capture {capture_id} of entry {seq} is not in the log: a read was stopped before it was kept there,"
                " or it was removed from the log."
            )

    # -- time stamps and the head ----------------------------------------------------------------------------------

    def compare_stamps(self, certificates: bytes | None) -> None:
        """Check each time stamp: that it is there, of which entry it is, and who signed it."""
        checker = stamps.Checker(certificates) if certificates is not None else None
        unsigned = 0
        for seq, about, seen in self._index.execute("SELECT seq, about, seen FROM stamps ORDER BY seq").fetchall():
            name = f"{STAMPS}/{seq}.tsr"
            self.verdict.stamps += 1
            if not seen:
                self._fault(f"{name} is missing: entry {seq} of the custody record tells of that time stamp.")
                continue
            row = self._index.execute("SELECT seq FROM hashes WHERE hash = ?", (about,)).fetchone()
            if row is None or row[0] >= seq:
                self._fault(f"{name} is a time stamp of an entry that the custody record does not have: {about}.")
                continue
            try:
                token = self._archive.stamp_path(seq).read_bytes()
                wrong = stamps.problem(token, about) if checker is None else checker.problem(token, about)
            except OSError:
                continue  # told of already, or not in its place yet
            except stamps.NotInstalled as error:
                self._note(f"{name} was not checked: {error}")
                continue
            if wrong is not None:
                self._fault(f"{name} does not prove the time of entry {row[0]}: {wrong}.")
            elif checker is None:
                unsigned += 1
        if unsigned:
            self._note(f"The signatures of {unsigned} time stamps were not checked: give --certificate FILE.pem to do so.")

    def compare_head(self, head: str) -> None:
        """Look for an entry that was noted elsewhere."""
        wanted = head.strip().lower()
        query = "SELECT 1 FROM hashes WHERE hash >= ? AND hash < ?"
        if self._index.execute(query, (wanted, wanted + "g")).fetchone() is None:
            self._fault(f"The custody record has no entry {wanted}: its end was cut off, or it was written anew.")

    def _count(self, query: str) -> int:
        return int(self._index.execute(query).fetchone()[0])


def _place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _files(folder: Path, fault: Callable[[str], None]) -> Iterator[Path]:
    """Everything below a folder that is no folder, sorted, without following links."""

    def failed(error: OSError) -> None:
        fault(f"{error.filename} cannot be read: {reason(error)}.")

    for parent, folders, names in os.walk(folder, onerror=failed):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        folders[:] = sorted(set(folders) - set(links))
        for name in sorted([*names, *links]):
            yield Path(parent, name)
