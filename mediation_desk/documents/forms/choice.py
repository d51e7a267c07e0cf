"""选定书: which mediators were shown, how each party ranked them, who was chosen (T-6, LR-6)."""

from __future__ import annotations

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
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background, Cards, known_cards
from mediation_desk.documents.forms.people import mediator_title, names
from mediation_desk.documents.forms.rounds import names_of, rounds, rounds_of, rule_text
from mediation_desk.documents.forms.signing import party_places, seal
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.experts.model import CaseMediator, Choice
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解员选定书",
    Track.ADMINISTRATIVE: "行政调解人员选定书",
    Track.JUDICIAL: "特邀调解员选定书",
}


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.selection is None:
        return "本案还没有进行调解员选择，不能打印选定书。"
    if not file.selection.choices:
        return f"本案调解员的产生方式是“{file.selection.mode}”，当事人没有选择，不需要选定书。"
    return None


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """The paper of the last round. With its ballot it also says by which rule and by which marks it was decided."""
    selection = file.selection
    if selection is None:
        return ()
    title, number = TITLES[file.track], case_number(file)
    day = next((m.selected_on for m in file.mediators if m.pool_no in selection.result), None)
    cards = known_cards(file, background)
    held = rounds_of(file, background.ballots)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        *(_from_rounds(file, held, cards) if held else _from_file(file, selection, cards)),
        paragraph(
            "当事人已知悉：调解员是当事人或者其代理人的近亲属、与纠纷有利害关系或者有其他可能影响公正的关系的，"
            "当事人有权申请回避。",
            keep=True,
        ),
        SignatureArea(
            places=tuple(p for party in file.parties for p in party_places(file, party, settling=False)),
            together=bool(held),
        ),
        seal(file, day),
        *(rule_text(held[0]) if held else ()),
    )
    heading = Heading(form="选定书", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE if held else Profile.SMALL),)


def _from_file(file: CaseFile, selection: Choice, cards: Cards) -> tuple[Block, ...]:
    candidates = "；".join(_candidate(cards, code) for code in selection.candidates)
    return (
        paragraph(
            f"{names(file)}之间的{file.dispute.category}，当事人经了解候选调解员情况，自愿作出如下选择。"
        ),
        paragraph(str(selection.mode), label="产生方式："),
        paragraph(f"{candidates or '无'}。", label="候选调解员："),
        Label(text="各方选择（依次为第一选择、第二选择……）："),
        *_choices(file, selection, cards),
        Label(text="选定结果："),
        *(paragraph(_appointed(file, mediator)) for mediator in file.mediators),
    )


def _from_rounds(file: CaseFile, held: tuple[Ballot, ...], cards: Cards) -> tuple[Block, ...]:
    result = "".join(_appointed(file, mediator) for mediator in file.mediators) or _expected(held, cards)
    return (
        paragraph(
            f"{names(file)}之间的{file.dispute.category}，各方当事人了解候选调解员的公开情况后，在互不知道他方"
            "选择的情况下，各自自愿作出如下选择。"
        ),
        *rounds(file, held, cards),
        paragraph(result, label="选定结果：", keep=True),  # whoever signs overleaf sees there for what
    )


def _expected(held: tuple[Ballot, ...], cards: Cards) -> str:
    """The result of the round while nobody has been appointed yet."""
    called, result = names_of(held, cards), held[-1].result
    if not result:
        return "没有共同人选。"
    presiding, *assisting = (called.get(number, number) for number in result)
    return f"{presiding}（主持）" + "".join(f"、{name}（协助）" for name in assisting) + "。"


def _choices(file: CaseFile, selection: Choice, cards: Cards) -> list[Clause]:
    rows = []
    for place, party in enumerate(file.parties, start=1):
        codes = selection.choices.get(party.ref, ())
        ranked = [cards[code].name if code in cards else code for code in codes]
        chosen = "、".join(ranked) or "未作选择"
        rows.append(Clause(number=f"{place}．", text=f"{party.side}{party.name}：{chosen}。"))
    return rows


def _candidate(cards: Cards, code: str) -> str:
    """What a public card may say (§5.1); the number alone where no card is known."""
    card = cards.get(code)
    if card is None:
        return code
    skills = f"擅长{'、'.join(card.specialties)}" if card.specialties else ""
    about = "，".join(part for part in (code, card.grade or "", skills) if part)
    return f"{card.name}（{about}）"


def _appointed(file: CaseFile, mediator: CaseMediator) -> str:
    disclosed = f"{mediator.disclosure.rstrip('。')}。" if mediator.disclosure else ""
    title = mediator_title(file, mediator)
    return f"{title}{mediator.name}（{mediator.role}），{mediator.selection}。{disclosed}"


FORM = Form(key="choice", code="选定书", stage=Stage.PEOPLE, titles=TITLES, applies=applies, compose=compose)
