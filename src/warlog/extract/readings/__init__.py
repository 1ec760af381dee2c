"""The events of a sentence: triggers found, read by their frames, given their type, and merged where they are one happening.

trigger words ──triggers──▶ candidates ──settle──▶ typed readings ──implied, shadow, merge──▶ one reading a happening
"""

from __future__ import annotations

from warlog.extract import certainty
from warlog.extract.frames import Reading
from warlog.extract.readings import implied, merge, settle, shadow, triggers
from warlog.extract.readings.arms import Arms, phrase_tokens
from warlog.extract.readings.kinds import VIOLENT
from warlog.language.parse import Parsed

__all__ = ["VIOLENT", "Arms", "find", "phrase_tokens"]


def find(parsed: Parsed, document_arms: dict[str, int]) -> tuple[list[Reading], list[Reading]]:
    """(events, casualty triggers) of a sentence; types settled, one reading for each happening.

    `document_arms` counts the weapon words of the document by kind: an attack told of without a weapon is made with those.
    """
    arms = Arms(parsed, document_arms)
    found: list[Reading] = []
    casualties: list[Reading] = []
    for alternatives in triggers.candidates(parsed):
        for r in alternatives:
            if r.type == "casualty":
                casualties.append(r)
                break
            settled = settle.event_type(parsed, r, arms)
            if settled is None:
                continue
            if not _only_purpose(r, settled) and not certainty.supposed(r.token):
                if r.type == "territory_captured" and settled == "armed_clash":
                    # a place that is only fought for has been lost by nobody
                    r.targets = [t for t in r.targets if t not in r.places]
                r.type = settled
                found.append(r)
            break
    found += implied.chemical(parsed, arms, found)
    found += implied.suicide(parsed, arms, found)
    return merge.merge(parsed, shadow.drop(parsed, found)), casualties


def _only_purpose(r: Reading, settled: str) -> bool:
    """Whether a verb only names what is to be done or can be done; attempts at a place are fighting and stay."""
    return (
        settled == r.type and r.token.pos_ == "VERB" and not settled.startswith("territory") and certainty.only_purpose(r.token)
    )
