"""What a case says to the index, group by group: everything the user may see of it, and nothing private.

Notes of caucuses (单方谈话) are for the mediators alone (LR-22): they are not read here, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from mediation_desk.cases.finding import tokens
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import GroupMember, Party, PartyKind
from mediation_desk.shared.record import record


class Group(StrEnum):
    """The groups in which hits are shown, in this order."""

    HEAD = "编号与标题"
    PEOPLE = "人"
    FACTS = "事由与请求"
    RECORDS = "调解记录"
    AGREEMENT = "协议"
    PAPERS = "文书"


class Kind(StrEnum):
    """How a passage is read."""

    TEXT = "文字"
    NAME = "姓名"
    NUMBER = "号码"


@record
class Passage:
    """One piece of a case with what it is: ``申请人``, ``协议第1条``; never a note of a caucus."""

    group: Group
    label: str
    text: str
    kind: Kind = Kind.TEXT


Words = dict[Group, list[str]]
"""The tokens of a case by group, in the order of the text."""


def said(file: CaseFile, papers: Iterable[str] = ()) -> tuple[Passage, ...]:
    """Every passage of ``file``; ``papers`` are the titles of the papers printed from it."""
    passages = (*_head(file), *_people(file), *_facts(file), *_records(file), *_agreement(file))
    return tuple(one for one in (*passages, *_papers(file, papers)) if one.text)


def indexed(passages: Iterable[Passage]) -> Words:
    """The tokens of ``passages``; numbers stand behind the text once more as their tails."""
    found: Words = {group: [] for group in Group}
    texts: dict[Group, list[str]] = {group: [] for group in Group}
    for passage in passages:
        if passage.kind is Kind.NAME:
            found[passage.group] += tokens.of_name(passage.text)
        else:
            texts[passage.group].append(passage.text)
    for group, pieces in texts.items():
        found[group] += tokens.indexed("\n".join(pieces))
    return found


def _head(file: CaseFile) -> Iterator[Passage]:
    group = Group.HEAD
    yield Passage(group=group, label="编号", text=file.intake.number or "")
    yield Passage(group=group, label="案件代码", text=file.case_key)
    yield Passage(group=group, label="纠纷", text=file.title)
    yield Passage(group=group, label="转来文号", text=file.intake.referral_no or "")
    if file.court_referral is not None:
        yield Passage(group=group, label="法院案号", text=file.court_referral.court_case_no or "")
        yield Passage(group=group, label="委派委托函", text=file.court_referral.letter)
    if file.archive is not None:
        yield Passage(group=group, label="卷号", text=file.archive.volume_no)


def _people(file: CaseFile) -> Iterator[Passage]:
    for party in file.parties:
        yield from _party(party)
        for member in file.members_of(party.ref):
            yield from _member(member, party.side.value)
    for related in file.related_persons:
        yield from _person(related.relation or "相关人", related.name, related.id_no)
    for mediator in file.mediators:
        yield from _person("调解员", mediator.name, "", mediator.phone or "")
    if file.recorder is not None:
        yield from _person("记录人", file.recorder.name)


def _party(party: Party) -> Iterator[Passage]:
    side = party.side.value
    yield from _person(side, party.name, party.id_no or party.uscc or "", party.phone)
    yield Passage(group=Group.PEOPLE, label=f"{side}住址", text=party.address)
    operator, guardian, legal = party.operator, party.guardian, party.legal_representative
    if operator is not None:
        yield from _person(f"{side}的经营者", operator.name, operator.id_no, operator.phone)
    if legal is not None:
        head = "负责人" if party.kind is PartyKind.UNINCORPORATED else "法定代表人"
        yield from _person(f"{side}的{head}", legal.name)
    if guardian is not None:
        yield from _person(f"{side}的监护人", guardian.name, guardian.id_no, guardian.phone)
    for agent in party.agents:
        yield from _person(f"{side}的代理人", agent.name, "", agent.phone)
        yield Passage(group=Group.PEOPLE, label=f"{side}的代理人", text=agent.position)


def _member(member: GroupMember, side: str) -> Iterator[Passage]:
    yield from _person(f"{side}群体成员", member.name, member.id_no, member.phone)
    yield Passage(group=Group.PEOPLE, label=f"{side}群体成员房号", text=member.room or "")


def _person(label: str, name: str, id_no: str = "", phone: str = "") -> Iterator[Passage]:
    yield Passage(group=Group.PEOPLE, label=label, text=name, kind=Kind.NAME)
    if id_no:
        yield Passage(group=Group.PEOPLE, label=f"{label}{name}的证件", text=id_no, kind=Kind.NUMBER)
    if phone:
        yield Passage(group=Group.PEOPLE, label=f"{label}{name}的电话", text=phone, kind=Kind.NUMBER)


def _facts(file: CaseFile) -> Iterator[Passage]:
    group = Group.FACTS
    yield Passage(group=group, label="事由", text=file.facts)
    for claim in file.claims:
        yield Passage(group=group, label="请求", text=claim.item)
    yield Passage(group=group, label="地点", text=file.dispute.place)
    for item in file.evidence:
        yield Passage(group=group, label="证据", text=f"{item.name}　{item.proves}".strip())
    for inquiry in file.investigations:
        yield Passage(group=group, label="调查记录", text=inquiry.content)
    for fact in file.undisputed_facts:
        yield Passage(group=group, label="无争议事实", text=fact)
    for order in file.beside.orders:
        yield Passage(
            group=group, label=f"{order.kind}{order.to}", text=f"{order.task}　{order.reply}".strip()
        )
    if file.beside.ledger is not None:
        for heading, cell in file.beside.ledger.cells.items():
            yield Passage(group=group, label=f"台账：{heading}", text=cell)


def _records(file: CaseFile) -> Iterator[Passage]:
    for session in file.sessions:
        yield Passage(group=Group.RECORDS, label=f"第{session.no}次调解记录", text=session.record)
    for added in file.beside.additions:
        yield Passage(group=Group.RECORDS, label=f"第{added.session_no}次调解记录的补记", text=added.text)
    if file.ending is not None:
        yield Passage(group=Group.RECORDS, label=f"{file.ending.kind}的理由", text=file.ending.reason)
    for visit in file.followups:
        yield Passage(group=Group.RECORDS, label="回访", text=visit.situation)


def _agreement(file: CaseFile) -> Iterator[Passage]:
    for clause in file.agreement.clauses if file.agreement else ():
        yield Passage(group=Group.AGREEMENT, label=f"协议第{clause.no}条", text=clause.text)


def _papers(file: CaseFile, papers: Iterable[str]) -> Iterator[Passage]:
    notice = file.ending.notice if file.ending else None
    if notice is not None:
        yield Passage(group=Group.PAPERS, label="通知书", text=f"{notice.title}　{notice.number}")
    for sent in file.beside.notices:
        words = f"{sent.kind.paper}　{sent.number}　{sent.what}".strip()
        yield Passage(group=Group.PAPERS, label="通知书", text=words)
    for title in dict.fromkeys(papers):
        yield Passage(group=Group.PAPERS, label="已打印", text=title)
