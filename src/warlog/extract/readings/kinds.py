"""Groups of event types that the reading of sentences treats alike."""

from __future__ import annotations

#: types that a toll of dead and wounded can belong to
VIOLENT = frozenset(
    {"armed_clash", "shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "attack_on_civilians"}
    | {"interception", "property_destruction", "abduction", "territory_captured"}
)
#: of those, the ones told of as one attack
ATTACKS = frozenset(t for t in VIOLENT if not t.startswith("territory"))
