"""The archive's form: what an independent validator says, what is refused, and that nothing of the page changes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents import service
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.registry import available
from mediation_desk.documents.sealing.pdfa import claims_pdfa, to_pdfa
from mediation_desk.shared.errors import InputError
from tests.documents.archive_validator import judged, needs_validator
from tests.documents.dispute import case, company, ended_case, group
from tests.documents.reading import pdf_text


def _agreement() -> bytes:
    return service.preview_pdf(case(), "agreement")


@needs_validator
def test_an_independent_validator_finds_nothing_against_any_form(tmp_path: Path) -> None:
    party, members = group("A1", 60)
    crowd = replace(case(), parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    files = {
        f"{who}-{form.key}-{no}": to_pdfa(service.render(paper, "pdf"))
        for who, file in (("one", case()), ("crowd", crowd), ("ended", ended_case()))
        for form in available(file)
        for no, paper in enumerate(form.compose(file, NOTHING))
    }
    assert len(files) > 10
    files["whole"] = to_pdfa(service.preview_pdf(ended_case(), "notice", None))
    found = judged(files, tmp_path)
    assert {name: errors for name, errors in found.items() if errors} == {}


@needs_validator
def test_the_validator_does_find_what_is_missing(tmp_path: Path) -> None:
    found = judged({"plain": _agreement(), "archive": to_pdfa(_agreement())}, tmp_path)
    assert found["plain"]
    assert not found["archive"]


def test_the_pages_say_and_show_what_they_did() -> None:
    before, after = _agreement(), to_pdfa(_agreement())
    assert pdf_text(after) == pdf_text(before)
    assert _pixels(after) == _pixels(before)
    assert to_pdfa(before) == after
    assert claims_pdfa(after)
    assert not claims_pdfa(before)


def test_the_properties_name_form_and_number_and_nobody() -> None:
    with pikepdf.open(io.BytesIO(to_pdfa(_agreement()))) as file:
        assert file.docinfo["/Title"] == "人民调解协议书 （2026）测人调字第31号"
        assert "/Author" not in file.docinfo
        assert "孟兰" not in file.Root.Metadata.read_bytes().decode()


def test_bookmarks_outlive_the_change() -> None:
    with pikepdf.open(io.BytesIO(_agreement())) as file, file.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("调解协议书", 0))
        stream = io.BytesIO()
        outline.__exit__(None, None, None)
        file.save(stream)
    with pikepdf.open(io.BytesIO(to_pdfa(stream.getvalue()))) as kept, kept.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["调解协议书"]


def test_what_no_repair_keeps_is_refused_with_its_reason() -> None:
    for data, word in (
        (_locked(), "密"),
        (_agreement()[:3000], "损坏"),
        (b"", "损坏"),
        (_see_through(), "半透明"),
        (_foreign_face(), "没有嵌"),
        (_acting(), "运行"),
    ):
        with pytest.raises(InputError, match=word):
            to_pdfa(data)


def test_the_properties_of_a_foreign_file_do_not_break_it() -> None:
    with pikepdf.open(io.BytesIO(_agreement())) as file:
        file.docinfo["/CreationDate"] = "昨天"
        file.docinfo["/Title"] = "<&>\x07" + date(2026, 1, 1).isoformat()
        file.docinfo["/Strange"] = "x"
        stream = io.BytesIO()
        file.save(stream)
    with pikepdf.open(io.BytesIO(to_pdfa(stream.getvalue()))) as kept:
        assert kept.docinfo["/Title"] == "<&>2026-01-01"
        assert "/Strange" not in kept.docinfo


def _pixels(data: bytes) -> list[bytes]:
    return [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(data)]


def _locked() -> bytes:
    with pikepdf.open(io.BytesIO(_agreement())) as file:
        stream = io.BytesIO()
        file.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def _acting() -> bytes:
    with pikepdf.open(io.BytesIO(_agreement())) as file:
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
        stream = io.BytesIO()
        file.save(stream)
    return stream.getvalue()


def _see_through() -> bytes:
    with pikepdf.open(io.BytesIO(_agreement())) as file:
        picture = file.make_stream(b"\0\0\0\0", Subtype=pikepdf.Name("/Image"), Width=2, Height=2)
        picture.SMask = file.make_stream(b"\0\0\0\0", Subtype=pikepdf.Name("/Image"), Width=2, Height=2)
        file.pages[0].Resources.XObject = pikepdf.Dictionary(Im1=picture)
        stream = io.BytesIO()
        file.save(stream)
    return stream.getvalue()


def _foreign_face() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(10, 10, "plain Helvetica")
    canvas.save()
    return stream.getvalue()
