"""Matrix products of the model by numpy's library in place of the one that the model brings.

Most of a parse is products of small matrices. numpy comes with a BLAS that knows more processors, and is up to three times as
fast with them; but for the last bits it gives the same numbers. It shares even small products among all processors, though,
which costs many times what it gains, so it is used only where it was told not to, by OPENBLAS_NUM_THREADS=1 in the environment
before numpy was loaded. `warlog` says so where it comes first.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import NumpyOps


class _ByNumpy(NumpyOps):  # type: ignore[misc]
    """The model's operations, products apart."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """x times y, each turned over where asked for; into `out` if it is given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def use_numpy(nlp: Language) -> None:
    """Let every layer of a pipeline that runs on the processor multiply by numpy, if numpy does so in one thread."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        return
    ops = _ByNumpy()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if model is not None else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops
