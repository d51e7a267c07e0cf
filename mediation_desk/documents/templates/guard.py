"""A .docx from outside, looked at before any library opens it: refused by one sentence, or harmless."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

from mediation_desk.shared.errors import InputError

LARGEST = 2 * 1024 * 1024
"""Bytes of a template: they lie in the database that all counters share."""

_ENTRIES = 300
_LARGEST_PART = 8 * 1024 * 1024
_LARGEST_WHOLE = 24 * 1024 * 1024
_RATIO = 150  # how much smaller a part may be packed; a page of Word comes to about ten
_FREE_OF_RATIO = 200_000  # bytes below which a ratio says nothing
_DEPTH = 80
_ELEMENTS = 120_000
_PARAGRAPHS = 3_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']\s*External""", re.IGNORECASE)
_TARGET = re.compile(rb"""Target\s*=\s*["']([^"']*)""")
_FORBIDDEN = (
    ("vbaproject", "里面有宏，请另存为不含宏的 .docx"),
    ("vbadata", "里面有宏，请另存为不含宏的 .docx"),
    ("activex", "里面有 ActiveX 控件"),
    ("/embeddings/", "里面嵌着别的文件"),
    ("afchunk", "里面嵌着别的文件"),
)
_NEEDED = ("[Content_Types].xml", "word/document.xml")


def checked(data: bytes, name: str) -> bytes:
    """``data`` if it is a plain .docx without macros, entities, bombs or links out. Raises ``InputError``."""
    if not name.lower().endswith(".docx"):
        raise _refused(f"“{_short(name)}”不是 .docx 文件，请在文字处理软件里另存为 .docx")
    if not data:
        raise _refused("是空的，一个字节也没有")
    if len(data) > LARGEST:
        raise _refused(f"有{len(data) / 1024 / 1024:.1f} MB，最多 2 MB，请删去大图片")
    if data.startswith(_OLE):
        raise _refused("加了密码，或者是旧式的 .doc，请去掉密码、另存为 .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _refused("打不开，已经损坏或者不是 .docx") from error
    except (OSError, ValueError, OverflowError, UnicodeError, LookupError) as error:
        raise _refused("打不开，已经损坏或者不是 .docx") from error
    return data


def _check(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > _ENTRIES:
        raise _refused(f"里面有{len(entries)}个部件，最多{_ENTRIES}个")
    names = [entry.filename for entry in entries]
    if len(set(map(str.lower, names))) < len(names):
        raise _refused("里面有重名的部件")
    if any(needed not in names for needed in _NEEDED):
        raise _refused("不是文字处理软件存的 .docx")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > _LARGEST_WHOLE:
        raise _refused("展开以后太大，像是压缩炸弹")
    for entry in entries:
        if not entry.is_dir():
            _check_part(entry.filename, _content(package, entry))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if "\\" in name or ":" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
        raise _refused("里面有指向别处的路径")
    if entry.flag_bits & 1:
        raise _refused("加了密码，请去掉密码")
    low = f"/{name.lower()}"
    for word, sentence in _FORBIDDEN:
        if word in low:
            raise _refused(sentence)
    if entry.file_size > _LARGEST_PART:
        raise _refused("展开以后太大，像是压缩炸弹")
    packed = max(1, entry.compress_size)
    if entry.file_size > _FREE_OF_RATIO and entry.file_size / packed > _RATIO:
        raise _refused("压得异常地小，像是压缩炸弹")


def _content(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as part:
        data = part.read(_LARGEST_PART + 1)  # what the directory says of the size may be a lie
    if len(data) > _LARGEST_PART:
        raise _refused("展开以后太大，像是压缩炸弹")
    return data


def _check_part(name: str, data: bytes) -> None:
    if not name.lower().endswith(_XML):
        return
    if name == "[Content_Types].xml" and b"macroenabled" in data.lower():
        raise _refused("是带宏的文件，请另存为不含宏的 .docx")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused("里面的编码不是 UTF-8")
    if name.endswith(".rels") and _EXTERNAL.search(data):
        found = [_short(one.decode("utf-8", "replace")) for one in _TARGET.findall(data) if b":" in one]
        raise _refused(f"里面有指向外面的链接{f'（{found[0]}）' if found else ''}，请去掉链接或者附着的模板")
    _Counter(name).read(data)


class _Counter:
    """Walks through the XML without building anything, and stops where it grows beyond any paper."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = self._elements = self._paragraphs = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise _refused(f"里面的“{_short(self._name)}”已经损坏") from error

    def _open(self, tag: str, _attributes: object) -> None:
        self._depth += 1
        self._elements += 1
        self._paragraphs += tag == "w:p"
        if self._depth > _DEPTH:
            raise _refused(f"里面的内容套了{_DEPTH}层以上")
        if self._paragraphs > _PARAGRAPHS or self._elements > _ELEMENTS:
            raise _refused(f"里面的内容太多，最多{_PARAGRAPHS}段")

    def _close(self, _tag: str) -> None:
        self._depth -= 1

    def _doctype(self, *_declared: object) -> None:
        raise _refused("里面有 DOCTYPE 或者外部实体")


def _short(text: str) -> str:
    plain = "".join(char for char in text if char.isprintable())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"


def _refused(why: str) -> InputError:
    sentence = why if why.startswith("“") else f"这个文件{why}"
    return InputError(f"{sentence}，不能做模板。", field="file")
