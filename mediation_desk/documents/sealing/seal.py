"""The centre's digital seal: a PAdES signature with its certificate (电子签名法 art. 13), by pyHanko.

Nothing is fetched from anywhere unless a time stamp server is configured; the password is used and forgotten.
"""

from __future__ import annotations

import io
from datetime import datetime

from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mediation_desk.documents import styles
from mediation_desk.documents.render.words_box import words_box
from mediation_desk.documents.sealing.foreign import unlock
from mediation_desk.shared.assets import built
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record

_DIGEST = "sha256"
_FIELD = "Seal"
_EDGE_TO_EDGE = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
)


@record
class Certificate:
    """The centre's certificate with its key: a PKCS#12 file as its issuer gives it out, and whose it is."""

    signer: SimpleSigner
    name: str
    until: datetime


def open_certificate(pkcs12: bytes, password: str, now: datetime) -> Certificate:
    """Unlock the file. Raises ``InputError`` for a wrong password, another file, or one that is not valid ``now``."""
    with told("证书没有打开", "certificate"):
        found = workshop.run(unlock, pkcs12=pkcs12, password=password)
    if not found.begins <= now <= found.ends:
        span = f"{local_day(found.begins).isoformat()}至{local_day(found.ends).isoformat()}"
        raise InputError(f"证书不在有效期内（{span}），不能用来加盖。", field="certificate")
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library leaves it open
    others.register_multiple([x509.Certificate.load(one) for one in found.others])
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(found.certificate),
        signing_key=PrivateKeyInfo.load(found.key),
        cert_registry=others,
    )
    return Certificate(signer=signer, name=found.name, until=found.ends)


def seal(pdf: bytes, certificate: Certificate, *, reason: str, place: str, now: datetime) -> bytes:
    """The PDF with one more signature and a frame that says so in words: at the foot of the last page, a second seal
    on the page before it.

    Raises ``InputError`` for a file that cannot be signed, ``StorageError`` where the time stamp server does not
    answer.
    """
    try:
        writer = _SameProperties(io.BytesIO(pdf), strict=False)
        earlier = len(writer.prev.embedded_signatures)
        pages = int(writer.root["/Pages"]["/Count"])
    except (PdfError, ValueError, KeyError, OSError) as error:
        raise InputError("PDF 损坏、加了密或者不完整，不能加盖数字印鉴。", field="文件") from error
    if earlier >= pages:
        raise InputError("这份文件已经加盖过数字印鉴，没有地方再加盖。", field="文件")
    field = f"{_FIELD}{earlier + 1}"
    box, style = _picture(writer, certificate.name, reason, now)
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=field,
            md_algorithm=_DIGEST,
            reason=reason,
            location=place,
            name=certificate.name,
            subfilter=SigSeedSubFilter.PADES,
        ),
        signer=certificate.signer,
        timestamper=_time_stamper(),
        stamp_style=style,
        new_field_spec=SigFieldSpec(field, on_page=pages - 1 - earlier, box=box),
    )
    try:
        signed = signer.sign_pdf(writer)
    except OSError as error:
        raise StorageError("时间戳服务器没有回答，没有加盖；请检查网络或者 sealing.toml。") from error
    return bytes(signed.getvalue())


def _time_stamper() -> HTTPTimeStamper | None:
    address = built("sealing", lambda data: str(data["timestamp"]))
    return HTTPTimeStamper(address) if address else None


def _picture(
    writer: IncrementalPdfFileWriter, name: str, reason: str, now: datetime
) -> tuple[tuple[int, int, int, int], StaticStampStyle]:
    """Words in a frame, never the likeness of a seal: left of the code at the foot of the last page."""
    width = built("sealing", lambda data: float(data["width"])) * styles.MM
    said = (
        f"数字签名：{name}",
        f"{cn_date(local_day(now))}，{reason}",
        "以签名和证书为准，可用调解台或者 PDF 阅读器核对；本框不是印章。",
    )
    page, height = words_box(said, width)
    left, bottom = int(styles.LEFT + styles.SEAL_LEFT), int(styles.SEAL_FOOT)
    box = (left, bottom, left + int(width), bottom + int(height))
    style = StaticStampStyle(
        background=_OnePage(writer, page),
        background_layout=_EDGE_TO_EDGE,
        border_width=0,
        background_opacity=1.0,
    )
    return box, style


class _SameProperties(IncrementalPdfFileWriter):
    """A seal adds nothing to what the file says of itself; rewritten properties would no longer be PDF/A."""

    def _update_meta(self) -> None:
        """Leave them."""


class _OnePage(PdfContent):
    """The words as pyHanko takes what it shows; its own text stamps need a font file and a shaper."""

    def __init__(self, writer: IncrementalPdfFileWriter, page: bytes) -> None:
        super().__init__(writer=writer)
        self._page = page

    def render(self) -> bytes:
        """Bring the page in as a form of the document being signed."""
        writer = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)), page_ix=0)
        self.resources.xobject["/Words"] = form
        x1, y1, x2, y2 = (float(value) for value in form.get_object()["/BBox"])
        self.box = BoxConstraints(width=x2 - x1, height=y2 - y1)
        return b"/Words Do"
