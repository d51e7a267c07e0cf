"""Consent to what is done over the network: nobody is mediated remotely or recorded who did not agree (S8)."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.model import Attendance, Session
from mediation_desk.hearings.remote.meeting import over_the_network
from mediation_desk.hearings.remote.rules import remote_rules
from mediation_desk.shared.errors import RuleError

RULE = "在线调解规则第四条"
RECORDING_RULE = "在线调解规则第二十二条"


def said(file: CaseFile, session_no: int, ref: str) -> bool | None:
    """The last word of the party behind ``ref`` on taking part over the network; None when nothing was said."""
    party = ref.split("-", maxsplit=1)[0]
    words = [
        one for one in file.beside.remote_consents if one.session_no == session_no and one.ref in (ref, party)
    ]
    return words[-1].agreed if words else None


def not_agreed(file: CaseFile, session: Session, attendees: Iterable[Attendance]) -> tuple[str, ...]:
    """Refs of parties that took part over the network without having agreed to it."""
    parties = {party.ref for party in file.parties}
    remote = over_the_network(session, attendees)
    return tuple(ref for ref in remote if ref.split("-")[0] in parties and not said(file, session.no, ref))


def demand_remote_consent(before: CaseFile, after: CaseFile) -> None:
    """Raise ``RuleError`` when a step recorded a session somebody joined over the network without having agreed.

    Sessions of an imported file came recorded and are not judged.
    """
    held = {session.no for session in before.sessions if session.held}
    for session in after.sessions:
        if session.held and session.no not in held:
            _demand_consent(after, session)


def demand_recording_consent(file: CaseFile, recorded: Iterable[str], consents: Iterable[str]) -> None:
    """Raise ``RuleError`` naming who is in a recording without having agreed."""
    silent = [ref for ref in recorded if ref not in set(consents)]
    if silent:
        names = "、".join(file.name_of(ref) for ref in silent)
        raise RuleError(
            f"{names}没有同意录音录像，不能存入（{remote_rules().recording}）。", rule=RECORDING_RULE
        )


def _demand_consent(file: CaseFile, session: Session) -> None:
    missing = not_agreed(file, session, session.attendees)
    if missing:
        names = "、".join(file.name_of(ref) for ref in missing)
        basis = remote_rules().consent[file.track]
        raise RuleError(
            f"{names}以远程方式参加第{session.no}次调解，还没有记下本人同意（{basis}）。"
            "请先在“远程会议”里记下，或者改为到场。",
            rule=RULE,
        )
