"""PDF to document: paragraphs as they were written, without what repeats on every page; and PDFs made to do harm."""

import io
import time
import tracemalloc

import pypdf
import pytest
from making_pdf import line, lines, pdf, written

from warlog.errors import InputError
from warlog.read import pdf as reading
from warlog.read import read_document
from warlog.records import Capture, Document

TITLE = b"/Title (Mirre report) /Author (Ann Weaver) /CreationDate (D:20240502101500+02'00')"
BODY = [
    "The army took the town of Mirre on Monday after two days of fight-",
    "ing, officials said in a statement. The town had been held by the",
    "pro-government militia since 2016, and its people had fled.",
    "",
    "A second paragraph follows after a gap. It tells that the anti-",
    "government forces left for Torre, the al-",
    "Bab road being cut.",
]


def read(data: bytes) -> Document:
    return read_document(Capture("c" * 16, "f" * 64, len(data), "/r.pdf", "r.pdf", "application/pdf"), data)


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read(data)
    sentence = str(error.value)
    assert sentence.startswith("/r.pdf ")
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    return sentence


def test_paragraphs_are_whole_and_words_unparted():
    document = read(pdf([line(50, 780, "Mirre report", 18) + lines(50, 740, BODY)], TITLE))
    assert document.text.split("\n\n")[-2:] == [
        "The army took the town of Mirre on Monday after two days of fighting, officials said in a statement. The town had been "
        "held by the pro-government militia since 2016, and its people had fled.",
        "A second paragraph follows after a gap. It tells that the anti-government forces left for Torre, the al-Bab road being "
        "cut.",
    ]
    assert (document.title, document.author, document.published) == ("Mirre report", "Ann Weaver", "2024-05-02")
    assert document.extra["pdf_created"] == "2024-05-02"


def test_a_date_on_the_page_goes_before_that_of_the_file():
    page = line(50, 800, "Mirre report", 18) + line(50, 775, "28 January 2020") + lines(50, 740, BODY)
    assert read(pdf([page], TITLE)).published == "2020-01-28"


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        line(50, 810, f"Monitoring Group Weekly Report - Issue {7}", 9)
        + lines(
            50,
            760,
            [f"Page {n} tells of village {name} in full, as every page of a", f"report does, and goes on to the end of {name}."],
        )
        + line(290, 30, f"{n}", 9)
        + line(50, 44, "www.m.example", 8)
        for n, name in enumerate(("Alpha", "Beta", "Gamma", "Delta"), 1)
    ]
    document = read(pdf(pages))
    assert document.text.count("Monitoring Group") == 0
    assert [p for p in document.text.split("\n\n") if p.startswith("Page ")] == [
        f"Page {n} tells of village {name} in full, as every page of a report does, and goes on to the end of {name}."
        for n, name in enumerate(("Alpha", "Beta", "Gamma", "Delta"), 1)
    ]
    cut = [furniture.text for furniture in document.furniture]
    assert cut.count("Monitoring Group Weekly Report - Issue 7") == 1
    assert "1" in cut


def test_a_sentence_goes_on_over_the_page():
    one = lines(50, 760, ["The army took the town of Mirre on Monday after a", "siege of two years in which the people of the"])
    other = lines(50, 760, ["town had gone hungry, as witnesses told.", "", "Then it left."])
    assert read(pdf([one, other])).text == (
        "The army took the town of Mirre on Monday after a siege of two years in which the people of the town had gone hungry, "
        "as witnesses told.\n\nThen it left."
    )


def test_two_columns_drawn_across_are_read_one_after_the_other():
    left = [
        "The army took the town of Mirre",
        "after two days of heavy fighting,",
        "officials said in a statement on",
        "the evening of the same Monday.",
    ]
    right = [
        "In Torre a strike hit the market",
        "and killed five people who had",
        "come to buy bread, said a medic",
        "of the hospital in the town.",
    ]
    page = b"".join(
        line(50, 700 - 14 * n, a) + line(330, 700 - 14 * n, b) for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    text = read(pdf([line(50, 760, "A headline across both of the columns", 18) + page])).text
    assert " ".join(left) in text
    assert " ".join(right) in text


def test_first_lines_set_in_begin_paragraphs():
    page = b"".join(
        line(68 if n % 3 == 0 else 50, 700 - 14 * n, words)
        for n, words in enumerate(
            [
                "The army took the town of Mirre in the morning, said",
                "a spokesman of the army who gave no name and no more",
                "detail of it at all.",
            ]
            * 2
        )
    )
    assert len(read(pdf([page])).text.split("\n\n")) == 2


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("at-", "tack", "attack"),
        ("pro-", "vince", "province"),
        ("pro-", "government", "pro-government"),
        ("Iran-", "backed", "Iran-backed"),
        ("with-", "held", "withheld"),
        ("state-", "ments", "statements"),
        ("al-", "Bab", "al-Bab"),
        ("10-", "year", "10-year"),
        ("surface-", "to-air", "surface-to-air"),
    ],
)
def test_parted_words_and_compounds(first, second, whole):
    page = lines(50, 740, [f"The spokesman of the army told reporters of the {first}", f"{second} and went on."])
    assert read(pdf([page])).text == f"The spokesman of the army told reporters of the {whole} and went on."


def test_lines_that_hang_below_a_bullet_belong_to_it():
    page = line(50, 700, "- the army took the town of Mirre in the morning, as told by a spokesman in")
    page += line(60, 686, "Torre")
    page += line(60, 672, "district, who gave no more detail") + line(50, 650, "- and five people were killed there.")
    assert read(pdf([page])).text.split("\n\n") == [
        "- the army took the town of Mirre in the morning, as told by a spokesman in Torre district, who gave no more detail",
        "- and five people were killed there.",
    ]


def test_titles_of_programs_are_no_titles():
    page = line(50, 780, "The fall of Mirre", 20) + lines(50, 740, BODY)
    assert read(pdf([page], b"/Title (Microsoft Word - final_v2.docx) /Author (admin)")).title == "The fall of Mirre"
    assert read(pdf([page], b"/Title (Microsoft Word - final_v2.docx) /Author (admin)")).author is None


def test_locked_broken_and_empty_files():
    whole = pdf([lines(50, 740, BODY)])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert refused(locked.getvalue()) == "/r.pdf is a PDF locked with a password."
    assert refused(pdf([b"q Q"])) == "/r.pdf holds pictures of pages but no text; make it searchable with OCR first."
    assert refused(b"%PDF-1.7\nnothing more") == "/r.pdf is a damaged PDF that cannot be read."
    assert refused(pdf([lines(50, 740, ["\x01\x02\x03\x04\x05 \x06\x0e\x0f"])])).startswith("/r.pdf ")


def test_a_file_locked_for_printing_only_is_read():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([lines(50, 740, BODY)])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "taken" not in read(out.getvalue()).text
    assert "took the town of Mirre" in read(out.getvalue()).text


def test_a_file_cut_off_is_read_or_refused():
    whole = pdf([lines(50, 740, BODY)] * 3)
    for at in range(20, len(whole), 200):
        try:
            document = read(whole[:at])
        except InputError:
            continue
        assert document.text.strip()


def deep(depth: int) -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * depth + b"]" * depth + b" >>"
    return written([catalog, b"<< /Kids [2 0 R] /Count 1 >>", b"1", b"<< >>"])


FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R /Y %d 0 R >> >> /Length 12 >>\n"
    b"stream\n/X Do /Y Do \nendstream"
)
BOMBS = {
    "a stream that unpacks to a gigabyte": lambda: pdf([b" " * 2**28 + lines(50, 740, BODY)], packed=True),
    "a page that draws for ever": lambda: pdf([line(50, 740, "words ") * 200_000], packed=True),
    "operators without end": lambda: pdf([b"q Q " * 1_000_000], packed=True),
    "forms that draw forms that draw forms": lambda: pdf(
        [b"/X Do"], extra=[FORM % (n + 6, n + 6) for n in range(30)], resources=b"/XObject << /X 5 0 R >>"
    ),
    "a page tree that holds itself": lambda: written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>", b"1", b"<< >>"]
    ),
    "a hundred thousand brackets": lambda: deep(100_000),
    "a million pages of one": lambda: written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [" + b"3 0 R " * 90_000 + b"] /Count 90000 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            b"<< >>",
        ]
    ),
    "a table that points to itself": lambda: (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    ),
    "no table and a hundred thousand objects": lambda: (
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n<< >>\nendobj\n" % n for n in range(100_000))
    ),
    "one word a million times over": lambda: b"%PDF-1.4\n" + b"obj " * 1_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_files_made_to_do_harm_are_refused_soon(bomb, monkeypatch):
    monkeypatch.setattr(reading, "MAX_SECONDS", 5.0)
    data = BOMBS[bomb]()
    started = time.process_time()
    refused(data)
    assert time.process_time() - started < 10


def test_a_bomb_takes_little_memory():
    data = BOMBS["a stream that unpacks to a gigabyte"]()
    tracemalloc.start()
    try:
        refused(data)
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()


def test_a_page_beyond_bounds_does_not_take_the_others_with_it():
    document = read(pdf([lines(50, 740, BODY), b"0 0 m 1 1 l S " * 100_000], packed=True))
    assert "took the town of Mirre" in document.text
    assert document.extra["pages_left_out"] == [2]


def test_too_many_pages_are_told(monkeypatch):
    monkeypatch.setattr(reading, "MAX_PAGES", 2)
    assert refused(pdf([lines(50, 740, BODY)] * 3)) == "/r.pdf has 3 pages; at most 2 are read."
