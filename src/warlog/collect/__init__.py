"""Where bytes come from: files, folders and JSON Lines become captures, each with its bytes."""

from warlog.collect.sources import PAGE_SUFFIXES, RECORD_SUFFIXES, captures

__all__ = ["PAGE_SUFFIXES", "RECORD_SUFFIXES", "captures"]
