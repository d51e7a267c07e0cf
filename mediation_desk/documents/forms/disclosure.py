"""调解员披露书: what a mediator must tell before the first session, and what each party says to it (LR-17, §1.6)."""

from __future__ import annotations

from mediation_desk.cases.choosing.recusal_rules import Objection, recusal_rule
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Blank,
    Block,
    Clause,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SignatureArea,
    SignaturePlace,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.opinions import KEPT, Opinion, opinion_table
from mediation_desk.documents.forms.people import mediator_title, names
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.forms.substance import case_number, ended
from mediation_desk.experts.choice.ballot import Disclosure
from mediation_desk.experts.model import CaseMediator
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解员披露及当事人意见书",
    Track.ADMINISTRATIVE: "行政调解人员披露及当事人意见书",
    Track.JUDICIAL: "特邀调解员披露及当事人意见书",
}
_GROUNDS = (
    "是一方当事人或者其代理人的近亲属（配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女）；",
    "与纠纷有利害关系（纠纷怎样解决，会影响调解员本人的得失）；",
    "与当事人、代理人有其他关系，可能影响公正调解（如同事、雇佣关系，或者曾经代理过其中一方）。",
)
_LINES_TO_WRITE = 3


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.mediators else "本案还没有调解员，不需要披露书。"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """A paper for each mediator of the case; what is not on file yet is left open for the pen."""
    by_number = {entry.pool_no: entry for entry in background.disclosures}
    return tuple(_paper(file, mediator, by_number.get(mediator.pool_no)) for mediator in file.mediators)


def _paper(file: CaseFile, mediator: CaseMediator, disclosure: Disclosure | None) -> Paper:
    title, number = TITLES[file.track], case_number(file)
    day = disclosure.on if disclosure else None
    who = f"{mediator_title(file, mediator)}{mediator.name}"
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        paragraph(
            f"{names(file)}之间的{file.dispute.category}，由{who}（{mediator.organisation}，{mediator.role}）调解。"
            "调解员有下列情形之一的，应当主动告知，当事人有权申请回避："
        ),
        *(Clause(number=f"{place}．", text=text) for place, text in enumerate(_GROUNDS, start=1)),
        paragraph(_effect(file), label="当事人的权利："),
        *_told(mediator, disclosure),
        SignatureArea(
            places=(
                SignaturePlace(by=who, act="签名，注明日期", ref=mediator.pool_no, hands=(mediator.name,)),
            )
        ),
        Label(text="当事人意见（在相应的方格内打“√”，并签名、注明日期）："),
        opinion_table(
            file, "无异议", "申请回避", "申请回避的理由", lambda party: _opinion(party, disclosure)
        ),
        *_ruling(file, disclosure),
        paragraph(KEPT),
        seal(file, day),
    )
    heading = Heading(form="披露书", title=title, number=number, dated=day, part=mediator.pool_no)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _told(mediator: CaseMediator, disclosure: Disclosure | None) -> tuple[Block, ...]:
    text = disclosure.text if disclosure else mediator.disclosure
    hits = disclosure.hits if disclosure else ()
    if not text and not hits:
        return (Label(text="现披露如下（没有上述情形的，写“无”）："), Blank(lines=_LINES_TO_WRITE))
    on = f"{cn_date(disclosure.on)}" if disclosure else "现"
    return (
        Label(text=f"{on}披露如下："),
        *([paragraph(ended(text))] if text else []),
        *(Clause(number=f"（{place}）", text=hit) for place, hit in enumerate(hits, start=1)),
    )


def _effect(file: CaseFile) -> str:
    rule = recusal_rule(file.track)
    effect = (
        "任何一方要求更换的，调解员即更换，由当事人另行选择或者由调解组织另行指派"
        if rule.objection is Objection.REPLACE
        else f"申请回避的，由{rule.decided_by}决定"
    )
    keep = "；有上述情形，但各方知情后都同意由其调解的，可以继续" if rule.may_keep else ""
    return f"{effect}{keep}。依据：{rule.basis.rstrip('。')}。"


def _opinion(party: Party, disclosure: Disclosure | None) -> Opinion:
    answers = disclosure.answers if disclosure else ()
    answer = next((entry for entry in reversed(answers) if entry.party == party.ref), None)
    if answer is None:
        return Opinion()
    reason = "：".join(part for part in (answer.ground, answer.detail) if part)
    return Opinion(yes=answer.accepts, reason=reason, on=answer.on)


def _ruling(file: CaseFile, disclosure: Disclosure | None) -> tuple[Block, ...]:
    """What came of an objection; room to write where one has not been dealt with."""
    if disclosure is None:
        return ()
    if disclosure.ruling:
        day = f"，{cn_date(disclosure.ruled_on)}" if disclosure.ruled_on else ""
        by = f"（{disclosure.ruled_by or file.organisation.name}{day}）"
        basis = f"依据：{disclosure.basis.rstrip('。')}。" if disclosure.basis else ""
        return (paragraph(f"{disclosure.ruling.rstrip('。')}{by}。{basis}", label="处理结果："),)
    if all(answer.accepts for answer in disclosure.answers):
        return ()
    return (Label(text="对回避申请的处理："), Blank(lines=_LINES_TO_WRITE))


FORM = Form(
    key="disclosure", code="披露书", stage=Stage.PEOPLE, titles=TITLES, applies=applies, compose=compose
)
