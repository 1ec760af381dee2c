"""Bytes to text: whatever the encoding, the same words come out; what is no text is told from what is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.collect.encoding import NotTextError, decode, is_binary

ENGLISH = "The “regime” forces – backed by planes – didn’t stop; 4 soldiers died in the café, its owner said."
RUSSIAN = "Военные заявили, что боевики обстреляли населённые пункты в провинции, погибли четверо военнослужащих."
ARABIC = "قالت وكالة الأنباء إن الجيش سيطر على المدينة في الريف الجنوبي بعد معارك عنيفة استمرت ثلاثة أيام"
CZECH = "Armáda obsadila město a zničila pět tanků, řekl mluvčí. Prezident uvedl, že útok bude pokračovat dál."
TURKISH = "Cumhurbaşkanı, İdlib’deki saldırıların durdurulması gerektiğini söyledi. Ağır kayıplar yaşandı."
FRENCH = "L’armée a repris la ville, selon l’Observatoire – l’opération a duré une journée à peine. Siège évité."
CHINESE = "政府军周三宣布收复该省重镇,这是自冲突爆发以来的重大进展。"


@given(
    st.text(min_size=1).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_a_byte_order_mark_decides(text, encoding):
    assert decode(text.encode(encoding, "replace")) == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (ARABIC, "cp1256"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (FRENCH, "cp1252"),
        (CHINESE, "gb18030"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
    ],
)
def test_text_that_says_nothing_of_its_encoding(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        (RUSSIAN, "windows-1251", "cp1251"),
        (ENGLISH, "iso-8859-1", "cp1252"),
        (CHINESE, "gb2312", "gb18030"),
        (TURKISH, "iso-8859-9", "cp1254"),
    ],
)
def test_a_page_that_declares_its_encoding(text, label, encoding):
    page = f"<html><head><meta charset='{label}'></head><body>{text}</body></html>"
    assert decode(page.encode(encoding), markup=True) == page


def test_a_wrong_declaration_is_not_believed_over_sound_utf8():
    page = f"<meta charset='windows-1251'>{RUSSIAN}"
    assert decode(page.encode(), markup=True) == page


def test_one_damaged_byte_does_not_turn_a_page_to_guesswork():
    data = RUSSIAN.encode() + b"\xff" + ARABIC.encode()
    assert decode(data) == f"{RUSSIAN}\ufffd{ARABIC}"


@pytest.mark.parametrize("data", [b"a\0b", b"%PDF-1.4 abc", b"\x1f\x8b\x08abc", b"PK\x03\x04abc", bytes(range(1, 32)) * 20])
def test_binary(data):
    assert is_binary(data)
    with pytest.raises(NotTextError):
        decode(data)


@given(st.binary(max_size=400))
def test_bytes_are_text_or_refused(data):
    try:
        assert isinstance(decode(data, markup=True), str)
    except NotTextError:
        assert is_binary(data)
