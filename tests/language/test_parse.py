"""The masked parse: names stand for themselves again, wherever they stand."""

from __future__ import annotations

from warlog.language.names import Name, by_form, possessive_end
from warlog.language.parse import mask, parse
from warlog.language.sentences import split


def names_of(text: str, *wanted: str, kind: str = "place") -> list[Name]:
    out = []
    for w in wanted:
        at = text.index(w)
        out.append(Name(at, at + len(w), w, kind, (), possessive_end(text, at + len(w)), frozenset({"place"})))  # type: ignore[arg-type]
    return sorted(out, key=lambda n: n.start)


def test_every_token_leads_back_to_the_text_it_stands_for() -> None:
    text = "The army has retaken Tell al-Zaitoun, Khan Tuman and Umm Jalal, a source said."
    (p,) = parse(text, [(split(text)[0], names_of(text, "Tell al-Zaitoun", "Khan Tuman", "Umm Jalal"))])
    stood_for = [text[s:e] for s, e in p.spans]
    assert "Tell al-Zaitoun" in stood_for
    assert "".join(stood_for).replace(" ", "") == text.replace(" ", "")
    verb = next(t for t in p.doc if t.lemma_ == "retake")
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    assert [p.word(o) for o in objects] == ["tell al-zaitoun"]


def test_adjacent_place_names_get_their_lost_comma_back() -> None:
    text = "Shells fell on Sarmin Binnish Taftanaz."
    masked, _ = mask(split(text)[0], names_of(text, "Sarmin", "Binnish", "Taftanaz"))
    assert masked.count(",") == 2


def test_a_headline_is_set_as_a_sentence() -> None:
    text = "Government Forces Capture Two Villages Near Sarmin"
    masked, _ = mask(split(text)[0], names_of(text, "Sarmin"))
    assert "capture two villages near" in masked


def test_names_are_told_by_their_form() -> None:
    found = [n.text for n in by_form("They took Tell al-Zaitoun, al-Jaradah and Khan Tuman from the army.")]
    assert found == ["Tell al-Zaitoun", "al-Jaradah", "Khan Tuman"]


def test_a_list_without_commas_falls_apart_into_its_names() -> None:
    found = [n.text for n in by_form("the districts of Bustan al-Qasr Mashhad al-Kallasa Salihiya and al-Fardos")]
    assert found == ["Bustan al-Qasr", "Mashhad", "al-Kallasa", "Salihiya", "al-Fardos"]
