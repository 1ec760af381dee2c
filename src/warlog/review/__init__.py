"""Review in a spreadsheet: claims go out as a CSV sheet, a person's rulings come back as decisions.

`sheet` says what the columns are and how cells are written and read; `tolls` is the way a cell tells casualties;
`outgoing` writes the sheet, `incoming` reads it and makes the decisions.
"""

from warlog.review.incoming import ReviewReport, read_review
from warlog.review.outgoing import write_review

__all__ = ["ReviewReport", "read_review", "write_review"]
