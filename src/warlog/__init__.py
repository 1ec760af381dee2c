"""Warlog reads war reporting and keeps the log of it: who says that what happened, where and when."""

import os
import sys

__version__ = "0.2.0"

# numpy shares even the small products of the parser's model among all processors, at many times the cost, unless told not to
# before it is loaded; a program that has loaded it already, or has an opinion, keeps its own way
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
