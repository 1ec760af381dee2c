"""Claims to events: which claims tell of one happening, and what their figures add up to.

`link` takes all claims of a log and gives its events, the same ones in the same order whenever the claims are the
same. How two claims are compared stands in `rules`, how figures are reconciled in `figures`; `spans` says what days a
claim allows and `sides` who fights beside whom, and the estimate of control uses these two as well.
"""

from warlog.events.figures import tally
from warlog.events.link import link
from warlog.events.sides import Sides

__all__ = ["Sides", "link", "tally"]
