"""One agreement as DOCX and PDF, against docxtpl followed by LibreOffice; skipped where either is absent."""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx

from mediation_desk.documents import service
from mediation_desk.documents.content import Paper
from mediation_desk.documents.flow import plain_text
from tests.documents.dispute import case, company, group

RUNS = 7
MEMBERS = 23

COLD = """
import sys
from benchmarks.bench_paper import sample
from mediation_desk.documents import service
paper = sample()
for fmt in ("docx", "pdf"):
    service.render(paper, fmt)
"""


def sample() -> Paper:
    """A wage agreement of 23 workers with their annex, four pages."""
    party, members = group("A1", MEMBERS)
    file = replace(case(), parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    (paper,) = service.compose(file, "agreement")
    return paper


def ours(paper: Paper) -> None:
    """Both formats in a process that has printed before, as the desk does."""
    service.render(paper, "docx")
    service.render(paper, "pdf")


def ours_cold() -> None:
    """The same in a new process, imports and opening of the faces included."""
    subprocess.run([sys.executable, "-c", COLD], check=True)


def template(folder: Path) -> Path:
    """A docxtpl template that prints the same lines."""
    draft = docx.Document()
    for tag in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        draft.add_paragraph(tag)
    path = folder / "template.docx"
    draft.save(str(path))
    return path


def theirs(source: Path, lines: list[str], folder: Path) -> None:
    """docxtpl fills the template, LibreOffice turns it into a PDF."""
    from docxtpl import DocxTemplate

    filled = DocxTemplate(str(source))
    filled.render({"lines": lines}, autoescape=True)
    filled.save(str(folder / "paper.docx"))
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "paper.docx")], check=True, capture_output=True
    )
    if not (folder / "paper.pdf").exists():
        raise SystemExit("LibreOffice made no PDF")


def seconds(act: Callable[[], None]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    """Run all in turn and print the figures."""
    if shutil.which("soffice") is None or importlib.util.find_spec("docxtpl") is None:
        print("skipped: LibreOffice (soffice) or docxtpl is not here")
        return
    paper = sample()
    lines = plain_text(paper).splitlines()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = template(folder)
        ours(paper)  # warm the disk cache
        theirs(source, lines, folder)
        warm, cold, office = [], [], []
        for _ in range(RUNS):
            warm.append(seconds(lambda: ours(paper)))
            cold.append(seconds(ours_cold))
            office.append(seconds(lambda: theirs(source, lines, folder)))
    for title, figures in (("desk", warm), ("desk, new process", cold), ("docxtpl + LibreOffice", office)):
        print(f"{title:22} min {min(figures):.3f} s  median {statistics.median(figures):.3f} s")
    for title, figures in (("desk", warm), ("desk, new process", cold)):
        least = min(figures) / min(office)
        middle = statistics.median(figures) / statistics.median(office)
        print(f"ratio {title} / docxtpl + LibreOffice: min {least:.3f}, median {middle:.3f}")


if __name__ == "__main__":
    main()
