"""``deadlines``: what falls due and why then; ``case suspend|resume|extend``: what stops the clock."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from mediation_desk.app import Desk
from mediation_desk.cases.deadlines.lights import signal_of
from mediation_desk.cases.deadlines.model import DueLine
from mediation_desk.cases.deadlines.service import AHEAD, MOST
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.cli.case import case
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import atomic_write


@click.command()
@click.option("--on", metavar="DATE", type=DAY, help="按哪一天看远近（默认今天）")
@click.option("--from", "first", metavar="DATE", type=DAY, help="从哪天到期的起（默认包括已经过期的）")
@click.option("--to", "last", metavar="DATE", type=DAY, help="到哪天到期的止（默认三十天以内）")
@click.option("--ics", metavar="FILE", type=click.Path(path_type=Path), help="写成日历文件")
@click.option("--slip", metavar="DIR", type=click.Path(path_type=Path), help="写成期限提示单（PDF、DOCX）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def deadlines(
    context: click.Context,
    on: date | None,
    first: date | None,
    last: date | None,
    ics: Path | None,
    slip: Path | None,
    as_json: bool,
) -> None:
    """所有案件的期限：案件、事项、到期、红黄灯、为什么是这天、依据。"""
    with opened(context) as desk:
        day = on or desk.deadlines.local_today
        until = last or day + AHEAD
        if slip is not None:
            for path in desk.slips.write_days(desk.actor, first, until, ("pdf", "docx"), slip):
                click.echo(str(path))
            return
        found = desk.deadlines.between(desk.actor, first, until, on=day)
        if as_json or ics is not None:
            desk.exports.count(desk.actor, "deadlines", len(found))
    if ics is not None:
        _write_calendar(found, ics)
        return
    if as_json:
        click.echo(json.dumps([_plain(line, day) for line in found], ensure_ascii=False, indent=1))
        return
    for line in found:
        light = signal_of(line, day)
        key = line.number or line.case_key
        tell(f"{key}\t{line.what}\t{line.due_on.isoformat()}\t{light.text}\t{line.why}\t{line.source}")
    if len(found) == MOST:
        click.echo(f"只列出最早的{MOST}项，请用 --from、--to 分段。", err=True)


def _write_calendar(found: tuple[DueLine, ...], path: Path) -> None:
    from mediation_desk.interchange.calendar import calendar

    try:
        atomic_write(path, calendar(found))
    except OSError as error:
        raise StorageError(f"写不进“{path}”：{error.strerror}。") from error
    click.echo(str(path))


def _plain(line: DueLine, day: date) -> dict[str, object]:
    light = signal_of(line, day)
    return {
        "case": line.case_key,
        "number": line.number,
        "what": line.what,
        "whose": line.whose.value,
        "due": line.due_on.isoformat(),
        "provisional": line.provisional,
        "light": light.light.value,
        "days": (line.due_on - day).days,
        "why": line.why,
        "overrun": line.overrun,
        "source": line.source,
    }


@case.command()
@click.argument("key")
@click.option("--on", metavar="DATE", type=DAY, help="通知中止的日期（默认今天）")
@click.option("--from", "first", metavar="DATE", type=DAY, help="从哪天起不计（默认同 --on）")
@click.option(
    "--cause",
    type=click.Choice([cause.value for cause in SuspensionCause]),
    default=SuspensionCause.APPRAISAL.value,
    show_default=True,
)
@click.option("--reason", required=True, metavar="TEXT")
@click.pass_context
def suspend(
    context: click.Context, key: str, on: date | None, first: date | None, cause: str, reason: str
) -> None:
    """中止：期限停止计算，恢复以后顺延。"""
    with opened(context) as desk:
        day = on or desk.cases.local_today
        step = Suspend(on=day, cause=SuspensionCause(cause), reason=reason, from_on=first)
        _take(desk, key, step)


@case.command()
@click.argument("key")
@click.option("--on", metavar="DATE", type=DAY, help="停止计算的最后一天（默认今天）")
@click.option("--reason", default="", metavar="TEXT")
@click.pass_context
def resume(context: click.Context, key: str, on: date | None, reason: str) -> None:
    """恢复：中止的首日、末日都不计，期限顺延。"""
    with opened(context) as desk:
        _take(desk, key, Resume(on=on or desk.cases.local_today, reason=reason))


@case.command()
@click.argument("key")
@click.option("--on", metavar="DATE", type=DAY, help="各方同意的日期（默认今天）")
@click.option("--days", required=True, metavar="N", type=click.IntRange(min=1))
@click.option("--unit", type=click.Choice([unit.value for unit in DayUnit]), help="默认与本案的期限一样")
@click.option("--reason", required=True, metavar="TEXT")
@click.option("--consent", "consents", metavar="REF", multiple=True, help="同意的当事人，如 A1，逐个写")
@click.option("--all-consent", is_flag=True, help="各方都已同意")
@click.option("--approved-by", default="", metavar="NAME", help="规则要求批准的，写批准人")
@click.pass_context
def extend(
    context: click.Context,
    key: str,
    on: date | None,
    days: int,
    unit: str | None,
    reason: str,
    consents: tuple[str, ...],
    all_consent: bool,
    approved_by: str,
) -> None:
    """延长期限：须在届满之前，各方同意。"""
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        agreed = tuple(party.ref for party in file.parties) if all_consent else consents
        step = Extend(
            on=on or desk.cases.local_today,
            days=days,
            unit=DayUnit(unit) if unit else None,
            reason=reason,
            consent=agreed,
            approved_by=approved_by,
        )
        _take(desk, key, step)


def _take(desk: Desk, key: str, step: Step) -> None:
    file = desk.cases.perform(desk.actor, key, step)
    tell(f"{file.case_key}\t{file.intake.number or '—'}\t{step.sentence(file)}")
