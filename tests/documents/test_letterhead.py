"""Letterheads as data of a centre: margins, faces, the place of the seal; what cannot be printed is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from mediation_desk.cases.centre import read_centre
from mediation_desk.documents import service
from mediation_desk.documents.letterhead import letterhead_of
from mediation_desk.documents.render import installed as desk
from mediation_desk.documents.render import typeface
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from tests.documents.dispute import case
from tests.documents.reading import docx_text, embedded_fonts, pdf_text


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nowhere"))


def _write(folder: Path, own: str) -> None:
    text = read_text("rules/letterhead.toml")
    (folder / "letterhead.toml").write_text(text[: text.index("[[body]]")] + own, encoding="utf-8")
    use_rules_in(folder)


def test_every_body_of_the_centre_has_a_masthead() -> None:
    for _, body in read_centre().bodies:
        assert letterhead_of(body).masthead


def test_margins_of_a_body_move_its_papers_and_change_no_word(rules: Path) -> None:
    (before,) = service.compose(case(), "agreement")
    _write(rules, '[[body]]\nshort = "测人调"\nmargins = [40, 30, 35, 20]\n')
    (paper,) = service.compose(case(), "agreement")
    section = docx.Document(io.BytesIO(service.render(paper, "docx"))).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [40, 30, 35, 20]
    assert pdf_text(service.render(paper, "pdf")) == docx_text(service.render(paper, "docx"))
    assert service.render(paper, "pdf") != service.render(before, "pdf")
    assert replace(paper, letterhead=before.letterhead) == before


@pytest.mark.parametrize(
    "margins", ["[40, 30, 10, 20]", "[40, 10, 30, 20]", "[40, 30]", "[90, 30, 30, 20]", '["a"]']
)
def test_margins_nothing_can_be_printed_or_bound_in_are_refused(rules: Path, margins: str) -> None:
    _write(rules, f'[[body]]\nshort = "测人调"\nmargins = {margins}\n')
    with pytest.raises(InputError, match="letterhead"):
        service.compose(case(), "agreement")


def test_the_hint_at_the_seal_is_on_or_off(rules: Path) -> None:
    assert "测试人民调解委员会（盖章）" in pdf_text(service.preview_pdf(case(), "agreement"))
    _write(rules, '[[body]]\nshort = "测人调"\nseal_hint = false\nseal_circle = true\n')
    circled = service.preview_pdf(case(), "agreement")
    assert "测试人民调解委员会（盖章）" not in pdf_text(circled)
    _write(rules, '[[body]]\nshort = "测人调"\nseal_hint = false\n')
    plain = service.preview_pdf(case(), "agreement")
    assert plain != circled
    assert pdf_text(plain) == pdf_text(circled)


def test_faces_of_a_body_are_named_in_its_word_files(rules: Path) -> None:
    own = '[[body]]\nshort = "测人调"\n[body.faces]\n"正文" = "仿宋_GB2312"\n"标题" = "方正小标宋简体"\n'
    _write(rules, own)
    (paper,) = service.compose(case(), "agreement")
    draft = docx.Document(io.BytesIO(service.render(paper, "docx")))
    faces = {str(style.name): style.element.find(f".//{qn('w:rFonts')}") for style in draft.styles}
    assert faces["文书正文"].get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert faces["文书标题"].get(qn("w:eastAsia")) == "方正小标宋简体"


def _square_face(path: Path, chars: str, *, restricted: bool = False) -> None:
    """A TrueType face of another em size, whose every character is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 1800), (1900, 1800), (1900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = [".notdef", *(f"u{ord(char):04X}" for char in chars)]
    builder = FontBuilder(2048, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):04X}" for char in chars})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (2048, 100)))
    builder.setupHorizontalHeader(ascent=1800, descent=-248)
    builder.setupNameTable({"familyName": "FangSong", "styleName": "Regular"})
    builder.setupOS2(fsType=2 if restricted else 0)
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def own_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(desk, "folders", lambda: (folder,))
    typeface.named.cache_clear()
    yield folder
    face = typeface.named("仿宋")
    if face is not None:
        face.close()
    typeface.named.cache_clear()


def test_a_face_the_desk_has_is_embedded_and_the_bundled_one_fills_its_gaps(own_fonts: Path) -> None:
    (own_fonts / "simfang.ttf").write_bytes(b"no font")
    _square_face(own_fonts / "FangSong_GB2312.ttf", "孟兰，女。")
    data = service.preview_pdf(case(), "agreement")
    fonts = embedded_fonts(data)
    assert all(fonts.values())
    assert any("Desk" in name for name in fonts)
    assert any("NotoSerif" in name for name in fonts)
    assert "孟兰，女" in pdf_text(data)
    (paper,) = service.compose(case(), "agreement")
    assert docx_text(service.render(paper, "docx")) == pdf_text(data)


def test_a_face_that_may_not_be_embedded_is_not(own_fonts: Path) -> None:
    _square_face(own_fonts / "simfang.ttf", "孟兰", restricted=True)
    assert not any("Desk" in name for name in embedded_fonts(service.preview_pdf(case(), "agreement")))
