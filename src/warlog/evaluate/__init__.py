"""Scores claims against hand-coded ones, by the definitions that the coding guide's scores are given in.

Two claims are *paired* when they stand in the same document, have the same event type and quote the same sentence
(of the words of either quote, 60 % of the shorter and 40 % of the longer are common); among all ways to pair, the one
with the best total agreement is taken, each claim once. Precision, recall and F1 count pairs. Over the pairs, each
field is right or wrong; `claim_f1` counts a pair as its share of right core fields, `exact_f1` only if all are right.

Claims are plain dicts with the fields of the coding guide (`warlog.records.GUIDE_FIELDS`), as they stand in JSON Lines:
gold and predictions come from `inputs`, become `Scores` in `scores`, and are told in words by `report`.
"""

from warlog.evaluate.compare import Comparison, Difference, compare
from warlog.evaluate.inputs import Prediction, load_claims, predict
from warlog.evaluate.report import format_report
from warlog.evaluate.scores import Scores, evaluate

__all__ = ["Comparison", "Difference", "Prediction", "Scores", "compare", "evaluate", "format_report", "load_claims", "predict"]
