"""What bytes are, told from the bytes first and the suffix second."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog.collect.kinds import SUFFIXES, Kind, sniff

MAIL = b"Return-Path: <a@a.example>\r\nReceived: from x\r\n by y\r\nFrom: A <a@a.example>\r\nSubject: S\r\n\r\nBody."
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n"
    + b"Content-Type: multipart/related; boundary=x\r\n\r\n"
)


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (b"<!DOCTYPE html><p>", "", Kind.HTML),
        (b"\xef\xbb\xbf\n<!-- saved --><HTML>", ".txt", Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', ".xml", Kind.HTML),
        ("<html>".encode("utf-16"), "", Kind.HTML),
        (b"<p>words</p>", ".html", Kind.HTML),
        (b"<p>words</p>", "", Kind.HTML),
        (b"<p>words</p>", ".txt", Kind.TEXT),
        (b'<?xml version="1.0"?><!-- c --><rss version="2.0">', "", Kind.FEED),
        (b'<!DOCTYPE rss PUBLIC "x" "y.dtd"><rss version="0.91">', ".xml", Kind.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', ".atom", Kind.FEED),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', ".rdf", Kind.FEED),
        (b'<rdf:RDF xmlns:owl="http://www.w3.org/2002/07/owl#">', ".rdf", Kind.XML),
        (b"<urlset>", ".xml", Kind.XML),
        (b'{"text": "a"}\n', "", Kind.RECORDS),
        (b'{"text": "a"}', ".json", Kind.RECORDS),
        (b'{"text": "a"}', ".txt", Kind.TEXT),
        (b'{"text": "' + b"a" * 65_000, "", Kind.RECORDS),
        (b'{\n "text": "a"\n}', ".json", Kind.JSON),
        (b"[1,\n2]", ".json", Kind.JSON),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1",', ".json", Kind.JSON_FEED),
        (b"{broken", ".jsonl", Kind.RECORDS),
        (b"{words in braces} are words", "", Kind.TEXT),
        (MAIL, "", Kind.MAIL),
        (MAIL, ".txt", Kind.MAIL),
        (b"From nobody Mon Jan 1\n" + MAIL, ".eml", Kind.MAIL),
        (b"From: The Wire\nDate: 1 May 2024\n\nThe army left.", ".txt", Kind.TEXT),
        (b"From: The Wire\nDate: 1 May 2024\n\nThe army left.", ".eml", Kind.MAIL),
        (MHTML, "", Kind.MHTML),
        (MHTML, ".html", Kind.MHTML),
        (MAIL.replace(b"Subject: S", b"Content-Type: multipart/related; boundary=x"), ".eml", Kind.MAIL),
        (b"%PDF-1.7\n", ".txt", Kind.PDF),
        (b"junk\n%PDF-1.7\n", ".pdf", Kind.PDF),
        (b"WARC/1.0\r\n", ".txt", Kind.WARC),
        (b"words", ".zip", Kind.MISNAMED),
        (bytes(257) + b"ustar", ".gz", Kind.TAR),
        (b"\x7fELF\0\0", "", Kind.BINARY),
        (b"\xff\xfe{\0", ".jsonl", Kind.UTF16_RECORDS),
    ],
)
def test_kinds(head, suffix, kind):
    assert sniff(head, suffix) is kind


@settings(deadline=None)
@given(
    st.binary(max_size=300) | st.text(alphabet='<>!-?"{}[]: \nabcrhtmlsfeed=', max_size=80).map(str.encode),
    st.sampled_from(["", *SUFFIXES]),
)
def test_every_beginning_is_some_kind(head, suffix):
    assert isinstance(sniff(head, suffix), Kind)
