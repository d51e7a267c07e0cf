"""Reads the signatures of a PDF back: whose, whole or not, and what was added behind them. Works without a network."""

from __future__ import annotations

import io
from collections.abc import Sequence
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

from mediation_desk.documents.sealing.trust import SealState

_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


def signatures(pdf: bytes, trusted: Sequence[bytes] = ()) -> tuple[SealState, ...]:
    """Every signature of the file in order; none for a file without, or one that cannot be read at all.

    ``trusted`` are files of certificates (PEM or DER); what is none is passed over. Runs in the worker.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        embedded = tuple(reader.embedded_regular_signatures)
    except (PdfError, ValueError, OSError, RecursionError):
        return ()
    roots = [root for data in trusted for root in _certificates(data)]
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
    try:
        ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        found = [x509.Certificate.load(der) for der in ders]
        for one in found:
            one.native  # noqa: B018  # the library reads late, and may only then find that it is none
    except (ValueError, TypeError, KeyError):
        return []
    return found
