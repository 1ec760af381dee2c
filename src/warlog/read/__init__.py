"""Bytes to documents: text, page furniture, title, byline, dates, labels, media and credits."""

from warlog.read.document import read_document
from warlog.read.remarks import remarks

__all__ = ["read_document", "remarks"]
