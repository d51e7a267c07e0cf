"""What is looked at before a line of work is kept: days, unit, numbers; one clear sentence for each fault."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from mediation_desk.access.actor import Actor
from mediation_desk.cases.bodies import body_register
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit, UnitTree
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures
from mediation_desk.shared.text import canonical
from mediation_desk.statistics.work.kinds import NUMBERS, NumberRule, WorkKind, work_rules, zz_tops
from mediation_desk.statistics.work.model import NewWork, Number, WorkEntry

LONGEST_NOTE = 500
FEN = Decimal("0.01")


def entry_of(new: NewWork, *, actor: Actor, now: datetime, operation: str | None = None) -> WorkEntry:
    """The line ``new`` becomes. Raises ``InputError`` naming the field and what is wrong with it."""
    rules, today = work_rules(), local_day(now)
    kind = rules.kind(new.kind)
    if kind.retired:
        raise InputError(f"“{kind.name}”已经停用，不能再记。", field="kind")
    last = new.last or new.first
    _demand_days(kind, new.first, last, today, rules.earliest)
    unit = meant_unit(new.unit, unit_tree())
    _demand_unit(unit, last)
    for name in NUMBERS:
        _demand_number(kind, name, getattr(new, name))
    if new.handed is not None and new.handed > (new.disputes or 0):
        raise InputError(
            f"转为案件{new.handed}件，比发现的{new.disputes or 0}件还多，请核对。", field="handed"
        )
    return WorkEntry(
        id=0,
        kind=kind.code,
        unit=unit.code,
        unit_name=unit.life.name_on(last, unit.name),
        first=new.first,
        last=last,
        times=new.times,
        disputes=new.disputes,
        handed=new.handed,
        people=new.people,
        yuan=None if new.yuan is None else new.yuan.quantize(FEN),
        category=_category(kind, new.category),
        note=kept_words(new.note, "备注", "note"),
        account=actor.account,
        clerk=actor.display_name,
        at=now,
        operation=operation or None,
    )


def meant_unit(typed: str, tree: UnitTree) -> Unit:
    """The unit meant; a committee's name or short name means the unit it belongs to. Raises ``InputError``."""
    if not typed.strip():
        raise InputError("请写明是哪个单位的工作。", field="unit")
    body = next(
        (one for one in body_register().bodies if typed.strip() in (one.short, *one.names)),
        None,
    )
    if body is not None:
        owner = next(
            (unit for unit in tree.units if body.short in {one.short for _, one in unit.bodies}), None
        )
        if owner is not None:
            return owner
    try:
        return tree.demand(typed)
    except InputError as error:
        raise InputError(error.message, field="unit") from error


def kept_words(words: str, what: str, field: str) -> str:
    """The words in canonical form. Raises ``InputError`` for what cannot be kept."""
    try:
        return canonical(words.strip(), what, longest=LONGEST_NOTE)
    except InputError as error:
        raise InputError(error.message, field=field) from error


def _demand_days(kind: WorkKind, first: date, last: date, today: date, earliest: date) -> None:
    if last < first:
        raise InputError(f"截止日{last.isoformat()}早于起始日{first.isoformat()}，请核对先后。", field="last")
    if last > today:
        field = "first" if first > today else "last"
        raise InputError(f"{last.isoformat()}还没有到，做完了再记。", field=field)
    if first < earliest:
        raise InputError(f"{first.isoformat()}太早了，请核对年份。", field="first")
    if last - first >= timedelta(days=kind.days):
        limit = "只记一天" if kind.days == 1 else f"一条最多记{kind.days}天"
        days = (last - first).days + 1
        raise InputError(f"“{kind.name}”{limit}，现在是{days}天，请分开记。", field="last")


def _demand_unit(unit: Unit, last: date) -> None:
    life = unit.life
    if not life.begun_by(last):
        founded = life.founded_on.isoformat() if life.founded_on else ""
        raise InputError(f"{unit.name}到{founded}才设立，请核对日期或者单位。", field="unit")
    if life.closed_on is not None and life.closed_on < last:
        heir = unit_tree().named(life.merged_into) if life.merged_into else None
        what = f"并入{heir.name}" if heir else "撤销"
        where = f"以后的请记在{heir.name}名下" if heir else "请核对日期或者单位"
        raise InputError(f"{unit.name}在{life.closed_on.isoformat()}以后已经{what}，{where}。", field="unit")


def _demand_number(kind: WorkKind, name: str, value: Number) -> None:
    rule = kind.rule(name)
    if rule is None:
        if value is not None:
            raise InputError(f"“{kind.name}”不记{_WORDS[name]}，请不要填。", field=name)
        return
    if value is None:
        if rule.required:
            raise InputError(f"请填写{rule.word}（{rule.unit}）。", field=name)
        return
    if value < 0:
        raise InputError(f"{rule.word}不能是负数。", field=name)
    if value < rule.least:
        raise InputError(f"{rule.word}至少是{rule.least}{rule.unit}。", field=name)
    if value > rule.most:
        raise InputError(
            f"{rule.word}{_shown(value)}{rule.unit}太大了（最多{_limit(rule)}），请核对有没有多写了位数。",
            field=name,
        )
    if isinstance(value, Decimal) and value != value.quantize(FEN):
        raise InputError(f"{rule.word}最多到分，请核对小数。", field=name)


def _category(kind: WorkKind, code: str) -> str:
    if not code:
        return ""
    if not kind.by_category:
        raise InputError(f"“{kind.name}”不分纠纷类别，请不要填。", field="category")
    for known, name in zz_tops().items():
        if code in (known, name):
            return known
    raise InputError(f"没有“{code}”这个综治类别，可用的有{'、'.join(zz_tops().values())}。", field="category")


def _shown(value: int | Decimal) -> str:
    return figures(value) if isinstance(value, Decimal) else str(value)


def _limit(rule: NumberRule) -> str:
    return f"{rule.most:,}{rule.unit}"


_WORDS = {"times": "次数", "disputes": "件数", "handed": "转为案件", "people": "人数", "yuan": "金额"}
