"""What is asked of a PDF, DOCX or certificate that somebody brings: all of it in the worker."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.documents.sealing.reading import FileWords, read_words
from mediation_desk.documents.sealing.trust import SealState
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.record import record

_SIGNING = ("pyhanko.sign.signers", "pyhanko.sign.validation")
_NO_CERTIFICATE = "不是证书文件；证书是 PKCS#12（.pfx、.p12）文件。"


@record
class Unlocked:
    """A certificate (DER) with its key (PKCS#8) and the ``others`` that came with it; whose it is, and when valid."""

    certificate: bytes
    key: bytes
    others: tuple[bytes, ...]
    name: str
    begins: datetime
    ends: datetime


@parser(loads=("pypdfium2",), longer="page")
def words_in(data: bytes) -> FileWords:
    """The words of a PDF or DOCX. Raises ``InputError``."""
    return read_words(data)


@parser(loads=_SIGNING)
def seals_in(pdf: bytes, trusted: tuple[bytes, ...]) -> tuple[SealState, ...]:
    """The signatures of a PDF."""
    from mediation_desk.documents.sealing.signatures import signatures

    return signatures(pdf, trusted)


@parser(loads=_SIGNING)
def unlock(pkcs12: bytes, password: str) -> Unlocked:
    """Open a PKCS#12 file. Raises ``InputError`` for a wrong password or another file.

    In the worker because the file says itself how often its password is hashed, which may be for ever.
    """
    from pyhanko.sign.signers import SimpleSigner

    try:
        signer = SimpleSigner.load_pkcs12_data(pkcs12, [], password.encode())
    except (ValueError, UnicodeError) as error:
        if _is_pkcs12(pkcs12):
            raise InputError("证书的密码不对，没有加盖；请再写一次。", field="password") from error
        raise InputError(_NO_CERTIFICATE, field="certificate") from error
    except (AttributeError, TypeError, NotImplementedError) as error:  # how the library meets a missing part
        raise InputError("证书文件里没有签名用的证书和密钥。", field="certificate") from error
    cert = signer.signing_cert
    if cert is None:
        raise InputError("证书文件里没有签名用的证书。", field="certificate")
    named = cert.subject.native
    return Unlocked(
        certificate=cert.dump(),
        key=signer.signing_key.dump(),
        others=tuple(sorted(other.dump() for other in signer.cert_registry)),
        name=str(named.get("common_name") or named.get("organization_name") or cert.subject.human_friendly),
        begins=cert.not_valid_before,
        ends=cert.not_valid_after,
    )


def _is_pkcs12(data: bytes) -> bool:
    """Whether the file has the shape of a PKCS#12 file, whatever it is locked with."""
    from asn1crypto.pkcs12 import Pfx

    try:
        return bool(Pfx.load(data)["version"].native == "v3")
    except (ValueError, TypeError, KeyError):
        return False
