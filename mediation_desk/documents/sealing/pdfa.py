"""PDF/A-1b, the form in which pages are archived (ISO 19005-1, GB/T 23286.1; domain.md §7.2).

Part 1 is the one the national standard names, and its rules are the strictest: whatever keeps them keeps those of
part 2 as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
from pikepdf.models.metadata import decode_pdf_date

from mediation_desk.documents.sealing.xmp import xmp_packet
from mediation_desk.shared.assets import read_bytes
from mediation_desk.shared.errors import InputError

_PART, _LEVEL = "1", "B"
_CONDITION = "sRGB IEC61966-2.1"
_OPAQUE = 1
_TOLD = {
    "/Title": "dc:title",
    "/Subject": "dc:description",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}
_DAYS = ("/CreationDate", "/ModDate")


def to_pdfa(pdf: bytes) -> bytes:
    """The same pages as PDF/A-1b; the same bytes give the same bytes.

    Raises ``InputError`` for what the format forbids and no repair keeps: an encrypted or damaged file, a font that is
    not embedded, see-through pictures, attachments, and pages that do something.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as draft:
            return _written(draft)
    except pikepdf.PasswordError as error:
        raise InputError("PDF 加了密码，不能存成归档格式（PDF/A），请先去掉密码。", field="文件") from error
    except pikepdf.PdfError as error:
        raise InputError("PDF 损坏或者不完整，不能存成归档格式（PDF/A）。", field="文件") from error


def claims_pdfa(pdf: bytes) -> bool:
    """Whether the file says of itself that it is PDF/A; whether it is, a validator tells."""
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as told:
        return bool(told.pdfa_status)


def _written(draft: pikepdf.Pdf) -> bytes:
    if draft.is_encrypted:
        raise InputError("PDF 加了密，不能存成归档格式（PDF/A），请先去掉加密。", field="文件")
    stream = io.BytesIO()
    save_archival(draft, stream)
    return stream.getvalue()


def save_archival(draft: pikepdf.Pdf, stream: BinaryIO) -> None:
    """Write an open PDF as PDF/A-1b; its pictures are never all in memory. Raises ``InputError`` as `to_pdfa`."""
    _demand_still(draft)
    for thing in _dictionaries(draft):
        _demand_allowed(thing)
    _add_output_intent(draft)
    _describe(draft)
    draft.save(
        stream,
        force_version="1.4",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
        linearize=False,
    )


def _demand_still(draft: pikepdf.Pdf) -> None:
    """Nothing runs, nothing is attached: an archived page is only read."""
    root = draft.Root
    names = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names or "/AA" in root or _acts(root.get("/OpenAction")):
        raise InputError("PDF 里有会自己运行的内容，不能存成归档格式（PDF/A）。", field="文件")
    if "/EmbeddedFiles" in names:
        raise InputError("PDF 里夹着附件，不能存成归档格式（PDF/A），请把附件单独存。", field="文件")
    if "/OCProperties" in root:
        raise InputError("PDF 里有可以隐藏的图层，不能存成归档格式（PDF/A）。", field="文件")


def _acts(action: Any) -> bool:
    """Opening at a page is no act; anything with an action of its own is."""
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") != "/GoTo"


def _dictionaries(draft: pikepdf.Pdf) -> Iterator[Any]:
    for thing in draft.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing


def _demand_allowed(thing: Any) -> None:
    if _is_bare_font(thing):
        raise InputError(
            f"字体“{thing.get('/BaseFont', thing.get('/FontName', ''))}”没有嵌在 PDF 里，不能存成归档格式（PDF/A）。",
            field="文件",
        )
    if thing.get("/Subtype") == "/Image" and ("/SMask" in thing or thing.get("/SMaskInData", 0)):
        raise InputError(
            "PDF 里有半透明的图片，不能存成归档格式（PDF/A），请重新扫描或者另存成不透明的。", field="文件"
        )
    if thing.get("/Type") == "/ExtGState" and not _opaque(thing):
        raise InputError("PDF 里有半透明的内容，不能存成归档格式（PDF/A）。", field="文件")
    filters = thing.get("/Filter", ()) if isinstance(thing, pikepdf.Stream) else ()
    named = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else (filters,))}
    if "/JPXDecode" in named:
        raise InputError("PDF 里有 JPEG 2000 的图片，归档格式（PDF/A-1）不收，请另存成 JPEG。", field="文件")


def _is_bare_font(thing: Any) -> bool:
    """A descriptor without its font file, or a font of the reader's own that needs no descriptor."""
    if thing.get("/Type") == "/FontDescriptor":
        return not {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys())
    simple = thing.get("/Type") == "/Font" and str(thing.get("/Subtype")) in (
        "/Type1",
        "/TrueType",
        "/MMType1",
    )
    return simple and "/FontDescriptor" not in thing


def _opaque(state: Any) -> bool:
    soft = state.get("/SMask", pikepdf.Name("/None"))
    alike = all(float(state.get(key, _OPAQUE)) == _OPAQUE for key in ("/CA", "/ca"))
    return alike and soft == "/None" and str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")


def _add_output_intent(draft: pikepdf.Pdf) -> None:
    """What the colours mean: without it black and grey would depend on the machine."""
    profile = draft.make_stream(read_bytes("colours/srgb.icc"))
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name("/OutputIntent"),
        S=pikepdf.Name("/GTS_PDFA1"),
        OutputConditionIdentifier=_CONDITION,
        Info=_CONDITION,
        DestOutputProfile=profile,
    )
    draft.Root.OutputIntents = draft.make_indirect(pikepdf.Array([intent]))


def _describe(draft: pikepdf.Pdf) -> None:
    """Say in XMP what the properties say, neither more nor less: a validator compares the two."""
    info = draft.docinfo
    told = {"pdfaid:part": _PART, "pdfaid:conformance": _LEVEL}
    for key in list(info.keys()):
        name, words = _TOLD.get(key, ""), _words(str(info[key]))
        value = _moment(words) if key in _DAYS else words
        if name and value:
            told[name], info[key] = value, words
        else:  # a property without its like in XMP is an error, and names of people do not belong there
            del info[key]
    packet = draft.make_stream(xmp_packet(told))
    packet.Type, packet.Subtype = pikepdf.Name("/Metadata"), pikepdf.Name("/XML")
    draft.Root.Metadata = packet


def _words(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


def _moment(text: str) -> str:
    try:
        return decode_pdf_date(text).isoformat()
    except ValueError:
        return ""
