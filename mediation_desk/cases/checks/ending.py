"""How a case ended: with an agreement or with remedies told, never both (domain.md §4.2, LR-10)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile, Ending, Notice, Outcome, Prevented
from mediation_desk.cases.vocabulary import Decision, Result
from mediation_desk.hearings.model import SessionResult

_SESSION = {Result.AGREED: SessionResult.AGREED, Result.PARTLY: SessionResult.PARTLY}


def check(file: CaseFile) -> Iterator[Problem]:
    """Outcome, agreement or ending, and what was told to the parties."""
    outcome = file.outcome
    if outcome is None:
        if file.ending is not None:
            yield Problem(pointer="/outcome", message="已有结案事由，应写明调解结果")
    elif outcome.result.success:
        yield from _agreed(outcome, file)
    else:
        yield from _without_agreement(outcome, file)
    if outcome is not None:
        yield from _concluded(outcome, file)
    yield from _undisputed(file)
    yield from _unresolved(file)


def _agreed(outcome: Outcome, file: CaseFile) -> Iterator[Problem]:
    if file.agreement is None:
        yield Problem(pointer="/agreement", message=f"结果是{outcome.result.value}，应有协议")
    elif outcome.form is not file.agreement.form:
        yield Problem(pointer="/outcome/form", message="与协议的形式不一致")
    if file.ending is not None:
        yield Problem(pointer="/ending", message="达成协议的案件没有这一项")
    held = [session for session in file.sessions if session.held]
    if not held:
        yield Problem(pointer="/sessions", message="达成协议的案件至少有一次调解")
    elif held[-1].result is not _SESSION[outcome.result]:
        where = f"/sessions/{held[-1].no - 1}/result"
        yield Problem(pointer=where, message=f"最后一次调解的结果应为{_SESSION[outcome.result].value}")
    elif held[-1].date != outcome.concluded_on:
        reason = f"应为最后一次调解之日{held[-1].date.isoformat()}"
        yield Problem(pointer="/outcome/concluded_on", message=reason)
    if outcome.result is Result.PARTLY and not file.unresolved:
        yield Problem(pointer="/unresolved", message="部分达成应写明未解决的请求")


def _without_agreement(outcome: Outcome, file: CaseFile) -> Iterator[Problem]:
    if file.agreement is not None:
        yield Problem(pointer="/agreement", message=f"结果是{outcome.result.value}，不应有协议")
    if outcome.form is not None:
        yield Problem(pointer="/outcome/form", message="没有协议，不应有协议形式")
    if file.performance:
        yield Problem(pointer="/performance", message="没有协议，不应有履行情况")
    if file.ending is None:
        yield Problem(pointer="/ending", message="没有达成协议，应写明事由并告知其他救济途径", rule="LR-10")
    else:
        yield from _ending(file.ending, outcome, file)
    if (outcome.result is Result.NOT_ACCEPTED) != (file.intake.decision is Decision.REFUSED):
        yield Problem(pointer="/outcome/result", message="与受理决定不一致")
    if outcome.result is Result.NOT_ACCEPTED and file.prevented != Prevented():
        where = "/statistics/prevented_cases_persons"
        yield Problem(pointer=where, message="不予受理的案件不计入防止激化")


def _ending(ending: Ending, outcome: Outcome, file: CaseFile) -> Iterator[Problem]:
    if ending.kind is not outcome.result:
        yield Problem(pointer="/ending/kind", message=f"与调解结果{outcome.result.value}不一致")
    if ending.on != outcome.concluded_on:
        yield Problem(pointer="/ending/on", message=f"应为结案之日{outcome.concluded_on.isoformat()}")
    if not ending.told_remedies:
        yield Problem(pointer="/ending/told_remedies", message="应当告知其他救济途径", rule="LR-10")
    if ending.told_on < ending.on:
        yield Problem(pointer="/ending/told_on", message="告知日早于结案之日")
    yield from known.unknown("/ending/by", ending.by, known.parties(file), "当事人")
    if ending.kind is Result.WITHDRAWN and not ending.by:
        yield Problem(pointer="/ending/by", message="撤回应写明由谁撤回")
    if ending.notice is not None:
        yield from _notice(ending.notice, ending, file)


def _notice(notice: Notice, ending: Ending, file: CaseFile) -> Iterator[Problem]:
    if notice.on < ending.on:
        yield Problem(pointer="/ending/notice/on", message="通知书日期早于结案之日")
    for number, service in enumerate(notice.served):
        place = f"/ending/notice/served/{number}"
        yield from known.unknown_one(f"{place}/ref", service.ref, known.parties(file), "当事人")
        if service.on < notice.on:
            yield Problem(pointer=f"{place}/on", message="送达日早于通知书日期")


def _concluded(outcome: Outcome, file: CaseFile) -> Iterator[Problem]:
    first = file.intake.accepted_on or file.intake.received_on
    last = max((session.date for session in file.sessions if session.held), default=first)
    if outcome.concluded_on < last:
        yield Problem(pointer="/outcome/concluded_on", message=f"早于{last.isoformat()}")
    for number, session in enumerate(file.sessions):
        if session.date > outcome.concluded_on:
            reason = "案件已经结束" if session.held else "案件已经结束，请先取消这次安排的调解"
            yield Problem(pointer=f"/sessions/{number}/date", message=reason, rule="LR-5")


def _undisputed(file: CaseFile) -> Iterator[Problem]:
    consent = file.undisputed_facts_consent
    parties = known.parties(file)
    if consent is None:
        if file.undisputed_facts and file.ending is not None:
            yield Problem(pointer="/undisputed_facts", message="没有各方同意，不得记载无争议事实")
        return
    yield from known.unknown("/undisputed_facts_consent/by", consent.by, parties, "当事人")
    yield from known.unknown("/undisputed_facts_consent/refused_by", consent.refused_by, parties, "当事人")
    if set(consent.by) & set(consent.refused_by):
        where = "/undisputed_facts_consent/refused_by"
        yield Problem(pointer=where, message="同一当事人既同意又不同意")
    if file.undisputed_facts and not parties <= set(consent.by):
        yield Problem(pointer="/undisputed_facts", message="须各方同意才能记载无争议事实")


def _unresolved(file: CaseFile) -> Iterator[Problem]:
    claims = {claim.ref: claim for claim in file.claims}
    for number, entry in enumerate(file.unresolved):
        place = f"/unresolved/{number}"
        yield from known.unknown_one(f"{place}/claim", entry.claim, frozenset(claims), "请求")
        yield from known.unknown_one(f"{place}/member", entry.member, known.members(file), "群体成员")
        claim = claims.get(entry.claim)
        if claim and claim.amount is not None and entry.amount is not None and entry.amount > claim.amount:
            yield Problem(pointer=f"{place}/amount", message="大于请求的金额")
        if not entry.told_remedies:
            yield Problem(pointer=f"{place}/told_remedies", message="应当告知其他救济途径", rule="LR-10")
