"""案卷质量评查: what the program sees by itself, the score of a sheet, and what closing asks of it (§2.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from mediation_desk.cases.archiving.model import QualityReview, ReviewMark
from mediation_desk.cases.archiving.quality_checks import CHECKS, Looked
from mediation_desk.cases.archiving.quality_rules import Gate, Item, Point, quality_sheet
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.errors import InputError, RuleError


def seen(file: CaseFile, missing: tuple[str, ...] | None = None) -> tuple[ReviewMark, ...]:
    """What the named checks find; ``missing`` are papers the checklist of the volume asks for and does not find."""
    looked = Looked(file=file, missing=missing)
    return tuple(
        _mark(point, item, why, automatic=True)
        for point, item in _items()
        if item.check and (why := CHECKS[item.check](looked))
    )


def by_hand() -> tuple[tuple[Point, Item], ...]:
    """Items a person looks at, in the order of the sheet."""
    return tuple((point, item) for point, item in _items() if not item.check)


def filled(
    file: CaseFile, *, on: date, by: str, ticked: Collection[str], note: str, missing: tuple[str, ...] | None
) -> QualityReview:
    """The sheet with what the program saw and what a person ``ticked`` (codes of items looked at by hand)."""
    hand = {item.code: (point, item) for point, item in by_hand()}
    unknown = [code for code in ticked if code not in hand]
    if unknown:
        raise InputError(f"评查表里没有要人工看的“{unknown[0]}”。", field="ticked")
    sheet = quality_sheet()
    marks = (*seen(file, missing), *(_mark(*hand[code], "评查人认定") for code in hand if code in ticked))
    score = sum(
        max(point.score - sum(mark.deduct for mark in marks if mark.point == point.name), 0)
        for point in sheet.points
    )
    return QualityReview(
        no=len(file.beside.reviews) + 1,
        on=on,
        by=by,
        score=score,
        full=sheet.full,
        grade=sheet.grade(score),
        rules=sheet.version,
        note=note,
        marks=marks,
    )


def concern(file: CaseFile) -> str:
    """What is to be said before closing or archiving; "" when the last review is good enough."""
    sheet = quality_sheet()
    if not file.beside.reviews:
        return "案卷还没有评查质量"
    last = file.beside.reviews[-1]
    if last.score < sheet.passing:
        return f"最近一次案卷评查{last.score}分（{last.grade}），低于{sheet.passing}分"
    return ""


def warning(file: CaseFile, *, closing: bool) -> str:
    """The same as the rules want it told at closing or at archiving; "" where they say nothing of it."""
    sheet = quality_sheet()
    gate = sheet.closing if closing else sheet.archiving
    return concern(file) if gate is not Gate.NONE else ""


def demand_quality(file: CaseFile, *, closing: bool) -> None:
    """Raise ``RuleError`` where the rules refuse a case without a good review; by default they only warn."""
    sheet = quality_sheet()
    found = concern(file)
    if found and (sheet.closing if closing else sheet.archiving) is Gate.REFUSE:
        word = "结案" if closing else "归档"
        raise RuleError(f"{found}，按本中心的规定不能{word}（{sheet.basis}）。", rule=sheet.rule)


def _items() -> Iterator[tuple[Point, Item]]:
    return ((point, item) for point in quality_sheet().points for item in point.items)


def _mark(point: Point, item: Item, why: str, *, automatic: bool = False) -> ReviewMark:
    return ReviewMark(point=point.name, item=item.text, deduct=item.deduct, why=why, automatic=automatic)
