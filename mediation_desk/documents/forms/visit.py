"""F-14 回访记录: one for each visit, with performance as it stood that day (§2.2)."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.agreements.keeping import Escalation, VisitFinding
from mediation_desk.agreements.model import FollowUp, Satisfaction
from mediation_desk.cases.kept import standing_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解回访记录",
    Track.ADMINISTRATIVE: "行政调解回访记录",
    Track.JUDICIAL: "调解回访记录",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.followups else "本案还没有回访，不能打印回访记录。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper for each visit, in order."""
    return tuple(_visit(file, visit, no) for no, visit in enumerate(file.followups, start=1))


def _visit(file: CaseFile, visit: FollowUp, no: int) -> Paper:
    title, number, turn = TITLES[file.track], case_number(file), f"第{numeral(no)}次"
    agreed = file.agreement.number if file.agreement else None
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}（{turn}）"),
        paragraph("、".join(party.name for party in file.parties), label="当事人："),
        paragraph(agreed or "没有书面协议", label="调解协议编号："),
        paragraph(file.title, label="回访事由："),
        paragraph(f"{cn_date(visit.on)}，{visit.way}", label="回访时间、方式："),
        paragraph("、".join(map(file.name_of, visit.of)), label="被回访人："),
        Label(text="回访情况："),
        paragraph(visit.situation),
        paragraph(_performance(file, visit), label="履行情况："),
        paragraph(_options(Satisfaction, visit.satisfaction), label="满意程度："),
        *_found(file.beside.finding(no)),
        SignatureArea(places=(by_hand("回访人", file.name_of(visit.by), ref=visit.by),)),
        DayLine(day=cn_date(visit.on)),
    )
    heading = Heading(form="F-14", title=title, number=number, dated=visit.on, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


def _performance(file: CaseFile, visit: FollowUp) -> str:
    if file.effective_on is None or file.effective_on > visit.on:
        return "没有达成协议，没有要履行的。"
    items = standing_of(file, visit.on).items
    due = [item for item in items if item.falls_due <= visit.on]
    kept = [item for item in due if item.status.is_settled]
    late = [item for item in due if item.status.is_overdue]
    later = [item for item in items if item.falls_due > visit.on and not item.status.is_settled]
    if not items:
        return "协议没有要定期履行的。"
    words = [f"到期{len(due)}项，已结清{len(kept)}项"]
    if late:
        unpaid = sum((item.remaining or Decimal() for item in late), Decimal("0.00"))
        money = f"，未付{figures(unpaid)}元" if unpaid else ""
        words.append(f"逾期没有履行完的{len(late)}项{money}")
    if later:
        words.append(f"还没有到期的{len(later)}项")
    return "；".join(words) + "。"


def _found(finding: VisitFinding | None) -> list[Block]:
    """What a visit recorded before these fields were asked did not say stays open for the pen."""
    if finding is None:
        blank = "_" * 30
        return [
            paragraph(blank, label="是否起诉、判决情况："),
            paragraph(blank, label="有无调解不当："),
            paragraph(_options(Escalation, None), label="有无激化："),
            paragraph(f"□没有；□有：{blank[:16]}", label="是否复发："),
            paragraph(blank, label="采取的措施："),
        ]
    again = "□没有；■有" if finding.relapsed else "■没有；□有"
    return [
        paragraph(finding.suit or "没有起诉。", label="是否起诉、判决情况："),
        paragraph(finding.fault or "没有。", label="有无调解不当："),
        paragraph(_options(Escalation, finding.escalation), label="有无激化："),
        paragraph(again, label="是否复发："),
        paragraph(finding.measures or "无。", label="采取的措施："),
    ]


def _options(kinds: type[Satisfaction | Escalation], chosen: object) -> str:
    """All options with the one that applies marked."""
    return "；".join(f"{'■' if kind is chosen else '□'}{kind}" for kind in kinds)


FORM = Form(key="visit", code="F-14", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose)
