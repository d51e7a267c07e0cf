"""S11: no property of a paper tells who it is about: title, author, subject, XMP, docProps, names of files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.service import file_name, render
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text


@pytest.fixture(scope="module")
def file() -> CaseFile:
    return read_case(read_text("examples/leak.json").encode())


@pytest.fixture(scope="module")
def papers(file: CaseFile) -> list[Paper]:
    """Every paper the case has."""
    return [paper for form in FORMS if form.applies(file) is None for paper in form.compose(file, NOTHING)]


def personal(file: CaseFile) -> set[str]:
    """What would tell who the case is about."""
    words = {file.title}
    for party in file.parties:
        words |= {
            party.name,
            party.phone,
            party.address,
            party.id_no or "",
            *(agent.name for agent in party.agents),
        }
    return {word for word in words if word}


def of_docx(data: bytes) -> Iterator[str]:
    """Every property part of the package, and the names of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from package.namelist()
        yield package.comment.decode("utf-8", "replace")
        for name in package.namelist():
            if name.startswith(("docProps/", "customXml/")) or name.endswith("people.xml"):
                yield package.read(name).decode("utf-8")


def of_pdf(data: bytes) -> Iterator[str]:
    """The information dictionary, XMP, outlines and names of attached files."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from (f"{name} {pdf.docinfo[name]}" for name in pdf.docinfo.keys())  # noqa: SIM118  # no mapping
        if "/Metadata" in pdf.Root:
            yield pdf.Root.Metadata.read_bytes().decode("utf-8")
        with pdf.open_outline() as outline:
            yield from (entry.title for entry in outline.root)
        yield from pdf.attachments


def leaks(file: CaseFile, told: Iterator[str]) -> list[str]:
    """Personal words in what a file tells of itself."""
    return [f"{word} in {text[:60]}" for text in told for word in personal(file) if word in text]


def test_no_property_tells_who_it_is_about(file: CaseFile, papers: list[Paper]) -> None:
    found = []
    for paper in papers:
        found += leaks(file, of_docx(render(paper, "docx")))
        found += leaks(file, of_pdf(render(paper, "pdf")))

    assert len(papers) > 15
    assert found == []


def test_no_name_of_a_file_tells_it(file: CaseFile, papers: list[Paper]) -> None:
    names = [file_name(file, paper, fmt) for paper in papers for fmt in ("docx", "pdf")]

    assert leaks(file, iter(names)) == []


def test_a_telling_property_is_noticed(file: CaseFile, papers: list[Paper], tmp_path: Path) -> None:
    """The control: the name of a party as the title, in each of the places that are looked at."""
    name = file.parties[0].name
    told = tmp_path / "told.pdf"
    with pikepdf.open(io.BytesIO(render(papers[0], "pdf"))) as pdf:
        pdf.docinfo["/Title"] = name
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = [name]
        pdf.save(told)
    draft = io.BytesIO(render(papers[0], "docx"))
    with zipfile.ZipFile(draft, "a") as package:
        package.writestr("docProps/custom.xml", f"<Properties>{name}</Properties>")

    assert len(leaks(file, of_pdf(told.read_bytes()))) == 2
    assert len(leaks(file, of_docx(draft.getvalue()))) == 1
