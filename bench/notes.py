"""Short incident notes coded by others: is the right kind of event found, and who did it?

    python bench/notes.py              the half that rules may be developed on (even lines)
    python bench/notes.py --half odd   the other half, for reports only
    python bench/notes.py --misses 20  also notes none of whose labels was found, with what was read

The notes are narratives of the war in Sudan that another project labelled with kinds of crimes and acts of war (one note, one
or more labels; `sudan_narratives.jsonl` in ../shared). Their labels name what a lawyer sees, ours what happened, so each label
is mapped to the event types that it can be coded as by our guide. Skipped with a word where ../shared is absent.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from accuracy import SHARED, install_packs, load

NOTES = SHARED / "data" / "corpora" / "sudan_narratives.jsonl"

_HARM = {"attack_on_civilians", "shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "casualty_report"}
_STRIKES = {"shelling", "air_strike", "explosion", "chemical_attack", "suicide_attack"}
_SEIZED = {"abduction", "arrest"}

#: label of the notes to the event types that it can be under our guide
LABELS: dict[str, set[str]] = {
    "Indiscriminate use of weapons": _STRIKES | {"attack_on_civilians", "armed_clash"},
    "Willful killing of civilians": _HARM,
    "Military operations (battle, shelling)": _STRIKES
    | {"armed_clash", "territory_captured", "territory_transferred", "interception", "deployment"},
    "Damage or destruction of civilian critical infrastructure": _STRIKES | {"property_destruction", "armed_clash"},
    "Damage or destruction, looting, or theft of cultural heritage": _STRIKES | {"property_destruction", "armed_clash"},
    "Movement of military, paramilitary, or other troops and equipment": {
        "deployment",
        "territory_captured",
        "territory_transferred",
        "armed_clash",
    },
    "Persecution based on political, racial, ethnic, gender, or sexual orientation": _HARM
    | _SEIZED
    | {"displacement", "property_destruction"},
    "Unlawful detention": _SEIZED,
    "Mass execution": {"attack_on_civilians", "casualty_report"},
    "Gender-based or other conflict-related sexual violence": {"attack_on_civilians"},
    "Violent crackdowns on protesters/opponents/civil rights abuse": _SEIZED | {"attack_on_civilians", "protest"},
    "Kidnapping": _SEIZED,
    "Torture or indications of torture": {"attack_on_civilians"} | _SEIZED,
    "Forced disappearance": _SEIZED,
    "Extrajudicial killing": {"attack_on_civilians", "casualty_report"},
    "Enslavement": _SEIZED | {"attack_on_civilians"},
}


def _iso(day: str | None) -> str | None:
    """ISO date of an American one; None where it is none."""
    try:
        return datetime.strptime(day or "", "%m/%d/%Y").date().isoformat()
    except ValueError:
        return None


def read_notes(notes: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The claims of each note, by its id."""
    from warlog.extract import RuleExtractor
    from warlog.records import Document

    extractor = RuleExtractor()
    out = {}
    for note in notes:
        day = _iso(note["published"])
        out[note["id"]] = extractor(Document(note["id"], "", "", text=note["text"], published=day, language="en"))
    return out


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("even", "odd"), default="even", help="which half of the notes")
    parser.add_argument("--misses", type=int, default=0, help="show this many notes without the right type")
    args = parser.parse_args()
    if not NOTES.exists():
        print("notes: skipped, ../shared is not here")
        return 0
    notes = load(NOTES)[0 if args.half == "even" else 1 :: 2]
    with tempfile.TemporaryDirectory() as home:
        os.environ["WARLOG_HOME"] = home
        install_packs(Path(home))
        found = read_notes(notes)
    right_any = right_pairs = pairs = with_actor = silent = 0
    misses = []
    for note in notes:
        claims = found[note["id"]]
        types = {c.event_type for c in claims}
        hit = [label for label in note["labels"] if LABELS[label] & types]
        pairs += len(note["labels"])
        right_pairs += len(hit)
        right_any += bool(hit)
        silent += not claims
        wanted = set().union(*(LABELS[label] for label in note["labels"]))
        with_actor += any(c.actor for c in claims if c.event_type in wanted)
        if len(hit) < len(note["labels"]):
            misses.append((bool(hit), note, claims, [x for x in note["labels"] if x not in hit]))
    n = len(notes)
    print(f"{n} notes ({args.half} lines)")
    print(f"  right type among the claims   {right_any / n:.3f}")
    print(f"  labels found, of {pairs:<4}         {right_pairs / pairs:.3f}")
    print(f"  right type with an actor      {with_actor / n:.3f}")
    print(f"  no claim at all               {silent / n:.3f}")
    for _, note, claims, lacking in sorted(misses, key=lambda m: m[0])[: args.misses]:
        print(f"\n{note['id']} lacks {lacking}\n  {note['text']}")
        for c in claims:
            print(f"  -> {c.event_type} | {c.actor} > {c.target} @ {c.place} | {c.attributed_to}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
