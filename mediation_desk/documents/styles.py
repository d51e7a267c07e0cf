"""Measures of paper and type (domain.md §2.3, §6.10), shared by both renderers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mediation_desk.documents.content import Profile
from mediation_desk.shared.record import record

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 30 * MM, 28 * MM, 28 * MM, 26 * MM
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
PORTRAIT_RATIO = 5 / 7  # width to height of an identity photo
FOOTER_SIZE = 10.5
FOOTER_DROP = 7 * MM  # the page number stands 7 mm below the text block


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


def page(profile: Profile, *, landscape: bool) -> Page:
    """The sheet a paper is printed on; 25 mm at the left is enough to bind it."""
    if landscape:
        return LANDSCAPE
    return CROWDED if profile is Profile.DENSE else UPRIGHT


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
    NAME = "文书姓名"
    CARD_NAME = "文书名片姓名"
    CARD = "文书名片"
    FIELD = "文书填写栏"
    FIELD_HEAD = "文书填写栏名"
    FOOTER = "文书页脚"


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
    Profile.COVER: (16.0, 26.0),
}
_FINE_CELL = (8.5, 13.0)
_CELL = {Profile.DENSE: (10.5, 15.0)}


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


def styles(profile: Profile) -> Mapping[Role, Style]:
    """Measures of every role for papers of this size."""
    size, leading = _BODY[profile]
    cell, row = _CELL.get(profile, _FINE_CELL)
    fine, fine_row = _FINE_CELL
    cover = profile is Profile.COVER
    title, name = (26, 52) if cover else (22, 3 * size)
    return {
        Role.TITLE: Style(
            size=title, leading=title + 12, align=Align.CENTRE, after=8, face="宋体", strong=True
        ),
        Role.NUMBER: Style(size=size, leading=leading, align=Align.RIGHT, after=6),
        Role.LABEL: Style(size=size, leading=leading, first_indent=2, before=3, face="黑体"),
        Role.NOTE: Style(size=7.5, leading=10, before=4, align=Align.JUSTIFY),
        Role.BODY: Style(size=size, leading=leading, align=Align.JUSTIFY, first_indent=2),
        Role.FLUSH: Style(size=size, leading=leading, align=Align.JUSTIFY),
        Role.PARTY: Style(size=size, leading=leading, first_indent=2),
        Role.DETAIL: Style(size=size, leading=leading, align=Align.JUSTIFY, left_indent=2),
        Role.PLACE: Style(size=size, leading=leading, before=6),
        Role.SIGN: Style(size=size, leading=leading + 2, left_indent=2),
        Role.SEAL: Style(size=size, leading=leading, align=Align.RIGHT, before=20),
        Role.DAY: Style(size=size, leading=leading, align=Align.RIGHT),
        Role.CELL: Style(size=cell, leading=row),
        Role.CELL_HEAD: Style(size=cell, leading=row, align=Align.CENTRE, face="黑体"),
        Role.FINE: Style(size=fine, leading=fine_row),
        Role.FINE_HEAD: Style(size=fine, leading=fine_row, align=Align.CENTRE, face="黑体"),
        Role.NAME: Style(
            size=name,
            leading=name * 4 / 3,
            align=Align.CENTRE,
            before=12,
            after=12,
            face="宋体" if cover else "黑体",
            strong=cover,
        ),
        Role.CARD_NAME: Style(size=2 * size, leading=2.6 * size, face="黑体"),
        Role.CARD: Style(size=size, leading=1.35 * size),
        Role.FIELD: Style(size=size, leading=1.5 * size),
        Role.FIELD_HEAD: Style(size=size, leading=1.5 * size, align=Align.CENTRE),
        Role.FOOTER: Style(size=FOOTER_SIZE, leading=14, face="宋体"),
    }


RULE_GAP = 24.0  # a line to sign on ends this far from the right edge
CELL_PADDING = 4.0
FINE_CELL_PADDING = 2.5
CELL_MARGIN = 2.0  # left and right
TALL_CELL_PADDING = 8.0
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
    return 4.0 if profile is Profile.DENSE else 0.0
