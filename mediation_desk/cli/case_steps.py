"""Steps as on screen: ``case accept``, ``refuse``, ``withdraw``, ``terminate``, ``close``, ``bin``, ``lock``, ..."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from mediation_desk.cases.endings import CAUSES, basis, remedies
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.closing import Close
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.locking import LockCase, NameReaders, UnlockCase
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

ON = click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")
REMEDY = click.option(
    "--remedy", multiple=True, metavar="TEXT", help="告知的救济途径，可以写几次；默认按规则"
)


def _take(context: click.Context, key: str, step: Callable[[CaseFile, date], Step], on: date | None) -> None:
    """Take a step on the case as it stands, and tell its code, number and state."""
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        wanted = step(file, on or desk.cases.local_today)
        saved = desk.cases.perform(desk.actor, file.case_key, wanted, version=file.version)
    tell(f"{saved.case_key}\t{saved.intake.number or '—'}\t{state_of(saved)}")


def _end(
    file: CaseFile,
    kind: Result,
    cause: Cause,
    on: date,
    reason: str,
    told: tuple[str, ...],
    by: tuple[str, ...] = (),
) -> End:
    return End(
        kind=kind,
        cause=cause,
        on=on,
        by=by,
        reason=reason,
        basis=basis(file, kind) or None,
        told_remedies=told or remedies(file),
    )


def _causes(*kinds: Result) -> click.Choice[str]:
    return click.Choice(list(dict.fromkeys(cause.value for kind in kinds for cause in CAUSES[kind])))


@click.command()
@click.argument("key")
@ON
@click.pass_context
def accept(context: click.Context, key: str, on: date | None) -> None:
    """受理：给编号，起算调解期限。"""
    _take(context, key, lambda _file, day: Accept(on=day), on)


@click.command()
@click.argument("key")
@click.option("--cause", required=True, type=_causes(Result.NOT_ACCEPTED), help="事由")
@click.option("--reason", required=True, metavar="TEXT", help="写进通知书的说明")
@REMEDY
@ON
@click.pass_context
def refuse(
    context: click.Context, key: str, cause: str, reason: str, remedy: tuple[str, ...], on: date | None
) -> None:
    """不予受理：写明事由，告知其他途径。"""
    kind = Result.NOT_ACCEPTED
    _take(context, key, lambda file, day: _end(file, kind, Cause(cause), day, reason, remedy), on)


@click.command()
@click.argument("key")
@click.option("--by", multiple=True, required=True, metavar="PARTY", help="谁撤回：姓名或代号，可以写几次")
@click.option(
    "--cause", type=_causes(Result.WITHDRAWN), default=Cause.WITHDRAWN.value, show_default=True, help="事由"
)
@click.option("--reason", required=True, metavar="TEXT", help="说明")
@REMEDY
@ON
@click.pass_context
def withdraw(
    context: click.Context,
    key: str,
    by: tuple[str, ...],
    cause: str,
    reason: str,
    remedy: tuple[str, ...],
    on: date | None,
) -> None:
    """撤回：当事人撤回申请。"""

    def step(file: CaseFile, day: date) -> Step:
        return _end(file, Result.WITHDRAWN, Cause(cause), day, reason, remedy, _refs(file, by))

    _take(context, key, step, on)


def _refs(file: CaseFile, names: tuple[str, ...]) -> tuple[str, ...]:
    """Refs of the parties called ``names``. Raises ``InputError`` for somebody who is none."""
    found = []
    for name in names:
        ref = next((party.ref for party in file.parties if name in (party.ref, party.name)), None)
        if ref is None:
            raise InputError(f"本案没有叫“{name}”的当事人。", field="by")
        found.append(ref)
    return tuple(found)


@click.command()
@click.argument("key")
@click.option("--failed", is_flag=True, help="调解不成；不给则为终止")
@click.option("--cause", required=True, type=_causes(Result.TERMINATED, Result.FAILED), help="事由")
@click.option("--reason", required=True, metavar="TEXT", help="写进通知书的说明")
@REMEDY
@ON
@click.pass_context
def terminate(
    context: click.Context,
    key: str,
    failed: bool,
    cause: str,
    reason: str,
    remedy: tuple[str, ...],
    on: date | None,
) -> None:
    """终止调解，或者以调解不成结束（--failed）；告知其他途径。"""
    kind = Result.FAILED if failed else Result.TERMINATED
    _take(context, key, lambda file, day: _end(file, kind, Cause(cause), day, reason, remedy), on)


@click.command()
@click.argument("key")
@click.option("--evaluation", required=True, metavar="TEXT", help="对办理结果的评价")
@click.option("--approved-by", default="", metavar="NAME", help="审批人（疑难复杂案件）")
@ON
@click.pass_context
def close(context: click.Context, key: str, evaluation: str, approved_by: str, on: date | None) -> None:
    """结案：回访、反馈以后。"""

    def step(_file: CaseFile, day: date) -> Step:
        return Close(on=day, evaluation=evaluation, approved_by=approved_by)

    _take(context, key, step, on)


@click.command("bin")
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="理由，例如重复登记")
@click.pass_context
def bin_(context: click.Context, key: str, reason: str) -> None:
    """移入回收站：不再出现在任何列表和统计里，可以放回。"""
    _take(context, key, lambda _file, _day: PutInBin(reason=reason), None)


@click.command()
@click.argument("key")
@click.option(
    "--override-reason", default="", metavar="TEXT", help="调解会与别的安排重叠时，仍按原安排放回的理由"
)
@click.pass_context
def restore(context: click.Context, key: str, override_reason: str) -> None:
    """从回收站放回。"""
    _take(context, key, lambda _file, _day: TakeOut(override_reason=override_reason), None)


@click.command()
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="为什么限制查看")
@click.option(
    "--open-to", "named", multiple=True, metavar="NAME", help="另外准许的人：账号或者姓名，可以写几次"
)
@click.pass_context
def lock(context: click.Context, key: str, reason: str, named: tuple[str, ...]) -> None:
    """限制查看：只有经办的人、准许的人和可以看这类案件的人看得到。"""
    _take(context, key, lambda _file, _day: LockCase(reason=reason, named=named), None)


@click.command()
@click.argument("key")
@click.option("--reason", required=True, metavar="TEXT", help="为什么解除")
@click.pass_context
def unlock(context: click.Context, key: str, reason: str) -> None:
    """解除限制查看。"""
    _take(context, key, lambda _file, _day: UnlockCase(reason=reason), None)


@click.command("open-to")
@click.argument("key")
@click.option("--add", multiple=True, metavar="NAME", help="准许的人：账号或者姓名，可以写几次")
@click.option("--drop", multiple=True, metavar="ACCOUNT", help="不再准许的账号，可以写几次")
@click.option("--reason", required=True, metavar="TEXT", help="为什么调整")
@click.pass_context
def open_to(
    context: click.Context, key: str, add: tuple[str, ...], drop: tuple[str, ...], reason: str
) -> None:
    """调整限制查看的案件准许谁看。"""
    _take(context, key, lambda file, _day: _readers(file, add, drop, reason), None)


def _readers(file: CaseFile, add: tuple[str, ...], drop: tuple[str, ...], reason: str) -> NameReaders:
    now = file.beside.lock.named if file.beside.lock is not None else ()
    if unknown := next((name for name in drop if name not in now), None):
        raise InputError(f"“{unknown}”不在本案准许查看的账号里。", field="drop")
    return NameReaders(reason=reason, named=tuple(name for name in (*now, *add) if name not in drop))


CASE_STEPS: tuple[click.Command, ...] = (
    accept,
    refuse,
    withdraw,
    terminate,
    close,
    bin_,
    restore,
    lock,
    unlock,
    open_to,
)
