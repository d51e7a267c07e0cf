"""What a file that comes back says: words and codes of a PDF or DOCX, read without trusting it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from mediation_desk.documents.sealing.check_code import IN_TEXT, version_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.pdfium import PDFIUM
from mediation_desk.shared.record import record
from mediation_desk.shared.text import folded

_FURNITURE = re.compile(r"第\d+页共\d+页|—\d+—|校验码[A-Z2-7-]{14}(审计\d+-[0-9A-Z]{4}-[0-9A-Z]{4})?")
_LARGEST = 64 * 2**20  # bytes of one part of a DOCX; ours have a hundredth of it
_MOST_PAGES = 2000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,  # what zipfile raises for a part with a password
    OSError,
    EOFError,
    ValueError,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@record
class FileWords:
    """``words`` without white space, page numbers and codes; ``versions`` the 校验码 found; ``kind`` PDF or DOCX."""

    kind: str
    words: str
    versions: tuple[str, ...]


def read_words(data: bytes) -> FileWords:
    """The words of a PDF or DOCX. Raises ``InputError`` for any other file, a locked or a damaged one."""
    if data.startswith(b"%PDF-"):
        return _made("PDF", _pdf(data), "")
    if data.startswith(b"PK\x03\x04"):
        return _made("DOCX", *_docx(data))
    raise InputError("只能核对 PDF 和 DOCX 文件；纸质协议请输入编号和校验码。", field="文件")


def _made(kind: str, body: str, foot: str) -> FileWords:
    versions = []
    for code in IN_TEXT.findall(f"{body}\n{foot}"):
        try:
            versions.append(version_in(code))
        except InputError:
            continue  # somebody else's letters, or a forger's
    return FileWords(
        kind=kind, words=_FURNITURE.sub("", folded(body)), versions=tuple(dict.fromkeys(versions))
    )


def _pdf(data: bytes) -> str:
    with PDFIUM:
        return _words_of_pages(data)


def _words_of_pages(data: bytes) -> str:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise InputError("PDF 损坏、加了密码或者不完整，读不出来。", field="文件") from error
    try:
        if len(document) > _MOST_PAGES:
            raise InputError(f"PDF 超过{_MOST_PAGES}页，不核对。", field="文件")
        return "\n".join(
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        )
    except PdfiumError as error:
        raise InputError("PDF 有损坏的页，读不出来。", field="文件") from error
    finally:
        document.close()


def _docx(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name for name in package.namelist() if re.fullmatch(r"word/footer\d*\.xml", name)]
            foot = "\n".join(_paragraphs(_part(package, name)) for name in names)
            return _paragraphs(_part(package, "word/document.xml")), foot
    except _BROKEN as error:
        raise InputError("DOCX 损坏或者不是 Word 文件，读不出来。", field="文件") from error


def _part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if package.getinfo(name).file_size > _LARGEST:
        raise InputError("DOCX 展开以后大得不正常，不核对。", field="文件")
    text = package.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise InputError("DOCX 里有不该有的内容（实体声明），不核对。", field="文件")
    return ElementTree.fromstring(text)  # noqa: S314  # what makes it dangerous was refused above


def _paragraphs(root: ElementTree.Element) -> str:
    return "\n".join("".join(_texts(paragraph)) for paragraph in root.iter(f"{_W}p"))


def _texts(paragraph: ElementTree.Element) -> Iterator[str]:
    for piece in paragraph.iter():
        if piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.tag in (f"{_W}tab", f"{_W}br"):
            yield " "
