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
FOOTER_SIZE = 10.5
FOOTER_DROP = 7 * MM  # the page number stands 7 mm below the text block


class Role(StrEnum):
    """Kinds of line on a paper; the value is the name of the style in the DOCX."""

    TITLE = "文书标题"
    NUMBER = "文书编号"
    LABEL = "文书小标题"
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
    FOOTER = "文书页脚"


class Align(StrEnum):
    """How lines end."""

    JUSTIFY = "两端"
    LEFT = "左"
    CENTRE = "中"
    RIGHT = "右"


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
    size, leading = (16.0, 28.0) if profile is Profile.LARGE else (14.0, 22.0)
    return {
        Role.TITLE: Style(size=22, leading=34, align=Align.CENTRE, after=8, face="宋体", strong=True),
        Role.NUMBER: Style(size=size, leading=leading, align=Align.RIGHT, after=6),
        Role.LABEL: Style(size=size, leading=leading, first_indent=2, before=3, face="黑体"),
        Role.BODY: Style(size=size, leading=leading, align=Align.JUSTIFY, first_indent=2),
        Role.FLUSH: Style(size=size, leading=leading, align=Align.JUSTIFY),
        Role.PARTY: Style(size=size, leading=leading, first_indent=2),
        Role.DETAIL: Style(size=size, leading=leading, align=Align.JUSTIFY, left_indent=2),
        Role.PLACE: Style(size=size, leading=leading, before=6),
        Role.SIGN: Style(size=size, leading=leading + 2, left_indent=2),
        Role.SEAL: Style(size=size, leading=leading, align=Align.RIGHT, before=20),
        Role.DAY: Style(size=size, leading=leading, align=Align.RIGHT),
        Role.CELL: Style(size=8.5, leading=13),
        Role.CELL_HEAD: Style(size=8.5, leading=13, align=Align.CENTRE, face="黑体"),
        Role.FOOTER: Style(size=FOOTER_SIZE, leading=14, face="宋体"),
    }


RULE_GAP = 24.0  # a line to sign on ends this far from the right edge
CELL_PADDING = 4.0
CELL_MARGIN = 2.0  # left and right
TALL_CELL_PADDING = 8.0
