"""Pages saved as MHTML, by whatever browser: the page inside, with the address it was saved from."""

import quopri

import pytest

from warlog.collect import captures
from warlog.errors import InputError
from warlog.read import read_document
from warlog.records import Capture

WORDS = "The army said on Monday that it had taken the town of Mirre – “liberated” it – after two days of fighting."
PAGE = (
    '<html><head><meta charset="x-wrong"><title>Mirre is taken</title></head>'
    f'<body><h1>Mirre is taken</h1><p>{WORDS}</p><img src="cid:1"></body></html>'
)
EMPTY = b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
SNAPSHOT = "Snapshot-Content-Location: https://a.example/1?x=1\r\n"


def saved(browser: str, charset: str = "utf-8") -> bytes:
    """A page as browsers save it. They differ in their headers and in how parts are written."""
    page = PAGE.encode(charset)
    head = {
        "chrome": f"From: <Saved by Blink>\r\n{SNAPSHOT}Subject: =?utf-8?Q?Mirre?=\r\n",
        "explorer": "From: <Saved by Windows Internet Explorer 8>\r\nSubject: Mirre\r\n",
        "mail": "Subject: Mirre\r\n",
    }[browser]
    head += "Date: Tue, 28 Jan 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    head += '\tboundary="----B"\r\n\r\n\r\n'
    frame = b"------B\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Buy this.</p>\r\n"
    part = (
        f"------B\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <f@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/1?x=1\r\n\r\n"
    ).encode() + quopri.encodestring(page)
    image = (
        b"\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: cid:1\r\n\r\niVBOR\r\n"
    )
    parts = frame + part if browser == "chrome" else part + b"\r\n" + frame
    return head.encode() + parts + image + b"\r\n------B--\r\n"


@pytest.mark.parametrize("browser", ["chrome", "explorer", "mail"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_page_inside_is_read(tmp_path, browser, charset):
    file = tmp_path / "page.mhtml"
    file.write_bytes(saved(browser, charset))
    ((capture, data),) = captures([file])
    assert (capture.media_type, capture.method, capture.url) == ("multipart/related", "mhtml", "https://a.example/1?x=1")
    assert data == file.read_bytes()
    document = read_document(capture, data)
    assert document.text.endswith(WORDS)
    assert "Buy" not in document.text
    assert (document.title, document.url) == ("Mirre is taken", "https://a.example/1?x=1")
    assert document.extra["saved"].startswith("Tue, 28 Jan 2020")


def test_it_is_known_without_its_suffix(tmp_path):
    (tmp_path / "page.txt").write_bytes(saved("chrome"))
    ((capture, _),) = captures([tmp_path / "page.txt"])
    assert capture.media_type == "multipart/related"


@pytest.mark.parametrize(
    "data",
    [
        EMPTY + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--",
        EMPTY,
        saved("chrome")[:300],
    ],
)
def test_one_without_a_page_is_refused(data):
    with pytest.raises(InputError, match=r"^/p.mhtml is a saved page without a page in it\.$"):
        read_document(Capture("c" * 16, "f" * 64, len(data), "/p.mhtml", "p.mhtml", "multipart/related"), data)
