"""无争议事实记载: facts nobody disputes, one a line, signed by all parties; never an offer (§2.6)."""

from __future__ import annotations

from mediation_desk.cases.court.rules import court_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Clause,
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
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import office_places, party_places
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "无争议事实记载")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print: no facts, or one party that does not want them recorded."""
    consent = file.undisputed_facts_consent
    if consent is not None and consent.refused_by:
        refused = "、".join(file.name_of(ref) for ref in consent.refused_by)
        return f"{refused}不同意记载无争议事实，不能打印。"
    if not file.undisputed_facts:
        return "本案没有记载无争议事实。"
    if consent is None or not {party.ref for party in file.parties} <= set(consent.by):
        return "没有各方同意的记录，不能打印无争议事实。"
    try:
        court_rules()
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    return None


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet for all parties."""
    consent = file.undisputed_facts_consent
    day = consent.on if consent is not None else None
    title, number = TITLES[file.track], case_number(file)
    places = tuple(p for party in file.parties for p in party_places(file, party, settling=False))
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        paragraph(
            f"{names(file)}之间的{file.dispute.category}（{file.title}），由{file.organisation.name}主持调解。"
        ),
        Label(text="经各方同意，对没有争议的下列事实作出记载："),
        *(
            Clause(number=f"{place}．", text=f"{fact.rstrip('。；')}。")
            for place, fact in enumerate(file.undisputed_facts, start=1)
        ),
        paragraph(
            f"本记载只写各方没有争议的事实，不包括为达成调解作出的让步和提出的方案（{court_rules().facts_basis}）。"
        ),
        paragraph("以上内容经各方核对无误。", keep=True),
        SignatureArea(places=(*places, *office_places(file))),
        *((DayLine(day=cn_date(day)),) if day is not None else ()),
    )
    heading = Heading(form="无争议事实", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


FORM = Form(
    key="facts", code="无争议事实", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose
)
