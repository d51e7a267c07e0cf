"""The code at the foot of each page: read from a bad scan, on every kind of sheet, and never on papers of no case."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
import zxingcpp
from docx.shared import Mm
from PIL import Image, ImageFilter

from mediation_desk.documents import service
from mediation_desk.documents.content import Paper, Profile
from mediation_desk.documents.forms import roster
from mediation_desk.documents.mark import marked, read_code
from tests.documents.dispute import case

DOTS = 150


def _paper() -> Paper:
    (paper,) = service.compose(case(), "agreement")
    return paper


def _pages(data: bytes) -> list[Image.Image]:
    return [page.render(scale=DOTS / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]


def _codes(page: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(page)]


def _scanned(page: Image.Image, degrees: float, seed: int) -> Image.Image:
    """As a cheap scanner gives it: askew, grey, a little out of focus, with specks."""
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    grey = turned.filter(ImageFilter.GaussianBlur(0.6)).point(
        [30 + value * 200 // 255 for value in range(256)]
    )
    dice = random.Random(seed)
    noise = Image.frombytes("L", grey.size, dice.randbytes(grey.width * grey.height))
    speckled = Image.blend(grey, noise, 0.15)
    for _ in range(400):
        spot = (dice.randrange(grey.width), dice.randrange(grey.height))
        speckled.putpixel(spot, 0)
    return speckled


@pytest.mark.parametrize("degrees", [0, 1.5, -4, 90, 180, 270, 183])
def test_a_page_scanned_askew_says_which_paper_and_page_it_is(degrees: float) -> None:
    paper = _paper()
    pages = _pages(service.render(paper, "pdf"))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        (text,) = _codes(_scanned(page, degrees, number))
        found = read_code(text)
        assert found is not None
        assert (found.mark, found.page) == (paper.mark, number)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("landscape", [False, True])
def test_the_code_is_read_on_every_kind_of_sheet(profile: Profile, landscape: bool) -> None:
    paper = replace(_paper(), profile=profile, landscape=landscape)
    for number, page in enumerate(_pages(service.render(paper, "pdf")), start=1):
        (text,) = _codes(page)
        assert text.endswith(f"/{number}")


def test_the_longest_key_number_and_form_are_still_read() -> None:
    paper = marked(_paper(), "9131018620269999999901", "confirmation-statement", 128)
    long = replace(paper, heading=replace(paper.heading, number="（2026）" + "清平区医疗" * 8 + "第1号"))
    for page in _pages(service.render(long, "pdf")):
        (text,) = _codes(_scanned(page, 2, 5))
        assert read_code(text) is not None


def test_nothing_is_printed_over_the_code() -> None:
    """A page full of the smallest type, with the longest number: white all round the code."""
    full = replace(_paper(), profile=Profile.DENSE)
    full = replace(full, heading=replace(full.heading, number="（2026）" + "清" * 60))
    for page in _pages(service.render(full, "pdf")):
        (found,) = zxingcpp.read_barcodes(page)
        place = found.position
        left, top, right = place.top_left.x, place.top_left.y, place.top_right.x
        margin = round(2 * DOTS / 25.4)
        bottom = place.bottom_left.y
        frame = page.crop((left - margin, top - margin // 2, right + margin, bottom + margin))
        inner = Image.new("L", (right - left + 5, bottom - top + 5), 255)
        frame.paste(inner, (margin - 2, margin // 2 - 2))
        assert min(frame.tobytes()) == 255


def test_the_word_file_carries_the_code_of_the_whole_paper_in_its_footer() -> None:
    paper = _paper()
    data = service.render(paper, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        picture = Image.open(io.BytesIO(file.read("word/media/image1.png")))
        picture.load()
    sheet = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    sheet.paste(picture.convert("L"), (40, 40))
    (text,) = _codes(sheet)
    found = read_code(text)
    assert found is not None
    assert (found.mark, found.page) == (paper.mark, 0)
    section = docx.Document(io.BytesIO(data)).sections[0]
    assert section.footer_distance is not None
    assert section.bottom_margin is not None
    assert section.footer_distance + Mm(13) < section.bottom_margin


def test_a_paper_of_no_case_carries_no_code() -> None:
    (paper,) = roster.compose("测试中心", [], date(2026, 5, 2), public=True)
    for page in _pages(service.render(paper, "pdf")):
        assert _codes(page) == []
    with zipfile.ZipFile(io.BytesIO(service.render(paper, "docx"))) as file:
        assert not [name for name in file.namelist() if name.endswith(".png")]


def test_the_same_paper_gives_the_same_bytes_code_and_all() -> None:
    paper = _paper()
    for fmt in ("pdf", "docx"):
        assert service.render(paper, fmt) == service.render(paper, fmt)
