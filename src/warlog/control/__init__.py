"""Who held which place on which day, by the claims of control known up to then: `estimate` gives a row for each day.

`changes` turns claims into holdings and denials of a place; `estimate` walks through them day by day.
"""

from warlog.control.estimate import MAX_DAYS, estimate

__all__ = ["MAX_DAYS", "estimate"]
