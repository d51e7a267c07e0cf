"""反馈函: the body that sent the case learns the result, with what its channel asks for (§4.4, T-24)."""

from __future__ import annotations

from mediation_desk.cases.feedback import enclosures, result_day, rule_for, suggested
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Heading, Paper, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.letter import letter
from mediation_desk.documents.forms.substance import case_number, ended
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
    return (
        letter(
            file,
            heading=Heading(
                form="反馈函", title="反馈函", number=number or file.case_key, dated=day or result_day(file)
            ),
            to=to,
            words=(
                paragraph(_received(file, number)),
                paragraph(ended(words)),
                paragraph("特此函告。", keep=True),
            ),
            day=day,
            enclosed=tuple(enclosures(file)),
        ),
    )


def _references(file: CaseFile, number: str | None) -> str:
    """What the receiver files the letter under, in the sentence: beneath the day it took a page of its own."""
    found = (("来文", file.intake.referral_no), ("案号", number) if number else ("案件代码", file.case_key))
    return "，".join(f"{caption}：{value}" for caption, value in found if value)


def _received(file: CaseFile, number: str | None) -> str:
    return (
        f"{cn_date(file.intake.received_on)}，贵单位以“{file.intake.channel}”送来的{file.title}"
        f"（{_references(file, number)}），"
        "现将办理情况反馈如下。"
    )


FORM = Form(key="reply", code="反馈函", stage=Stage.ROUTING, titles=TITLES, applies=applies, compose=compose)
