"""F-05 权利义务告知书: what parties must be told before the first session (LR-16; 人民调解法 art. 3, 4, 23-26, 33)."""

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
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import acting, closing, party_places, sealed
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.house import house
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解当事人权利义务告知书",
    Track.ADMINISTRATIVE: "行政调解当事人权利义务告知书",
    Track.JUDICIAL: "调解当事人权利义务告知书",
}
_NATURE = {
    Track.PEOPLES: "人民调解委员会是依法设立的调解民间纠纷的群众性组织。",
    Track.ADMINISTRATIVE: "行政调解是行政机关对与其职责有关的纠纷，依法通过说服、疏导促成当事人和解的活动。",
    Track.JUDICIAL: "本次调解由人民法院委派或者委托特邀调解组织、特邀调解员主持。",
}
_RIGHTS = (
    "选择或者接受调解员；",
    "接受调解、拒绝调解或者要求终止调解；",
    "要求调解公开进行或者不公开进行；",
    "自主表达意愿、自愿达成调解协议。",
)
_DUTIES = (
    "如实陈述纠纷事实；",
    "遵守调解现场秩序，尊重调解人员；",
    "尊重对方当事人行使权利。",
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if file.intake.accepted_on else "本案没有受理，不需要权利义务告知书。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One paper that every party signs."""
    title, number, practice = TITLES[file.track], case_number(file), house("F-05")
    day = next((session.date for session in file.sessions if session.rights_notice_given), None)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        *told(file.track),
        paragraph(closing(file, "F-05"), keep=True),
        SignatureArea(
            places=acting(
                (p for party in file.parties for p in party_places(file, party, settling=False)), practice.act
            )
        ),
        sealed(file, "F-05", day),
    )
    heading = Heading(form="F-05", title=title, number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def told(track: Track) -> tuple[Block, ...]:
    """What is told, the same for every case of a track."""
    return (
        paragraph(_NATURE[track], label="调解的性质："),
        paragraph(
            "调解在当事人自愿、平等的基础上进行，不违背法律、法规和国家政策，"
            "尊重当事人的权利，不因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。",
            label="调解的原则：",
        ),
        Label(text="调解协议的效力："),
        paragraph(
            "经调解达成的协议对当事人具有约束力，当事人应当按照约定履行。调解不成的，可以依法通过仲裁、行政、司法等"
            "途径解决纠纷。"
        ),
        Label(text="当事人享有下列权利："),
        *_list(_RIGHTS),
        Label(text="当事人履行下列义务："),
        *_list(_DUTIES),
        paragraph("调解不收取任何费用。", label="费用："),
        paragraph(
            "当事人认为有必要的，可以自协议生效之日起三十日内共同向人民法院申请司法确认。", label="司法确认："
        ),
        paragraph(
            "认为调解员与纠纷或者当事人有利害关系、可能影响公正的，可以申请回避，由调解组织决定。",
            label="回避：",
        ),
    )


def _list(points: tuple[str, ...]) -> tuple[Clause, ...]:
    return tuple(Clause(number=f"{place}．", text=point) for place, point in enumerate(points, start=1))


FORM = Form(key="rights", code="F-05", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose)
