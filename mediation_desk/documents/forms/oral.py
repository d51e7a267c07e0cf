"""F-12 口头协议登记表: the mediator's record of an oral agreement (LR-11, LR-14)."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.agreements.wording import details
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
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
from mediation_desk.documents.forms.people import party_blocks
from mediation_desk.documents.forms.signing import by_hand, closing, office_places, party_places, sealed
from mediation_desk.documents.forms.substance import case_number, claim_sentences, facts, numeral
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解口头协议登记表",
    Track.ADMINISTRATIVE: "行政调解口头协议登记表",
    Track.JUDICIAL: "口头调解协议登记表",
}
_NOTHING = "本案没有口头协议，不能打印口头协议登记表。"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
    return None if oral else _NOTHING


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The register sheet."""
    agreement = file.agreement
    if agreement is None:
        raise RuleError(_NOTHING, rule="LR-11")
    title, number = TITLES[file.track], case_number(file)
    entry = agreement.oral_record
    day = entry.registered_on if entry else (file.outcome.concluded_on if file.outcome else None)
    who = [place for party in file.parties for place in party_places(file, party)]
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        *party_blocks(file),
        Label(text="纠纷主要事实、争议事项："),
        facts(file),
        *(paragraph(sentence) for sentence in claim_sentences(file)),
        Label(text="口头协议内容、履行方式和时限："),
        *(
            Clause(number=f"{numeral(clause.no)}、", text=clause.text, details=details(clause))
            for clause in agreement.clauses
        ),
        paragraph("本口头协议自各方当事人达成协议之日起生效。"),
        *_register(file),
        paragraph(closing(file, "F-12"), keep=True),
        SignatureArea(places=(*who, *_registrar(file))),
        sealed(file, "F-12", day),
    )
    heading = Heading(form="F-12", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def _register(file: CaseFile) -> list[Block]:
    entry = file.agreement.oral_record if file.agreement else None
    if entry is None:
        return []
    recorder = file.name_of(entry.recorded_by)
    confirmed = "、".join(_named(file, note) for note in entry.confirmed_by)
    confirmation = f"当事人确认：{confirmed}。" if confirmed else ""
    return [paragraph(f"{cn_date(entry.registered_on)}由{recorder}登记。{confirmation}")]


def _named(file: CaseFile, note: str) -> str:
    """``A1（法定代理人签名）`` → ``温子墨（法定代理人签名）``."""
    ref, bracket, rest = note.partition("（")
    return file.name_of(ref) + bracket + rest


def _registrar(file: CaseFile) -> list[SignaturePlace]:
    """Every mediator; whoever wrote the sheet signs as 登记人, where that is no mediator."""
    entry = file.agreement.oral_record if file.agreement else None
    writer = entry.recorded_by if entry else ""
    mediators = [
        replace(place, by=f"{place.by}（登记人）") if mediator.pool_no == writer else place
        for mediator, place in zip(file.mediators, office_places(file), strict=False)
    ]
    if writer in {mediator.pool_no for mediator in file.mediators}:
        return mediators
    return [*mediators, by_hand("登记人", file.name_of(writer) if writer else "", ref=writer)]


FORM = Form(key="oral", code="F-12", stage=Stage.AGREEMENT, titles=TITLES, applies=applies, compose=compose)
