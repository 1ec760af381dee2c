"""What can go wrong with an address: one error, with what a caller needs to decide whether and when to try again."""

from __future__ import annotations

from warlog.errors import InputError


class WebError(InputError):
    """An address cannot be had; `str(error)` is the sentence."""

    def __init__(
        self, sentence: str, *, passing: bool = False, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(sentence)
        #: whether it may go better another time: the server is overloaded, the line broke
        self.passing = passing
        #: HTTP status of the answer, where there was one
        self.status = status
        #: seconds in which the server wants to be left alone
        self.retry_after = retry_after
