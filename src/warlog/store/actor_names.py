"""Which known actor a reviewer's correction names: asked of the actors room, in the context of the document.

The actors room is heavy to load and corrections of actors are few, so it is loaded when the first one comes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from warlog.records import Claim, Document


class Resolver:
    """An actor as written and its claim to ids and standard names; `document_of` finds the document of a claim."""

    def __init__(self, document_of: Callable[[str], Document | None]) -> None:
        self._document_of = document_of

    def __call__(self, name: str, claim: Claim) -> tuple[list[str], list[str]]:
        """Ids and standard names of the actors that the name stands for; an unknown one gets an id of its own."""
        from warlog.actors.model import ActorContext

        actors = _actors()
        document = self._document_of(claim.document_id)
        text = document.text if document else claim.quote
        context = ActorContext(
            day=claim.date_end or claim.published,
            publisher=claim.publisher,
            theatres=tuple(actors.theatres_of(text)),
            countries=tuple(actors.countries_of(text)),
        )
        found = actors.resolve(name, context)
        return [ref.actor_id for ref in found], [ref.name for ref in found]


@cache
def _actors() -> Any:
    from warlog.actors import Actors

    return Actors.load()
