"""Files that lie, burst or hide something are refused by one sentence before any library opens them."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mediation_desk.documents.templates.checking import check
from mediation_desk.shared.errors import DeskError, InputError
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.uploads.kinds import UploadKind
from mediation_desk.shared.uploads.limits import upload_limits
from tests.documents.templates.making import changed, document, saved

GOOD = document("{编号}")
DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
OUT = b'<Relationship Id="x1" Type="http://schemas.openxmlformats.org/x" Target="%s" TargetMode="External"/>'


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        return package.read(name)


def with_doctype() -> bytes:
    head, _, rest = part(DOCUMENT).partition(b"?>")
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return changed(GOOD, {DOCUMENT: head + b"?>" + entity + rest})


def deep() -> bytes:
    inner = b"<w:r>" * 3000 + b"</w:r>" * 3000
    return changed(
        GOOD, {DOCUMENT: part(DOCUMENT).replace(b"<w:body>", b"<w:body><w:p>" + inner + b"</w:p>")}
    )


def with_body(more: bytes) -> bytes:
    return changed(GOOD, {DOCUMENT: part(DOCUMENT).replace(b"<w:body>", b"<w:body>" + more)})


def out(target: bytes) -> bytes:
    return changed(GOOD, {RELS: part(RELS).replace(b"</Relationships>", OUT % target + b"</Relationships>")})


def macro_type(name: str, data: bytes) -> bytes:
    if name != "[Content_Types].xml":
        return data
    return data.replace(
        b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
    ).replace(b"application/vnd.openxmlformats-officedocument.ms-word", b"application/vnd.ms-word")


def doubled() -> bytes:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("WORD/document.xml", b"<x/>")
    return stream.getvalue()


def encrypted_flag() -> bytes:
    data = bytearray(GOOD)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.find(start)
        data[place + (6 if start == b"PK\x03\x04" else 8)] |= 1
    return bytes(data)


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    workshop.close()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("空的", lambda: b""),
    "not a zip": ("内容不是", lambda: b"hello" * 100),
    "ole": (".doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
    "cut off": ("损坏", lambda: GOOD[: len(GOOD) // 2]),
    "a workbook": ("不是DOCX", lambda: _zip({"[Content_Types].xml": b"<a/>", "xl/x.xml": b"<a/>"})),
    "macro part": ("宏", lambda: changed(GOOD, {"word/vbaProject.bin": b"x"})),
    "macro type": ("宏", lambda: changed(GOOD, edit=macro_type)),
    "embedded": ("嵌着", lambda: changed(GOOD, {"word/embeddings/oleObject1.bin": b"x"})),
    "activex": ("ActiveX", lambda: changed(GOOD, {"word/activeX/activeX1.xml": b"<a/>"})),
    "zip bomb": ("炸弹", lambda: changed(GOOD, {"word/media/a.bin": b"\0" * 9_000_000})),
    "dense bomb": ("炸弹", lambda: changed(GOOD, {"word/media/a.bin": b"\0" * 7_000_000})),
    "many entries": ("部件", lambda: changed(GOOD, {f"x/{number}.bin": b"x" for number in range(400)})),
    "climbing path": ("别处", lambda: changed(GOOD, {"../../evil.txt": b"x"})),
    "windows path": ("别处", lambda: changed(GOOD, {"C:\\evil.txt": b"x"})),
    "doctype": ("文档类型声明", with_doctype),
    "deep": ("过深", deep),
    "many paragraphs": ("过于庞大", lambda: with_body(b"<w:p/>" * 4_000)),
    "a flood of paragraphs": ("炸弹", lambda: with_body(b"<w:p/>" * 200_000)),
    "an object": ("嵌着", lambda: with_body(b"<w:p><w:r><w:object/></w:r></w:p>")),
    "link out": ("引用了外面", lambda: out(b"http://evil.example/t.dotm")),
    "local link": ("引用了外面", lambda: out(b"file:///etc/passwd")),
    "double name": ("同名", doubled),
    "utf-16": ("损坏", lambda: changed(GOOD, {DOCUMENT: part(DOCUMENT).decode().encode("utf-16")})),
    "broken xml": ("损坏", lambda: changed(GOOD, {DOCUMENT: part(DOCUMENT)[:-40]})),
    "wrong root": ("损坏", lambda: changed(GOOD, {DOCUMENT: b"<a/>"})),
    "encrypted entry": ("密码", encrypted_flag),
    "too large": ("超过2兆字节", lambda: GOOD + b"\0" * upload_limits().size[UploadKind.DOCX]),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_by_a_sentence(kind: str) -> None:
    why, make = HOSTILE[kind]
    data = make()
    begun = time.monotonic()

    with pytest.raises(InputError, match=why) as refusal:
        check(data, "模板.docx")
    assert refusal.value.message.endswith("。")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("name", ["a.docm", "a.doc", "a.dotx", "a.pdf", "docx"])
def test_an_ending_that_is_not_docx_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="扩展名"):
        check(GOOD, name)


def test_a_link_to_the_web_is_told() -> None:
    link = b'<Relationship Id="x1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
    more = link + b' Target="https://example.com/a" TargetMode="External"/></Relationships>'
    found = check(changed(GOOD, {RELS: part(RELS).replace(b"</Relationships>", more)}), "a.docx")

    assert any("https://example.com/a" in trouble for trouble in found.troubles)


def told(data: bytes) -> str:
    """What the clerk is told of a file; any other exception is a fault."""
    try:
        return check(data, "模板.docx").summary + "。"
    except DeskError as error:
        return error.message


def test_damaged_files_never_raise_anything_but_a_sentence() -> None:
    chance = random.Random(6)
    for _ in range(150):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert told(bytes(data)).endswith("。")


def test_damaged_xml_never_raises_anything_but_a_sentence() -> None:
    chance = random.Random(7)
    source = part(DOCUMENT)
    for _ in range(60):
        data = bytearray(source)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.randint(0, 30)] = bytes([chance.randrange(32, 127)])
        assert told(changed(GOOD, {DOCUMENT: bytes(data)})).endswith("。")


CONSTRUCTS = {
    "w:drawing": "图片",
    "w:pict": "文本框",
    "w:commentReference": "批注",
    "w:footnoteReference": "脚注",
    "w:sym": "符号",
    "w:ruby": "拼音",
}


@pytest.mark.parametrize("tag", CONSTRUCTS)
def test_what_cannot_be_printed_alike_is_listed(tag: str) -> None:
    draft = Document()
    draft.add_paragraph("{编号}").runs[0]._r.append(OxmlElement(tag))
    found = check(saved(draft), "a.docx")

    assert any(CONSTRUCTS[tag] in trouble for trouble in found.troubles)


def test_tracked_changes_numbering_sections_and_nested_tables_are_listed() -> None:
    draft = Document()
    draft.add_paragraph("一", style="List Number")
    inserted = OxmlElement("w:ins")
    draft.add_paragraph("二")._p.append(inserted)
    draft.add_table(1, 1).cell(0, 0).add_table(1, 1)
    hidden = draft.add_paragraph("").add_run("藏")
    hidden.font.hidden = True
    draft.add_section()
    words = "；".join(check(saved(draft), "a.docx").troubles)

    assert [
        word for word in ("自动编号", "修订", "表格里又有表格", "隐藏", "几节") if word not in words
    ] == []


def test_two_lists_in_one_row_are_told() -> None:
    found = check(document(rows=[["{当事人.姓名}", "{条款.内容}"]]), "a.docx")

    assert any("一行只能放一种列表" in trouble for trouble in found.troubles)


def test_a_field_of_the_word_processor_in_the_text_is_told() -> None:
    draft = Document()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "DATE \\@ yyyy")
    draft.add_paragraph()._p.append(field)

    assert any("DATE" in trouble for trouble in check(saved(draft), "a.docx").troubles)
