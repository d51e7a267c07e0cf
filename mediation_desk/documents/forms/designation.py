"""调解员指派书: who was designated because the parties named nobody in common, and whether they accept (§5.4)."""

from __future__ import annotations

from mediation_desk.cases.choosing.recusal_rules import recusal_rule
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Heading, Label, Number, Paper, Profile, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background, known_cards
from mediation_desk.documents.forms.opinions import KEPT, Opinion, opinion_table
from mediation_desk.documents.forms.people import mediator_title, names
from mediation_desk.documents.forms.rounds import names_of, rounds_of, spoken
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.experts.model import CaseMediator, Selection
from mediation_desk.parties.model import Party
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解员指派书",
    Track.ADMINISTRATIVE: "行政调解人员指派书",
    Track.JUDICIAL: "特邀调解员指定书",
}
_DESIGNATED = frozenset({Selection.DESIGNATED, Selection.ACCEPTED})


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if _designated(file) else "本案没有指派的调解员，不需要指派书。"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper for all who were designated; an acceptance on file is filled in, else it is left open."""
    designated = _designated(file)
    title, number = TITLES[file.track], case_number(file)
    day = designated[0].selected_on if designated else None
    who = "、".join(f"{mediator_title(file, m)}{m.name}（{m.organisation}，{m.role}）" for m in designated)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        paragraph(f"{names(file)}之间的{file.dispute.category}，{_reason(file, background)}"),
        paragraph(f"{who}。", label="指派调解员："),
        paragraph(_effect(file), label="当事人的权利："),
        Label(text="当事人意见（在相应的方格内打“√”，并签名、注明日期）："),
        opinion_table(file, "接受", "不接受", "不接受的理由", lambda party: _opinion(party, designated)),
        paragraph(KEPT),
        seal(file, day),
    )
    heading = Heading(form="指派书", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _designated(file: CaseFile) -> tuple[CaseMediator, ...]:
    return tuple(mediator for mediator in file.mediators if mediator.selection in _DESIGNATED)


def _reason(file: CaseFile, background: Background) -> str:
    held = rounds_of(file, background.ballots)
    if held and held[-1].why and not held[-1].result:
        why = spoken(file, held[-1].why, names_of(held, known_cards(file, background)))
        return (
            f"当事人的选择没有产生共同人选：{why.rstrip('。')}。现由{file.organisation.name}指派调解员如下。"
        )
    return f"由{file.organisation.name}指派调解员如下。"


def _effect(file: CaseFile) -> str:
    if file.track is Track.JUDICIAL:
        return "当事人可以接受，也可以不接受；不同意指定的，视为不同意调解（特邀调解规定第十二条）。"
    return f"当事人可以接受，也可以不接受。不接受的，{recusal_rule(file.track).again}。"


def _opinion(party: Party, designated: tuple[CaseMediator, ...]) -> Opinion:
    accepted = [m for m in designated if m.selection is Selection.ACCEPTED and party.ref in m.selected_by]
    return Opinion(yes=True) if accepted else Opinion()


FORM = Form(
    key="designation", code="指派书", stage=Stage.PEOPLE, titles=TITLES, applies=applies, compose=compose
)
