"""The archive: original bytes named by their SHA-256, and a chained record of their custody that holds no content.

`Archive` keeps and gives out; `verify` finds whatever was altered, removed or added; `export` writes WACZ and WARC;
`timestamp` has the chain stamped by a time stamp server. docs/archive.md says what is promised.
"""

from warlog.archive.entry import Entry, capture_hash
from warlog.archive.files import sha256_of
from warlog.archive.originals import Archive, Withdrawn

__all__ = ["Archive", "Entry", "Withdrawn", "capture_hash", "sha256_of"]
