"""Putting the certificates of a time stamp in the order that DER prescribes, which many servers do not keep.

Strict readers refuse such an answer. The order is not part of what is signed, and no length changes with it.
"""

from __future__ import annotations

_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0


class _NotDerError(ValueError):
    """The bytes are not what they should be; they are left as they are."""


def with_sorted_certificates(token: bytes) -> bytes:
    """A time stamp response with its certificates in order; the same bytes if it is none, or they are in order already."""
    try:
        (response,) = _parts(token, 0, len(token))
        _, info = _inside(token, response, _SEQUENCE)[:2]
        _, content = _inside(token, info, _SEQUENCE)[:2]
        (signed,) = _inside(token, content, _CONTEXT_0)
        certificates = _inside(token, signed, _SEQUENCE)[3]
        pieces = [token[start:end] for _, start, _, end in _inside(token, certificates, _CONTEXT_0)]
    except (_NotDerError, ValueError, IndexError):
        return token
    _, _, start, end = certificates
    return token[:start] + b"".join(sorted(pieces)) + token[end:]


#: Tag, where the element starts, where its content starts, where it ends.
_Part = tuple[int, int, int, int]


def _inside(data: bytes, part: _Part, tag: int) -> list[_Part]:
    if part[0] != tag:
        raise _NotDerError
    return _parts(data, part[2], part[3])


def _parts(data: bytes, start: int, end: int) -> list[_Part]:
    """The elements that follow one another from `start` to `end`."""
    found: list[_Part] = []
    while start < end:
        tag, length, content = data[start], data[start + 1], start + 2
        if tag & 0x1F == 0x1F:
            raise _NotDerError
        if length & 0x80:
            digits = length & 0x7F
            if not 0 < digits <= 4:
                raise _NotDerError
            length, content = int.from_bytes(data[content : content + digits], "big"), content + digits
        if content + length > end:
            raise _NotDerError
        found.append((tag, start, content, content + length))
        start = content + length
    return found
