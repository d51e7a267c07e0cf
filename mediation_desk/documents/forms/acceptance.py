"""F-04 受理登记表: how the case came and that the body took it."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.documents.content import (
    Block,
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
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import acting, body_word, closing, party_places, sealed
from mediation_desk.documents.forms.substance import case_number, facts
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解受理登记表",
    Track.ADMINISTRATIVE: "行政调解案件登记表",
    Track.JUDICIAL: "调解受理登记表",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.intake.accepted_on else "本案没有受理，不能打印受理登记表。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The register sheet of an accepted case."""
    title, number, intake = TITLES[file.track], case_number(file), file.intake
    day = intake.accepted_on
    practice = house("F-04")
    signing = acting(
        (p for party in file.parties for p in party_places(file, party, settling=False)), practice.act
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        paragraph(opening(file)),
        paragraph(file.dispute.category, label="纠纷类型："),
        paragraph(source(file), label="案件来源："),
        Label(text="纠纷简要情况："),
        facts(file),
        *([paragraph(period(file), label="调解期限：")] if intake.mediation_due_on else []),
        paragraph(closing(file, "F-04"), label="备注：", keep=True),
        SignatureArea(places=(*signing, SignaturePlace(by=f"登记人{intake.registrar}"))),
        sealed(file, "F-04", day),
    )
    heading = Heading(form="F-04", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def opening(file: CaseFile) -> str:
    """How it came that this body mediates, in one sentence."""
    intake = file.intake
    day = f"{cn_date(intake.accepted_on)}，" if intake.accepted_on else ""
    how = {
        SourceStat.OWN_MOTION: "主动调解，经当事人同意",
        SourceStat.APPLICATION: "依当事人申请，经当事人同意",
        SourceStat.REFERRED: "接受委托移送，经当事人同意",
    }[intake.source_stat]
    return f"{day}{file.organisation.name}{how}，调解{names(file)}之间的纠纷。"


def source(file: CaseFile) -> str:
    """The three sources with the right one marked."""
    intake = file.intake
    origin = intake.source_org or ""
    letter = f"，{intake.referral_no}" if intake.referral_no else ""
    detail = f"（{origin}{letter}）".replace("（，", "（") if origin or letter else ""
    options = {
        SourceStat.APPLICATION: "①当事人申请",
        SourceStat.OWN_MOTION: f"②{body_word(file)}主动调解",
        SourceStat.REFERRED: "③接受委托移送",
    }
    marked = [f"{'■' if intake.source_stat is s else '□'}{text}" for s, text in options.items()]
    return "；".join(marked) + detail


def period(file: CaseFile) -> str:
    """Until when, and by which rule; "" where none is promised."""
    due, rule = file.intake.mediation_due_on, file.intake.mediation_due_rule
    return f"至{cn_date(due)}止" + (f"（{_unbracketed(rule)}）" if rule else "") if due else ""


def _unbracketed(rule: str) -> str:
    """``30日，委派调解`` for ``30日（委派调解）``: no brackets within brackets."""
    return rule.replace("（", "，").replace("）", "")


FORM = Form(
    key="acceptance", code="F-04", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose
)
