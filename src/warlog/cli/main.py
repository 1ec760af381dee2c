"""The entry point: builds the application, runs it, and turns whatever ends it into an exit code and a sentence."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from warlog.cli import (
    actors,
    archive,
    claims,
    compare,
    control,
    demo,
    documents,
    evaluate,
    events,
    explain,
    export,
    extract,
    gazetteer,
    lineage,
    map_,
    outlets,
    places,
    read,
    rebuild,
    review,
    sitrep,
    version,
    watch,
)  # fmt: skip
from warlog.cli.common import say
from warlog.errors import EXIT_INTERRUPTED, EXIT_LOG, EXIT_OK, EXIT_USAGE, WarlogError
from warlog.places.home import use_packs_of

# Typer brings a Click of its own or uses the one installed, by its version: what it raises is found from its own names.
_UsageFault: Any = typer.BadParameter.__mro__[1]
_ClickFault: Any = _UsageFault.__mro__[1]

_HELP = """Read war reporting and keep the log of it: who says that what happened, where and when, and who held which
place on which day. Every figure leads back to the sentence it came from.

Begin with `warlog demo`, or with `warlog read SOURCE`."""

_EPILOG = (
    "Exit codes: 0 all was done; 1 some inputs could not be used, the good ones were kept; 2 the command was used wrongly;"
    " 3 the log could not be opened or written; 130 stopped by the user, what was reported as done is kept."
)


def build() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        name="warlog", help=_HELP, epilog=_EPILOG, add_completion=False, no_args_is_help=True, rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )  # fmt: skip
    app.callback()(_options)
    for module in (
        read, watch, claims, events, places, actors, outlets, documents, lineage, control, explain, sitrep, map_, export,
        review, rebuild, archive, gazetteer, evaluate, extract, compare, demo, version,
    ):  # fmt: skip
        module.register(app)
    return app


def _version_asked(asked: bool) -> None:
    if asked:
        version.show()
        raise typer.Exit


def _options(
    version: bool = typer.Option(False, "--version", help="Show the version and exit.", is_eager=True, callback=_version_asked),
) -> None:
    """Options of the program itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code. Without `arguments`, the process's own are taken."""
    use_packs_of(None)
    command = typer.main.get_command(build())
    try:
        # Not `command.main`, which would swallow what an interrupted run has to say.
        with command.make_context("warlog", list(sys.argv[1:] if arguments is None else arguments)) as context:
            command.invoke(context)
        sys.stdout.flush()
        return EXIT_OK
    except WarlogError as error:
        say(str(error))
        return error.exit_code
    except _UsageFault as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message())
            return EXIT_USAGE
        where = f" See `{error.ctx.command_path} --help`." if error.ctx is not None else ""
        say(f"{_sentence(error.format_message())}{where}")
        return EXIT_USAGE
    except typer.Exit as error:
        return error.exit_code
    except _ClickFault as error:
        say(_sentence(error.format_message()))
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort) as error:
        # A run that keeps what it did says so itself.
        say(str(error) or "Stopped; what was reported as done is kept.")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        say(f"{error.filename or 'The output'}: cannot be written: {error.strerror}.")
        return EXIT_LOG


def _sentence(text: str) -> str:
    """A message as one sentence on one line."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else f"{line}."
