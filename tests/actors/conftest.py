"""Shared by the tests of the actors room."""

from __future__ import annotations

import pytest

from warlog.actors import Actors


@pytest.fixture(scope="session")
def actors(tmp_path_factory: pytest.TempPathFactory) -> Actors:
    """The program's own actors, with no theatre files of a user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARLOG_HOME", str(tmp_path_factory.mktemp("home")))
        return Actors.load()
