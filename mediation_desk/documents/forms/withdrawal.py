"""撤回调解申请书: the applicants take their application back (T-17)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Result
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import names, party_block
from mediation_desk.documents.forms.signing import acting, closing, party_places
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.house import house
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import cn_date, cn_date_or_blank
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "撤回调解申请书")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    withdrawn = file.ending is not None and file.ending.kind is Result.WITHDRAWN
    return None if withdrawn else "本案没有撤回申请。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper of all who withdraw."""
    title, number, practice, ending = TITLES[file.track], case_number(file), house("撤回"), file.ending
    by = ending.by if ending else ()
    parties = [p for p in file.parties if (p.ref in by if by else p.side is Side.APPLICANT)]
    others = [party.name for party in file.parties if party not in parties]
    places = [place for party in parties for place in party_places(file, party, settling=False)]
    day = ending.on if ending else None
    reason = ending.reason.rstrip("。") if ending else ""
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        *(party_block(file, party) for party in parties),
        paragraph(
            f"{cn_date(file.intake.received_on)}，申请人就与{'、'.join(others) or names(file)}之间的"
            f"{file.dispute.category}（{file.title}）申请调解。现申请撤回。",
            label="申请事项：",
        ),
        paragraph(f"{reason}。", label="理由："),
        paragraph(closing(file, "撤回")),
        paragraph("此致", keep=True),
        paragraph(file.organisation.name, indent=False, keep=True),
        SignatureArea(places=acting(places, practice.act)),
        DayLine(day=cn_date_or_blank(day)),
    )
    heading = Heading(form="撤回", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


FORM = Form(
    key="withdrawal", code="撤回", stage=Stage.ENDING, titles=TITLES, applies=applies, compose=compose
)
