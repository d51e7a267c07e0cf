"""调解会通知书: when and where the next session is, what to bring, what one may refuse; one for each party (T-8).

Nobody is made to come (LR-1), nothing is paid (LR-2), an agent who is to settle needs 特别授权 (LR-18).
"""

from __future__ import annotations

from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Column,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import addressee, numbered, others, you
from mediation_desk.documents.forms.people import mediator_title
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.hearings.model import Session, SessionMode
from mediation_desk.hearings.summons import Summons, newest
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import BLANK_DATE, cn_date, cn_time, weekday
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解会通知书",
    Track.ADMINISTRATIVE: "行政调解会通知书",
    Track.JUDICIAL: "调解会通知书",
}
_RECEIPT = (
    Column(title="送达方式", weight=24),
    Column(title="送达日期", weight=40),
    Column(title="签收（写明与当事人的关系）", weight=60),
    Column(title="送达人", weight=32),
)
_LINE = "　　　　　　　　"


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if _planned(file) else "本案没有已经安排、还没有记录的调解会，不用通知。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One notice for each party, with the receipt it is served against."""
    session = _planned(file)
    if session is None:
        return ()
    return tuple(_notice(file, session, party) for party in file.parties)


def _planned(file: CaseFile) -> Session | None:
    return next((session for session in file.sessions if not session.held), None)


def _notice(file: CaseFile, session: Session, party: Party) -> Paper:
    title, given = TITLES[file.track], newest(file.beside.summonses, session.no, party.ref)
    current = given if given is not None and given.tells_of(session) else None
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"案号：{file.intake.number or '　　　　　　'}"),
        paragraph(f"{addressee(file, party)}：", indent=False),
        paragraph(_what(file, session, party)),
        paragraph(
            f"{cn_date(session.date)}（{weekday(session.date)}）{cn_time(session.start)}", label="时间："
        ),
        *(paragraph(text, label=label) for label, text in _where(file, session)),
        paragraph(_who(file), label="调解员："),
        Label(text="请带好下列材料："),
        *numbered(_to_bring(party)),
        Label(text="请知悉："),
        *numbered(_rights(party)),
        paragraph(_contact(file), keep=True),
        seal(file, current.given_on if current else None),
        Label(text="送达回证"),
        _receipt(current),
    )
    heading = Heading(
        form="通知书",
        title=title,
        number=file.intake.number,
        dated=current.given_on if current else None,
        part=f"第{session.no}次-{party.ref}",
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _what(file: CaseFile, session: Session, party: Party) -> str:
    accepted = file.intake.accepted_on
    taken = f"，本单位已于{cn_date(accepted)}受理" if accepted else ""
    return (
        f"{you(party)}与{others(file, party)}之间的{file.dispute.category}（{file.title}）{taken}。"
        f"现定于下列时间进行第{numeral(session.no)}次调解，请{you(party)}准时参加。"
    )


def _where(file: CaseFile, session: Session) -> tuple[tuple[str, str], ...]:
    address = f"（{file.organisation.address}）" if file.organisation.address else ""
    if session.mode is SessionMode.REMOTE:
        how = "通过网络进行。进入的办法另行发给你本人，请不要转给他人；不方便上网的，可以改为到场。"
        return (("方式：", how),)
    place = (("地点：", f"{session.place}{address}"),)
    if session.mode is SessionMode.MIXED:
        return (
            *place,
            (
                "方式：",
                "可以到场，也可以通过网络参加；要通过网络参加的，请提前告知，进入的办法另行发给你本人。",
            ),
        )
    if session.mode is SessionMode.CAUCUS:
        return (*place, ("方式：", "调解员分别与各方谈话，各方不必同时到场。"))
    return place


def _who(file: CaseFile) -> str:
    seated = [f"{mediator_title(file, one)}{one.name}（{one.role}）" for one in file.mediators]
    recorder = [f"记录人{file.recorder.name}"] if file.recorder else []
    return "、".join((*seated, *recorder)) or "待定"


def _to_bring(party: Party) -> tuple[str, ...]:
    if party.is_person:
        own = "本人身份证件；" if party.guardian is None else "当事人和监护人的身份证件、证明监护关系的材料；"
    elif party.is_group:
        own = "代表人的身份证件和推选书；"
    else:
        own = "营业执照或者登记证书、法定代表人（负责人、经营者）的身份证明；"
    return (
        own,
        "本通知书，与纠纷有关的证据材料的原件和复印件；",
        "委托代理人参加的，写明委托事项和权限的授权委托书；代理人要承认、放弃、变更请求或者进行和解的，须有特别授权。",
    )


def _rights(party: Party) -> tuple[str, ...]:
    who = you(party)
    return (
        f"调解出于自愿，{who}可以接受，也可以拒绝或者随时要求终止。",
        f"不参加调解，不影响{who}依法通过仲裁、行政、司法等途径维护自己的权利。",
        f"{who}可以委托一至二人代理；可以要求公开或者不公开进行。",
        f"认为调解员与本案有利害关系、可能影响公正的，{who}可以申请回避或者要求更换。",
        "调解不收取任何费用。",
        "不能按时参加的，请尽早告知，另行商定时间。",
    )


def _contact(file: CaseFile) -> str:
    phone = read_centre().phone or _LINE
    person = f"，联系人{file.recorder.name}" if file.recorder else ""
    return f"联系电话：{phone}{person}。"


def _receipt(given: Summons | None) -> Table:
    """Filled in where the notice was given, open for the pen where it was not."""
    if given is None:
        return Table(columns=_RECEIPT, rows=(("", BLANK_DATE, "", ""),), tall=True)
    on = cn_date(given.delivered_on) if given.delivered_on else BLANK_DATE
    return Table(columns=_RECEIPT, rows=((given.way, on, given.to, given.by),), tall=True)


FORM = Form(key="summons", code="通知", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose)
