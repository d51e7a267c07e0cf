"""How an invented case ends without an agreement, and what follows every end: visit, volume, reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.agreements.model import FollowUp, Satisfaction, VisitWay
from mediation_desk.cases.model import Archive, Ending, Feedback, LoopEntry, Notice, Service
from mediation_desk.cases.numbering import number_text
from mediation_desk.cases.vocabulary import Cause, Result, Retention
from mediation_desk.parties.model import Party
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.hearing import Hearing
from mediation_desk.practice.plan import Plan
from mediation_desk.practice.series import Series
from mediation_desk.practice.settlement import Settlement

_WHY = {
    Result.NOT_ACCEPTED: (
        (Cause.SUED, "同一纠纷已由人民法院受理。"),
        (Cause.OTHER_SIDE_REFUSES, "被申请人明确表示不接受调解。"),
        (Cause.OUT_OF_SCOPE, "所述事项不属于民间纠纷，应由主管机关处理。"),
    ),
    Result.FAILED: ((Cause.TOO_FAR_APART, "各方对责任和数额分歧较大，不愿继续调解。"),),
    Result.TERMINATED: (
        (Cause.PERIOD_OVER, "调解期限届满未达成协议，各方未约定延长。"),
        (Cause.UNREACHABLE, "被申请人多次联系未果，调解无法继续。"),
    ),
    Result.WITHDRAWN: (
        (Cause.SETTLED_PRIVATELY, "双方自行和解，申请人撤回申请。"),
        (Cause.WITHDRAWN, "申请人另行处理，撤回申请。"),
    ),
}
_BASIS = {
    Result.NOT_ACCEPTED: "人民调解工作若干规定第二十二条",
    Result.FAILED: "人民调解法第二十六条",
    Result.TERMINATED: "人民调解法第二十六条",
    Result.WITHDRAWN: "人民调解法第二十三条",
}
_REMEDIES = {
    Result.NOT_ACCEPTED: ("向人民法院起诉或者向主管机关反映",),
    Result.WITHDRAWN: ("对同一事项再有争议的，可重新申请调解", "向人民法院起诉"),
}
_OTHERWISE = ("依法向人民法院起诉", "有仲裁协议的，申请仲裁")
_WAYS = Weighted(((VisitWay.PHONE, 80), (VisitWay.HOME, 12), (VisitWay.MESSAGE, 8)))
_SATISFIED = Weighted(
    ((Satisfaction.SATISFIED, 74), (Satisfaction.FAIRLY, 22), (Satisfaction.UNSATISFIED, 4))
)
_PAPERS = ("卷宗封面", "卷内目录", "人民调解申请书", "当事人身份证明", "人民调解证据材料")
_HEARD = ("人民调解当事人权利义务告知书", "人民调解记录")
_LYING_AROUND = 0.22
"""How many finished cases nobody has bound yet, twice as many where there was no agreement."""

_AGAIN, _MOST_VISITS = 0.12, 3
"""Some are asked again after a while."""

_RETENTIONS = (Retention.SHORT, Retention.LONG, Retention.LONG)


@dataclass(slots=True, frozen=True)
class Closing:
    """What was put on file after the mediation."""

    followups: tuple[FollowUp, ...] = ()
    archive: Archive | None = None
    feedback: Feedback | None = None


def end(plan: Plan, dice: Dice, series: Series, parties: tuple[Party, ...]) -> Ending | None:
    """The end without an agreement, with its notice; None while the case runs and after an agreement."""
    if not plan.is_ended or plan.result.success:
        return None
    reasons = _WHY[plan.result]
    cause, reason = reasons[0 if plan.ended >= plan.due else dice.between(0, len(reasons) - 1)]
    withdrawn = plan.result is Result.WITHDRAWN
    return Ending(
        kind=plan.result,
        cause=cause,
        on=plan.ended,
        by=("A1",) if withdrawn else (),
        reason=reason,
        basis=_BASIS[plan.result],
        notice=None if withdrawn else _notice(plan, series, parties),
        told_remedies=_REMEDIES.get(plan.result, _OTHERWISE),
        told_on=plan.ended,
    )


def _notice(plan: Plan, series: Series, parties: tuple[Party, ...]) -> Notice:
    kind = "不予受理" if plan.result is Result.NOT_ACCEPTED else "终止"
    serial = series.next(plan.body.name, kind, plan.ended.year)
    return Notice(
        title=f"{plan.track}{kind}通知书",
        number=number_text(kind, short=plan.body.short, year=plan.ended.year, serial=serial),
        on=plan.ended,
        served=tuple([Service(ref=party.ref, on=plan.ended, how="当面签收") for party in parties]),
    )


def close(
    plan: Plan, dice: Dice, hearing: Hearing, settlement: Settlement, source: str | None, volume: str
) -> Closing:
    """Reply to the office that sent the case, a visit, the bound volume; each only once its day has come."""
    if not plan.is_ended:
        return Closing()
    feedback = _feedback(plan, source) if source else None
    if plan.is_agreed and settlement.effective is None:
        return Closing(feedback=feedback)
    settled = _settled_on(plan, settlement)
    followups: tuple[FollowUp, ...] = ()
    visited = days.office_day(days.later(settled or plan.ended, dice.between(3, 25)))
    if hearing.sessions and plan.past(visited):
        followups = (_visit(plan, dice, hearing, visited, done=settled is not None),)
        while len(followups) < _MOST_VISITS and dice.chance(_AGAIN):
            again = days.office_day(days.later(visited, dice.between(20, 60)))
            if not plan.past(again):
                break
            visited = again
            followups = (*followups, _visit(plan, dice, hearing, visited, done=settled is not None))
    archived = days.office_day(days.later(visited, dice.between(2, 20)))
    lying = dice.chance(_LYING_AROUND if plan.result.success else 2 * _LYING_AROUND)
    if settled is None or lying or not plan.past(archived):
        return Closing(followups=followups, feedback=feedback)
    return Closing(followups, _volume(plan, dice, archived, volume), feedback)


def _settled_on(plan: Plan, settlement: Settlement) -> date | None:
    """Day from which the volume may be closed: the last payment, or the end; None while something is open."""
    done = [row.done_on for row in settlement.performance]
    dates = [day for day in done if day is not None]
    return max([plan.ended, *dates]) if len(dates) == len(done) else None


def _feedback(plan: Plan, source: str) -> Feedback | None:
    on = days.office_day(days.later(plan.ended, 1))
    content = (
        f"{plan.result}，报送调解结果。" if plan.result.success else f"{plan.result}，退回材料并说明原因。"
    )
    return Feedback(to=source, on=on, content=content) if plan.past(on) else None


def _visit(plan: Plan, dice: Dice, hearing: Hearing, on: date, *, done: bool) -> FollowUp:
    if plan.result.success:
        situation = "协议已全部履行，双方关系缓和。" if done else "尚有款项未付，督促按约履行。"
    else:
        situation = "未达成协议，已了解后续打算，情绪平稳。"
    return FollowUp(
        on=on,
        way=_WAYS.pick(dice),
        by=hearing.mediators[0].pool_no,
        of=("A1",),
        situation=situation,
        satisfaction=_SATISFIED.pick(dice),
    )


def _volume(plan: Plan, dice: Dice, on: date, number: str) -> Archive:
    papers: tuple[str, ...]
    if plan.result.success:
        papers = (*_PAPERS, *_HEARD, "人民调解协议书", "履行凭证", "人民调解回访记录", "封底")
    elif plan.result is Result.WITHDRAWN:
        papers = (*_PAPERS, "撤回调解申请书", "封底")
    elif plan.result is Result.NOT_ACCEPTED:
        papers = (*_PAPERS, "人民调解不予受理通知书", "封底")
    else:
        papers = (*_PAPERS, *_HEARD, "人民调解终止通知书", "人民调解回访记录", "封底")
    return Archive(
        archived_on=on,
        volume_no=number,
        retention=dice.pick(_RETENTIONS),
        pages=dice.between(12, 90),
        documents=papers,
    )


def loop(
    plan: Plan, hearing: Hearing, closing: Closing, settlement: Settlement, channel: str, registrar: str
) -> tuple[LoopEntry, ...]:
    """The closed loop of the centre, in order of time (§4.3)."""
    entries = [LoopEntry(on=plan.received, stage="登记", actor=registrar, note=channel)]
    if plan.is_accepted:
        entries.append(LoopEntry(on=plan.accepted, stage="受理", actor="中心值班长", note=plan.track.value))
    if hearing.mediators:
        presiding = hearing.mediators[0]
        entries.append(LoopEntry(on=plan.chosen, stage="选定", actor="中心值班长", note=presiding.name))
        for session in hearing.sessions:
            if session.result is not None:
                note = f"第{session.no}次调解，{session.result}"
                entries.append(LoopEntry(on=session.date, stage="调解", actor=presiding.pool_no, note=note))
    if plan.is_ended and not plan.result.success:
        entries.append(
            LoopEntry(on=plan.ended, stage=plan.result.value, actor="中心值班长", note="已告知途径")
        )
    if settlement.effective is not None:
        entries.append(LoopEntry(on=settlement.effective, stage="协议生效", actor="中心", note="达成协议"))
    entries += [
        LoopEntry(on=visit.on, stage="回访", actor=visit.by, note=visit.satisfaction.value)
        for visit in closing.followups
    ]
    if closing.archive is not None and closing.archive.archived_on is not None:
        entries.append(LoopEntry(on=closing.archive.archived_on, stage="评价结案", actor="中心", note="归档"))
    return tuple(entries)
