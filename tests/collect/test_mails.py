"""Attachments of e-mails: those that can be read are captures of their own."""

import hashlib
from email.message import EmailMessage

from making_files import PAGE, TEXT, sorted_out, zipped

from warlog.collect import mime


def mail(*attached: tuple[bytes, str, str], body: str = TEXT) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@a.example", "S", "<1@a.example>"
    message.set_content(body)
    for data, kind, name in attached:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, main, sub, filename=name)
    return message


def test_attachments_are_captures_of_their_own(tmp_path):
    file = tmp_path / "m.eml"
    pdf = b"%PDF-1.4\nx"
    attached = [(pdf, "application/pdf", "r.pdf"), (PAGE, "text/html", "p.html"), (b"\x89PNG\0", "image/png", "x.png")]
    inner = mail(body="The mail inside.")
    message = mail(*attached, (pdf + b"2", "application/octet-stream", "r.pdf"))
    message.add_attachment(inner)
    file.write_bytes(bytes(message))
    found, errors, _ = sorted_out(file)
    assert errors == []
    assert [(c.name, c.media_type) for c, _ in found[:4]] == [
        ("m.eml", "message/rfc822"),
        ("m.eml/r.pdf", "application/pdf"),
        ("m.eml/p.html", "text/html"),
        ("m.eml/2-r.pdf", "application/pdf"),
    ]
    assert found[4][0].media_type == "message/rfc822"
    assert b"The mail inside." in found[4][1]
    assert [data for _, data in found[1:4]] == [pdf, PAGE, pdf + b"2"]
    assert (found[0][0].container, found[0][0].container_sha256) == (None, None)
    assert {(c.container, c.container_sha256) for c, _ in found[1:]} == {
        (str(file), hashlib.sha256(file.read_bytes()).hexdigest())
    }


def test_an_archive_that_is_attached_is_opened(tmp_path):
    file = tmp_path / "m.eml"
    file.write_bytes(bytes(mail((zipped({"p.txt": TEXT.encode()}), "application/zip", "a.zip"))))
    found, errors, _ = sorted_out(file)
    assert [(c.source, c.method) for c, _ in found] == [(str(file), "file"), (f"{file}!a.zip!p.txt", "zip")]
    assert errors == []


def test_names_of_attachments_lead_nowhere(tmp_path):
    file = tmp_path / "m.eml"
    file.write_bytes(bytes(mail((PAGE, "text/html", "../../x.html"))))
    found, _, _ = sorted_out(file)
    assert [c.name for c, _ in found] == ["m.eml", "m.eml/x.html"]


def test_headers_are_decoded_whatever_they_are():
    message = mime.parse(b"Subject: =?utf-8?b?!!!?= =?utf-8?q?a=?= \xff\r\nX: \x00\r\n\r\nBody")
    assert isinstance(mime.header(message, "Subject"), str)
    assert mime.header(message, "X") in (None, "\ufffd")
    assert mime.header(message, "Y") is None
