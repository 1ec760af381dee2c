"""`warlog version`: which program this is."""

from __future__ import annotations

import platform

import typer

from warlog import __version__
from warlog.cli.common import example


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog version"))(version)


def version() -> None:
    """Show the version, the hash of code and vocabulary, and the parser's model: what a run's record names."""
    show()


def show() -> None:
    """Print it."""
    from warlog.run import code_hash, default_model

    print(f"Warlog {__version__}, code {code_hash()[:12]}, model {default_model()}, Python {platform.python_version()}")
