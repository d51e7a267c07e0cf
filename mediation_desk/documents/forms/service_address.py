"""送达地址确认书: where a party takes papers, and whether it takes them electronically (§2.6, 在线调解规则 art. 17)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
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
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import acting
from mediation_desk.documents.forms.notice_parts import matter
from mediation_desk.documents.forms.signing import party_places
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import BLANK_DATE
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "送达地址确认书")


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.court_referral is not None or file.track is Track.JUDICIAL:
        return None
    return "送达地址确认书用于法院委派、委托的案件。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One for each party; what the party has not said yet is left to the pen."""
    return tuple(_sheet(file, party) for party in file.parties)


def _sheet(file: CaseFile, party: Party) -> Paper:
    court, number = file.court_referral, file.intake.number
    who, phone = acting(file, party)
    name = "姓名" if party.is_person else "名称"
    rows = (
        row(caption("法院"), value(court.court if court else "", span=3)),
        row(caption("案由"), value(matter(file), span=3)),
        row(
            caption(f"当事人\n{name}"),
            value(f"{party.side}：{party.name}"),
            caption("电话"),
            value(party.phone),
        ),
        row(caption("代收人"), value(who), caption("电话"), value(phone)),
        row(
            caption("告知事项"),
            value(
                "一、当事人应当提供准确的送达地址。\n"
                "二、送达地址在调解、司法确认和以后的诉讼中都适用；有变更的，应当及时书面告知。\n"
                "三、因提供的地址不准确、变更后没有告知，或者拒绝签收，致使文书没有收到的，"
                "以退回之日等依法视为送达。",
                span=3,
            ),
            height=30,
        ),
        row(caption("邮寄地址"), value(party.address, span=3), height=16),
        row(caption("邮政编码"), value(span=3)),
        row(
            caption("电子送达地址"),
            value("手机号码：\n电子邮箱：\n即时通讯账号：", span=3),
            height=26,
        ),
        row(caption("是否同意\n电子送达"), value("□同意　　□不同意", span=3), height=14),
    )
    blocks = (
        Title(text=TITLES[file.track]),
        Number(text=f"编号：{number or file.case_key}"),
        FormGrid(columns=(28, 58, 18, 52), rows=rows),
        paragraph("本人（本单位）已阅读告知事项，确认以上送达地址准确、有效。", keep=True),
        SignatureArea(places=tuple(party_places(file, party, settling=False)), together=True),
        DayLine(day=BLANK_DATE),
    )
    heading = Heading(form="送达地址", title=TITLES[file.track], number=number, part=party.ref)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


FORM = Form(
    key="service_address",
    code="送达地址",
    stage=Stage.INTAKE,
    titles=TITLES,
    applies=applies,
    compose=compose,
)
