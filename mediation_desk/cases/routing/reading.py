"""Reads the tree of units from ``rules/units.toml`` (a centre's own goes first) and says what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.centre import Centre, read_centre
from mediation_desk.cases.lives import demand_successors, read_life
from mediation_desk.cases.routing.units import Unit, UnitKind, UnitTree
from mediation_desk.shared.assets import built, rules
from mediation_desk.shared.errors import InputError

_FILE = "单位名册 units.toml"


def unit_tree() -> UnitTree:
    """The units of this centre. Raises ``InputError`` with one sentence naming unit and reason."""
    return _tree(_Same(rules("units")), _Same(rules("centre")))


class _Same:
    """A rule table as a key: the same table read once is the same tree."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def __hash__(self) -> int:
        return id(self._table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._table is other._table


@lru_cache(maxsize=4)
def _tree(_units: _Same, _centre: _Same) -> UnitTree:
    return built("units", lambda data: read_units(data, read_centre()))


def read_units(data: Mapping[str, Any], centre: Centre) -> UnitTree:
    """The tree of ``data``, its mediating units bound to the bodies of ``centre``. Raises ``InputError``."""
    entries = data.get("unit", ())
    if not entries:
        raise InputError(f"{_FILE} 里一个单位也没有。")
    units = tuple(_unit(place, entry, centre) for place, entry in enumerate(entries, start=1))
    for word, values in (
        ("代码", [unit.code for unit in units]),
        ("名称", [unit.name for unit in units]),
        ("简称", [unit.short for unit in units]),
    ):
        _demand_single(word, values)
    known = {unit.code: unit for unit in units}
    for unit in units:
        if unit.parent and unit.parent not in known:
            raise InputError(f"{_FILE}：{unit.name}的上级“{unit.parent}”不在名册里。")
        _demand_no_circle(unit, known)
    demand_successors({unit.code: unit.life for unit in units}, file=_FILE)
    return UnitTree(units=units)


def _unit(place: int, entry: Mapping[str, Any], centre: Centre) -> Unit:
    for key in ("code", "name", "kind"):
        if not str(entry.get(key, "")).strip():
            raise InputError(f"{_FILE}：第{place}个单位没有写 {key}。")
    name = str(entry["name"]).strip()
    if entry["kind"] not in {kind.value for kind in UnitKind}:
        raise InputError(f"{_FILE}：{name}的类别“{entry['kind']}”不认识，可用的有{'、'.join(UnitKind)}。")
    accepts = entry.get("accepts", [kind.value for kind in OrderKind])
    for kind in accepts:
        if kind not in {known.value for known in OrderKind}:
            raise InputError(f"{_FILE}：{name}接收的“{kind}”不认识，可用的有{'、'.join(OrderKind)}。")
    short = str(entry.get("short", name)).strip()
    bodies = tuple(pair for pair in centre.bodies if pair[1].short == entry.get("mediates"))
    if "mediates" in entry and not bodies:
        raise InputError(
            f"{_FILE}：{name}写明以“{entry['mediates']}”主持调解，而 centre.toml 里没有这个简称的单位。"
        )
    return Unit(
        code=str(entry["code"]).strip(),
        name=name,
        short=short,
        kind=UnitKind(entry["kind"]),
        parent=str(entry.get("parent", "")).strip(),
        contact=str(entry.get("contact", "")),
        phone=str(entry.get("phone", "")),
        resident=bool(entry.get("resident", False)),
        accepts=tuple(OrderKind(kind) for kind in accepts),
        bodies=bodies,
        life=read_life(entry, name=name, file=_FILE),
    )


def _demand_single(word: str, values: Iterable[str]) -> None:
    twice = next((value for value, count in Counter(values).items() if count > 1), None)
    if twice is not None:
        raise InputError(f"{_FILE}：{word}“{twice}”用了两次。")


def _demand_no_circle(unit: Unit, known: Mapping[str, Unit]) -> None:
    seen, above = {unit.code}, unit.parent
    while above in known:
        if above in seen:
            raise InputError(f"{_FILE}：{unit.name}的上级绕回了自己，请检查 parent。")
        seen.add(above)
        above = known[above].parent
