"""Two thousand hostile files by kind of attack, and any number of mutants: the same ones every time."""

from __future__ import annotations

import io
import itertools
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import openpyxl
import pikepdf
from PIL import Image

from tests.documents.certificate import PASSWORD, made
from tests.unit.hostile_files import Hostile, hostile_files, sound_docx, sound_pdf, sound_picture

LEAST = 2_000
_SEED = 8
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PROLOGUE = '<?xml version="1.0"?>'

NAMES = (
    "..\\..\\evil", "../../evil", "/etc/evil", "C:\\evil", "\\\\server\\share\\evil", "CON", "nul", "COM1", "lpt9.txt",
    "a\x00b", "a\nb", "a\rb", "a\tb", "a\x1bb", "\u202efdp", "a\u2066b", "a\u200bb", "\ufeffa", "长" * 300, "a" * 5000,
    "=cmd|' /C calc'!A0", "+1", "-1", "@a", "＝a", "<b>a</b>", "<img src=x onerror=a>", "&amp;&lt;", "a&b", "%s%n",
    "{编号}", "${a}", "`id`", "$(id)", "; rm -rf a", "' OR 1=1 --", '"', "'", "|", "*?", ":", "~", ".", "..", " ", "",
    "\udcff\udcfe", "\U0001f600", "a/", "a\\", "a. . ", "file:///etc/passwd", "http://example.invalid/a", "é",
    "e\u0301", "\u0661", "Ａ", "\ufdd0", "\U0010ffff", "a" * 119 + "。",
)  # fmt: skip
"""What a file may be called; no kind of attack of its own, but none may be taken at its word."""


@cache
def sound_sheet() -> bytes:
    """A roster of two people."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "性别", "电话"])
    book.worksheets[0].append(["周某", "男", "13800000000"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def sound_json() -> bytes:
    """A case file."""
    from mediation_desk.shared.assets import read_text

    return read_text("examples/leak.json").encode()


SOUND: dict[str, Callable[[], bytes]] = {
    "pdf": sound_pdf,
    "jpg": lambda: sound_picture("JPEG"),
    "png": lambda: sound_picture("PNG"),
    "tif": lambda: sound_picture("TIFF"),
    "docx": sound_docx,
    "xlsx": sound_sheet,
    "json": sound_json,
    "pfx": lambda: made()[0],
}
"""A sound file of every kind that is let in, by its ending."""


def hostile_set() -> Iterator[Hostile]:
    """All of them, kind by kind, made as they are asked for."""
    return itertools.chain(hostile_files(), *(family() for family in _families()))


def sample(most: int, step: int) -> Iterator[Hostile]:
    """Some of each kind, without making the others."""
    return itertools.chain(*(itertools.islice(family(), 0, most, step) for family in _families()))


def _families() -> tuple[Callable[[], Iterator[Hostile]], ...]:
    return (
        _bombs, _declared, _slips, _polyglots, _pictures, _cut, _active, _named, _deep, _swollen, _certificates, _texts,
    )  # fmt: skip


def mutants(ending: str, count: int) -> Iterator[Hostile]:
    """The sound file of this kind with random damage; packed formats are damaged inside their parts too."""
    dice, sound = random.Random(f"{_SEED}{ending}"), SOUND[ending]()
    for number in range(count):
        inside = ending in ("docx", "xlsx") and number % 2
        data = _mutated_part(sound, dice) if inside else _mutated(sound, dice)
        yield Hostile(name=f"变{number}.{ending}", data=data, reason=None)


def _mutated(data: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(spoilt) + 1)
        length = dice.choice((1, 1, 2, 4, 8, 64, 1024))
        match dice.randrange(7):
            case 0:
                spoilt[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del spoilt[at : at + length]
            case 2:
                spoilt[at:at] = dice.randbytes(length)
            case 3:
                spoilt[at : at + length] = spoilt[at : at + length] * dice.choice((2, 3, 50))
            case 4:
                spoilt[at : at + 4] = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
            case 5:
                from_ = dice.randrange(len(data))
                spoilt[at:at] = data[from_ : from_ + length]
            case _:
                spoilt[at : at + 1] = dice.choice((b"<", b"&", b'"', b"[", b"(", b"%", b"\0"))
    return bytes(spoilt)


def _mutated_part(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = dice.choice(package.namelist())
        return patched(data, {name: _mutated(package.read(name), dice)})


def patched(data: bytes, parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with these parts in place of its own or beside them, under just these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", method) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(zipfile.ZipInfo(name), part, method)
    return out.getvalue()


def _packages() -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """Ending, sound package, and parts of it to be attacked."""
    yield (
        "docx",
        sound_docx(),
        ("word/document.xml", "word/styles.xml", "word/settings.xml", "[Content_Types].xml"),
    )
    yield (
        "xlsx",
        sound_sheet(),
        ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"),
    )


def _bombs() -> Iterator[Hostile]:
    for (ending, sound, parts), size, filling in itertools.product(
        _packages(), (3, 9, 26, 60), (b"\0", b"<w:p/>")
    ):
        block = filling * (size * 2**20 // len(filling))
        for name in (parts[0], "word/media/a.png", "x/a.bin"):
            yield Hostile(name=f"炸弹{size}.{ending}", data=patched(sound, {name: block}))
        if size == 3:  # the other way of packing is slow to make
            yield Hostile(
                name=f"炸弹b.{ending}", data=patched(sound, {parts[1]: block}, method=zipfile.ZIP_BZIP2)
            )
    for ending, sound, _parts in _packages():
        inner = sound
        for level in range(12):  # a package in a package in a package
            inner = patched(sound, {"word/embeddings/a.zip": inner})
            yield Hostile(name=f"套{level}.{ending}", data=inner)
        for count in (500, 5_500, 60_000):
            yield Hostile(name=f"件{count}.{ending}", data=_many_entries(count))
        for lie in (0, 1, 100, 2**31, 2**32 - 1):
            yield Hostile(name=f"谎{lie}.{ending}", data=_lying(sound, lie))


def _many_entries(count: int) -> bytes:
    """Entries that are nothing but a name in the directory."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"a" for _ in range(count))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 31, 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    return local + directory + end


def _lying(data: bytes, size: int) -> bytes:
    spoilt, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", spoilt, at + 24, size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(spoilt)


def _declared() -> Iterator[Hostile]:
    billion = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declarations = (
        '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x SYSTEM "http://example.invalid/x">',
        '<!ENTITY x PUBLIC "a" "file:///c:/boot.ini">', '<!ENTITY % p SYSTEM "http://example.invalid/p"> %p;',
        billion, f'<!ENTITY x "{"a" * 100_000}">', '<!ENTITY x "&y;"><!ENTITY y "&x;">', '<!ATTLIST a b CDATA "c">',
    )  # fmt: skip
    for (ending, sound, parts), declaration, part in itertools.product(_packages(), declarations, range(4)):
        text = f"<!DOCTYPE a [{declaration}]><a>{'&x;' * 1000}&l9;</a>"
        late = _PROLOGUE + f"<!--{' ' * 4000}-->" + text
        for coding, words in (
            ("utf-8", _PROLOGUE + text),
            ("utf-16", text),
            ("utf-7", text),
            ("utf-8", late),
        ):
            yield Hostile(name=f"实体.{ending}", data=patched(sound, {parts[part]: words.encode(coding)}))


def _slips() -> Iterator[Hostile]:
    for (ending, sound, _), name in itertools.product(_packages(), NAMES):
        called = name.encode("utf-8", "replace").decode()[:60_000]
        for prefix in ("", "word/media/", "../"):
            yield Hostile(
                name=f"滑.{ending}", data=patched(sound, {prefix + called + ".xml": b"<a/>"}), reason=None
            )


def _polyglots() -> Iterator[Hostile]:
    heads = (
        b"MZ" + bytes(90),
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"<html><script>alert(1)</script>",
        b"GIF89a",
        b"{\\rtf1 ",
    )
    sound = {ending: make() for ending, make in SOUND.items()}
    for (ending, data), head in itertools.product(sound.items(), heads):
        yield Hostile(name=f"头.{ending}", data=head + data)
        yield Hostile(name=f"尾.{ending}", data=data + head, reason=None)
    for (one, first), (two, second) in itertools.permutations(sound.items(), 2):
        yield Hostile(name=f"双.{one}", data=first + second, reason=None)
        yield Hostile(name=f"双.{two}", data=first + second)
        yield Hostile(name=f"假.{one}", data=second)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, kind: int, data: bytes, *more: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _pictures() -> Iterator[Hostile]:
    sides = (
        (60_000, 60_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (9_000, 9_000),
        (30_000, 3_000),
        (0, 5),
        (65_535, 65_535),
    )
    rows = zlib.compress(bytes(40_000_000), 9)
    for (width, height), (depth, kind) in itertools.product(sides, ((8, 2), (16, 6), (1, 0), (8, 3))):
        bomb = _png(width, height, depth, kind, rows)
        yield Hostile(name="图.png", data=bomb)
        yield Hostile(
            name="图.docx", data=patched(sound_docx(), {"word/media/image1.png": bomb}), reason=None
        )
    for chunk in (b"zTXt", b"iCCP", b"iTXt"):
        start = b"a\0\0" if chunk != b"iTXt" else b"a\0\1\0\0\0"
        more = _chunk(chunk, start + zlib.compress(bytes(300_000_000), 1))
        yield Hostile(name="字.png", data=_png(1, 1, 8, 2, zlib.compress(bytes(4)), more), reason=None)
    jpeg = sound_picture("JPEG")
    at = jpeg.index(b"\xff\xc0")
    for width, height in ((65_535, 65_535), (65_535, 1), (30_000, 30_000), (0, 0)):
        yield Hostile(name="图.jpg", data=jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :])
    for tag, value in itertools.product(
        (256, 257, 258, 259, 273, 277, 278, 279), (0, 1, 65_535, 2**31, 2**32 - 1)
    ):
        yield Hostile(name="图.tif", data=_tagged(tag, value), reason=None)


def _tagged(tag: int, value: int) -> bytes:
    """The sound TIFF with one of its numbers replaced."""
    data = bytearray(sound_picture("TIFF"))
    (place,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, place)
    for entry in range(place + 2, place + 2 + 12 * count, 12):
        if struct.unpack_from("<H", data, entry)[0] == tag:
            struct.pack_into("<HII", data, entry + 2, 4, 1, value)
    return bytes(data)


def _cut() -> Iterator[Hostile]:
    for ending, make in SOUND.items():
        data = make()
        for part in range(60):
            yield Hostile(name=f"截{part}.{ending}", data=data[: len(data) * part // 60])


def _active() -> Iterator[Hostile]:
    parts = ("word/vbaProject.bin", "xl/vbaProject.bin", "word/vbaData.xml", "xl/activeX/activeX1.xml",
             "VBAPROJECT.BIN", "word/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml",
             "xl/macrosheets/sheet1.xml",
             "xl/connections.xml", "customUI/customUI.xml", "word/a.exe", "xl/ctrlProps/ctrlProp1.xml")  # fmt: skip
    for (ending, sound, _), part in itertools.product(_packages(), parts):
        for called in (ending, ending[:-1] + "m", "dotm"):
            yield Hostile(name=f"宏.{called}", data=patched(sound, {part: b"<a/>"}), reason=None)
    formulas = ("=cmd|' /C calc'!A0", "=HYPERLINK(\"http://example.invalid\")", "=WEBSERVICE(\"http://a.invalid\")",
                "=DDE(\"a\";\"b\")", "+1+1", "@SUM(1)", "=1/0", "=A1", "={1}", "=INDIRECT(\"A\"&1)")  # fmt: skip
    for formula in formulas:
        book = openpyxl.Workbook()
        book.worksheets[0].append(["姓名", "电话", formula])
        book.worksheets[0].append([formula, formula, "a"])
        out = io.BytesIO()
        book.save(out)
        yield Hostile(name="式.xlsx", data=out.getvalue(), reason=None)


def _named() -> Iterator[Hostile]:
    for name, (ending, make) in itertools.product(NAMES, SOUND.items()):
        yield Hostile(name=f"{name}.{ending}", data=make(), reason=None)


def _deep() -> Iterator[Hostile]:
    for depth in (50, 90, 300, 1_000, 5_000, 100_000, 1_000_000):
        yield Hostile(name="深.json", data=b"[" * depth + b"]" * depth)
        yield Hostile(name="深.json", data=b'{"a":' * depth + b"1" + b"}" * depth)
        yield Hostile(
            name="深.pdf", data=b"%PDF-1.4\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\n"
        )
        yield Hostile(
            name="深.pdf", data=b"%PDF-1.4\n1 0 obj\n" + b"<</A" * depth + b">>" * depth + b"\nendobj\n"
        )
        for (ending, sound, parts), closed in itertools.product(_packages(), (True, False)):
            xml = b"<a>" * depth + (b"</a>" * depth if closed else b"")
            yield Hostile(name=f"深.{ending}", data=patched(sound, {parts[0]: xml}))


def _swollen() -> Iterator[Hostile]:
    """Small files of sound build that are large once open."""
    for count in (5_000, 50_000, 400_000, 1_000_000):
        for inner in (
            "<w:p/>",
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
        ):
            body = f'<w:document xmlns:w="{_WORDS}"><w:body>{inner * count}</w:body></w:document>'.encode()
            yield Hostile(name="肿.docx", data=patched(sound_docx(), {"word/document.xml": body}))
    for rows, columns in ((1_000, 1_000), (30_000, 10), (200_000, 3), (5, 16_384)):
        cells = "".join('<c t="inlineStr"><is><t>a</t></is></c>' for _ in range(columns))
        sheet = (
            f'<worksheet xmlns="{_CELLS}"><sheetData>{f"<row>{cells}</row>" * rows}</sheetData></worksheet>'
        )
        data = patched(sound_sheet(), {"xl/worksheets/sheet1.xml": sheet.encode()})
        yield Hostile(name="肿.xlsx", data=data, reason=None)
    shared = f'<sst xmlns="{_CELLS}"><si><t>{"长" * 30_000}</t></si></sst>'.encode()
    for rows in (100, 10_000, 19_000):
        row = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
        sheet = f'<worksheet xmlns="{_CELLS}"><sheetData>{row * rows}</sheetData></worksheet>'
        parts = {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/sharedStrings.xml": shared}
        yield Hostile(name="重.xlsx", data=patched(sound_sheet(), parts), reason=None)
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    for rounds in (1, 2, 3):
        data = b"q " * 30_000_000
        for _ in range(rounds):
            data = zlib.compress(data, 9)
        names = pikepdf.Array([pikepdf.Name.FlateDecode] * rounds)
        pdf.pages[0].Contents = pikepdf.Stream(pdf, data, Filter=names)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
        yield Hostile(name="肿.pdf", data=out.getvalue(), reason=None)
    pages = [Image.new("1", (9_000, 8_000)) for _ in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", compression="group4", save_all=True, append_images=pages[1:])
    yield Hostile(name="肿.tif", data=out.getvalue(), reason=None)


def _certificates() -> Iterator[Hostile]:
    """Key files that say their password is to be hashed for ever, with sizes and parts that lie."""
    pfx = made()[0]
    iterations = [at for at in range(len(pfx) - 4) if pfx[at : at + 4] == b"\x02\x02\x4e\x20"]
    for at, number in itertools.product(iterations, (0x7FFF, 0x7530)):
        yield Hostile(name="久.pfx", data=pfx[:at] + b"\x02\x02" + number.to_bytes(2, "big") + pfx[at + 4 :])
    for at in range(0, min(len(pfx), 400), 4):
        yield Hostile(name="钥.pfx", data=pfx[:at] + b"\x84\x7f\xff\xff\xff" + pfx[at + 5 :], reason=None)
    yield Hostile(name="空.pfx", data=_iterated(2**31 - 1))
    yield Hostile(name="文.pfx", data=PASSWORD.encode())


def _iterated(count: int) -> bytes:
    """A PKCS#12 whose integrity is proved by a hash of ``count`` rounds."""
    from asn1crypto import pkcs12

    pfx = pkcs12.Pfx.load(made()[0])
    pfx["mac_data"]["iterations"] = count
    return bytes(pfx.dump(force=True))


def _texts() -> Iterator[Hostile]:
    odd = (
        b"", b"\xff", b"\xef\xbb\xbf{}", b"null", b"1", b"[]", b'"a"', b"{", b"}", b'{"a":1,"a":2}', b"NaN", b"[1e999]",
        b"1" * 5_000, b"[" + b"9" * 400_000 + b"]", b'{"a":"\\ud800"}', b'{"a":"\\u0000"}', b"{'a':1}", b'{"a":1}}',
        b'{"schema":"mediation-case/1"}', '{"schema":"\u202e"}'.encode(), "{}".encode("utf-16"),
    )  # fmt: skip
    for text in odd:
        yield Hostile(name="怪.json", data=text)
    for part in (b"[],", b"{},", b"1,", b'"",', b'{"a":[]},', b"0.1,"):
        for count in (100_000, 1_000_000, 2_600_000):
            yield Hostile(name="多.json", data=b"[" + part * count + b"1]")
    whole = json.loads(sound_json())
    for key in whole:
        for value in (None, [], {}, "", 0, -1, 1.5, True, "\u202e", ["a"] * 50, {"": ""}, "长" * 30_000):
            yield Hostile(name="改.json", data=json.dumps({**whole, key: value}).encode(), reason=None)
