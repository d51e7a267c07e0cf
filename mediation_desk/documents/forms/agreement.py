"""F-11 人民调解协议书, 行政调解协议书 (§2.5) and 调解协议书 of a court-delegated case: the written agreement."""

from __future__ import annotations

from mediation_desk.agreements.model import Agreement, AgreementForm
from mediation_desk.agreements.wording import details
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.documents.content import Block, Clause, Heading, Label, Number, Paper, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms import annex, oral
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import party_blocks
from mediation_desk.documents.forms.signing import SIGN_HERE, agreement_places, body_word, seal
from mediation_desk.documents.forms.substance import case_number, claim_sentences, facts, numeral
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解协议书",
    Track.ADMINISTRATIVE: "行政调解协议书",
    Track.JUDICIAL: "调解协议书",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.agreement is None:
        return "本案没有达成协议，不能打印调解协议书。"
    if not file.agreement.clauses:
        return "协议还没有条款，不能打印调解协议书。"
    empty = next((clause.no for clause in file.agreement.clauses if not clause.text.strip()), None)
    if empty is not None:
        return f"协议第{numeral(empty)}条还没有内容，不能打印调解协议书。"
    if file.agreement.form is AgreementForm.WRITTEN and file.agreement.copies < 1:
        return "协议份数还没有填写，不能打印调解协议书。"
    return None if file.mediators else "本案还没有调解员，不能打印调解协议书。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The agreement; for an oral one the register sheet F-12 instead."""
    agreement = file.agreement
    if agreement is None or agreement.form is AgreementForm.ORAL:
        return oral.compose(file)
    title, number = TITLES[file.track], case_number(file)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        *party_blocks(file),
        Label(text="纠纷主要事实、争议事项："),
        facts(file),
        *(paragraph(sentence) for sentence in claim_sentences(file)),
        Label(text="经调解，当事人自愿达成如下协议："),
        *clauses(agreement),
        Label(text="履行方式、时限、地点："),
        paragraph("当事人按照上述各项约定的方式、时限和地点履行；分期履行的，以各期列明的日期和金额为准。"),
        *(paragraph(sentence) for sentence in effect(file)),
        paragraph(copies(file), keep=True),
        Label(text=SIGN_HERE),
        agreement_places(file),
        seal(file, agreement.signed_on),
        *annex.annexes(file, signing=True),
    )
    heading = Heading(form="F-11", title=title, number=number, dated=agreement.signed_on)
    return (Paper(heading=heading, blocks=blocks),)


def clauses(agreement: Agreement) -> tuple[Clause, ...]:
    """The numbered clauses with their instalments, every payment in figures and capitals."""
    return tuple(
        Clause(number=f"{numeral(clause.no)}、", text=clause.text, details=details(clause))
        for clause in agreement.clauses
    )


def copies(file: CaseFile) -> str:
    """``本协议一式二十八份 …``: who gets a copy (LR-13)."""
    number = file.agreement.copies if file.agreement else 0
    head = f"本协议一式{numeral(number)}份"
    if file.copies_note:
        return f"{head}：{file.copies_note.rstrip('。')}。"
    return f"{head}，当事人各执一份，{file.organisation.name}留存一份。"


def effect(file: CaseFile) -> list[str]:
    """When it takes effect (人民调解法 art. 29) and that a court may confirm it (art. 33)."""
    seal_of = f"{body_word(file)}印章"
    sentences = [f"本协议自各方当事人签名、盖章或者按指印，调解人员签名并加盖{seal_of}之日起生效。"]
    entrusted = file.court_referral is not None and file.court_referral.mode is CourtMode.AFTER_FILING
    if not entrusted:  # after filing the court itself makes a 调解书
        sentences.append("当事人认为有必要的，可以自本协议生效之日起三十日内共同向人民法院申请司法确认。")
    return sentences


FORM = Form(
    key="agreement", code="F-11", stage=Stage.AGREEMENT, titles=TITLES, applies=applies, compose=compose
)
