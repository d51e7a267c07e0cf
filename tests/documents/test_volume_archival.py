"""The volume in the archive's format: an independent validator, what scans become, and when it is written so."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cli.main import run
from mediation_desk.documents.sealing.pdfa import claims_pdfa
from mediation_desk.documents.volume.leaves import Damaged, draw_scan
from mediation_desk.settings import resolve
from tests.documents.archive_validator import judged, needs_validator
from tests.documents.dispute import case
from tests.documents.scan_store import Scanner, picture, with_scans


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(resolve(tmp_path, practice=True))
    yield opened
    opened.close()


def strange_pdf() -> bytes:
    """A page nobody's archive takes: a font that is not embedded, a see-through picture, half-clear ink."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(842, 595))
    canvas.setFont("Helvetica", 30)
    canvas.drawString(60, 500, "Invoice 31")
    canvas.setFillAlpha(0.4)
    canvas.rect(50, 50, 300, 200, fill=1)
    clear = Image.new("RGBA", (200, 100), (200, 0, 0, 120))
    place = io.BytesIO()
    clear.save(place, "PNG")
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(place.getvalue())), 400, 100, mask="auto")
    canvas.save()
    return stream.getvalue()


def jpeg2000_pdf() -> bytes:
    """A page that is a JPEG 2000 picture."""
    stream = io.BytesIO()
    Image.new("RGB", (400, 560), (250, 250, 240)).save(stream, "JPEG2000")
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(400, 560))
        image = pikepdf.Stream(made, stream.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        image.Width, image.Height, image.Filter = 400, 560, pikepdf.Name.JPXDecode
        page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name("/Im"))
        page.Contents = pikepdf.Stream(made, b"q 400 0 0 560 0 0 cm /Im Do Q")
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def difficult(folder: Path) -> CaseFile:
    """The case with scans of every kind."""
    scanner = Scanner(folder)
    return with_scans(
        case(),
        scanner.scan(ScanKind.IDENTITY, picture()),
        scanner.scan(ScanKind.IDENTITY, picture(mode="RGBA", fmt="PNG"), "身份证.png"),
        scanner.scan(ScanKind.IDENTITY, picture(mode="CMYK"), "彩色.jpg"),
        scanner.scan(ScanKind.VOUCHER, strange_pdf(), "发票.pdf", title="发票"),
        scanner.scan(ScanKind.VOUCHER, jpeg2000_pdf(), "收据.pdf", title="收据"),
    )


def stored(desk: Desk, file: CaseFile) -> CaseFile:
    with desk.storage.write() as work:
        return work.cases.add(file)


@needs_validator
def test_an_independent_validator_finds_nothing_against_volume_and_sheets(desk: Desk, tmp_path: Path) -> None:
    stored(desk, difficult(tmp_path))
    (whole,) = desk.volumes.write(COUNTER, "T01", tmp_path / "out", pdfa=True)
    sheets = desk.volumes.write(COUNTER, "T01", tmp_path / "out", split=True, pdfa=True)
    files = {f"sheet{no}": path.read_bytes() for no, path in enumerate(sheets)}
    (tmp_path / "judged").mkdir()
    found = judged({"whole": whole.read_bytes(), **files}, tmp_path / "judged")
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_it_has_the_pages_numbers_and_bookmarks_of_the_ordinary_one(desk: Desk, tmp_path: Path) -> None:
    stored(desk, difficult(tmp_path))
    plain = pypdf.PdfReader(io.BytesIO(desk.volumes.preview(COUNTER, "T01").pdf))
    (path,) = desk.volumes.write(COUNTER, "T01", tmp_path / "a", pdfa=True)
    again = desk.volumes.write(COUNTER, "T01", tmp_path / "b", pdfa=True)[0]
    assert path.read_bytes() == again.read_bytes()
    kept = pypdf.PdfReader(path)
    assert claims_pdfa(path.read_bytes())
    assert len(kept.pages) == len(plain.pages)
    assert kept.page_labels == plain.page_labels
    assert _titles(kept.outline) == _titles(plain.outline)
    assert [paper.title for paper in desk.cases.papers(COUNTER, "T01")] == ["卷宗（归档格式）"] * 2


def test_the_volume_of_a_filed_case_is_always_so(desk: Desk, tmp_path: Path) -> None:
    from mediation_desk.cases.model import Archive
    from mediation_desk.cases.vocabulary import Retention

    archive = Archive(
        volume_no="31", archived_on=date(2026, 6, 1), retention=Retention.SHORT, pages=20, documents=("协议",)
    )
    stored(desk, replace(case(), archive=archive))
    (path,) = desk.volumes.write(COUNTER, "T01", tmp_path / "out")
    assert claims_pdfa(path.read_bytes())


def test_the_command_line_asks_for_it(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored(desk, case())
    where = ["--practice", "--data", str(tmp_path), "case", "print", "T01", "--out", str(tmp_path / "a")]
    assert run([*where, "--form", "volume", "--pdfa"]) == 0
    assert claims_pdfa(Path(capsys.readouterr().out.strip()).read_bytes())
    assert run([*where, "--form", "volume"]) == 0
    assert not claims_pdfa(Path(capsys.readouterr().out.strip()).read_bytes())
    assert run([*where, "--form", "rights", "--pdfa"]) == 2


def test_pages_of_a_long_scan_keep_their_order_and_a_broken_one_is_named() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(300, 420))
    for number in range(45):  # more than are drawn at once
        canvas.rect(10, 9 * number, 280, 8, fill=1)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(draw_scan(stream.getvalue()))) as pages:
        assert len(pages.pages) == 45
        assert [_bar(page) for page in pages.pages] == sorted(
            (_bar(page) for page in pages.pages), reverse=True
        )
    with pytest.raises(Damaged):
        draw_scan(b"%PDF-1.4 nothing")


def _bar(page: pikepdf.Page) -> int:
    """The height at which the black bar of a drawn page begins."""
    (image,) = (one for one in page.Resources.XObject.values() if isinstance(one, pikepdf.Stream))
    grey = pikepdf.PdfImage(image).as_pil_image().convert("L")
    column = grey.crop((grey.width // 2, 0, grey.width // 2 + 1, grey.height)).tobytes()
    return next(y for y, shade in enumerate(column) if shade < 100)


def _titles(outline: Sequence[object]) -> list[object]:
    return [_titles(one) if isinstance(one, list) else str(getattr(one, "title", "")) for one in outline]
