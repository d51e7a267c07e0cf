"""The printed register and the notice cards: public means public, photos fit, nothing is lost on the way."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from PIL import Image

from mediation_desk.documents import service
from mediation_desk.documents.content import Paper, Picture
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms import notice_card, roster
from mediation_desk.documents.render.portrait import prepared
from mediation_desk.experts.mediator import Grade, Mediator, public_card
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import folded
from tests.documents.pool import LONG_NAME, SECRETS, TODAY, expert, photo
from tests.documents.reading import docx_text, pdf_pages, pdf_text

BODY = "清平区矛盾纠纷多元化解中心"
SIXTY = tuple(expert(f"M{place:03d}", LONG_NAME if place == 7 else "") for place in range(1, 61))


def register(*mediators: Mediator, public: bool = True) -> Paper:
    (paper,) = roster.compose(BODY, mediators, TODAY, public=public)
    return paper


def cards(*mediators: Mediator, big: bool = False, **photos: bytes) -> Paper:
    shown = [public_card(mediator, TODAY) for mediator in mediators]
    (paper,) = notice_card.compose(BODY, shown, photos, TODAY, big=big)
    return paper


def test_the_public_register_holds_no_secret_in_either_format() -> None:
    paper = register(*SIXTY)
    pdf, word = pdf_text(service.render(paper, "pdf")), docx_text(service.render(paper, "docx"))
    assert not any(secret in pdf + word + repr(paper) for secret in SECRETS)
    inside = plain_text(register(*SIXTY, public=False))
    assert all(secret in inside for secret in SECRETS)
    assert "仅限内部使用" in inside


@pytest.mark.parametrize("public", [True, False])
def test_sixty_fill_landscape_pages_and_the_last_one_carries_the_seal(public: bool) -> None:
    data = service.render(register(*SIXTY, public=public), "pdf")
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    texts = pdf_pages(data)
    assert "以上共60人。" in texts[-1]
    assert f"{BODY}（盖章）" in texts[-1]
    assert LONG_NAME in "".join(texts)


@pytest.mark.parametrize("count", range(1, 30))
def test_a_seal_never_stands_alone(count: int) -> None:
    last = pdf_pages(service.render(register(*SIXTY[8 : 8 + count]), "pdf"))[-1]
    assert f"以上共{count}人。" in last


def test_the_register_gives_post_grade_and_term() -> None:
    graded = expert("M01", grades=(Grade(scheme="国家", level="二级"),))
    text = plain_text(
        register(graded, expert("M02", term_to=None), expert("M03", term_from=None, term_to=None))
    )
    assert "1\tM01\t周敬\t男\t测试人民调解委员会\t主任、专职\t邻里、物业、合同\t二级\t" in text
    assert "2024.1.1至2026.12.31" in text
    assert "2024.1.1至今" in text


@pytest.mark.parametrize(
    "paper", [register(*SIXTY[:20]), register(*SIXTY[:20], public=False)], ids=["out", "in"]
)
def test_register_reads_alike_in_both_formats(paper: Paper) -> None:
    said = folded(plain_text(paper))
    assert docx_text(service.render(paper, "docx")) == said
    assert pdf_text(service.render(paper, "pdf")) == said


@pytest.mark.parametrize("big", [True, False])
def test_cards_read_alike_in_both_formats_and_hold_no_secret(big: bool) -> None:
    paper = cards(expert("M01"), expert("M05"), expert("M07", LONG_NAME), big=big, M01=photo())
    said = folded(plain_text(paper))
    assert docx_text(service.render(paper, "docx")) == said
    assert pdf_text(service.render(paper, "pdf")) == said
    assert not any(secret in said for secret in SECRETS)
    assert "从业15年，一级人民调解员" in said


def test_four_cards_to_a_page_and_one_big_one() -> None:
    four = tuple(expert(f"M{place:02d}") for place in range(1, 5))
    assert len(pdf_pages(service.render(cards(*four), "pdf"))) == 1
    pages = pdf_pages(service.render(cards(*four, big=True), "pdf"))
    assert ["调解员公示卡" in page for page in pages] == [True] * 4


def test_both_formats_hold_the_picture_and_a_placeholder_where_there_is_none() -> None:
    paper = cards(expert("M01"), expert("M02"), M01=photo())
    page = pypdf.PdfReader(io.BytesIO(service.render(paper, "pdf"))).pages[0]
    colours = [image.image.convert("RGB").getpixel((5, 5)) for image in page.images if image.image]
    assert len(colours) == 2
    assert sum(_is_red(colour) for colour in colours) == 1
    draft = docx.Document(io.BytesIO(service.render(paper, "docx")))
    assert len(draft.element.xpath("//w:drawing")) == 2


@pytest.mark.parametrize(("width", "height"), [(500, 700), (1200, 800), (300, 900), (40, 56), (3000, 4200)])
def test_any_photo_comes_out_in_the_ratio_of_an_identity_photo(width: int, height: int) -> None:
    made = Image.open(io.BytesIO(prepared(Picture(jpeg=photo(width, height), height=44))))
    assert made.width / made.height == pytest.approx(5 / 7, abs=0.02)
    assert made.height <= min(height, 520)
    assert _is_red(made.getpixel((made.width // 2, 1)))


def test_what_the_camera_noted_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRETPLACE"
    noted = photo(exif=exif.tobytes())
    assert b"SECRETPLACE" in noted
    assert b"SECRETPLACE" not in service.render(cards(expert("M01"), M01=noted), "docx")
    assert b"SECRETPLACE" not in prepared(Picture(jpeg=noted, height=44))


@pytest.mark.parametrize("jpeg", [b"", b"GIF89a", photo()[:400]], ids=["empty", "other", "cut"])
@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_a_broken_photo_is_named(jpeg: bytes, fmt: service.Format) -> None:
    with pytest.raises(InputError, match="照片"):
        service.render(Paper(heading=register().heading, blocks=(Picture(jpeg=jpeg, height=44),)), fmt)


def test_the_same_cards_give_the_same_bytes() -> None:
    paper = cards(expert("M01"), M01=photo())
    for fmt in ("pdf", "docx"):
        assert service.render(paper, fmt) == service.render(paper, fmt)


def test_an_endless_introduction_is_cut_on_a_small_card_and_whole_on_a_big_one() -> None:
    talker = expert("M01", introduction="说" * 2_000)
    assert "说" * 120 + "……" in plain_text(cards(talker))
    assert pdf_text(service.render(cards(talker, big=True), "pdf")).count("说") == 2_000


def test_files_are_named_after_form_variant_and_day(tmp_path: Path) -> None:
    papers = (register(expert("M01")), register(expert("M01"), public=False))
    names = [path.name for path in service.print_papers(papers, ("pdf",), tmp_path)]
    assert names == ["调解员名册-公开-2026-03-10.pdf", "调解员名册-内部-2026-03-10.pdf"]


def test_properties_name_no_mediator() -> None:
    said = repr(pypdf.PdfReader(io.BytesIO(service.render(cards(expert("M01")), "pdf"))).metadata)
    assert "周敬" not in said
    assert (
        "周敬"
        not in docx.Document(io.BytesIO(service.render(cards(expert("M01")), "docx"))).core_properties.title
    )


def test_every_paragraph_of_a_card_has_one_of_our_styles() -> None:
    draft = docx.Document(io.BytesIO(service.render(cards(expert("M01")), "docx")))
    cells = [cell for table in draft.tables for row in table.rows for cell in row.cells]
    for paragraph in (*draft.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        assert paragraph.style is not None
        assert str(paragraph.style.name).startswith("文书")


def test_a_landscape_word_file_is_landscape() -> None:
    section = docx.Document(io.BytesIO(service.render(register(expert("M01")), "docx"))).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height


def test_nobody_without_a_term_or_field_breaks_the_register() -> None:
    bare = expert("M09", term_from=None, term_to=None)
    bare = replace(bare, card=replace(bare.card, specialties=(), languages=(), grade=None))
    assert "普通话" in plain_text(register(bare))


def _is_red(colour: object) -> bool:
    assert isinstance(colour, tuple)
    return bool(colour[0] > 200 and colour[2] < 60)
