"""What every statistical command is asked with: which period, which unit, which cases, which lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import click

from mediation_desk.app import Desk
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.cli.opening import DAY
from mediation_desk.documents.across import Printer
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.facts import SOURCES
from mediation_desk.statistics.layout import Reported
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import ALL, crosses_years, parse_period
from mediation_desk.statistics.ports import Filter
from mediation_desk.statistics.units import unit_filter

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--period",
        "words",
        metavar="PERIOD",
        help="2026、2026H1、2026Q3、2026-03、2026W14、日期..日期 或 all",
    ),
    click.option("--from", "first", metavar="DATE", type=DAY, help="起始日"),
    click.option("--to", "last", metavar="DATE", type=DAY, help="截止日"),
    click.option("--as-of", metavar="DATE", type=DAY, help="履行、确认按哪一天算（默认今天）"),
    click.option("--unit", metavar="UNIT", default="", help="只统计这个单位和它下面的，写名册里的代码或名称"),
    click.option(
        "--by", "lines", metavar="DIMENSION", default="", help="改按别的项目分行，如 category、month"
    ),
    click.option("--track", default="", help="只统计一种调解：人民调解、行政调解、司法调解"),
    click.option("--kind", default="", help="只统计一类纠纷，如 邻里纠纷"),
    click.option("--source", default="", help=f"只统计一种来源：{'、'.join(SOURCES)}"),
    click.option("--mediator", metavar="POOL_NO", default="", help="只统计这名调解员主持的"),
    click.option("--difficulty", default="", help="只统计普通的或者疑难复杂的"),
    click.option("--area", default="", help="只统计这个乡镇（街道）、村（社区）的，写代码或名称"),
    click.option("--people-from", type=click.IntRange(min=0), help="当事人至少几人"),
    click.option("--people-to", type=click.IntRange(min=0), help="当事人至多几人"),
    click.option("--yuan-from", metavar="YUAN", default="", help="请求金额至少多少元"),
    click.option("--yuan-to", metavar="YUAN", default="", help="请求金额至多多少元"),
)


def table_options(command: Command) -> Command:
    """Decorator that gives a command all of them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@record
class Wanted:
    """What was asked for, understood."""

    period: Period
    as_of: date
    among: Filter
    reported: Reported
    unit: str = ""
    lines: str = ""


def wanted(desk: Desk, chosen: dict[str, Any]) -> Wanted:
    """The options as one question. Raises ``InputError`` naming the option that is wrong."""
    today = desk.cases.local_today
    period = _period(chosen)
    refuse_future(desk, period)
    among = _filter(chosen)
    if among.mediator:
        desk.statistics.mediator(
            desk.actor, among.mediator, period, today
        )  # says that there is no such number
    unit = unit_tree().demand(chosen["unit"]) if chosen["unit"] else None
    return Wanted(
        period=period,
        as_of=chosen["as_of"] or today,
        among=unit_filter(unit.code if unit else "", period, among),
        reported=Reported(
            unit=unit.name if unit else "",
            made_on=today,
            across=Printer(actor=desk.actor, at=desk.clock()).across("统计表"),
        ),
        unit=unit.code if unit and unit.parent else "",
        lines=chosen["lines"],
    )


_OF_CASES = {
    "track": "--track",
    "kind": "--kind",
    "source": "--source",
    "mediator": "--mediator",
    "difficulty": "--difficulty",
    "area": "--area",
    "people_from": "--people-from",
    "people_to": "--people-to",
    "yuan_from": "--yuan-from",
    "yuan_to": "--yuan-to",
}
"""What chooses among cases, and its option."""


def refuse_filters(chosen: dict[str, Any], title: str, *more: str) -> None:
    """Refuse what a table that counts no cases, or lists of its own, would silently pass over."""
    meant = [option for name, option in _OF_CASES.items() if chosen[name] not in ("", None)]
    meant += [f"--{name}" for name in more if chosen["lines" if name == "by" else name]]
    if meant:
        raise InputError(f"{title}不能用 {'、'.join(meant)}。", field=meant[0])


def refuse_future(desk: Desk, period: Period) -> None:
    """Nothing can be counted of a period that has not begun. Raises ``InputError``."""
    if desk.cases.local_today < period.first:
        raise InputError(f"统计期间从{period.first.isoformat()}开始，还没有到。", field="--period")


def filled(desk: Desk, code: str, asked: Wanted) -> StatTable:
    """The table ``code``. Raises ``InputError`` for one there is none of."""
    return desk.statistics.table(
        desk.actor, code, asked.period, asked.as_of, among=asked.among, unit=asked.unit, lines=asked.lines
    )


def remarks(desk: Desk, period: Period) -> Iterator[str]:
    """What should be known of a period that is counted all the same."""
    if period == ALL:
        return
    if crosses_years(period):
        yield "统计期间跨统计年度，照常统计；年度累计只算截止日所在的年度。"
    if period.last > desk.cases.local_today:
        yield "统计期间还没有结束，数字到今天为止。"


def _period(chosen: dict[str, Any]) -> Period:
    words, first, last = chosen["words"], chosen["first"], chosen["last"]
    if words and (first or last):
        raise InputError("统计期间写 --period，或者写 --from 和 --to，不要都写。", field="--period")
    if words:
        return parse_period(words)
    if first is None or last is None:
        raise InputError("请写明统计期间：--period，或者 --from 和 --to。", field="--period")
    return Period(first=first, last=last)


def _filter(chosen: dict[str, Any]) -> Filter:
    people_from, people_to = chosen["people_from"], chosen["people_to"]
    if people_from is not None and people_to is not None and people_to < people_from:
        raise InputError("--people-to 少于 --people-from。", field="--people-to")
    yuan_from, yuan_to = _yuan(chosen, "yuan_from"), _yuan(chosen, "yuan_to")
    if yuan_from is not None and yuan_to is not None and yuan_to < yuan_from:
        raise InputError("--yuan-to 少于 --yuan-from。", field="--yuan-to")
    return Filter(
        track=_one_of(chosen["track"], tuple(Track), "--track", ""),
        category=_one_of(chosen["kind"], tuple(Category), "--kind", "纠纷"),
        source=_one_of(chosen["source"], SOURCES, "--source", ""),
        mediator=chosen["mediator"].upper(),
        difficulty=_one_of(chosen["difficulty"], tuple(Difficulty), "--difficulty", ""),
        area=_area(chosen["area"]),
        people_from=people_from,
        people_to=people_to,
        yuan_from=yuan_from,
        yuan_to=yuan_to,
    )


def _one_of(typed: str, known: tuple[str, ...], option: str, ending: str) -> str:
    """The word of the vocabulary that was typed, with or without its ``ending``."""
    if not typed:
        return ""
    for word in known:
        if typed.strip() in (str(word), str(word).removesuffix(ending)):
            return str(word)
    raise InputError(f"{option} 不认识“{typed}”，可写{'、'.join(map(str, known))}。", field=option)


def _area(typed: str) -> str:
    return unit_tree().demand(typed).code if typed else ""


def _yuan(chosen: dict[str, Any], name: str) -> Decimal | None:
    typed = chosen[name]
    if not typed:
        return None
    option = f"--{name.replace('_', '-')}"
    try:
        amount = Decimal(typed)
    except InvalidOperation as error:
        raise InputError(f"{option} 应为元数，“{typed}”不是。", field=option) from error
    if not amount.is_finite() or amount < 0:
        raise InputError(f"{option} 应为元数，“{typed}”不是。", field=option)
    return amount
