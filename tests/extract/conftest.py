"""An extractor for the tests: the program's own actors and its built-in gazetteer, with no packs of a user."""

from __future__ import annotations

import pytest

from warlog.actors import Actors
from warlog.extract import RuleExtractor
from warlog.places import Gazetteer


@pytest.fixture(scope="session")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> RuleExtractor:
    """The rule extractor as it comes out of the box."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WARLOG_HOME", str(home))
        return RuleExtractor(gazetteer=Gazetteer.open(home=home), actors=Actors.load())
