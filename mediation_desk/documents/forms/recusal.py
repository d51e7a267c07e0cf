"""回避申请书及决定: a party asks that a mediator step down, and what was decided (§1.6, LR-17)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SealPlace,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background, known_cards
from mediation_desk.documents.forms.people import party_block
from mediation_desk.documents.forms.signing import acting, closing, party_places
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.documents.house import house
from mediation_desk.experts.model import Recusal, RecusalResult
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "回避申请书及决定")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.recusals else "本案没有人申请调解员回避。"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper for each request: the request, then the decision."""
    return tuple(_paper(file, one, no, background) for no, one in enumerate(file.recusals, start=1))


def _paper(file: CaseFile, one: Recusal, no: int, background: Background) -> Paper:
    title, number, practice = TITLES[file.track], case_number(file), house("回避")
    cards = known_cards(file, background)
    called = {number: card.name for number, card in cards.items()}
    mediator, successor = (
        called.get(ref or "", file.name_of(ref or "")) for ref in (one.mediator, one.replaced_by)
    )
    applicant = file.party(one.by)
    places = acting(party_places(file, applicant, settling=False), practice.act) if applicant else ()
    granted = one.result is RecusalResult.GRANTED
    after = f"改由{successor}担任调解员。" if granted and successor else ""
    end = SealPlace(body=one.decided_by, day=cn_date(one.decided_on))
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        Label(text="一、申请"),
        *((party_block(file, applicant),) if applicant else ()),
        paragraph(
            f"{file.title}，由{file.organisation.name}调解。申请人申请{mediator}回避。", label="申请事项："
        ),
        paragraph(f"{one.ground}。{one.detail.rstrip('。')}。", label="申请理由："),
        SignatureArea(places=places),
        DayLine(day=cn_date(one.on)),
        Label(text="二、决定"),
        paragraph(f"经审查，{one.result}{file.name_of(one.by)}提出的回避申请。{after}", label="决定："),
        paragraph(closing(file, "回避"), keep=True),
        end if practice.seal else DayLine(day=cn_date(one.decided_on)),
    )
    turn = f"第{numeral(no)}次"
    heading = Heading(form="回避", title=title, number=number, dated=one.decided_on, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


FORM = Form(key="recusal", code="回避", stage=Stage.PEOPLE, titles=TITLES, applies=applies, compose=compose)
