"""The figures of a mediator counted again by hand from whole case files, sharing no code with the program's count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from mediation_desk.agreements.model import AgreementForm, PerformanceStatus
from mediation_desk.agreements.performance import due_day, status_of
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Result
from mediation_desk.experts.model import CaseMediator
from mediation_desk.interchange.writer import write_case
from mediation_desk.statistics.model import Period

Counted = tuple[set[str], set[str], int, int]
"""Keys above and below the line, and the two numbers."""

_KEPT = (PerformanceStatus.AT_ONCE, PerformanceStatus.ON_TIME)


def recount(files: Iterable[CaseFile], pool_no: str, period: Period, as_of: date) -> dict[str, Counted]:
    """Every indicator and kind of dispute by code."""
    mine = [file for file in files if pool_no in {mediator.pool_no for mediator in file.mediators}]
    ended = [file for file in mine if _ended(file, period, as_of)]
    agreed = [
        file for file in ended if file.outcome and file.outcome.result.value in ("调解成功", "部分达成")
    ]
    applied = [file for file in ended if _past(file.judicial_confirmation.applied_on, as_of)]
    ripe = [file for file in agreed if _performed(file, as_of) or _all_due(file, as_of)]
    failing = [file for file in agreed if _defaults(file, as_of)]
    limited = [file for file in ended if last_due_on(file)]
    owed = [
        file
        for file in ended
        if file.outcome
        and file.outcome.result is not Result.WITHDRAWN
        and (
            _heard(file, as_of)
            or file in ripe
            or file in failing
            or (file not in agreed and file.outcome.concluded_on <= as_of)
        )
    ]
    running = [file for file in mine if _runs(file, pool_no, as_of)]
    days = {file.case_key: _days(file) for file in ended if file.intake.accepted_on}
    heard = {file.case_key: _heard(file, as_of) for file in ended if _heard(file, as_of)}
    glad = {key: sum(word != "不满意" for word in words) for key, words in heard.items()}

    counted: dict[str, Counted] = {
        "appointed": _plain(
            file for file in mine if period.first <= _card(file, pool_no).selected_on <= period.last
        ),
        "concluded": _plain(ended),
        "presided": _plain(file for file in ended if _card(file, pool_no).role.value == "主持"),
        "assisted": _plain(file for file in ended if _card(file, pool_no).role.value == "协助"),
        "running": _plain(running),
        "running_overdue": _plain(file for file in running if _past(last_due_on(file), as_of - timedelta(1))),
        "in_default": _plain(failing),
        "forgiven": _plain(file for file in agreed if file.beside.waivers and _performed(file, as_of)),
        "success_rate": _of(ended, lambda file: file in agreed),
        "written_rate": _of(
            agreed, lambda file: file.outcome is not None and file.outcome.form is AgreementForm.WRITTEN
        ),
        "confirmed_rate": _of(
            applied,
            lambda file: (
                file.judicial_confirmation.result == "裁定调解协议有效"
                and _past(file.judicial_confirmation.decided_on, as_of)
            ),
        ),
        "performed_rate": _of(ripe, lambda file: _performed(file, as_of)),
        "on_time_rate": _of(ripe, lambda file: _performed(file, as_of) and _kept(file, as_of)),
        "unpressed_rate": _of(ripe, lambda file: _performed(file, as_of) and not _pressed(file)),
        "overdue_rate": _of(limited, _late),
        "visited_rate": _of(owed, lambda file: bool(_heard(file, as_of))),
        "average_days": (set(days), set(days), sum(days.values()), len(days)),
        "satisfaction": (
            {key for key, number in glad.items() if number},
            set(heard),
            sum(glad.values()),
            sum(map(len, heard.values())),
        ),
    }
    for kind in {file.dispute.category for file in ended}:
        counted[f"kind_{kind.name.lower()}"] = _plain(file for file in ended if file.dispute.category is kind)
    return counted


def _plain(files: Iterable[CaseFile]) -> Counted:
    keys = {file.case_key for file in files}
    return keys, set(), len(keys), 0


def _of(files: list[CaseFile], test: Callable[[CaseFile], bool]) -> Counted:
    above, below = {file.case_key for file in files if test(file)}, {file.case_key for file in files}
    return above, below, len(above), len(below)


def _card(file: CaseFile, pool_no: str) -> CaseMediator:
    return next(mediator for mediator in file.mediators if mediator.pool_no == pool_no)


def _ended(file: CaseFile, period: Period, as_of: date) -> bool:
    """As the exported file counts itself, so that these figures and the official tables agree."""
    data: Any = write_case(file, as_of=as_of)
    day = data["outcome"] and date.fromisoformat(data["outcome"]["concluded_on"])
    return bool(data["statistics"]["total"] and day and period.first <= day <= period.last)


def _performed(file: CaseFile, as_of: date) -> bool:
    data: Any = write_case(file, as_of=as_of)
    return bool(data["statistics"]["fully_performed_by_as_of"])


def _all_due(file: CaseFile, as_of: date) -> bool:
    if not _past(file.effective_on, as_of) or file.agreement is None:
        return False
    days = [due_day(row) for row in file.performance]
    accelerated = {row.clause for row in file.performance if row.accelerated_on}
    for clause in file.agreement.clauses:
        if clause.no not in accelerated:
            days += [part.due_on for part in clause.instalments]
            days += [clause.due_on] if clause.due_on else []
    return bool(days) and all(day <= as_of for day in days)


def _status(file: CaseFile, as_of: date) -> list[PerformanceStatus]:
    return [status_of(row, file.performance, as_of, file.effective_on) for row in file.performance]


def _defaults(file: CaseFile, as_of: date) -> bool:
    return PerformanceStatus.OPEN in _status(file, as_of)


def _kept(file: CaseFile, as_of: date) -> bool:
    return all(status in _KEPT for status in _status(file, as_of))


def _pressed(file: CaseFile) -> bool:
    """Whether somebody was urged, or the court asked to enforce, before everything was done."""
    days = [one.on for one in file.beside.urgings]
    asked = file.judicial_confirmation.enforcement
    days += [asked.applied_on] if asked else []
    done = max((row.done_on for row in file.performance if row.done_on), default=None)
    return done is not None and any(day <= done for day in days)


def _heard(file: CaseFile, as_of: date) -> list[str]:
    return [visit.satisfaction.value for visit in file.followups if visit.on <= as_of]


def _late(file: CaseFile) -> bool:
    due = last_due_on(file)
    return due is not None and file.outcome is not None and file.outcome.concluded_on > due


def _runs(file: CaseFile, pool_no: str, as_of: date) -> bool:
    if _card(file, pool_no).selected_on > as_of:
        return False
    if file.outcome is None or file.outcome.concluded_on > as_of:
        return True
    return file.outcome.result.success and not _past(file.effective_on, as_of)


def _days(file: CaseFile) -> int:
    """One day after another, those of a suspension passed over."""
    assert file.outcome is not None
    assert file.intake.accepted_on is not None
    number, day = 0, file.intake.accepted_on
    while day < file.outcome.concluded_on:
        day += timedelta(1)
        number += not any(pause.from_on <= day <= pause.to for pause in file.suspensions)
    return number


def _past(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
