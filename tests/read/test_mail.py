"""E-mail to document: its own words, what its headers say, and what was quoted or passed on."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog.errors import InputError
from warlog.read import read_document
from warlog.records import Capture, Document

TEXT = "The army said on Monday that it had taken the town of Mirre after two days of fighting."
HEAD = "Message-ID: <1@m.example>\nMIME-Version: 1.0\nFrom: Ann Weaver <ann@m.example>\nDate: Tue, 28 Jan 2020 23:30:00 -0200\n"


def read(mail: str | bytes) -> Document:
    data = mail.encode() if isinstance(mail, str) else mail
    return read_document(Capture("c" * 16, "f" * 64, len(data), "/m.eml", "m.eml", "message/rfc822"), data)


def plain(body: str, more: str = "Subject: Mirre\n") -> Document:
    return read(f"{HEAD}{more}Content-Type: text/plain; charset=utf-8\n\n{body}")


def test_headers_say_who_and_when():
    document = plain(
        TEXT, "Subject: Re: [daily] Fwd: Mirre is taken\nList-Id: Daily Monitor <daily.m.example>\nIn-Reply-To: <0@m>\n"
    )
    assert (document.title, document.author, document.publisher) == ("Mirre is taken", "Ann Weaver", "Daily Monitor")
    assert document.published == "2020-01-28"
    assert document.text == TEXT
    assert document.extra["from"] == "Ann Weaver <ann@m.example>"
    assert (document.extra["list"], document.extra["message_id"]) == ("Daily Monitor <daily.m.example>", "<1@m.example>")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?B?0JzQuNGA0YDQtSDQstC30Y/Rgg==?=", "Мирре взят"),
        ("=?windows-1251?Q?=CC=E8=F0=F0=E5?= =?windows-1251?Q?_=E2=E7=FF=F2?=", "Мирре взят"),
        ("AW: WG: =?iso-8859-1?q?M=FCller?= meldet", "Müller meldet"),
        ("=?no-such-charset?Q?plain?=", "plain"),
        ("folded\n over two lines", "folded over two lines"),
        ("Re: Reports: 5 killed", "Reports: 5 killed"),
    ],
)
def test_subjects_in_every_dress(subject, title):
    assert plain(TEXT, f"Subject: {subject}\n").title == title


def test_a_header_in_bytes_that_nobody_declared():
    assert read(HEAD.encode() + "Subject: Müller meldet\n\n".encode("cp1252") + TEXT.encode()).title == "Müller meldet"
    assert read(HEAD.encode() + "Subject: Müller meldet\n\n".encode() + TEXT.encode()).title == "Müller meldet"


def test_quoted_replies_and_signatures_are_no_text():
    document = plain(
        f"{TEXT}\n\nMore tomorrow, when the road is open again.\n\n"
        "On Mon, 27 Jan 2020 at 10:00, B. Reader <b@r.example>\nwrote:\n"
        "> What of Torre? Was it the militia that\n> shelled it?\n\n-- \nAnn Weaver\nMonitor\n"
    )
    assert document.text == f"{TEXT}\n\nMore tomorrow, when the road is open again."
    cut = " ".join(furniture.text for furniture in document.furniture)
    assert "What of Torre?" in cut
    assert "B. Reader" in cut
    assert "Ann Weaver\nMonitor" in cut


def test_the_mail_that_is_answered_below_is_cut_and_the_one_passed_on_is_read():
    below = f"-----Original Message-----\nFrom: B\nSent: Monday\nSubject: Q\n\n{TEXT}"
    assert plain(f"The answer is that nobody knows yet.\n\n{below}").text == "The answer is that nobody knows yet."
    document = plain(
        f"---------- Forwarded message ---------\nFrom: The Wire <w@w.example>\nDate: 27 Jan 2020\nSubject: Mirre\n\n{TEXT}"
    )
    assert document.text == TEXT
    assert document.extra["forwarded"] == {"from": "The Wire <w@w.example>", "date": "27 Jan 2020", "subject": "Mirre"}
    assert plain("\n".join(f"> {line}" for line in (TEXT, "", "And more."))).text.startswith(TEXT)


@pytest.mark.parametrize(
    "over",
    [
        "Am 27.01.2020 um 10:00 schrieb B. Reader:",
        "Le 27 janv. 2020 à 10:00, B. Reader a écrit :",
        "El 27 ene 2020, a las 10:00, B. Reader escribió:",
        "27.01.2020 10:00, B. Reader пишет:",
        "2020-01-27 10:00 tarihinde B. Reader yazdı:",
        "في 27 يناير 2020 كتب B. Reader b@r.example:",
    ],
)
def test_the_line_over_a_reply_in_other_languages(over):
    assert plain(f"{TEXT}\n\n{over}\n> What of Torre?").text == TEXT


def test_what_only_looks_quoted_or_signed_stays():
    body = (
        f"{TEXT}\n\nThe commander wrote:\n\nWe shall hold the town of Torre, whatever may come.\n\nFrom: the north, tanks came."
    )
    assert plain(body).text == body


def test_html_is_read_where_the_plain_part_says_less():
    quoted = "<blockquote type='cite'><p>What of Torre?</p></blockquote>"
    page = f"<html><body><h1>Mirre</h1><p>{TEXT}</p><p>{TEXT[::-1]}.</p>{quoted}</body></html>"
    mail = (
        f"{HEAD}Subject: S\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the HTML.\n"
        f"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n--b--\n"
    )
    document = read(mail)
    assert TEXT in document.text
    assert "Torre" not in document.text
    assert any("What of Torre?" in furniture.text for furniture in document.furniture)
    assert (document.title, document.author) == ("S", "Ann Weaver")


@pytest.mark.parametrize(
    ("charset", "encoding"), [("koi8-r", "base64"), ("windows-1251", "quoted-printable"), ("utf-8", "8bit"), ("utf-16", "base64")]
)
def test_charsets_and_transfer_encodings(charset, encoding):
    import base64
    import quopri

    words = "Военные сообщили, что посёлок Мирре взят после двух дней боёв, погибли четверо солдат."
    body = words.encode(charset)
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](body)
    head = f"{HEAD}Subject: S\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    assert read(head.encode() + packed).text == words


def test_shifting_charsets_are_believed():
    words = "軍は町を取ったと発表した。" * 3
    head = f"{HEAD}Subject: S\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    assert read(head.encode() + words.encode("iso-2022-jp")).text == words


@pytest.mark.parametrize(
    ("mail", "says"),
    [
        (HEAD + "Subject: S\n\n", "an e-mail without a text"),
        (
            HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 6000,
            "parts",
        ),
        (
            HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)) + "\n\nx",
            "nests its message parts too deep",
        ),
        (HEAD + "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=", "an e-mail without a text"),
    ],
)
def test_mail_that_cannot_be_read_is_refused_soon(mail, says):
    started = time.process_time()
    with pytest.raises(InputError, match=says) as refused:
        read(mail)
    assert time.process_time() - started < 10
    assert str(refused.value).startswith("/m.eml ")


def test_long_and_odd_mail_is_read_soon():
    started = time.process_time()
    for body in (
        "> " * 200_000,
        ">" * 500_000 + "\nwords",
        f"{TEXT}\n" + "wrote 1: " * 100_000,
        "-" * 500_000,
        "From: x\n" * 50_000,
    ):
        plain(f"{TEXT}\n{body}")
    html = f"<p>{TEXT}</p>" + "<blockquote type=cite>" * 300
    read(f"{HEAD}Content-Type: text/html\n\n{html}")
    assert time.process_time() - started < 10


SOUND = (
    f"{HEAD}Subject: S\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{TEXT}\n"
    f"--b\nContent-Type: text/html\n\n<p>{TEXT}</p>\n--b--\n"
)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SOUND)), st.binary(max_size=10), st.integers(0, 50))
def test_no_damage_raises_anything_but_a_sentence(at, put, cut):
    try:
        document = read(SOUND[:at].encode() + put + SOUND[at + cut :].encode())
    except InputError:
        return
    assert document.text.strip()
