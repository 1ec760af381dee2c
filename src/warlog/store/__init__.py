"""The log: captures, documents, claims, events, place-days and people's decisions, in one SQLite file.

`Log.open(path)` is the way in; `ClaimFilter` narrows what comes out. Originals lie in `warlog.archive` beside it.
"""

from warlog.store.filters import ClaimFilter
from warlog.store.intake import IdTaken, Placement
from warlog.store.log import Log

__all__ = ["ClaimFilter", "IdTaken", "Log", "Placement"]
