"""What can go wrong with an address: one error, with what a caller needs to decide whether and when to try again."""

from __future__ import annotations

from warlog.errors import InputError


class WebError(InputError):
    """An address cannot be had; `str(error)` is the sentence."""

    def __init__(
        self,
        sentence: str,
        *,
        passing: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
        refused: bool = False,
    ) -> None:
        super().__init__(sentence)
        #: whether it may go better another time: the server is overloaded, the line broke
        self.passing = passing
        #: HTTP status of the answer, where there was one
        self.status = status
        #: seconds in which the server wants to be left alone
        self.retry_after = retry_after
        #: whether it is we who did not ask, since the address is not public
        self.refused = refused

    def with_hint(self) -> WebError:
        """The same error of an address that the user named, with what would let it through, if anything would."""
        if not self.refused:
            return self
        return WebError(f"{str(self).rstrip('.')}; --allow-private lets it through.", refused=True)

    def redirected(self, first: str, last: str) -> WebError:
        """The same error where `first`, which was asked for, led to the address `last`, of which the error tells."""
        sentence = str(self)
        if sentence.startswith(f"{last} "):
            sentence = f"{last} (to which {first} redirects){sentence.removeprefix(last)}"
        return WebError(sentence, passing=self.passing, status=self.status, retry_after=self.retry_after, refused=self.refused)
