"""F-18 结案报告表: the whole case on one sheet, for whoever approves that it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mediation_desk.cases.kept import standing_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.documents.content import Block, Heading, Paper, Profile, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, GridRow, caption, row, signed, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number, volume_number
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.money import figures, in_full
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解结案报告表",
    Track.ADMINISTRATIVE: "行政调解结案报告表",
    Track.JUDICIAL: "调解结案报告表",
}
_SOURCES = {
    SourceStat.APPLICATION: "当事人申请",
    SourceStat.OWN_MOTION: "主动调解",
    SourceStat.REFERRED: "接受委托移送",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.track is Track.ADMINISTRATIVE:
        return "行政调解用结案审批表，没有结案报告表。"
    return None if _result_day(file) is not None else "案件还没有结果，不能打印结案报告表。"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet; opinions and the seal stay for the pen."""
    title, number = TITLES[file.track], case_number(file)
    closing, concluded = file.beside.closing, _result_day(file)
    filled = closing.on if closing else background.today
    foot = f"签名：　　　　　　{BLANK_DATE}"
    final = f"（盖章）　签名：　　　　　　{BLANK_DATE}" if house("F-18").seal else foot
    rows: tuple[GridRow, ...] = (
        row(
            caption("卷号"),
            value(volume_number(file)),
            caption("填表时间"),
            value(cn_date(filled) if filled else BLANK_DATE),
        ),
        row(caption("承办单位"), value(file.organisation.name), caption("承办人"), value(_worker(file))),
        row(
            caption("受案时间"),
            value(cn_date(file.intake.accepted_on or file.intake.received_on)),
            caption("结案时间"),
            value(cn_date(closing.on if closing else concluded) if concluded else ""),
        ),
        *_parties(file),
        row(caption("案件来源"), value(_source(file), span=3)),
        row(caption("简要事实"), value(file.facts, span=3), height=30),
        row(caption("调解结果"), value("\n".join(_result(file)), span=3), height=20),
        row(caption("履行情况"), value(_performance(file, background.today), span=3), height=14),
        row(
            caption("承办人\n意见"),
            signed(_worker(file) or "承办人", text=closing.evaluation if closing else "", span=3, foot=foot),
            height=20,
        ),
        row(caption("负责人\n意见"), signed("负责人", span=3, foot=final), height=20),
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        FormGrid(columns=(26, 58, 26, 46), rows=rows),
    )
    heading = Heading(form="F-18", title=title, number=number, dated=concluded)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _parties(file: CaseFile) -> Iterator[GridRow]:
    for party in file.parties:
        phone = f"　电话：{party.phone}" if party.phone else ""
        yield row(caption(party.side), value(f"{party.name}\n住址：{party.address}{phone}", span=3))


def _result_day(file: CaseFile) -> date | None:
    if file.outcome is not None:
        return file.outcome.concluded_on
    return file.ending.on if file.ending is not None else None


def _worker(file: CaseFile) -> str:
    return file.presiding.name if file.presiding else file.intake.registrar


def _source(file: CaseFile) -> str:
    intake = file.intake
    words = [_SOURCES[intake.source_stat], intake.channel, intake.source_org or "", intake.referral_no or ""]
    return "，".join(dict.fromkeys(word for word in words if word))


def _result(file: CaseFile) -> Iterator[str]:
    if file.outcome is not None:
        form = f"（{file.outcome.form}协议）" if file.outcome.form else ""
        yield f"{cn_date(file.outcome.concluded_on)}{file.outcome.result}{form}。"
    if file.ending is not None:
        yield f"{file.ending.reason.rstrip('。')}。"
    if file.agreement is not None:
        total = file.agreement.total_payable
        number = f"协议编号{file.agreement.number}，" if file.agreement.number else ""
        money = f"应付款项合计{in_full(total)}。" if total else "没有应付的款项。"
        yield f"{number}共{len(file.agreement.clauses)}条，{money}"


def _performance(file: CaseFile, today: date | None) -> str:
    """As it stands today, or when somebody last touched it."""
    if file.effective_on is None:
        return "没有需要履行的协议。"
    day = today or max([row.done_on for row in file.performance if row.done_on] or [file.effective_on])
    items = standing_of(file, day).items
    if not items:
        return "协议没有要定期履行的。"
    kept = [item for item in items if item.status.is_settled]
    open_ = sum(
        (item.remaining or Decimal() for item in items if not item.status.is_settled), Decimal("0.00")
    )
    money = f"，还有{figures(open_)}元没有付" if open_ else ""
    words = f"共{len(items)}项，已履行{len(kept)}项{money}。"
    return f"截至{cn_date(day)}，{words}"


FORM = Form(
    key="closing_report", code="F-18", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose
)
