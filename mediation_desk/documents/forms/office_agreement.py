"""Papers of bodies with agreements of their own: 治安调解协议书, 道路交通事故损害赔偿调解书, 消费争议调解书 (§2.5).

When each applies, its title, copies and legal words are data (``rules/variants.toml``).
"""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Heading, Label, Number, Paper, Profile, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms import annex
from mediation_desk.documents.forms.agreement import clauses
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.forms.people import mediator_title, party_blocks
from mediation_desk.documents.forms.signing import SIGN_HERE, agreement_places, seal
from mediation_desk.documents.forms.substance import case_number, claim_sentences, facts, numeral
from mediation_desk.documents.variants import Variant, unfit, variant
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

Middle = Callable[[CaseFile, Variant], tuple[Block, ...]]


def office_form(
    key: str,
    title: str,
    needs: Callable[[CaseFile], str | None],
    middle: Middle,
    profile: Profile = Profile.SMALL,
) -> Form:
    """The form ``key`` of the rule file; ``middle`` is what stands between the parties and the signatures."""

    def applies(file: CaseFile) -> str | None:
        return unfit(file, key) or needs(file)

    def compose(file: CaseFile, _background: Background) -> tuple[Paper, ...]:
        meant = variant(key)
        number = case_number(file)
        day = file.outcome.concluded_on if file.outcome else None
        signed = file.agreement.signed_on if file.agreement else None
        blocks: tuple[Block, ...] = (
            Title(text=meant.title),
            Number(text=f"编号：{number or file.case_key}"),
            *party_blocks(file),
            *middle(file, meant),
            *((paragraph(_copies(file, meant), keep=True),) if meant.copies else ()),
            Label(text=SIGN_HERE),
            agreement_places(file),
            seal(file, signed or day),
            *(annex.annexes(file, signing=True) if file.agreement else ()),
        )
        heading = Heading(form=meant.title, title=meant.title, number=number, dated=signed or day)
        return (Paper(heading=heading, blocks=blocks, profile=profile),)

    return Form(
        key=key,
        code=title,
        stage=Stage.AGREEMENT,
        titles=dict.fromkeys(Track, title),
        applies=applies,
        compose=compose,
    )


def _copies(file: CaseFile, meant: Variant) -> str:
    """The rule file's words with the number of copies agreed on (``{copies}``), else one for each and the body."""
    agreed_on = file.agreement.copies if file.agreement else 0
    return meant.copies.replace("{copies}", numeral(agreed_on or len(file.parties) + 1))


def agreed(file: CaseFile) -> str | None:
    """Why there is no agreement to print, or None."""
    if file.agreement is None or not file.agreement.clauses:
        return "本案没有达成协议，不能打印。"
    return None if file.mediators else "本案还没有调解人员，不能打印。"


def presided(file: CaseFile) -> Block:
    """Who mediated."""
    who = "、".join(f"{mediator_title(file, one)}{one.name}" for one in file.mediators)
    return paragraph(f"{file.organisation.name}，{who or '　　　　'}。", label="调解机关、主持人：")


def happened(file: CaseFile) -> Block:
    """When and where."""
    place = f"，{file.dispute.place}" if file.dispute.place else ""
    return paragraph(f"{cn_date(file.dispute.occurred_on)}{place}。", label="发生时间、地点：")


def agreement_blocks(file: CaseFile) -> tuple[Block, ...]:
    """The clauses as agreed."""
    return clauses(file.agreement) if file.agreement else ()


def legal_words(meant: Variant) -> tuple[Block, ...]:
    """The sentences the rule file adds."""
    return tuple(paragraph(line) for line in meant.lines)


def told_facts(file: CaseFile, label: str, *, claims: bool = True) -> tuple[Block, ...]:
    """The facts, and what is claimed, under a label."""
    said = claim_sentences(file) if claims else ()
    return (Label(text=label), facts(file), *(paragraph(one) for one in said))
