"""行政调解申请表: the application as a table, persons and organisations by fields of their own (§2.5)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.documents.content import DayLine, Heading, Paper, Profile, SignatureArea, Title, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, GridRow, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.grid_parts import acting
from mediation_desk.documents.forms.people import head_title
from mediation_desk.documents.forms.signing import party_places
from mediation_desk.documents.forms.substance import claim_clauses
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.track import Track

TITLE = "行政调解申请表"
_COLUMNS = (24, 18, 32, 16, 18, 24, 32)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.track is not Track.ADMINISTRATIVE:
        return "行政调解申请表只用于行政调解；人民调解打印调解申请书。"
    if file.intake.source_stat is SourceStat.OWN_MOTION:
        return "本案由行政机关主动调解，没有申请表。"
    applicants = any(party.side is Side.APPLICANT for party in file.parties)
    return None if applicants else "本案没有登记申请人，不能打印申请表。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One table that all applicants sign."""
    applicants = [party for party in file.parties if party.side is Side.APPLICANT]
    others = [party for party in file.parties if party.side is not Side.APPLICANT]
    claims = "\n".join(f"{one.number}{one.text}" for one in claim_clauses(file))
    rows = (
        *(line for party in (*applicants, *others) for line in _party(file, party)),
        row(caption("请求事项"), value(claims, span=6), height=30),
        row(caption("事实及\n理由"), value(file.facts, span=6), height=60),
    )
    day = file.intake.received_on
    blocks = (
        Title(text=TITLE),
        FormGrid(columns=_COLUMNS, rows=rows),
        paragraph(f"此致　{file.organisation.name}", indent=False, keep=True),
        SignatureArea(
            places=tuple(p for party in applicants for p in party_places(file, party, settling=False))
        ),
        DayLine(day=cn_date(day)),
    )
    heading = Heading(form="申请表", title=TITLE, number=file.intake.number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _party(file: CaseFile, party: Party) -> tuple[GridRow, ...]:
    who, phone = acting(file, party)
    agent = row(caption("代理人"), value(who, span=3), caption("电话"), value(phone))
    if party.is_person:
        return (
            row(
                caption(party.side, deep=4),
                caption("姓名"),
                value(party.name),
                caption("性别"),
                value(party.gender or ""),
                caption("出生年月"),
                value(f"{party.birth_date.year}年{party.birth_date.month}月" if party.birth_date else ""),
            ),
            row(
                caption("职业"),
                value(party.occupation or ""),
                caption("民族"),
                value(party.ethnicity or ""),
                caption("电话"),
                value(party.phone),
            ),
            row(caption("住址"), value(party.address, span=5)),
            agent,
        )
    head, title = _head(party)
    return (
        row(
            caption(party.side, deep=3),
            caption("名称"),
            value(party.name, span=3),
            caption(title.replace("法定代表人", "法定\n代表人")),
            value(head),
        ),
        row(caption("地址"), value(party.address, span=3), caption("电话"), value(party.phone)),
        agent,
    )


def _head(party: Party) -> tuple[str, str]:
    if party.is_group:
        return f"{party.headcount or 0}人", "人数"
    if party.operator:
        return party.operator.name, head_title(party)
    head = party.legal_representative
    return f"{head.name} {head.position}".strip() if head else "", head_title(party)


FORM = Form(
    key="application_table",
    code="申请表",
    stage=Stage.INTAKE,
    titles=dict.fromkeys(Track, TITLE),
    applies=applies,
    compose=compose,
)
