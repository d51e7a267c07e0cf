"""Telling the parties of a session, and proving that they were told (T-8)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import SUMMON, Transition
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.summons import NoticeWay, Summons, WayRule, newest, way_rule
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class GiveNotice:
    """通知: one notice to each of ``refs`` about the session as it is arranged now.

    ``to`` took it instead of the party. Without ``delivered_on`` a way that is received at once was received on
    the day of the notice, every other one is still under way.
    """

    title: ClassVar[str] = "通知调解会"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SUMMON

    no: int
    refs: tuple[str, ...]
    on: datetime.date
    way: NoticeWay
    to: str = ""
    delivered_on: datetime.date | None = None
    proof: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add a notice for each party."""
        session = _planned(file, self.no)
        if not self.refs:
            raise InputError("请勾选通知了哪些当事人。", field="refs")
        unknown = [ref for ref in self.refs if file.party(ref) is None]
        if unknown:
            raise InputError(f"本案没有代号为{unknown[0]}的当事人。", field="refs")
        if self.on > session.date:
            raise RuleError(f"调解会在{cn_date(session.date)}，通知要在这以前。", rule="T-8")
        rule = way_rule(self.way)
        delivered = self.delivered_on or (self.on if rule.at_once else None)
        _demand_receipt(rule, self.on, delivered, around.today)
        _demand_proof(rule, self.proof)
        given = tuple(
            Summons(
                session_no=session.no,
                ref=ref,
                date=session.date,
                start=session.start,
                place=session.place,
                mode=session.mode.value,
                given_on=self.on,
                way=self.way,
                by=around.actor_name,
                to=self.to.strip(),
                delivered_on=delivered,
                proof=self.proof.strip(),
            )
            for ref in dict.fromkeys(self.refs)
        )
        return replace(file, beside=replace(file.beside, summonses=(*file.beside.summonses, *given)))

    def sentence(self, file: CaseFile) -> str:
        """Who was told of which session, and how."""
        taken = f"，由{self.to.strip()}接收" if self.to.strip() else ""
        names = "、".join(dict.fromkeys(self.refs))
        return f"通知第{self.no}次调解：{names}，{cn_date(self.on)}{self.way}{taken}"


@record
class ProveDelivery:
    """送达: the last notice to this party arrived on ``delivered_on``."""

    title: ClassVar[str] = "记下送达"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SUMMON

    no: int
    ref: str
    delivered_on: datetime.date
    proof: str = ""
    to: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Complete that notice; what was proved before stays in the diary."""
        _planned(file, self.no)
        last = newest(file.beside.summonses, self.no, self.ref)
        if last is None:
            raise RuleError("还没有通知这一方，不能记送达。", rule="T-8")
        rule = way_rule(last.way)
        proof = self.proof.strip() or last.proof
        _demand_receipt(rule, last.given_on, self.delivered_on, around.today)
        _demand_proof(rule, proof)
        proved = replace(last, delivered_on=self.delivered_on, proof=proof, to=self.to.strip() or last.to)
        notices = tuple(proved if one is last else one for one in file.beside.summonses)
        return replace(file, beside=replace(file.beside, summonses=notices))

    def sentence(self, file: CaseFile) -> str:
        """Whose notice arrived when."""
        proof = f"，{self.proof.strip()}" if self.proof.strip() else ""
        return f"第{self.no}次调解的通知{cn_date(self.delivered_on)}送达{self.ref}{proof}"


def _planned(file: CaseFile, no: int) -> Session:
    for session in file.sessions:
        if session.no == no and not session.held:
            return session
    raise RuleError(f"第{no}次调解没有安排，或者已经记录，不用再通知。", rule="T-8")


def _demand_receipt(
    rule: WayRule, given: datetime.date, delivered: datetime.date | None, today: datetime.date
) -> None:
    if delivered is None:
        return
    if delivered > today:
        raise InputError(f"送达日期{delivered.isoformat()}还没有到。", field="delivered_on")
    earliest = given + datetime.timedelta(days=rule.after_days)
    if delivered < earliest:
        why = f"{rule.way}从发出起过{rule.after_days}日才算送达" if rule.after_days else "送达不能早于通知"
        raise InputError(f"{why}，最早是{earliest.isoformat()}（{rule.source}）。", field="delivered_on")


def _demand_proof(rule: WayRule, proof: str) -> None:
    if rule.needs_proof and not proof.strip():
        raise InputError(f"{rule.way}通知要写明{rule.proof}（{rule.source}）。", field="proof")
