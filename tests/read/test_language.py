"""Short reports full of foreign names are told for what they are; so are other languages."""

from __future__ import annotations

import pytest

from warlog.errors import LogError
from warlog.read.identify import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army captured Saraqib and Khan Tuman.", "en"),
        ("Rebels shelled Omdurman and Bahri on Monday, killing 5.", "en"),
        ("Clashes were reported in Tinzaouaten and near Kidal.", "en"),
        ("Les forces armées ont repris la ville et les villages de la région lundi.", "fr"),
        ("El ejército tomó la ciudad y los pueblos en la mañana del lunes.", "es"),
        ("Войска заняли посёлок и продвинулись на восток от города.", "ru"),
    ],
)
def test_the_language_of_a_short_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_of_a_few_letters_is_in_the_language_its_page_declares() -> None:
    assert language_of("Saraqib", "en-GB") == "en"
    assert language_of("Saraqib") is None


def test_a_full_disk_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    import py3langid

    def full(_text: str) -> tuple[str, float]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(py3langid, "classify", full)
    with pytest.raises(LogError, match="no temporary file can be written"):
        language_of("Войска заняли посёлок и продвинулись на восток от города.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El ejército tomó a la ciudad de Saraqib y a las fuerzas de la oposición no les quedó más que retirarse.", "es"),
        ("Het leger heeft de stad in handen gekregen, was te horen op de radio, en de strijders zijn in de bergen.", "nl"),
        ("In the town of Baidoa two men were killed by gunmen, and the police said that they had fled.", "en"),
        ("Al-Shabaab militants attacked Baidoa, Burhakaba, Dinsoor", None),
    ],
)
def test_words_that_languages_share_count_for_none(text: str, language: str | None) -> None:
    assert language_of(text) == language
