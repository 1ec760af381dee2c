"""Makes the `Decision` record of a person's ruling on a claim, wherever the ruling was given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from warlog.records import Claim, Decision
from warlog.run import now


def rule(
    claim: Claim, sha256: str, verdict: str, changes: Mapping[str, Any] | None = None, *, reviewer: str = "", note: str = ""
) -> Decision:
    """A ruling made now on a claim as derived, from the original with this hash.

    `verdict` is accepted, corrected or rejected; `changes` gives new values of editable fields, ready for JSON.
    """
    decided_at, changed = now(), dict(changes or {})
    made_of = [sha256, claim.quote, claim.event_type, claim.place, claim.actor, verdict, changed, reviewer, decided_at, note]
    return Decision(
        decision_id=hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16],
        sha256=sha256,
        document_id=claim.document_id,
        quote=claim.quote,
        event_type=claim.event_type,
        place=claim.place,
        actor=claim.actor,
        verdict=verdict,
        changes=changed,
        reviewer=reviewer,
        decided_at=decided_at,
        note=note,
    )
