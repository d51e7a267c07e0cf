"""Measures of paper and type (domain.md §2.3, §6.10), shared by both renderers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from mediation_desk.documents.content import Profile
from mediation_desk.documents.letterhead import Faces
from mediation_desk.shared.record import record

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 30 * MM, 28 * MM, 28 * MM, 26 * MM
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
PORTRAIT_RATIO = 5 / 7  # width to height of an identity photo
FOOTER_SIZE = 10.5
FOOTER_DROP = 7 * MM  # the page number stands 7 mm below the text block
CODE_SIZE = (
    13 * MM
)  # the code at the foot of a page: more than two dots a module where it is scanned at 150 dpi
CODE_FOOT = 6 * MM  # between the code and the edge of the sheet; printers leave 4 mm and a little white
CODE_WORDS, CODE_LEADING = 9.0, 13.0  # 校验码 below the number: size, and the way down to it
SEAL_LEFT = 43 * MM  # from the left edge of the text: right of the 校验码
SEAL_FOOT = 5.5 * MM  # the words of a digital seal stand left of the code, beneath the number
CODE_GAP = 4 * MM  # white between the code and the words beside it
EACH_PAGE = 11 * MM  # what a line to sign on at the foot of every page takes from the text
EACH_PAGE_SIZE = 12.0
EACH_PAGE_LINE = 55 * MM


@record
class Page:
    """Size and margins of a sheet in points."""

    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    top: float = TOP
    bottom: float = BOTTOM
    left: float = LEFT
    right: float = RIGHT

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Between the margins."""
        return self.height - self.top - self.bottom


UPRIGHT = Page()
CROWDED = Page(top=22 * MM, bottom=20 * MM, left=25 * MM, right=22 * MM)
LANDSCAPE = Page(
    width=PAGE_HEIGHT, height=PAGE_WIDTH, top=25 * MM, bottom=22 * MM, left=20 * MM, right=20 * MM
)


LETTER = Page(top=37 * MM, bottom=35 * MM, left=28 * MM, right=26 * MM)


def page(profile: Profile, *, landscape: bool, margins: tuple[float, ...] = ()) -> Page:
    """The sheet a paper is printed on; 25 mm at the left is enough to bind it.

    ``margins`` (top, bottom, left, right in millimetres) are a body's own for running text; a letter keeps those of the
    standard, tables theirs.
    """
    if landscape:
        return LANDSCAPE
    if profile in (Profile.DENSE, Profile.LETTER):
        return CROWDED if profile is Profile.DENSE else LETTER
    if not margins:
        return UPRIGHT
    top, bottom, left, right = (margin * MM for margin in margins)
    return Page(top=top, bottom=bottom, left=left, right=right)


class Role(StrEnum):
    """Kinds of line on a paper; the value is the name of the style in the DOCX."""

    TITLE = "文书标题"
    NUMBER = "文书编号"
    LABEL = "文书小标题"
    NOTE = "文书小字"
    BODY = "文书正文"
    FLUSH = "文书顶格正文"
    PARTY = "文书当事人"
    DETAIL = "文书分项"
    PLACE = "文书签署人"
    SIGN = "文书签名处"
    SEAL = "文书落款单位"
    DAY = "文书落款日期"
    CELL = "文书表格"
    CELL_HEAD = "文书表头"
    FINE = "文书小表格"
    FINE_HEAD = "文书小表头"
    GRID = "文书表格式"
    GRID_CAPTION = "文书表格式栏目"
    GRID_TEXT = "文书表格式正文"
    GRID_FOOT = "文书表格式落款"
    PERFORATION = "文书骑缝线"
    CAPTION = "文书图表名"
    NAME = "文书姓名"
    CARD_NAME = "文书名片姓名"
    CARD = "文书名片"
    FIELD = "文书填写栏"
    FIELD_HEAD = "文书填写栏名"
    FOOTER = "文书页脚"
    SUBLABEL = "文书二级标题"
    MASTHEAD = "公文发文机关标志"
    LETTER_NUMBER = "公文发文字号"
    ENCLOSURE = "公文附件说明"
    IMPRINT = "公文版记"


class Align(StrEnum):
    """How lines end."""

    JUSTIFY = "两端"
    LEFT = "左"
    CENTRE = "中"
    RIGHT = "右"


_BODY = {
    Profile.LARGE: (16.0, 28.0),
    Profile.SMALL: (14.0, 22.0),
    Profile.DENSE: (12.0, 17.0),
    Profile.POSTER: (18.0, 30.0),
    Profile.LETTER: (16.0, 225 / 22 * MM),
    Profile.COVER: (16.0, 26.0),
}
_CLOSER: Mapping[Profile, tuple[tuple[float, float], ...]] = {
    Profile.LARGE: ((16.0, 26.0), (16.0, 24.5)),
    Profile.SMALL: ((14.0, 20.0), (14.0, 18.5), (12.0, 17.0)),
    Profile.DENSE: ((12.0, 16.0), (12.0, 15.0)),
    Profile.LETTER: ((16.0, 225 / 22 * MM),),  # stays on the grid; one line of white where there were two
}
_LESS_WHITE = {Profile.LETTER: 0.5}
_FINE_CELL = (8.5, 13.0)
_GRID_CELL = (12.0, 19.0)
_CELL = {Profile.DENSE: (10.5, 15.0), Profile.LETTER: (10.5, 15.0)}


@record
class Style:
    """Measures of one role in points; indents in characters of its own size."""

    size: float
    leading: float
    align: Align = Align.LEFT
    first_indent: float = 0
    left_indent: float = 0
    before: float = 0
    after: float = 0
    face: str = "仿宋"
    strong: bool = False
    heading: bool = False  # set in the bundled Hei where the desk has not the face by name
    stroked: bool = False  # in the PDF, and there only where the desk has not the face by name
    strong_face: str = "黑体"
    red: bool = False


def styles(profile: Profile, faces: Faces = Faces(), closer: int = 0) -> Mapping[Role, Style]:  # noqa: B008  # frozen
    """Measures of every role for papers of this size, in the faces of their body.

    ``closer`` sets the lines nearer to each other, step by step up to :func:`closest`.
    """
    looks = _styles(profile, faces, _CLOSER[profile][closer - 1] if closer else _BODY[profile])
    white = _LESS_WHITE.get(profile, 0.6) if closer else 1.0
    return {
        role: replace(look, strong_face=faces.heading, before=look.before * white)
        for role, look in looks.items()
    }


def closest(profile: Profile, *, torn: bool) -> int:
    """How many steps a paper may be set closer so that its end needs no page of its own.

    Smaller type is worth it only where a stub is ``torn`` off: that has to stand below its notice.
    """
    steps = _CLOSER.get(profile, ())
    return sum(1 for size, _ in steps if torn or size == _BODY[profile][0])


def _styles(profile: Profile, faces: Faces, body: tuple[float, float]) -> dict[Role, Style]:
    size, leading = body
    letter = profile is Profile.LETTER
    text, head = faces.text, faces.heading
    cell, row = _CELL.get(profile, _FINE_CELL)
    fine, fine_row = _FINE_CELL
    grid, grid_row = _GRID_CELL
    grid_row *= min(1.0, leading / _BODY[profile][1])
    cover = profile is Profile.COVER
    title, name = (26, 52) if cover else (22, 3 * size)
    return {
        Role.TITLE: Style(
            size=title, leading=title + 12, align=Align.CENTRE, after=8, face=faces.title, strong=True
        ),
        Role.NUMBER: Style(size=size, leading=leading, align=Align.RIGHT, after=6, face=text),
        Role.LABEL: Style(size=size, leading=leading, first_indent=2, before=3, face=head, heading=True),
        Role.SUBLABEL: Style(size=size, leading=leading, first_indent=2, face=faces.second),
        Role.NOTE: Style(size=7.5, leading=10, before=4, align=Align.JUSTIFY, face=text),
        Role.BODY: Style(size=size, leading=leading, align=Align.JUSTIFY, first_indent=2, face=text),
        Role.FLUSH: Style(size=size, leading=leading, align=Align.JUSTIFY, face=text),
        Role.PARTY: Style(size=size, leading=leading, first_indent=2, face=text),
        Role.DETAIL: Style(size=size, leading=leading, align=Align.JUSTIFY, left_indent=2, face=text),
        Role.PLACE: Style(size=size, leading=leading, before=6, face=text),
        Role.SIGN: Style(size=size, leading=leading + 2, left_indent=2, face=text),
        Role.SEAL: Style(size=size, leading=leading, align=Align.RIGHT, before=20, face=text),
        Role.DAY: Style(size=size, leading=leading, align=Align.RIGHT, face=text),
        Role.CELL: Style(size=cell, leading=row, face=text),
        Role.CELL_HEAD: Style(size=cell, leading=row, align=Align.CENTRE, face=head, heading=True),
        Role.FINE: Style(size=fine, leading=fine_row, face=text),
        Role.FINE_HEAD: Style(size=fine, leading=fine_row, align=Align.CENTRE, face=head, heading=True),
        Role.CAPTION: Style(
            size=12, leading=18, align=Align.CENTRE, before=4, after=4, face=head, heading=True
        ),
        Role.GRID: Style(size=grid, leading=grid_row, face=text),
        Role.GRID_CAPTION: Style(size=grid, leading=grid_row, align=Align.CENTRE, face=head, heading=True),
        Role.GRID_TEXT: Style(size=grid, leading=grid_row, align=Align.JUSTIFY, first_indent=2, face=text),
        Role.GRID_FOOT: Style(size=grid, leading=grid_row, align=Align.RIGHT, face=text),
        Role.PERFORATION: Style(size=10.5, leading=16, align=Align.CENTRE, before=12, after=4, face="宋体"),
        Role.NAME: Style(
            size=name,
            leading=name * 4 / 3,
            align=Align.CENTRE,
            before=12,
            after=12,
            face=faces.title if cover else head,
            heading=not cover,
            strong=cover,
        ),
        Role.CARD_NAME: Style(size=2 * size, leading=2.6 * size, face=head, heading=True),
        Role.CARD: Style(size=size, leading=1.35 * size, face=text),
        Role.FIELD: Style(size=size, leading=1.5 * size, face=text),
        Role.FIELD_HEAD: Style(size=size, leading=1.5 * size, align=Align.CENTRE, face=text),
        Role.FOOTER: Style(size=FOOTER_SIZE, leading=14, face=faces.page),
        **(_letter_styles(size, leading, faces) if letter else {}),
    }


def _letter_styles(size: float, leading: float, faces: Faces) -> dict[Role, Style]:
    """GB/T 9704: the title two lines below the red line, the addressee one below the title, every line on the grid."""
    return {
        Role.TITLE: Style(
            size=22,
            leading=34,
            align=Align.CENTRE,
            before=2 * leading,
            after=leading,
            face=faces.letter_title,
            stroked=True,
        ),
        Role.LABEL: Style(size=size, leading=leading, first_indent=2, face=faces.heading, heading=True),
        Role.SEAL: Style(size=size, leading=leading, align=Align.RIGHT, before=2 * leading, face=faces.text),
        Role.MASTHEAD: Style(
            size=MASTHEAD_SIZE,
            leading=1.3 * MASTHEAD_SIZE,
            align=Align.CENTRE,
            face=faces.letter_title,
            stroked=True,
            red=True,
        ),
        Role.LETTER_NUMBER: Style(
            size=size, leading=leading, align=Align.CENTRE, before=2 * leading, face=faces.text
        ),
        Role.ENCLOSURE: Style(size=size, leading=leading, left_indent=2, face=faces.text),
        Role.IMPRINT: Style(size=14, leading=22, left_indent=1, face=faces.text),
        Role.FOOTER: Style(size=14, leading=18, face=faces.page),
    }


MASTHEAD_SIZE = 36.0  # 小初; a longer name is set smaller, in one line
RED_LINE = 1.5  # points, and its distance below the number
RED_LINE_DROP = 4 * MM
IMPRINT_OUTER, IMPRINT_INNER = 0.35 * MM, 0.25 * MM
RULE_GAP = 24.0  # a line to sign on ends this far from the right edge
CELL_PADDING = 4.0
FINE_CELL_PADDING = 2.5
CELL_MARGIN = 2.0  # left and right
TALL_CELL_PADDING = 8.0
GRID_PADDING = 5.0  # of a form grid, above and below the words
GRID_MARGIN = 5.0  # left and right of them
GRID_GAP = 5.0  # white above and below it
GRID_FOOT_MM = 10.0  # what a foot takes of its row in the DOCX
CARD_PADDING = 10.0
CARD_GAP = 8.0  # below each card
FIELD_HEAD_SHARE = 0.24  # of the width
FIELD_MARGIN = 10.0  # before the words of a field


def cell_padding(*, tall: bool, fine: bool) -> float:
    """Above and below the words of a cell."""
    if tall:
        return TALL_CELL_PADDING
    return FINE_CELL_PADDING if fine else CELL_PADDING


def table_gap(profile: Profile) -> float:
    """White above and below a table; where the table is the last thing on its page there is none."""
    return 4.0 if profile in (Profile.DENSE, Profile.LETTER) else 0.0
