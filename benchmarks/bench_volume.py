"""A volume of 40 pages with ten scans, against ReportLab writing the same pages and pikepdf merging them.

The other side does the least anybody would: it knows every page's words and size beforehand, writes them line by
line with the same embedded faces, puts the ten pictures onto pages and merges. It has no checklist, no catalogue,
no numbers, no bookmarks, and looks at no file's hash. Both run in one process, in turn.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.render.pdf import forget
from mediation_desk.documents.render.pdf_fonts import _EmbeddedFont
from mediation_desk.documents.render.typeface import face_for, hei, song
from mediation_desk.documents.styles import PAGE_HEIGHT, PAGE_WIDTH
from mediation_desk.documents.volume.assembling import bound
from mediation_desk.documents.volume.checklist import checklist
from tests.documents.dispute import case, company, group
from tests.documents.scan_store import Scanner, with_scans

RUNS = 5
SCANS = 10
_WORDS = (
    "双方就渗水原因、损失范围和赔偿数额分别陈述，调解员逐项核对证据，说明有关法律规定，提出分期履行的方案。"
)


def sample(folder: Path) -> tuple[CaseFile, Scanner]:
    """A wage dispute of 23 workers, records of several sessions, ten scans at 200 dpi."""
    scanner = Scanner(folder)
    party, members = group("A1", 23)
    file = replace(case(), parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    first = file.sessions[0]
    sessions = [
        replace(first, no=no, date=first.date + timedelta(days=no - 1), record=f"第{no}次。{_WORDS * 9}")
        for no in range(1, 9)
    ]
    scans = [
        scanner.scan(ScanKind.EVIDENCE, noisy_page(no), f"{no}.jpg", title=f"证据{no}", evidence_ref="E1")
        for no in range(SCANS)
    ]
    return with_scans(replace(file, sessions=tuple(sessions)), *scans), scanner


def noisy_page(seed: int) -> bytes:
    """A scanned A4 page at 200 dpi: some 400 KB of JPEG."""
    noise = Image.effect_noise((1654, 2339), 28 + seed).convert("RGB")
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=40)
    return stream.getvalue()


def ours(file: CaseFile, scanner: Scanner, out: Path) -> int:
    """The whole volume, from the case to the file."""
    with bound(file, checklist(file), NOTHING, scanner.store) as volume, out.open("wb") as stream:
        volume.write(stream)
        return volume.pages


Line = tuple[float, float, float, str]
"""x, y, size and words."""


def lines_of(volume: Path) -> list[tuple[list[list[Line]], bool]]:
    """The papers of the volume as groups of pages, each page as placed lines; True for a picture."""
    document = pypdfium2.PdfDocument(str(volume))
    groups: list[tuple[list[list[Line]], bool]] = []
    for page in document:
        text = page.get_textpage()
        lines: list[Line] = []
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            words = text.get_text_bounded(left, bottom, right, top).replace("\r", "").replace("\n", "")
            if words.strip():
                lines.append((left, bottom, max(6.0, (right - left) / max(1, len(words))), words))
        picture = sum(len(words) for _x, _y, _s, words in lines) < 5
        new = picture or not groups or groups[-1][1] or "第1页" in "".join(words for *_, words in lines)
        if new:
            groups.append(([lines], picture))
        else:
            groups[-1][0].append(lines)
    return groups


def theirs(
    groups: list[tuple[list[list[Line]], bool]], pictures: list[Path], folder: Path, out: Path
) -> None:
    """ReportLab writes each paper to a file, pikepdf puts the files together."""
    parts, left = [], list(pictures)
    for number, (pages, picture) in enumerate(groups):
        part = folder / f"part{number}.pdf"
        parts.append(part)
        if picture:
            sheet = Canvas(str(part), pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
            sheet.drawImage(str(left.pop(0)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)  # a JPEG passes through
            sheet.showPage()
            sheet.save()
        else:
            written(part, pages)
    with pikepdf.new() as whole:
        sources = [pikepdf.open(part) for part in parts]
        for source in sources:
            whole.pages.extend(source.pages)
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for source in sources:
            source.close()


def written(path: Path, pages: list[list[Line]]) -> None:
    """One paper, its words at their places, with subsets of the same two faces."""
    text = "".join(words for page in pages for *_place, words in page)
    fonts = [_EmbeddedFont(face, text) for face in (song(), hei())]
    for font in fonts:
        pdfmetrics.registerFont(font)
    sheet = Canvas(str(path), pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
    for page in pages:
        for x, y, size, words in page:
            sheet.setFont(face_for(words[0]).name, size)
            sheet.drawString(x, y, words)
        sheet.showPage()
    sheet.save()
    for font in fonts:
        font.unregister()


def seconds(act: Callable[[], object]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    """Both in turn, then the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, scanner = sample(folder)
        out, other = folder / "ours.pdf", folder / "theirs.pdf"
        pages = ours(file, scanner, out)
        groups = lines_of(out)
        pictures = []
        for number, scan in enumerate(file.beside.scans):
            pictures.append(folder / f"scan{number}.jpg")
            pictures[-1].write_bytes(scanner.store.read(scan.sha256))
        rl_config.useA85 = 0  # bytes as they are, the faster way
        theirs(groups, pictures, folder, other)
        assert len(pypdfium2.PdfDocument(str(other))) == pages
        mine, plain = [], []
        for _run in range(RUNS):
            forget()
            mine.append(seconds(lambda: ours(file, scanner, out)))
            forget()
            plain.append(seconds(lambda: theirs(groups, pictures, folder, other)))
        print(f"{pages} pages, {len(pictures)} scans, {out.stat().st_size // 1024} KB")
    for title, figures in (("volume", mine), ("ReportLab + pikepdf", plain)):
        print(f"{title:22} min {min(figures):.3f} s  median {statistics.median(figures):.3f} s")
    least, middle = min(mine) / min(plain), statistics.median(mine) / statistics.median(plain)
    print(f"ratio: min {least:.2f}, median {middle:.2f} (at most 1.5)")


if __name__ == "__main__":
    main()
