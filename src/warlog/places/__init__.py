"""Gazetteers and packs; which words can be a place (`spot`); which place it is (`resolve`).

The way in: `Gazetteer.open()` with `spot`, `lookup` and `get`; `resolve(mentions, context, gazetteer)` for all mentions of a
document; `mention_from_phrase` to take a place phrase apart; `add_pack`, `list_packs`, `remove_pack` for the user's packs.
Each is loaded when it is first asked for, so that the record types of `places.model` cost nothing to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warlog.places.gazetteer import Gazetteer
    from warlog.places.packs import add_pack, list_packs, remove_pack
    from warlog.places.phrase import mention_from_phrase
    from warlog.places.resolver import resolve

__all__ = ["Gazetteer", "add_pack", "list_packs", "mention_from_phrase", "remove_pack", "resolve"]

_HOMES = {
    "Gazetteer": "gazetteer",
    "add_pack": "packs",
    "list_packs": "packs",
    "remove_pack": "packs",
    "mention_from_phrase": "phrase",
    "resolve": "resolver",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for from the module it lives in."""
    if name in _HOMES:
        return getattr(import_module(f"warlog.places.{_HOMES[name]}"), name)
    raise AttributeError(name)
