"""反馈函: the body that sent the case learns the result, with what its channel asks for (§4.4, T-24)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.feedback import enclosures, result_day, rule_for, suggested
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Card, Heading, Paper, Profile, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.forms.slips import case_code
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "反馈函")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.feedback_to_source is not None:
        return None
    try:
        rule = rule_for(file)
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    if rule is None:
        return "本案不是别的单位送来的，不需要反馈函。"
    return None if result_day(file) is not None else "本案还没有结果，不能打印反馈函。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The letter as it was sent; before that, what is on file to be sent."""
    told = file.feedback_to_source
    to = told.to if told is not None else file.intake.source_org or "移送单位"
    words, day = (told.content, told.on) if told is not None else (suggested(file), None)
    number = case_number(file)
    blocks: tuple[Block, ...] = (
        Title(text="反馈函"),
        Card(picture=case_code(file), name=to, rows=_head(file, number)),
        paragraph(f"{to}：", indent=False),
        paragraph(_received(file)),
        paragraph(words),
        *_enclosed(file),
        paragraph("特此函告。", keep=True),
        seal(file, day),
    )
    heading = Heading(form="反馈函", title="反馈函", number=number or file.case_key, dated=_dated(file, day))
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def _enclosed(file: CaseFile) -> tuple[Block, ...]:
    things = enclosures(file)
    if not things:
        return ()
    return (
        paragraph("；".join(f"{no}．{one}" for no, one in enumerate(things, start=1)) + "。", label="附："),
    )


def _head(file: CaseFile, number: str | None) -> tuple[tuple[str, str], ...]:
    rows = (
        ("来文", file.intake.referral_no or ""),
        ("案件代码", file.case_key),
        ("案号", number or ""),
    )
    return tuple(row for row in rows if row[1])


def _received(file: CaseFile) -> str:
    return (
        f"{cn_date(file.intake.received_on)}，贵单位以“{file.intake.channel}”送来的{file.title}，"
        "现将办理情况反馈如下。"
    )


def _dated(file: CaseFile, day: date | None) -> date | None:
    return day or result_day(file)


FORM = Form(key="reply", code="反馈函", stage=Stage.ROUTING, titles=TITLES, applies=applies, compose=compose)
