"""Warlog reads war reporting and keeps the log of it: who says that what happened, where and when."""

__version__ = "0.1.0"
