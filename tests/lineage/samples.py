"""Reports written for these tests, and what editors make of them."""

from __future__ import annotations

from typing import Any

from warlog.lineage import Text

REPORT = (
    "Rescue teams pulled nine bodies from a collapsed bakery in Tall Hamra on Monday after two rockets tore through its roof "
    "at breakfast time, the town's civil defence office said.\n\n"
    "Neighbours had formed a chain to pass bricks by hand because the only digger had no diesel. "
    "Hassan Tabbal, who runs the office, said a third rocket lay unexploded beneath the flour store.\n\n"
    '"We heard children under the stones until noon and then we heard nothing," he said.\n\n'
    "The rockets came from the ridge east of the river, where the Seventh Brigade has kept launchers since spring, "
    "according to two farmers who watched them rise. "
    "The brigade did not answer calls from this newspaper.\n\n"
    "Bread is now baked in three private houses and carried through the lanes on bicycles. "
    "Schools stayed shut and the weekly market was moved to a quarry south of the cemetery."
)

#: the same event and the same quotation, by somebody else
INDEPENDENT = (
    "At least nine people are dead in Tall Hamra, where a bakery was hit early on Monday.\n\n"
    "Survivors queue at a field kitchen set up by volunteers, and the mayor has asked the governor to send machinery. "
    '"We heard children under the stones until noon and then we heard nothing," Hassan Tabbal of civil defence told us.\n\n'
    "It was the fourth attack on a food shop in the district this year. Officers of the Seventh Brigade, contacted at their "
    "barracks, declined to comment on where the missiles had been launched. Power lines are down, and a priest was burying "
    "the dead in the courtyard of his church as evening fell."
)

#: of nothing in common with REPORT
OTHER = (
    "Fishermen on the northern lake have not gone out for a week since patrol boats sank four of their skiffs. "
    "A union leader showed reporters a net full of bullet holes and asked who would pay for it.\n\n"
    "The admiral commanding the flotilla has promised an inquiry whose members nobody knows. "
    "Prices for perch doubled in the harbour villages, and the smokehouses let half their workers go. "
    "Across the water, the opposing militia claimed to have laid mines off the lighthouse, which pilots doubt."
)

REWRITTEN = (
    "Rescuers recovered nine bodies from a destroyed bakery in Tell Hamra on Monday, once two missiles had ripped through its "
    "roof at breakfast time, according to the town's civil defence office.\n\n"
    "Locals had formed a chain to hand bricks along since the sole digger was without diesel. "
    "Hassan Tabbal, who heads the office, stated a third missile was lying unexploded below the flour store.\n\n"
    "The missiles were fired from the ridge to the east of the river, where the Seventh Brigade has had launchers since spring, "
    "said two farmers who saw them rise. "
    "The brigade gave no answer to calls.\n\n"
    "Bread is baked in three private homes now and is brought through the lanes on bicycles. "
    "Schools remained closed, and the weekly market has been moved to a quarry to the south of the cemetery."
)


def text(
    document_id: str, body: str = REPORT, *, day: str | None = "2024-05-06", publisher: str | None = None, **more: Any
) -> Text:
    """A text of an outlet of its own, unless one is named."""
    more.setdefault("title", None)
    return Text(document_id, body, publisher=publisher or f"Outlet {document_id} Chronicle", published=day, **more)
