"""The life of a body or unit: founded, renamed, merged, closed; as ``centre.toml`` and ``units.toml`` tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


@record
class Former:
    """An earlier name; ``until`` is the last day it was borne."""

    name: str
    until: date


@record
class Life:
    """``closed_on`` is the last day of existence; a body without ``founded_on`` is taken to have always been there.

    ``merged_into`` names the successor the way its own file names others: short name of a body, code of a unit.
    """

    founded_on: date | None = None
    closed_on: date | None = None
    merged_into: str = ""
    formers: tuple[Former, ...] = ()

    def exists_on(self, day: date) -> bool:
        """Whether it was there on ``day``."""
        return self.begun_by(day) and not self.over_before(day)

    def begun_by(self, day: date) -> bool:
        """Whether it was founded on ``day`` or before."""
        return self.founded_on is None or self.founded_on <= day

    def over_before(self, day: date) -> bool:
        """Whether it had ended when ``day`` began."""
        return self.closed_on is not None and self.closed_on < day

    def name_on(self, day: date, present: str) -> str:
        """What it was called on ``day``; ``present`` is the name it bears now."""
        return next((one.name for one in self.formers if day <= one.until), present)

    def renamed_within(self, first: date, last: date) -> tuple[Former, ...]:
        """Names given up from ``first`` on so that another was borne on ``last``."""
        return tuple(one for one in self.formers if first <= one.until < last)


def read_life(entry: Mapping[str, Any], *, name: str, file: str) -> Life:
    """The life told by an entry of ``file``. Raises ``InputError`` with one sentence naming the entry."""

    def refuse(why: str) -> InputError:
        return InputError(f"{file}：{name}{why}")

    def day(key: str) -> date | None:
        return _day(entry[key], refuse, key) if key in entry else None

    founded, closed = day("founded_on"), day("closed_on")
    formers = tuple(
        Former(name=str(one.get("name", "")).strip(), until=_day(one.get("until"), refuse, "until"))
        for one in entry.get("former", ())
    )
    merged = str(entry.get("merged_into", "")).strip()
    if founded and closed and closed < founded:
        raise refuse(f"的撤销日期{closed.isoformat()}早于设立日期{founded.isoformat()}。")
    if merged and closed is None:
        raise refuse("写了 merged_into，还要写 closed_on：并入以前的最后一天。")
    if any(not one.name for one in formers):
        raise refuse("有一个原名没有写 name。")
    if any(before.until >= after.until for before, after in pairwise(formers)):
        raise refuse("的原名应按先后写，until 一个比一个晚。")
    if any(not begun_and_open(one.until, founded, closed) for one in formers):
        raise refuse("有一个原名用到设立以前或者撤销以后，请核对 until。")
    return Life(founded_on=founded, closed_on=closed, merged_into=merged, formers=formers)


def begun_and_open(day: date, founded: date | None, closed: date | None) -> bool:
    """Whether ``day`` lies between the two, where they are known."""
    return (founded is None or founded <= day) and (closed is None or day <= closed)


def demand_successors(lives: Mapping[str, Life], *, file: str) -> None:
    """Raise ``InputError`` unless every successor is known, outlives who merged into it, and no chain is a circle."""
    for name, life in lives.items():
        seen, at = {name}, life.merged_into
        while at:
            if at not in lives:
                raise InputError(f"{file}：{name}并入的“{at}”不在名册里。")
            if at in seen:
                raise InputError(f"{file}：{name}并来并去绕回了自己，请检查 merged_into。")
            seen.add(at)
            at = lives[at].merged_into
        if life.merged_into and life.closed_on is not None:
            heir = lives[life.merged_into]
            if heir.over_before(life.closed_on):
                raise InputError(f"{file}：{name}并入{life.merged_into}的时候，后者已经撤销，请核对日期。")


def _day(value: object, refuse: Any, key: str) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise refuse(f"的 {key} 应写成 2026-06-30 这样的日期。") from None
