"""News in brief: snippets of two to four sentences that tell of no conflict make no claim; those that do are not silenced."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from warlog.extract import RuleExtractor
from warlog.records import Claim, Document

SNIPPETS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "snippets.toml").read_text(encoding="utf-8"))

#: least share of the snippets of peace without a claim, and of those of war with one
QUIET, HEARD = 0.96, 0.85


def claims_of(extractor: RuleExtractor, text: str) -> list[Claim]:
    return extractor(Document("d", "", "", text, published="2025-03-01", language="en"))


def test_snippets_of_peace_make_no_claim(extractor: RuleExtractor) -> None:
    loud = [text for text in SNIPPETS["peace"] if claims_of(extractor, text)]
    assert len(loud) <= (1 - QUIET) * len(SNIPPETS["peace"]), loud


def test_snippets_of_war_are_heard(extractor: RuleExtractor) -> None:
    silent = [text for text in SNIPPETS["war"] if not claims_of(extractor, text)]
    assert len(silent) <= (1 - HEARD) * len(SNIPPETS["war"]), silent


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target"),
    [
        # a doer told of earlier in the sentence; a victim by role
        (
            "The militia committed a crime in Tabit, where they killed the citizen Hamad Nour.",
            "attack_on_civilians",
            "militia",
            "citizen",
        ),
        # whom an accusation names
        ("The Youth Gathering accused the army of a massacre in Jalqani village.", "attack_on_civilians", "army", None),
        # what counts events stands where they would
        ("Sudanese warplanes carried out a series of airstrikes in Nyala.", "air_strike", "Sudanese warplanes", None),
        # who did it stands behind the noun
        ("He described the looting inflicted upon the market of Bara by the army.", "property_destruction", "army", None),
        # an attack in which only the unarmed are harmed is no fight between two sides
        ("Rebels attacked the village of Tanub, killing two villagers.", "attack_on_civilians", "Rebels", "two villagers"),
        ("Rebels attacked the village of Tanub, killing two soldiers.", "armed_clash", "Rebels", "two soldiers"),
        ("Rebels attacked a checkpoint in Tanub, killing two people.", "armed_clash", "Rebels", "checkpoint"),
        # a refusal to work by townspeople, against something
        ("Shopkeepers in Srinagar held a strike on Friday against the shelling.", "protest", "Shopkeepers", None),
    ],
)
def test_roles_and_types_in_short_notes(extractor: RuleExtractor, text: str, kind: str, actor: str, target: str | None) -> None:
    found = [(c.event_type, c.actor, c.target) for c in claims_of(extractor, text) if c.event_type == kind]
    assert (kind, actor, target) in found, found
