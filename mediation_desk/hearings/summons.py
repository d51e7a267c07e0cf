"""调解会通知: who was told of which session, how, and what proves that it arrived (T-8)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.hearings.model import Session
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


class NoticeWay(StrEnum):
    """Ways a notice takes; what each of them proves is in ``rules/notices.toml``."""

    IN_PERSON = "当面"
    PHONE = "电话"
    MESSAGE = "短信"
    POST = "邮寄"
    LEFT = "留置"
    ELECTRONIC = "电子"
    PUBLISHED = "公告"


class Told(StrEnum):
    """Whether a party knows of a session as it is arranged now."""

    NOT = "没有通知"
    SENT = "已发出，还没有送达"
    DELIVERED = "已送达"
    STALE = "已改期，需重新通知"

    @property
    def open(self) -> bool:
        """Whether somebody still has to tell this party."""
        return self in (Told.NOT, Told.STALE)


@record
class Summons:
    """One notice to party ``ref``, and what it said: ``date``, ``start``, ``place``, ``mode`` of the session then.

    ``to`` took it where that was not the party: a guardian, an agent, a grown-up of the household. ``delivered_on``
    and ``proof`` may follow later. Nothing is overwritten: told once more is another notice.
    """

    session_no: int
    ref: str
    date: datetime.date
    start: datetime.time
    place: str
    mode: str
    given_on: datetime.date
    way: NoticeWay
    by: str
    to: str = ""
    delivered_on: datetime.date | None = None
    proof: str = ""

    def tells_of(self, session: Session) -> bool:
        """Whether what was told is still so."""
        told = (self.session_no, self.date, self.start, self.place, self.mode)
        return told == (session.no, session.date, session.start, session.place, session.mode.value)


@record
class WayRule:
    """What a way asks for. ``at_once``: told is received. ``after_days`` count from the day it was published."""

    way: NoticeWay
    at_once: bool
    needs_proof: bool
    proof: str
    source: str
    mark: str
    after_days: int = 0


@remembered
def way_rules() -> Mapping[NoticeWay, WayRule]:
    """The ways in force here, in the order in which they are offered. Raises ``InputError`` for a faulty file."""
    return built("notices", _ways)


def way_rule(way: NoticeWay) -> WayRule:
    """The rule of one way; a way the centre's own file leaves out asks for nothing but the day of receipt."""
    plain = WayRule(way=way, at_once=False, needs_proof=False, proof="", source="", mark="")
    return way_rules().get(way, plain)


def newest(notices: Iterable[Summons], session_no: int, ref: str) -> Summons | None:
    """The last notice to this party of this session."""
    found = [one for one in notices if one.session_no == session_no and one.ref == ref]
    return found[-1] if found else None


def told(notices: Iterable[Summons], session: Session, ref: str) -> Told:
    """What this party knows of the session: a session moved since makes every notice stale."""
    mine = [one for one in notices if one.session_no == session.no and one.ref == ref]
    current = [one for one in mine if one.tells_of(session)]
    if not current:
        return Told.STALE if mine else Told.NOT
    return Told.DELIVERED if any(one.delivered_on for one in current) else Told.SENT


def called_off(notices: Iterable[Summons], sessions: Iterable[Session]) -> tuple[Summons, ...]:
    """The newest notice to each party of a session that is on file no longer: they have to be told that too."""
    known = {session.no for session in sessions}
    last = {(one.session_no, one.ref): one for one in notices if one.session_no not in known}
    return tuple(last.values())


def _ways(data: Mapping[str, Any]) -> Mapping[NoticeWay, WayRule]:
    rules = [
        WayRule(
            way=NoticeWay(entry["way"]),
            at_once=bool(entry.get("at_once", False)),
            needs_proof=bool(entry.get("needs_proof", False)),
            proof=str(entry["proof"]),
            source=str(entry["source"]),
            mark=str(entry["mark"]),
            after_days=int(entry.get("after_days", 0)),
        )
        for entry in data["way"]
    ]
    return {rule.way: rule for rule in rules}
