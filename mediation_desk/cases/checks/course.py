"""Sessions of a case: within the period, lawfully opened, private talk kept private (domain.md §4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Decision
from mediation_desk.hearings.model import LEAST_QUOTED, PrivateNote, Session, SessionMode


def check(file: CaseFile) -> Iterator[Problem]:
    """Order, days and people of the sessions, and the rights notice in the first one held (LR-16)."""
    if file.sessions and file.intake.decision is not Decision.ACCEPTED:
        yield Problem(pointer="/sessions", message="没有受理的案件不能有调解", rule="LR-5")
    for number, session in enumerate(file.sessions):
        place = f"/sessions/{number}"
        if session.no != number + 1:
            yield Problem(pointer=f"{place}/no", message=f"序号应为{number + 1}")
        yield from _day(place, session, file)
        yield from _people(place, session, file)
        yield from _held(place, session)
        yield from _notes(place, session, file)
    yield from _order(file)
    first = next((number for number, one in enumerate(file.sessions) if one.held), None)
    if first is not None and not file.sessions[first].rights_notice_given:
        where = f"/sessions/{first}/rights_notice_given"
        yield Problem(pointer=where, message="第一次调解应当先告知权利义务", rule="LR-16")


def _order(file: CaseFile) -> Iterator[Problem]:
    for number, (before, after) in enumerate(zip(file.sessions, file.sessions[1:], strict=False), start=1):
        if (after.date, after.start) < (before.date, before.start):
            yield Problem(pointer=f"/sessions/{number}/date", message="早于上一次调解")


def _day(place: str, session: Session, file: CaseFile) -> Iterator[Problem]:
    accepted, due = file.intake.accepted_on, last_due_on(file)
    if accepted and session.date < accepted:
        yield Problem(pointer=f"{place}/date", message="调解日期早于受理日期")
    if due and session.date > due:
        yield Problem(pointer=f"{place}/date", message=f"调解期限已于{due.isoformat()}届满")
    if any(one.from_on <= session.date <= one.to for one in file.suspensions):
        yield Problem(pointer=f"{place}/date", message="这一天在中止期间之内")
    if session.end is not None and session.end <= session.start:
        yield Problem(pointer=f"{place}/end", message="结束时间不晚于开始时间")


def _people(place: str, session: Session, file: CaseFile) -> Iterator[Problem]:
    parties, recorders = known.parties(file), known.recorders(file)
    yield from known.unknown_one(f"{place}/presided_by", session.presided_by, known.mediators(file), "调解员")
    yield from known.unknown_one(f"{place}/recorder", session.recorder, recorders, "记录人")
    seen: set[str] = set()
    for number, attendance in enumerate(session.attendees):
        where = f"{place}/attendees/{number}/ref"
        yield from known.unknown_one(where, attendance.ref, parties, "当事人")
        if attendance.ref in seen:
            yield Problem(pointer=where, message=f"“{attendance.ref[:20]}”出现了两次")
        seen.add(attendance.ref)
    for number, text in enumerate(session.absent):
        if known.looks_like_ref(text):
            yield from known.unknown_one(f"{place}/absent/{number}", text, known.everybody(file), "当事人")


def _held(place: str, session: Session) -> Iterator[Problem]:
    if not session.held:
        return
    if session.end is None:
        yield Problem(pointer=f"{place}/end", message="已经举行的调解应写明结束时间")
    if not session.attendees:
        yield Problem(pointer=f"{place}/attendees", message="已经举行的调解应写明到场的当事人")
    if not session.record.strip():
        yield Problem(pointer=f"{place}/record", message="已经举行的调解应有记录")


def _notes(place: str, session: Session, file: CaseFile) -> Iterator[Problem]:
    people = known.parties(file) | known.members(file)
    if session.private_notes and session.mode is not SessionMode.CAUCUS:
        reason = "单方谈话笔记只能记在背对背调解里"
        yield Problem(pointer=f"{place}/private_notes", message=reason, rule="LR-22")
    for number, note in enumerate(session.private_notes):
        where = f"{place}/private_notes/{number}"
        yield from known.unknown_one(f"{where}/of", note.of, people, "当事人")
        yield from known.unknown_one(f"{where}/by", note.by, known.mediators(file), "调解员")
        if _is_quoted(note, session):
            yield Problem(pointer=f"{place}/record", message="记录里抄进了未经同意的单方谈话", rule="LR-22")


def _is_quoted(note: PrivateNote, session: Session) -> bool:
    text = note.text.strip()
    return not note.share_consent and len(text) >= LEAST_QUOTED and text in session.record
