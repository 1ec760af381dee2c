"""Figures and tolls in sentences: what others import.

`find_figures` reads every wording that counts ("at least 40", "two dozen", "13-15"); `find_casualties` reads how many
of whom were killed, wounded, captured, displaced or went missing. Both work from the wording and need no parser.
"""

from __future__ import annotations

from warlog.extract.numbers_figures import Figure, article_one, find_figures, number_value
from warlog.extract.numbers_people import is_person, is_thing
from warlog.extract.numbers_tolls import Toll, find_casualties

__all__ = ["Figure", "Toll", "article_one", "find_casualties", "find_figures", "is_person", "is_thing", "number_value"]
