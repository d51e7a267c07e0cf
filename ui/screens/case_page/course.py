"""The eight steps of a case with what each waits for, and the day that matters now with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.lifecycle import Stage, State, stages_done
from mediation_desk.cases.model import CaseFile
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import short
from ui.tokens import Tone
from ui.widgets.stepper import Step, StepState

TAB_OF_STAGE = {
    Stage.REGISTER: "overview",
    Stage.ACCEPT: "overview",
    Stage.CHOOSE: "choice",
    Stage.MEDIATE: "sessions",
    Stage.AGREE: "agreement",
    Stage.PERFORM: "performance",
    Stage.FOLLOW_UP: "performance",
    Stage.ARCHIVE: "papers",
}
_WAITS = {
    Stage.ACCEPT: "等中心决定；各方都同意，或者一方申请而他方没有拒绝，才能受理（人民调解法第十七条）。",
    Stage.CHOOSE: "等各方各自选定调解员。",
    Stage.MEDIATE: "先选定主持调解员，再安排调解会（人民调解法第十九条）。",
    Stage.AGREE: "等一次调解达成一致。",
    Stage.PERFORM: "等协议生效。",
    Stage.FOLLOW_UP: "等协议生效或者调解结束，再回访当事人。",
    Stage.ARCHIVE: "等回访、结案之后归档。",
}


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due and why then; without a day only a sentence."""

    what: str
    day: date | None = None
    reason: str = ""
    basis: str = ""
    tone: Tone = Tone.INK


def steps(view: CaseView) -> tuple[Step, ...]:
    """The line through the case."""
    done = set(stages_done(view.file))
    if view.state is State.ON_LEDGER:
        return tuple(_on_ledger(stage) for stage in Stage)
    ended = view.file.ending is not None
    left_out = (Stage.ACCEPT, Stage.CHOOSE, Stage.MEDIATE, Stage.AGREE, Stage.PERFORM) if ended else ()
    waiting = [stage for stage in Stage if stage not in done and stage not in left_out]
    current = waiting[0] if waiting and view.state is not State.ARCHIVED else None
    return tuple(
        Step(
            stage.value,
            stage.value,
            _state(stage, done, current),
            _explain(view, stage, stage in done, ended),
        )
        for stage in Stage
    )


def deadline(view: CaseView) -> Due:
    """The day that matters now: of the mediation period, or of the next promise."""
    file = view.file
    if file.ending is not None:
        told = f"已告知救济途径 {len(file.ending.told_remedies)} 项"
        return Due(f"{short(file.ending.on)} {file.ending.kind}", reason=f"{file.ending.cause}；{told}")
    if file.effective_on is not None:
        return _promise(view, file.effective_on)
    if view.state is State.ON_LEDGER:
        return Due("台账旧案", reason="台账写明已经结束，经过见概况")
    due = last_due_on(file)
    if due is None:
        waited = (view.today - file.intake.received_on).days
        return Due(f"登记 {max(waited, 0)} 天，还没有受理", reason="调解期限自受理次日起算", tone=Tone.SOON)
    period = view.period
    if period is None:
        return Due("调解期限", due)
    if period.held_from is not None:
        words = f"中止中，自{short(period.held_from)}起不计"
        return Due(f"调解期限 {words}", reason=period.why, tone=Tone.SOON)
    return Due("调解期限", due, period.reason, period.article)


def _promise(view: CaseView, effective: date) -> Due:
    open_items = view.standing.pending if view.standing else ()
    if not open_items:
        words = "各项已经履行" if view.file.performance else "协议没有写明日期的给付"
        return Due(f"协议 {short(effective)} 生效", reason=words, tone=Tone.DONE)
    first = open_items[0]
    part = f"第{first.instalment}期" if first.instalment else ""
    sum_of = f"{first.remaining:,.2f} 元，" if first.remaining is not None else ""
    told = f"协议第{first.clause}条{part}，{sum_of}{_still_open(view)}未履行"
    return Due("下一项履行", first.falls_due, told)


def _still_open(view: CaseView) -> str:
    """``还有 3 项``; payments to come month by month count as one."""
    return f"还有 {len(view.standing.pending) if view.standing else 0} 项"


def _on_ledger(stage: Stage) -> Step:
    done = stage is Stage.REGISTER
    told = "从旧台账收入。" if done else "台账旧案，系统里没有这一步的记录。"
    return Step(stage.value, stage.value, StepState.DONE if done else StepState.WAITING, told)


def _state(stage: Stage, done: set[Stage], current: Stage | None) -> StepState:
    if stage in done:
        return StepState.DONE
    return StepState.CURRENT if stage is current else StepState.WAITING


def _explain(view: CaseView, stage: Stage, is_done: bool, ended: bool) -> str:
    if is_done:
        return _told(view, stage)
    if ended and stage not in (Stage.FOLLOW_UP, Stage.ARCHIVE):
        kind = view.file.ending.kind if view.file.ending else ""
        return f"本案{kind}，没有这一步。"
    if view.state is State.ARCHIVED and stage is Stage.FOLLOW_UP:
        return "这样结案的不需要回访（已归档）。"
    return _waiting(view, stage)


def _waiting(view: CaseView, stage: Stage) -> str:
    file = view.file
    if stage is Stage.MEDIATE and view.planned is not None:
        planned = view.planned
        return f"{ordinal(planned.no)}调解 {short(planned.date)} {planned.start:%H:%M}，{planned.place}。"
    if stage is Stage.MEDIATE and view.state is State.PREPARING and file.presiding:
        return f"等安排第一次调解，由{file.presiding.name}主持。"
    if stage is Stage.FOLLOW_UP and (file.effective_on is not None or file.ending is not None):
        return "等回访当事人：履行得怎样，满意不满意。"
    if stage is Stage.MEDIATE and file.sessions:
        return f"已调解 {len(file.sessions)} 次，最近一次“{view.last_result}”。"
    if stage is Stage.AGREE and view.may_compose:
        return f"{view.last_result}，等拟定协议、各方签署。" if file.agreement is None else _unsigned(file)
    if stage is Stage.AGREE and file.agreement is not None:
        return _unsigned(file)
    if stage is Stage.ARCHIVE and file.followups:
        return "已经结案，可以归档。" if view.state is State.CLOSED else "回访已经记录，可以结案、归档。"
    if stage is Stage.PERFORM and file.effective_on is not None:
        return f"{_still_open(view)}没有履行。"
    return _WAITS.get(stage, "")


def _unsigned(file: CaseFile) -> str:
    names = "、".join(file.name_of(ref) for ref in file.missing_signatures)
    return f"还差{names}签署。"


def _told(view: CaseView, stage: Stage) -> str:
    file = view.file
    held = [session for session in file.sessions if session.held]
    match stage:
        case Stage.REGISTER:
            return f"{short(file.intake.received_on)}登记，{file.intake.channel}。"
        case Stage.ACCEPT if file.intake.accepted_on:
            return f"{short(file.intake.accepted_on)}受理，编号{file.intake.number}。"
        case Stage.CHOOSE if file.presiding:
            chosen = file.presiding
            return f"{short(chosen.selected_on)}由{chosen.name}主持，{chosen.selection}。"
        case Stage.MEDIATE if held:
            return f"调解 {len(held)} 次，{short(held[-1].date)}“{held[-1].result}”。"
        case Stage.AGREE if file.effective_on and file.agreement:
            kind = "口头协议" if file.agreement.form is AgreementForm.ORAL else "协议"
            return f"{kind}{short(file.effective_on)}生效。"
        case Stage.PERFORM:
            done = len(view.standing.settled) if view.standing else 0
            return f"{done} 项已经履行。" if done else "没有待履行的各项。"
        case Stage.FOLLOW_UP:
            return f"回访 {len(file.followups)} 次，{file.followups[-1].satisfaction}。"
        case Stage.ARCHIVE if file.archive and file.archive.archived_on:
            return f"{short(file.archive.archived_on)}归档，共 {file.archive.pages} 页。"
    return ""
