"""Where bytes come from: files, folders, archives, feeds and standard input become captures, each with its bytes."""

from warlog.collect.guard import Found
from warlog.collect.kinds import SUFFIXES
from warlog.collect.notices import Skipped
from warlog.collect.sources import STDIN, Fetch, captures

__all__ = ["STDIN", "SUFFIXES", "Fetch", "Found", "Skipped", "captures"]
