"""Time stamps by RFC 3161: asking a server for one of a custody entry's hash, and checking those that were kept.

The stamped imprint is the entry's own hash, so that `openssl ts -verify -digest HASH` can check a stamp too. Needs the
extra `warlog[timestamp]`.
"""

from __future__ import annotations

import re
from typing import Any

from warlog.archive.der import with_sorted_certificates
from warlog.errors import InputError, UsageError, WarlogError

#: The longest answer that is taken from a server.
MAX_ANSWER_BYTES = 1024 * 1024
_SHA256_OID = "2.16.840.1.101.3.4.2.1"


class NotInstalled(UsageError):
    """The library for time stamps is not there."""

    def __init__(self) -> None:
        super().__init__("Time stamps need the extra: pip install 'warlog[timestamp]'.")


class StampError(WarlogError):
    """A time stamp server gave no time stamp that can be used."""


def request(message: bytes) -> tuple[bytes, int]:
    """The request to send for a stamp of the bytes whose SHA-256 is to be stamped, and its nonce. Raises NotInstalled."""
    client = _client()
    made = client.TimestampRequestBuilder().data(message).hash_algorithm(client.HashAlgorithm.SHA256).build()
    return made.as_bytes(), made.nonce


def accept(answer: bytes, about: str, nonce: int, certificates: bytes | None) -> str:
    """Check a server's answer to a request; returns the time that it states, ISO 8601. Raises StampError, NotInstalled."""
    wrong = problem(answer, about) if certificates is None else Checker(certificates).problem(answer, about)
    if wrong is None and _decoded(answer).tst_info.nonce != nonce:
        wrong = "it answers another request"
    if wrong is not None:
        raise StampError(f"The time stamp server's answer cannot be used: {wrong}.")
    return str(_decoded(answer).tst_info.gen_time.isoformat())


def problem(token: bytes, about: str) -> str | None:
    """What is wrong with a kept answer that should stamp the entry with the hash `about`, apart from its signature; or None.

    Raises NotInstalled.
    """
    client = _client()
    try:
        response = _decoded(token)
        status = client.PKIStatus(response.status)
        if status not in (client.PKIStatus.GRANTED, client.PKIStatus.GRANTED_WITH_MODS):
            detail = f": {' '.join(' '.join(response.status_string).split())[:200]}" if response.status_string else ""
            return f"the server refused ({status.name.lower()}{detail})"
        imprint = response.tst_info.message_imprint
        if imprint.hash_algorithm.dotted_string != _SHA256_OID:
            return "it is not of a SHA-256"
        stamped = imprint.message.hex()
    except ValueError:
        return "it is no time stamp"
    return None if stamped == about else f"it is of the hash {stamped}"


class Checker:
    """Checks signatures too, against certificates (PEM) that the caller trusts. Raises InputError if there are none in it."""

    def __init__(self, certificates: bytes) -> None:
        client = _client()
        from cryptography import x509

        try:
            trusted = x509.load_pem_x509_certificates(certificates)
        except ValueError as error:
            raise InputError("The file given as --certificate holds no certificate in PEM form.") from error
        self._error: type[Exception] = client.VerificationError
        # A server whose answers do not hold its certificate is known by the one that may stamp, if it was given.
        own = [certificate for certificate in trusted if _may_stamp(certificate)]
        self._builders = [client.VerifierBuilder(roots=list(trusted))]
        self._builders += [client.VerifierBuilder(roots=list(trusted), tsa_certificate=one) for one in own]

    def problem(self, token: bytes, about: str) -> str | None:
        """What is wrong with a kept answer, its signature included; or None."""
        wrong = problem(token, about)
        if wrong is not None:
            return wrong
        said = ""
        for builder in self._builders:
            try:
                # Verifying takes the signer out of the decoded answer: each try needs its own.
                builder.build().verify(_decoded(token), bytes.fromhex(about))
            except (self._error, ValueError) as error:
                said = said or _reason(str(error))
            else:
                return None
        return f"its signature does not go back to the certificates given ({said})"


def _reason(text: str) -> str:
    """What a library says is wrong, without its list of calls."""
    found = re.findall(r'reason: "([^"]+)"', text) or [" ".join(text.split()).rstrip(".")]
    return str(found[-1])[:200]


def _may_stamp(certificate: Any) -> bool:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _decoded(token: bytes) -> Any:
    return _client().decode_timestamp_response(with_sorted_certificates(token))


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise NotInstalled from error
    return rfc3161_client
