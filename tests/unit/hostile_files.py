"""Three hundred hostile or damaged files, the same ones every time."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import docx
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from mediation_desk.shared.record import record

COUNT = 300
_SEED = 20261128


@record
class Hostile:
    """A file as it comes: its name and bytes, and a word of the reason it must be refused for.

    ``reason`` is None where random damage may have hit what does not matter: then it may be let in.
    """

    name: str
    data: bytes
    reason: str | None = ""


@cache
def hostile_files() -> tuple[Hostile, ...]:
    """All of them; what is made by hand first, then random damage until there are ``COUNT``."""
    dice = random.Random(_SEED)
    made = [*_pdfs(), *_pictures(), *_documents(), *_names()]
    sound = (
        ("a.pdf", sound_pdf()),
        ("a.jpg", sound_picture("JPEG")),
        ("a.png", sound_picture("PNG")),
        ("a.tif", sound_picture("TIFF")),
        ("a.docx", sound_docx()),
    )
    while len(made) < COUNT:
        name, data = sound[len(made) % len(sound)]
        made.append(_damaged(name, data, dice))
    return tuple(made)


@cache
def sound_pdf(pages: int = 3) -> bytes:
    """Pages with a line of text."""
    pdf = pikepdf.new()
    for no in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = Stream(pdf, f"0.5 g {50 + no} 100 300 200 re f\n".encode() * 40)
    return _saved(pdf)


@cache
def sound_picture(fmt: str, size: tuple[int, int] = (300, 400)) -> bytes:
    """A grey picture with noise in it."""
    noise = random.Random(7).randbytes(size[0] * size[1])
    out = io.BytesIO()
    Image.frombytes("L", size, noise).save(out, fmt)
    return out.getvalue()


@cache
def sound_docx() -> bytes:
    """A document with two paragraphs."""
    document = docx.Document()
    document.add_paragraph("调解协议")
    document.add_paragraph("各方当事人" * 20)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _damaged(name: str, data: bytes, dice: random.Random) -> Hostile:
    spoilt = bytearray(data)
    match dice.randrange(4):
        case 0:  # cut off
            del spoilt[dice.randrange(len(spoilt) * 9 // 10) :]
            return Hostile(name=name, data=bytes(spoilt))
        case 1:  # a hole of zeros
            at = dice.randrange(len(spoilt) // 2)
            spoilt[at : at + len(spoilt) // 4] = bytes(len(spoilt) // 4)
        case 2:  # bytes changed here and there
            for _ in range(dice.randrange(1, 40)):
                spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        case _:  # two files stuck together
            spoilt[dice.randrange(len(spoilt)) :] = data[dice.randrange(len(data)) :]
    return Hostile(name=name, data=bytes(spoilt), reason=None)


# PDF


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _pdf_with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    change(pdf)
    return _saved(pdf)


def _opening(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**action)

    return change


def _pdfs() -> Iterator[Hostile]:
    actions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("脚本", {"S": Name.JavaScript, "JS": "app.alert(1)"}),
        ("启动", {"S": Name.Launch, "F": "calc.exe"}),
        ("往外", {"S": Name.SubmitForm, "F": "http://example.invalid/"}),
        ("别的文件", {"S": Name.ImportData, "F": "x.fdf"}),
        ("别的文件", {"S": Name.GoToR, "F": "other.pdf", "D": Array([0, Name.Fit])}),
        ("附件", {"S": Name.GoToE, "D": Array([0, Name.Fit])}),
        ("影音", {"S": Name.Rendition}),
    )
    for number, (word, action) in enumerate(actions):
        yield Hostile(name=f"动作{number}.pdf", data=_pdf_with(_opening(**action)), reason=word)
        where = (_annotated(action), _hidden(action), _chained(action), _on_page(action))
        for place, change in enumerate(where):
            yield Hostile(name=f"动作{number}-{place}.pdf", data=_pdf_with(change), reason=word)
    yield Hostile(name="附件.pdf", data=_pdf_with(_attached), reason="附件")
    yield Hostile(name="动态表单.pdf", data=_pdf_with(_dynamic), reason="动态表单")
    for strength in (2, 3, 4, 6):
        for word in ("", "secret"):
            pdf = pikepdf.new()
            pdf.add_blank_page()
            how = pikepdf.Encryption(
                owner="owner", user=word, R=strength, aes=strength > 3, metadata=strength > 3
            )
            yield Hostile(name=f"加密{strength}{word}.pdf", data=_saved(pdf, encryption=how), reason="密码")
    yield Hostile(name="太多页.pdf", data=sound_pdf(501), reason="最多500页")
    yield Hostile(name="没有页.pdf", data=_saved(pikepdf.new()), reason="一页也没有")
    yield Hostile(name="纸太大.pdf", data=_pdf_with(_sized(10**7)), reason="纸张大小")
    yield Hostile(name="纸太小.pdf", data=_pdf_with(_sized(0)), reason="纸张大小")
    yield Hostile(name="图太大.pdf", data=_pdf_with(_pictured), reason="点数过多")
    yield Hostile(name="炸弹.pdf", data=_saved(_bomb(), compress_streams=False), reason=None)
    yield Hostile(name="嵌套.pdf", data=_pdf_with(_nested))
    yield Hostile(name="页树成环.pdf", data=_looped_pages())
    yield Hostile(name="只有开头.pdf", data=b"%PDF-1.7\n")
    yield Hostile(name="只有结尾.pdf", data=b"%PDF-1.7\n%%EOF\n")
    yield Hostile(name="前面有别的.pdf", data=b"MZ" + sound_pdf())
    yield Hostile(name="深括号.pdf", data=b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n")
    whole = sound_pdf()
    for tenth in range(1, 10):
        yield Hostile(name=f"截断{tenth}.pdf", data=whole[: len(whole) * tenth // 10])
    yield Hostile(name="交叉引用错.pdf", data=whole.replace(b"startxref\n", b"startxref\n9"))


def _annotated(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(**action),
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(link)])

    return change


def _hidden(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Somewhere = Array([1, Array([Dictionary(Deep=Dictionary(**action))])])

    return change


def _chained(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        first = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([Dictionary(**action)]))
        pdf.Root.OpenAction = pdf.make_indirect(first)

    return change


def _on_page(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].AA = Dictionary(O=pdf.make_indirect(Dictionary(**action)))

    return change


def _attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def _dynamic(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=Stream(pdf, b"<xdp/>"), Fields=Array())


def _sized(side: int) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = Array([0, 0, side, side])

    return change


def _pictured(pdf: pikepdf.Pdf) -> None:
    picture = Stream(pdf, b"\0")
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = 60_000, 60_000
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im=pdf.make_indirect(picture)))


def _bomb() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    packed = zlib.compress(zlib.compress(b" " * 200_000_000, 1))
    pdf.pages[0].Contents = Stream(pdf, packed, Filter=Array([Name.FlateDecode] * 2))
    return pdf


def _nested(pdf: pikepdf.Pdf) -> None:
    inner: pikepdf.Object = Array()
    for _ in range(80):
        inner = Array([inner])
    pdf.Root.Deep = inner


def _looped_pages() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])
    return _saved(pdf)


# Pictures


def _pictures() -> Iterator[Hostile]:
    for ending, fmt in (("jpg", "JPEG"), ("png", "PNG"), ("tif", "TIFF")):
        whole = sound_picture(fmt)
        for tenth in range(1, 9):
            yield Hostile(name=f"截断{tenth}.{ending}", data=whole[: len(whole) * tenth // 10])
        yield Hostile(name=f"只有开头.{ending}", data=whole[:12])
    yield Hostile(name="巨图.png", data=_huge_png(60_000, 60_000), reason="点数")
    yield Hostile(name="长图.png", data=_huge_png(2_000_000_000, 1))
    yield Hostile(name="大图.png", data=_huge_png(10_000, 9_000), reason="上限")
    yield Hostile(name="没有点.png", data=_huge_png(0, 0))
    yield Hostile(name="空数据.png", data=_png((b"IHDR", struct.pack(">IIBBBBB", 50, 50, 8, 2, 0, 0, 0))))
    yield Hostile(name="文字炸弹.png", data=_text_bomb())
    jpeg = bytearray(sound_picture("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    yield Hostile(name="巨图.jpg", data=bytes(jpeg), reason="点数")
    yield Hostile(name="没有图.jpg", data=b"\xff\xd8\xff\xd9")
    yield Hostile(name="环.tif", data=_looped_tiff(), reason=None)
    yield Hostile(name="太多页.tif", data=_many_frames(501), reason="多于500页")
    yield Hostile(name="指到外面.tif", data=b"II*\0" + struct.pack("<I", 0xFFFFFFF0))
    yield Hostile(name="项目过多.tif", data=b"II*\0" + struct.pack("<IH", 8, 0xFFFF))
    for fmt in ("GIF", "BMP", "WEBP", "PPM", "ICO", "TGA", "PCX"):
        for ending in ("png", fmt.lower()):
            yield Hostile(name=f"{fmt}.{ending}", data=sound_picture_in(fmt), reason="只收")
    yield Hostile(name="图.svg", data=b"<svg xmlns='http://www.w3.org/2000/svg'/>", reason="只收")


def sound_picture_in(fmt: str) -> bytes:
    """A small picture of a kind that is not let in."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, fmt)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks) + _chunk(b"IEND", b"")


def _huge_png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _png((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))))


def _text_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    text = b"a\0\0" + zlib.compress(bytes(200_000_000), 1)
    return _png((b"IHDR", head), (b"zTXt", text), (b"IDAT", zlib.compress(bytes(4))))


def _looped_tiff() -> bytes:
    whole = bytearray(_many_frames(2))
    first = struct.unpack_from("<I", whole, 4)[0]
    entries = struct.unpack_from("<H", whole, first)[0]
    second = struct.unpack_from("<I", whole, first + 2 + 12 * entries)[0]
    more = struct.unpack_from("<H", whole, second)[0]
    struct.pack_into("<I", whole, second + 2 + 12 * more, first)
    return bytes(whole)


def _many_frames(count: int) -> bytes:
    pictures = [Image.new("1", (8, 8)) for _ in range(count)]
    out = io.BytesIO()
    pictures[0].save(out, "TIFF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


# DOCX

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _repacked(change: dict[str, bytes | None], *, fold: bool = False) -> bytes:
    """The sound document with parts put in its place, added, or (None) taken away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound_docx())) as source, zipfile.ZipFile(out, "w", 8) as target:
        for name in source.namelist():
            if name not in change:
                target.writestr(name, source.read(name))
        for name, data in change.items():
            if data is not None:
                target.writestr(zipfile.ZipInfo(name) if fold else name, data, 8)
    return out.getvalue()


def _part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound_docx())) as source:
        return source.read(name)


def _related(sort: str, target: str, mode: str = "External") -> bytes:
    one = f'<Relationship Id="rId99" Type="{_RELATION}/{sort}" Target="{target}" TargetMode="{mode}"/>'
    return _part("word/_rels/document.xml.rels").replace(
        b"</Relationships>", f"{one}</Relationships>".encode()
    )


def _body(inside: str) -> bytes:
    return f'<w:document xmlns:w="{_WORDS}"><w:body>{inside}</w:body></w:document>'.encode()


def _field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return _body(f"<w:p>{runs}</w:p>")


def _documents() -> Iterator[Hostile]:
    document, relations = "word/document.xml", "word/_rels/document.xml.rels"
    for name in ("word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml", "VBAPROJECT.BIN"):
        yield Hostile(name="宏.docx", data=_repacked({name: b"<a/>"}), reason="宏")
    types = _part("[Content_Types].xml").replace(b"wordprocessingml.document.main", b"macroEnabled.main")
    types = types.replace(
        b"application/vnd.openxmlformats-officedocument.macroEnabled",
        b"application/vnd.ms-word.document.macroEnabled",
    )
    yield Hostile(name="宏类型.docx", data=_repacked({"[Content_Types].xml": types}), reason="宏")
    yield Hostile(name="宏.docm", data=sound_docx(), reason="扩展名")
    for name in (
        "word/embeddings/oleObject1.bin",
        "word/embeddings/a.xlsx",
        "word/a.exe",
        "word/a.html",
        "x",
    ):
        yield Hostile(name="嵌入.docx", data=_repacked({name: b"MZ"}), reason="嵌着")
    for name in ("../a.xml", "word/../../a.xml", "/etc/a.xml", "C:/a.xml", "word\\..\\a.xml", "a\x01.xml"):
        yield Hostile(name="路径.docx", data=_repacked({name: b"<a/>"}, fold=True))
    head = '<?xml version="1.0"?>'
    declared = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.invalid/p"> %p;]><a/>',
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a [<!ENTITY l0 "lol">' + "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
        ) + "]><a>&l9;</a>",
    )  # fmt: skip
    for text in declared:
        for coding in ("utf-8", "utf-16"):
            data = (head + text).encode(coding) if coding == "utf-8" else text.encode(coding)
            for part in (document, "word/styles.xml", "customXml/item1.xml"):
                yield Hostile(name="实体.docx", data=_repacked({part: data}), reason="声明或者实体")
    for sort, target in (
        ("attachedTemplate", "http://example.invalid/t.dotm"), ("image", "http://example.invalid/a.png"),
        ("image", r"\\server\share\a.png"), ("oleObject", "file:///c:/a.doc"), ("frame", "http://a.invalid"),
        ("subDocument", "file:///c:/a.docx"), ("hyperlink", "file:///c:/a.exe"), ("hyperlink", "javascript:a"),
    ):  # fmt: skip
        yield Hostile(name="外部.docx", data=_repacked({relations: _related(sort, target)}), reason="外面")
    for sort in ("aFChunk", "oleObject", "package", "control"):
        data = _repacked({relations: _related(sort, "a.xml", "Internal")})
        yield Hostile(name="块.docx", data=data, reason="嵌着")
    up = _related("image", "../../../a.png", "Internal")
    yield Hostile(name="往上.docx", data=_repacked({relations: up}), reason="指向别处")
    fields = (
        ("DDEAUTO c:\\a.exe",),
        ("DD", "EAUTO", " x"),
        ("INCLUDEPICTURE x",),
        ("INCLUDE", "TEXT y"),
        ("dde a",),
    )
    for pieces in fields:
        yield Hostile(name="域.docx", data=_repacked({document: _field(*pieces)}), reason="域")
    simple = _body('<w:p><w:fldSimple w:instr=" DDEAUTO a b "/></w:p>')
    yield Hostile(name="简单域.docx", data=_repacked({document: simple}), reason="域")
    yield Hostile(name="对象.docx", data=_repacked({document: _body("<w:object/>")}), reason="嵌着")
    yield Hostile(name="改换块.docx", data=_repacked({document: _body("<w:altChunk/>")}), reason="嵌着")
    yield Hostile(name="很深.docx", data=_repacked({document: b"<a>" * 100_000}), reason="过深")
    yield Hostile(name="很多.docx", data=_repacked({document: b"<a>" + b"<b/>" * 1_100_000 + b"</a>"}))
    yield Hostile(name="不闭合.docx", data=_repacked({document: b"<a><b></a>"}), reason="损坏")
    yield Hostile(name="不是文字.docx", data=_repacked({document: bytes(range(256))}), reason="损坏")
    yield Hostile(name="炸弹.docx", data=_repacked({"word/b.xml": b" " * 30_000_000}), reason="过大")
    yield Hostile(name="大炸弹.docx", data=_repacked({"word/b.xml": b"\0" * 60_000_000}), reason="过大")
    many = {f"word/c{n}.xml": random.Random(n).randbytes(9) * 900_000 for n in range(13)}
    yield Hostile(name="很多炸弹.docx", data=_repacked({**many}), reason="过大")
    yield Hostile(name="说谎.docx", data=_lying_size())
    parts: dict[str, bytes | None] = {f"customXml/i{n}.xml": b"<a/>" for n in range(2100)}
    yield Hostile(name="很多部件.docx", data=_repacked(parts), reason="过多")
    yield Hostile(name="同名.docx", data=_repacked({"WORD/document.xml": b"<a/>"}), reason="同名")
    yield Hostile(name="没有正文.docx", data=_repacked({document: None}), reason="不是DOCX")
    yield Hostile(name="没有类型.docx", data=_repacked({"[Content_Types].xml": None}), reason="不是DOCX")
    yield Hostile(
        name="图.docx", data=_repacked({"word/media/a.png": _huge_png(60_000, 60_000)}), reason="点数"
    )
    yield Hostile(name="坏图.docx", data=_repacked({"word/media/a.png": b"\x89PNG"}), reason="读不出来")
    yield Hostile(name="只是压缩包.docx", data=_archive(), reason="不是DOCX")
    yield Hostile(name="加密.docx", data=_locked(), reason="加了密")
    yield Hostile(name="旧格式.docx", data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), reason="旧式的")


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a.txt", "a")
    return out.getvalue()


def _lying_size() -> bytes:
    data = bytearray(_repacked({"word/big.xml": b"<a>" + b"x" * 5_000_000 + b"</a>"}))
    real = struct.pack("<I", 5_000_007)
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def _locked() -> bytes:
    data = bytearray(sound_docx())
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


# Names and endings


def _names() -> Iterator[Hostile]:
    for name in ("空.pdf", "空.jpg", "空.png", "空.tif", "空.docx"):
        yield Hostile(name=name, data=b"", reason="空的")
    sound = (
        ("pdf", sound_pdf()),
        ("jpg", sound_picture("JPEG")),
        ("png", sound_picture("PNG")),
        ("docx", sound_docx()),
    )
    for ending, data in sound:
        for lie in ("exe", "tif", "pdf.exe", "jpg.lnk", "txt"):
            yield Hostile(name=f"谎.{lie}", data=data, reason="扩展名")
        yield Hostile(name="没有扩展名", data=data, reason="没有扩展名")
        yield Hostile(name=f"\u202e{ending}.exe", data=data, reason="扩展名")
    for start in (
        b"MZ" + bytes(90),
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"<html><script>",
        b"Rar!\x1a\x07",
        b"\0" * 999,
    ):
        for ending in ("pdf", "jpg", "docx"):
            yield Hostile(name=f"冒充.{ending}", data=start, reason="只收")
