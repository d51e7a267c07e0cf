"""DOCX and PDF say the same, to the character; checked on every paper of every acceptance case."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mediation_desk.documents import service
from mediation_desk.documents.content import Fields, Profile, Table
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.forms import consultation
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.registry import available
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.text import folded
from tests.documents.dispute import case, ended_case, oral_case
from tests.documents.filed import shelved
from tests.documents.meeting import planned_case
from tests.documents.promised import promised
from tests.documents.proved import of_a_group, proved, visit, withdrawn
from tests.documents.reading import docx_text, pdf_pages, pdf_text
from tests.documents.sent import each_kind, referred
from tests.shared_cases import FILES, needs_cases


@pytest.mark.parametrize(
    "file",
    [
        case(),
        oral_case(),
        ended_case(),
        each_kind(),
        referred(),
        promised(),
        proved(),
        of_a_group(),
        withdrawn(),
        planned_case(),
        shelved(),
    ],
    ids=[
        "written",
        "oral",
        "ended",
        "sent",
        "referred",
        "promised",
        "proved",
        "group",
        "withdrawn",
        "planned",
        "shelved",
    ],
)
def test_both_formats_say_what_the_content_model_says(file: object) -> None:
    for form in available(file):  # type: ignore[arg-type]
        for paper in form.compose(file, NOTHING):  # type: ignore[arg-type]
            said = folded(plain_text(paper))
            assert docx_text(service.render(paper, "docx")) == said
            assert pdf_text(service.render(paper, "pdf")) == said


def test_a_sheet_that_belongs_to_no_case_reads_alike() -> None:
    (paper,) = consultation.compose("测试中心", visit())
    said = folded(plain_text(paper))
    assert docx_text(service.render(paper, "docx")) == said
    assert pdf_text(service.render(paper, "pdf")) == said


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_acceptance_cases_read_alike(path: Path, tmp_path: Path) -> None:
    file = read_case(path.read_bytes())
    for form in available(file):
        for paper in form.compose(file, NOTHING):
            pdf = service.render(paper, "pdf")
            words = docx_text(service.render(paper, "docx"))
            assert pdf_text(pdf) == words
            # Poppler reads a table with empty columns, as a catalogue without page numbers has, column by column.
            if shutil.which("pdftotext") and form.key != "catalogue":
                # In columns, poppler reads as it guesses: grids, and the imprint of a letter.
                ruled = any(isinstance(block, Table | FormGrid | Fields) for block in paper.blocks)
                ruled = ruled or paper.profile is Profile.LETTER
                assert _poppler(pdf, tmp_path / "paper.pdf", as_written=ruled) == words


def test_every_page_is_numbered_x_of_y() -> None:
    pages = pdf_pages(service.preview_pdf(case(), "agreement"))
    assert len(pages) > 1
    for place, page in enumerate(pages, start=1):
        assert page.endswith(f"第{place}页共{len(pages)}页")


def _poppler(data: bytes, path: Path, *, as_written: bool) -> str:
    """What poppler reads, its own way of guessing columns included.

    Between ruled lines it guesses wrong (a cell of two lines after its neighbours): ``as_written`` takes the order
    of the file.
    """
    path.write_bytes(data)
    way = ["-raw"] if as_written else []
    run = subprocess.run(["pdftotext", *way, path, "-"], capture_output=True, check=True)
    pages = re.sub(r"校验码[A-Z2-7-]{14}", "", folded(run.stdout.decode()))
    count = len(pdf_pages(data))
    for place in range(1, count + 1):
        pages = pages.replace(f"第{place}页共{count}页", "", 1).replace(f"—{place}—", "", 1)
    return pages
