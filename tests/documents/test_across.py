"""演练·无效 on every page of the practice centre, who and when on working prints, nothing on papers of a case."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pikepdf

import mediation_desk
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.documents import service
from mediation_desk.documents.across import VOID, Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import roster
from mediation_desk.documents.forms.background import Background
from mediation_desk.statistics.layout import Reported
from mediation_desk.statistics.render import to_docx, to_pdf, to_xlsx
from tests.documents.dispute import case
from tests.documents.pool import expert
from tests.documents.reading import docx_text, pdf_text
from tests.documents.templates.making import document, papers
from tests.unit.test_sheets import first_sheet, table

AT = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
CLERK = Actor(account="lu", display_name="卢倩", roles=("窗口登记员",))
PRACTICE, WORK = Printer(actor=COUNTER, at=AT), Printer(actor=CLERK, at=AT)
WHO = f"卢倩　{AT.astimezone():%Y-%m-%d %H:%M}"


def agreement(printer: Printer | None) -> Paper:
    (paper,) = service.compose(case(), "agreement", Background(printer=printer))
    return paper


def marked_pages(pdf: bytes) -> list[bool]:
    """Whether each page shows the words."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return [b"/FormXob.across Do" in page.Contents.read_bytes() for page in read.pages]


def heads(data: bytes) -> list[str]:
    draft = docx.Document(io.BytesIO(data))
    return [paragraph.text for one in draft.sections for paragraph in one.header.paragraphs]


def test_every_page_of_the_practice_centre_is_void_and_says_the_same() -> None:
    void, plain = agreement(PRACTICE), agreement(None)
    pdf = service.render(void, "pdf")
    assert all(marked_pages(pdf))
    assert pdf_text(pdf) == pdf_text(service.render(plain, "pdf"))
    assert VOID in heads(service.render(void, "docx"))
    assert VOID not in docx_text(service.render(plain, "docx"))


def test_a_clerks_template_is_marked_as_well() -> None:
    (paper,) = papers(document("{编号}"), printer=PRACTICE)
    assert marked_pages(service.render(paper, "pdf")) == [True]
    assert VOID in heads(service.render(paper, "docx"))


def test_a_paper_to_be_signed_is_the_same_whoever_prints_it() -> None:
    assert service.render(agreement(WORK), "pdf") == service.render(agreement(None), "pdf")


def test_the_rules_say_what_is_a_working_print() -> None:
    people = (expert("M01"),)
    (public,) = roster.compose("中心", people, date(2026, 4, 1), public=True)
    (inside,) = roster.compose("中心", people, date(2026, 4, 1), public=False)
    assert crossed(public, WORK).across == ""
    assert crossed(inside, WORK).across == WHO
    assert WHO in heads(service.render(crossed(inside, WORK), "docx"))
    assert agreement(Printer(actor=CLERK, at=AT, draft=True)).across == WHO


def test_sheets_of_statistics_are_marked() -> None:
    found, void = table("cases"), Reported(across=PRACTICE.across("统计表"))
    assert all(marked_pages(to_pdf(found, void)))
    assert VOID in heads(to_docx(found, void))
    assert getattr(first_sheet(to_xlsx(found, void)).oddHeader, "center").text == VOID  # noqa: B009  # the stubs doubt it
    assert not any(marked_pages(to_pdf(found)))


def test_whatever_prints_says_by_whose_hand() -> None:
    """A new service that renders papers and forgets it would print unmarked papers in the practice centre."""
    folder = Path(mediation_desk.__file__).parent
    inside = {folder / "documents" / "service.py", folder / "documents" / "printing.py"}  # through `compose`
    inside |= {
        folder / "documents" / "sealing" / "service.py",
        folder / "documents" / "volume" / "assembling.py",
        folder / "interchange" / "moving" / "comparing.py",  # printed twice to be compared, kept by nobody
    }
    makers = [
        path
        for path in folder.rglob("*.py")
        if path not in inside
        and "documents.service import" in (text := path.read_text(encoding="utf-8"))
        and ("render(" in text or "print_papers(" in text)
    ]
    assert len(makers) > 8
    assert [path.name for path in makers if "crossed(" not in path.read_text(encoding="utf-8")] == []
