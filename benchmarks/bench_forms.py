"""Every form of one case as DOCX and PDF, against docxtpl followed by LibreOffice; and 500 notices in one batch."""

from __future__ import annotations

import importlib.util
import resource
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.bench_paper import seconds, template, theirs
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.printing import Job
from mediation_desk.documents.registry import available
from mediation_desk.documents.render.pdf import forget
from mediation_desk.interchange.reader import read_case
from mediation_desk.settings import resolve
from tests.documents.dispute import case

RUNS = 5
NOTICES = 500
PEEK = 50  # notices after which memory is read the first time


def papers_of(file: CaseFile) -> list[Paper]:
    """Every paper the case has."""
    return [paper for form in available(file) for paper in service.compose(file, form.key)]


def ours(file: CaseFile, formats: tuple[service.Format, ...] = ("pdf", "docx")) -> None:
    """Composed and rendered, prepared together as the desk does."""
    forget()
    papers = papers_of(file)
    among = service.characters(papers)
    for paper in papers:
        for fmt in formats:
            service.render(paper, fmt, among)


def office(file: CaseFile, source: Path, folder: Path) -> None:
    """The same papers, each filled by docxtpl and turned by LibreOffice."""
    for paper in papers_of(file):
        theirs(source, plain_text(paper).splitlines(), folder)


def forms(file: CaseFile) -> None:
    """Print the figures for all forms of one case."""
    papers = papers_of(file)
    ours(file)  # warm the fonts, as the desk does in the background
    desk = [seconds(lambda: ours(file)) for _ in range(RUNS)]
    middle = statistics.median(desk)
    pdf = statistics.median(seconds(lambda: ours(file, ("pdf",))) for _ in range(RUNS))
    print(f"{file.case_key}: {len(papers)} papers of {len(available(file))} forms, DOCX and PDF")
    print(f"{'desk, PDF alone':24} median {pdf:.3f} s")
    print(
        f"{'desk':24} min {min(desk):.3f} s  median {middle:.3f} s  ({'under' if middle < 1 else 'OVER'} 1 s)"
    )
    if shutil.which("soffice") is None or importlib.util.find_spec("docxtpl") is None:
        print("docxtpl + LibreOffice: not here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = template(folder)
        theirs(source, ["x"], folder)
        rival = seconds(lambda: office(file, source, folder))
    print(f"{'docxtpl + LibreOffice':24} {rival:.3f} s")
    print(f"ratio: {rival / middle:.1f} times as fast (floor 20)")


def kilobytes() -> int:
    """Memory held now."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * resource.getpagesize() // 1024


def filled(folder: Path) -> Desk:
    """A desk with as many cases as notices."""
    desk = open_desk(resolve(folder, practice=True))
    base = case()
    with desk.storage.write() as work:
        for number in range(NOTICES):
            intake = replace(base.intake, number=f"（2026）测人调字第{number}号")
            work.cases.add(replace(base, case_key=f"B{number:05}", agreement=None, intake=intake))
    return desk


def batch() -> None:
    """Print time a notice and memory after 50 and after all."""
    with tempfile.TemporaryDirectory() as name:
        desk = filled(Path(name))
        jobs = [Job(case_key=f"B{number:05}", form="rights") for number in range(NOTICES)]
        sizes: dict[int, int] = {}

        def watch(done: int, _total: int) -> bool:
            if done == PEEK:
                sizes[done] = kilobytes()
            return True

        begun = time.perf_counter()
        done = desk.printing.print_batch(desk.actor, jobs, Path(name) / "out", lambda _pdf, _job: None, watch)
        took = time.perf_counter() - begun
        sizes[NOTICES] = kilobytes()
        floor = seconds(lambda: [service.render(paper, "pdf") for paper in _bare()])
        desk.close()
    print(f"batch: {done.sent} notices in {took:.1f} s, {1000 * took / done.sent:.1f} ms each")
    print(f"ratio to rendering alone: {took / floor:.2f}")
    print(f"memory: {sizes[PEEK] / 1024:.0f} MB after {PEEK}, {sizes[NOTICES] / 1024:.0f} MB after {NOTICES}")


def _bare() -> list[Paper]:
    (paper,) = service.compose(case(), "rights")
    return [paper] * NOTICES


def main() -> None:
    """Forms of the case in the file given, else of a small one; then the batch."""
    forms(read_case(Path(sys.argv[1]).read_bytes()) if len(sys.argv) > 1 else case())
    batch()


if __name__ == "__main__":
    main()
