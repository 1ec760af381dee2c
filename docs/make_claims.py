"""Write docs/claims.md from the record types, so that each field is documented once: `python docs/make_claims.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from warlog import records, vocabulary

HEAD = """# Claims and the other records

Made from `src/warlog/records.py` by `docs/make_claims.py`; a test keeps it true.

`warlog claims --format jsonl` gives one object a claim: first the fields of the coding guide, in its order
({guide}), then the others below. A claim is one assertion, made in one sentence of one document, that one
thing happened, is happening, or did not. A change of control is one claim for each place; every other event is one claim for
each (event, place) that the sentence tells of. Claims are never edited; a person's ruling is a decision beside them.

`document_id` is the record's `id` in JSON Lines (the first 16 digits of its text's SHA-256 where it has none); the file's name
for a single file; the path below the folder for a folder. Where two different documents would bear one id, the later gets `#`
and eight digits of its hash.
"""


def page() -> str:
    """The whole page."""
    out = [HEAD.format(guide=", ".join(f"`{f}`" for f in records.GUIDE_FIELDS))]
    for record in (
        records.Claim,
        records.Casualties,
        records.Candidate,
        records.Document,
        records.Capture,
        records.Event,
        records.PlaceDay,
        records.Decision,
        records.Run,
    ):
        doc = (record.__doc__ or "").strip().splitlines()[0]
        out += [f"## {record.__name__}", "", doc, "", "| field | meaning |", "| --- | --- |"]
        out += [f"| `{name}` | {text.replace('|', '&#124;')} |" for name, text in records.describe(record).items()]
        out.append("")
    out += ["## Event types", "", "| type | group | label | nearest ACLED sub-event | PLOVER | CAMEO root |"]
    out += ["| --- | --- | --- | --- | --- | --- |"]
    for name, row in vocabulary.load("event_types").items():
        out.append(f"| `{name}` | {row['group']} | {row['label']} | {row['acled']} | {row['plover']} | {row['cameo']} |")
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("claims.md").write_text(page(), encoding="utf-8")
    sys.exit(0)
