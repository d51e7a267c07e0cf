"""行政调解结案审批表: how the case went and ended, approved by unit and agency (§2.5, [K])."""

from __future__ import annotations

from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Heading, Number, Paper, Profile, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import COLUMNS, long, opinion, remark, short_party
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import cn_date, cn_date_or_blank
from mediation_desk.shared.track import Track

TITLE = "行政调解结案审批表"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.track is not Track.ADMINISTRATIVE:
        return "结案审批表只用于行政调解；人民调解打印结案报告表。"
    return None if file.outcome is not None else "本案还没有结果，不能打印结案审批表。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One table; what is on record is filled in, the opinions of unit and agency are open for the pen."""
    outcome, closing = file.outcome, file.beside.closing
    concluded = outcome.concluded_on if outcome else None
    officers = tuple(one.name for one in file.mediators)
    sides = (Side.APPLICANT, Side.RESPONDENT, Side.THIRD)
    rows = (
        row(caption("案由"), value(file.title, span=4)),
        *(short_party(file, side) for side in sides),
        row(
            caption("受理日期"),
            value(cn_date_or_blank(file.intake.accepted_on), span=2),
            caption("结案日期"),
            value(cn_date_or_blank(closing.on if closing else concluded)),
        ),
        row(caption("承办人"), value("、".join(officers), span=4)),
        long("调解经过", _course(file), height=16),
        long("调解结果", _result(file), height=16),
        long("履行情况", _kept(file), height=12),
        opinion("承办人员意见", closing.evaluation if closing else "", height=26, hands=officers),
        opinion("调解机构意见", height=26),
        opinion("调解机关意见", height=26),
        remark(),
    )
    number = case_number(file)
    blocks = (
        Title(text=TITLE),
        Number(text=f"案号：{number or file.case_key}"),
        FormGrid(columns=COLUMNS, rows=rows),
    )
    heading = Heading(form="结案审批表", title=TITLE, number=number, dated=concluded)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _course(file: CaseFile) -> str:
    held = [session for session in file.sessions if session.held]
    told = [f"{cn_date(s.date)}在{s.place}{f'，{s.result}' if s.result else ''}" for s in held]
    return f"共{len(told)}次：{'；'.join(told)}。" if told else "没有召开调解会。"


def _result(file: CaseFile) -> str:
    outcome = file.outcome
    if outcome is None:
        return ""
    reason = f"{outcome.reason.rstrip('。')}。" if outcome.reason else ""
    if file.agreement is None:
        return f"{cn_date(outcome.concluded_on)}，{outcome.result}。{reason}"
    number = f"，编号{file.agreement.number}" if file.agreement.number else ""
    return (
        f"{cn_date(outcome.concluded_on)}，{outcome.result}，达成{file.agreement.form}协议{number}。{reason}"
    )


def _kept(file: CaseFile) -> str:
    if file.agreement is None:
        return "没有达成协议，没有要履行的事项。"
    if file.effective_on is None:
        return "协议还没有生效。"
    left = len(owed(file))
    return f"还有{left}项没有履行。" if left else "已经履行完毕。"


FORM = Form(
    key="closing_approval",
    code="结案审批表",
    stage=Stage.FILE,
    titles=dict.fromkeys(Track, TITLE),
    applies=applies,
    compose=compose,
)
