"""个人信息处理告知书: who uses personal information, why, what, how long, which rights; one for each natural person.

Printed together with F-05 (个人信息保护法 arts. 14, 17, 29-31); its words are the centre's (``rules/personal.toml``).
"""

from __future__ import annotations

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.consents import DataSubject, sensitive_grounds, subjects
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
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
from mediation_desk.documents.forms.signing import SIGN_AND_PRINT, party_places
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import BLANK_DATE
from mediation_desk.shared.track import Track

TITLE = "个人信息处理告知书"
TITLES = dict.fromkeys(Track, TITLE)
_BOXES = "□同意　　□不同意"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if subjects(file) else "本案没有自然人，不需要个人信息处理告知书。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One for each person; members of a group each get their own."""
    return tuple(_sheet(file, subject) for subject in subjects(file))


def _sheet(file: CaseFile, subject: DataSubject) -> Paper:
    rules, number, on = personal_rules(), case_number(file), file.intake.received_on
    delicate = sensitive_grounds(file, subject, on)
    blocks: tuple[Block, ...] = (
        Title(text=rules.notice.title),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(f"{subject.name}：", indent=False),
        *(paragraph(_filled(file, words), label=f"{caption}：") for caption, words in rules.notice.parts),
        *(_asked(file, subject, delicate)),
        paragraph(rules.notice.closing, keep=True),
        SignatureArea(places=_places(file, subject), together=True),
        DayLine(day=BLANK_DATE),
        paragraph(f"告知书版本：{rules.version}。{rules.notice.basis}。", indent=False),
    )
    heading = Heading(form="个人信息", title=TITLE, number=number, part=subject.ref)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _asked(file: CaseFile, subject: DataSubject, delicate: tuple[str, ...]) -> tuple[Block, ...]:
    rules = personal_rules()
    blocks = []
    if rules.grounds[file.track].needed:
        blocks.append(paragraph(_BOXES, label="是否同意处理个人信息："))
    if delicate:
        blocks.append(
            paragraph(
                f"{'、'.join(delicate)}属于敏感个人信息，只用于本次调解，要您单独同意（{rules.sensitive_basis}）。{_BOXES}",
                label="敏感个人信息：",
            )
        )
    if subject.is_child(file.intake.received_on):
        blocks.append(
            paragraph(
                f"本人不满{rules.minor_under}周岁，由父母或者其他监护人表示（{rules.minor_basis}）。"
                f"与本人的关系：{subject.guardian.relation if subject.guardian else '＿＿＿＿＿＿'}",
                label="监护人：",
            )
        )
    return tuple(blocks)


def _filled(file: CaseFile, words: str) -> str:
    rules = personal_rules()
    known = {
        "{body}": file.organisation.name,
        "{address}": file.organisation.address or "地址见本单位公示",
        "{centre}": file.centre,
        "{ground}": rules.grounds[file.track].words,
        "{kept}": "、".join(one.name for one in archive_rules().classes),
        "{days}": str(rules.request_days),
    }
    for place, word in known.items():
        words = words.replace(place, word)
    return words


def _places(file: CaseFile, subject: DataSubject) -> tuple[SignaturePlace, ...]:
    """The person's own hand, or the guardian's; nobody else agrees for somebody."""
    party = file.party(subject.ref)
    if party is not None and party.is_person:
        return tuple(party_places(file, party, settling=False)[:1])
    child = subject.is_child(file.intake.received_on)
    hands = () if child else (subject.name,)
    by = "监护人" if child else ""
    return (SignaturePlace(party=subject.name, by=by, act=SIGN_AND_PRINT, ref=subject.ref, hands=hands),)


FORM = Form(
    key="privacy_notice",
    code="个人信息",
    stage=Stage.INTAKE,
    titles=TITLES,
    applies=applies,
    compose=compose,
)
