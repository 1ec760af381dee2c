"""Writes small PDF files, object by object, for the tests: lines of words at places on pages."""

import io
import zlib
from collections.abc import Sequence


def line(x: float, y: float, words: str, size: float = 11) -> bytes:
    """Words drawn at a place, in points from the lower left."""
    text = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, text)


def lines(x: float, y: float, words: Sequence[str], size: float = 11, leading: float = 14) -> bytes:
    """Lines below each other; an empty one leaves the space of a line."""
    return b"".join(line(x, y - number * leading, text, size) for number, text in enumerate(words) if text)


def pdf(
    pages: Sequence[bytes], info: bytes = b"", *, packed: bool = False, extra: Sequence[bytes] = (), resources: bytes = b""
) -> bytes:
    """A PDF of pages with these content streams. `info` are the entries of its properties, `extra` more objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    objects.append(b"<< %s >>" % info)
    objects += extra
    kids: list[bytes] = []
    for content in pages:
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (len(objects) + 2, resources)
        )
        data = zlib.compress(content, 9) if packed else content
        objects.append(
            b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(data), b"/Filter /FlateDecode " if packed else b"", data)
        )
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return written(objects)


def written(objects: Sequence[bytes], root: int = 1) -> bytes:
    """The objects as a file, the first being number 1, with their table; number 4 holds the properties."""
    out = io.BytesIO(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    out.seek(0, 2)
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root %d 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, table))
    return out.getvalue()
