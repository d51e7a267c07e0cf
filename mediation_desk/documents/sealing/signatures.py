"""Reads the signatures of a PDF back: whose, whole or not, and what was added behind them. Works without a network."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from mediation_desk.shared.record import record

_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@record
class SealState:
    """One signature. ``whole``: neither what it covers nor anything that matters behind it was changed.

    ``trusted``: its certificate leads to a root the centre trusts; ``stamped``: a time stamp server vouches for ``at``,
    else it is the clock of the machine that signed.
    """

    name: str
    at: datetime | None
    whole: bool
    trusted: bool
    stamped: bool = False
    reason: str = ""


def trusted_roots(folder: Path) -> tuple[x509.Certificate, ...]:
    """The certificates (PEM or DER) the centre put into ``folder``; unreadable ones are passed over."""
    found: list[x509.Certificate] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        try:
            found.extend(_certificates(path.read_bytes()))
        except (OSError, ValueError):
            continue
    return tuple(found)


def signatures(pdf: bytes, roots: Sequence[x509.Certificate] = ()) -> tuple[SealState, ...]:
    """Every signature of the file in order; none for a file without, or one that cannot be read at all."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        embedded = tuple(reader.embedded_regular_signatures)
    except (PdfError, ValueError, OSError, RecursionError):
        return ()
    return tuple(_state(one, roots) for one in embedded)


def _state(one: Any, roots: Sequence[x509.Certificate]) -> SealState:
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    cert = one.signer_cert
    name = "" if cert is None else str(cert.subject.native.get("common_name") or cert.subject.human_friendly)
    reason = str(one.sig_object.get("/Reason", ""))
    try:
        status = validate_pdf_signature(one, context, ts_validation_context=context)
    except (SignatureValidationError, SigningError, PdfError, ValueError):
        return SealState(name=name, at=one.self_reported_timestamp, whole=False, trusted=False, reason=reason)
    untouched = status.coverage in _WHOLE and status.modification_level in _HARMLESS
    stamp = status.timestamp_validity
    return SealState(
        name=name,
        at=stamp.timestamp if stamp is not None else status.signer_reported_dt,
        whole=bool(status.intact and status.valid and untouched),
        trusted=bool(status.trusted),
        stamped=stamp is not None and bool(stamp.intact and stamp.valid),
        reason=reason,
    )


def _certificates(data: bytes) -> list[x509.Certificate]:
    if not pem.detect(data):
        return [x509.Certificate.load(data)]
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)]
