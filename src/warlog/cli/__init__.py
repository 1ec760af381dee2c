"""The command line: `warlog COMMAND ...`, one file for each command.

`main` runs it: results go to stdout, progress and errors to stderr, an error as one sentence. What every command
shares stands in `common` (options, filters, opening a log), `output` (formats) and `progress`. Modules here import
what is heavy only inside the functions that need it, so that help comes at once.
"""

from warlog.cli.main import main

__all__ = ["main"]
