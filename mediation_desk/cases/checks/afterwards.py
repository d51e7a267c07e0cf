"""Court confirmation, follow-up visits, feedback, archive, closed loop (domain.md §1.4, §4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from mediation_desk.agreements.model import CONFIRMED, NOT_APPLIED, Confirmation, Enforcement
from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.workdays import confirmation_deadline

_RESULT = re.compile(r"未申请|裁定调解协议有效|裁定(驳回申请|不予受理)(（.+）)?|撤回申请|不适用（.+）")


def check(file: CaseFile) -> Iterator[Problem]:
    """What follows the end of the mediation, in order of time."""
    yield from _confirmation(file.judicial_confirmation, file)
    ended = file.outcome.concluded_on if file.outcome else None
    for number, visit in enumerate(file.followups):
        place = f"/followups/{number}"
        yield from known.unknown_one(f"{place}/by", visit.by, known.staff(file), "调解员")
        yield from known.unknown(f"{place}/of", visit.of, known.parties(file) | known.members(file), "当事人")
        yield from _not_before(f"{place}/on", visit.on, ended, "回访日早于结案之日")
    if file.feedback_to_source is not None:
        on = file.feedback_to_source.on
        yield from _not_before("/feedback_to_source/on", on, file.intake.received_on, "反馈日早于登记日期")
    yield from _archive(file)
    yield from _loop(file)
    yield from _prevented(file)


def _not_before(place: str, on: date, earliest: date | None, reason: str) -> Iterator[Problem]:
    if earliest is not None and on < earliest:
        yield Problem(pointer=place, message=reason)


def _confirmation(court: Confirmation, file: CaseFile) -> Iterator[Problem]:
    place = "/judicial_confirmation"
    effective = file.effective_on
    if not _RESULT.fullmatch(court.result):
        yield Problem(pointer=f"{place}/result", message="不是司法确认的结果之一")
    if effective is not None and court.deadline is not None:
        expected = confirmation_deadline(effective).on
        if court.deadline != expected:
            reason = f"自生效之日起三十日应为{expected.isoformat()}"
            yield Problem(pointer=f"{place}/deadline", message=reason, rule="LR-15")
    if court.applied_on is None:
        if court.decided_on is not None or court.result.startswith("裁定"):
            yield Problem(pointer=f"{place}/applied_on", message="没有申请，不应有法院的裁定")
    else:
        yield from _applied(court, court.applied_on, effective)
    if court.enforcement is not None:
        yield from _enforcement(court, court.enforcement, file)


def _applied(court: Confirmation, on: date, effective: date | None) -> Iterator[Problem]:
    place = "/judicial_confirmation"
    if effective is None or on < effective:
        yield Problem(pointer=f"{place}/applied_on", message="协议生效之后才能申请司法确认", rule="LR-15")
    elif on > confirmation_deadline(effective).on:
        reason = f"已过{confirmation_deadline(effective).on.isoformat()}"
        yield Problem(pointer=f"{place}/applied_on", message=reason, rule="LR-15")
    if court.decided_on is not None and court.decided_on < on:
        yield Problem(pointer=f"{place}/decided_on", message="裁定日早于申请日")
    if court.decided_on is None and court.result.startswith("裁定"):
        yield Problem(pointer=f"{place}/decided_on", message="应写明裁定日期")
    if court.decided_on is not None and (court.result == NOT_APPLIED or court.result.startswith("不适用")):
        yield Problem(pointer=f"{place}/result", message="已有裁定日期，应写明裁定结果")


def _enforcement(court: Confirmation, enforcement: Enforcement, file: CaseFile) -> Iterator[Problem]:
    place = "/judicial_confirmation/enforcement"
    parties = known.parties(file)
    if court.result != CONFIRMED:
        yield Problem(pointer=place, message="只有确认有效的协议可以申请强制执行")
    yield from known.unknown_one(f"{place}/by", enforcement.by, parties, "当事人")
    yield from known.unknown(f"{place}/against", enforcement.against, parties, "当事人")
    yield from _not_before(f"{place}/applied_on", enforcement.applied_on, court.decided_on, "早于裁定之日")
    if file.agreement is not None and enforcement.outstanding > file.agreement.total_payable:
        yield Problem(pointer=f"{place}/outstanding", message="大于协议应付的总额")


def _archive(file: CaseFile) -> Iterator[Problem]:
    archive = file.archive
    if archive is None:
        return
    if (archive.archived_on is None) != (archive.pages is None):
        yield Problem(pointer="/archive/pages", message="归档日期与页数应当同时填写")
    if archive.archived_on is not None:
        if file.outcome is None and file.beside.closing is None:
            yield Problem(pointer="/archive/archived_on", message="案件尚未结束，不能归档")
        elif file.outcome is not None:
            ended = file.outcome.concluded_on
            yield from _not_before("/archive/archived_on", archive.archived_on, ended, "归档日早于结案之日")
    for number, document in enumerate(archive.documents):
        if document in archive.documents[:number]:
            yield Problem(pointer=f"/archive/documents/{number}", message="卷内文书写了两次")


def _loop(file: CaseFile) -> Iterator[Problem]:
    before = date.min
    for number, entry in enumerate(file.closed_loop):
        place = f"/closed_loop/{number}"
        yield from _not_before(f"{place}/on", entry.on, before, "早于上一环节")
        if known.looks_like_ref(entry.actor):
            yield from known.unknown_one(f"{place}/actor", entry.actor, known.everybody(file), "人员")
        before = max(before, entry.on)


def _prevented(file: CaseFile) -> Iterator[Problem]:
    for item in fields(file.prevented):
        cases, persons = getattr(file.prevented, item.name)
        if persons < cases or (cases == 0) != (persons == 0):
            where = f"/statistics/prevented_cases_persons/{item.name}"
            yield Problem(pointer=where, message="人数不应少于件数，且两者同为零或者同不为零")
