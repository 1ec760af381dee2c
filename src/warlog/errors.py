"""The errors that Warlog tells its user about, each as one clear sentence, and the exit codes of the command line.

Anything else that is raised is a fault of the program, not of the input.
"""

from __future__ import annotations

#: Everything asked for was done.
EXIT_OK = 0
#: Some inputs could not be used; the good ones were kept.
EXIT_SOME_FAILED = 1
#: The command was used wrongly (unknown option, bad value, nothing to do).
EXIT_USAGE = 2
#: The log or the archive could not be opened or written; what was reported as done is kept.
EXIT_LOG = 3
#: Stopped by the user; what was reported as done is kept, and a second run continues.
EXIT_INTERRUPTED = 130


class WarlogError(Exception):
    """A fault the user can understand and mend; `str(error)` is one sentence naming the thing and the fault."""

    exit_code = EXIT_SOME_FAILED


class InputError(WarlogError):
    """One input (file, record, page) cannot be used."""

    exit_code = EXIT_SOME_FAILED


class UsageError(WarlogError):
    """The command cannot be carried out as given."""

    exit_code = EXIT_USAGE


class LogError(WarlogError):
    """The log or archive cannot be opened or written."""

    exit_code = EXIT_LOG
