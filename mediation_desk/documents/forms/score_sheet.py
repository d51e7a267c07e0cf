"""案卷质量评查表: the seven points with what cost how much; an empty one to fill by hand before the first review."""

from __future__ import annotations

from collections.abc import Mapping

from mediation_desk.cases.archiving.model import QualityReview, ReviewMark
from mediation_desk.cases.archiving.quality_rules import Point, quality_sheet
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLE = "案卷质量评查表"
TITLES = dict.fromkeys(Track, TITLE)
_COLUMNS = (
    Column(title="方面", weight=20),
    Column(title="分值", weight=12),
    Column(title="扣分事项", weight=66, centred=False),
    Column(title="应扣", weight=12),
    Column(title="实扣", weight=12),
    Column(title="说明", weight=40, centred=False),
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.outcome is not None else "调解还没有结束，不能评查案卷。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """A sheet for every review, the oldest first; an empty one where there was none."""
    reviews: tuple[QualityReview | None, ...] = file.beside.reviews or (None,)
    return tuple(_sheet(file, review) for review in reviews)


def _sheet(file: CaseFile, review: QualityReview | None) -> Paper:
    number = case_number(file) or file.case_key
    kept = file.archive.volume_no if file.archive else number
    names = "、".join(mediator.name for mediator in file.mediators)
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        Number(text=f"卷号：{kept}"),
        paragraph(f"{file.title}（{file.dispute.category}）", label="卷名：", indent=False, keep=True),
        paragraph(
            f"{names or '—'}　　承办单位：{file.organisation.name}", label="调解员：", indent=False, keep=True
        ),
        Table(columns=_COLUMNS, rows=_rows(review), fine=True),
        paragraph(_result(review), label="评查结果：", indent=False, keep=True),
        *(
            (paragraph(review.note, label="意见：", indent=False, keep=True),)
            if review and review.note
            else ()
        ),
        SignatureArea(places=(by_hand("评查人"),)),
        DayLine(day=cn_date(review.on) if review else BLANK_DATE),
    )
    heading = Heading(
        form="评查表",
        title=TITLE,
        number=number,
        dated=review.on if review else None,
        part=f"第{review.no}次" if review and review.no > 1 else "",
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _rows(review: QualityReview | None) -> tuple[tuple[str, ...], ...]:
    """Items of the sheet in force; what an older sheet marked and this one no longer has comes last."""
    marks = {(mark.point, mark.item): mark for mark in review.marks} if review else {}
    sheet = quality_sheet()
    rows = [row for point in sheet.points for row in _of_point(point, marks, filled=review is not None)]
    known = {(point.name, item.text) for point in sheet.points for item in point.items}
    rows += [
        (mark.point, "", mark.item, str(mark.deduct), str(mark.deduct), mark.why)
        for place, mark in marks.items()
        if place not in known
    ]
    return tuple(rows)


def _of_point(
    point: Point, marks: Mapping[tuple[str, str], ReviewMark], *, filled: bool
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for place, item in enumerate(point.items):
        mark = marks.get((point.name, item.text))
        head = (point.name, str(point.score)) if place == 0 else ("", "")
        actual = str(mark.deduct) if mark else "0" if filled else ""
        rows.append((*head, item.text, str(item.deduct), actual, mark.why if mark else ""))
    return rows


def _result(review: QualityReview | None) -> str:
    if review is None:
        return f"　　　　分（满分{quality_sheet().full}分），等次：　　　　"
    return f"{review.score}分（满分{review.full}分），{review.grade}。评查人：{review.by}。"


FORM = Form(
    key="score_sheet", code="评查表", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose
)
