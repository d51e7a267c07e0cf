"""The reporting units of a period as a tree: township under county, village under township, bodies where they belong.

A body or unit is one line under the name it bears on the last day of the period. What merged before the period counts
with its successor; what merges within it keeps its own line, because its cases were its own, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from mediation_desk.cases.bodies import BodyRegister, RegisteredBody, body_register
from mediation_desk.cases.lives import Life
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit, UnitKind, UnitTree
from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Period

OUTSIDE = "不在单位名册里"


class Level(StrEnum):
    """Columns of the monthly 排查 table (§3.5)."""

    COUNTY = "县市区"
    TOWNSHIP = "乡镇街道"
    VILLAGE = "村居"


_LEVELS = {UnitKind.TOWNSHIP: Level.TOWNSHIP, UnitKind.VILLAGE: Level.VILLAGE}


@record
class Line:
    """One reporting unit. ``names`` are the bodies right here, by every name cases carry; ``units`` the codes of
    units whose work counts here. ``stands`` False: it is over, and stands only so that nothing is lost."""

    code: str
    label: str
    remark: str
    parent: str
    depth: int
    level: Level
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    stands: bool = True
    township_or_village: bool = False


@record
class ReportingTree:
    """Lines, parents before their children; every body and every unit is on exactly one of them."""

    period: Period
    lines: tuple[Line, ...]
    of_names: Mapping[str, Line]
    of_units: Mapping[str, Line]

    @property
    def root(self) -> Line:
        """The line over all others."""
        return self.lines[0]

    def line(self, code: str) -> Line | None:
        """The line with this code."""
        return next((one for one in self.lines if one.code == code), None)

    def children(self, code: str) -> tuple[Line, ...]:
        """Lines right under ``code``."""
        return tuple(one for one in self.lines if one.parent == code and one.code != code)

    def under(self, code: str) -> tuple[Line, ...]:
        """The line called ``code`` and everything below it."""
        found: list[Line] = []
        inside: set[str] = set()
        for one in self.lines:
            if one.code == code or one.parent in inside:
                inside.add(one.code)
                found.append(one)
        return tuple(found)

    def names_under(self, code: str) -> tuple[str, ...]:
        """Names of all bodies of a line and below."""
        return tuple(name for one in self.under(code) for name in one.names)

    def units_under(self, code: str) -> tuple[str, ...]:
        """Codes of all units that count on a line or below."""
        return tuple(unit for one in self.under(code) for unit in one.units)

    def of_body(self, name: str) -> Line:
        """The line a body counts on; one nobody knows counts on the root."""
        return self.of_names.get(name, self.root)

    def of_unit(self, code: str) -> Line:
        """The line a unit counts on; one nobody knows counts on the root."""
        return self.of_units.get(code, self.root)


def lines_of(period: Period, known: Iterable[str] = ()) -> ReportingTree:
    """The tree of this centre; ``known`` are names of bodies that cases carry. Raises ``InputError``."""
    return reporting_tree(unit_tree(), body_register(), period, known)


def reporting_tree(
    units: UnitTree, register: BodyRegister, period: Period, known: Iterable[str] = ()
) -> ReportingTree:
    """The reporting units of ``period``; bodies that no unit has hang under the root."""
    return _Builder(units, register, period).tree(known)


class _Builder:
    """Works the lines out for one period."""

    def __init__(self, units: UnitTree, register: BodyRegister, period: Period) -> None:
        self._units = units
        self._register = register
        self._period = period
        self._by_code = {unit.code: unit for unit in units.units}
        self._lives = {unit.code: self._life(unit) for unit in units.units}
        self._owner = self._owners()
        self._standing = {code for code in self._by_code if self._counts_at(code) == code}
        self._root = self._counts_at(units.roots[0].code) if units.roots else ""

    def tree(self, known: Iterable[str]) -> ReportingTree:
        members = self._members()
        lines: dict[str, Line] = {}
        for _depth, unit in self._units.walk():
            if unit.code in self._standing:
                lines[unit.code] = self._line(unit, members.get(unit.code, []))
        homeless = [one for one in self._register.bodies if self._home(one) == ""]
        strangers = dict.fromkeys(name for name in known if self._register.called(name) is None)
        for body in homeless:
            if self._register.heir(body, self._period.first) is body:
                lines[body.name] = self._outside(body.name, self._folded(body), body.life)
        for name in strangers:
            lines[name] = self._outside(name, [], Life())
        ordered = _parents_first(lines, self._root)
        return ReportingTree(
            period=self._period,
            lines=ordered,
            of_names={name: line for line in ordered for name in line.names},
            of_units={unit: line for line in ordered for unit in line.units},
        )

    # Where something counts

    def _counts_at(self, code: str) -> str:
        """The unit a unit counts on: itself, or who it had merged into before the period began."""
        while self._lives[code].over_before(self._period.first):
            heir = self._heir(code)
            if not heir:
                return code
            code = heir
        return code

    def _heir(self, code: str) -> str:
        """Its successor: as the unit says, or for a committee that is nothing but a body, as the body says."""
        if self._by_code[code].life.merged_into:
            return self._by_code[code].life.merged_into
        merged = self._lives[code].merged_into
        return self._owner.get(merged, "") if merged else ""

    def _life(self, unit: Unit) -> Life:
        """A committee that is nothing but a body need not tell its life twice."""
        body = self._only_body(unit)
        return body.life if body is not None and unit.life == Life() else unit.life

    def _only_body(self, unit: Unit) -> RegisteredBody | None:
        if unit.kind is not UnitKind.COMMITTEE or not unit.bodies:
            return None
        return self._register.short(unit.bodies[0][1].short)

    def _owners(self) -> dict[str, str]:
        """Unit by short name of its body."""
        found: dict[str, str] = {}
        for unit in self._units.units:
            for _track, body in unit.bodies:
                found.setdefault(body.short, unit.code)
        return found

    def _home(self, body: RegisteredBody) -> str:
        """The unit a body counts on in this period, or nothing."""
        standing = self._register.heir(body, self._period.first)
        owner = self._owner.get(standing.short, "")
        return self._counts_at(owner) if owner else ""

    def _members(self) -> dict[str, list[RegisteredBody]]:
        found: dict[str, list[RegisteredBody]] = {}
        for body in self._register.bodies:
            home = self._home(body)
            if home:
                found.setdefault(home, []).append(body)
        return found

    def _folded(self, heir: RegisteredBody) -> list[RegisteredBody]:
        first = self._period.first
        return [one for one in self._register.bodies if self._register.heir(one, first) is heir]

    # Lines

    def _line(self, unit: Unit, bodies: list[RegisteredBody]) -> Line:
        life = self._lives[unit.code]
        kind_of = self._kind_above(unit)
        remarks = self._remarks(life, self._unit_name(self._heir(unit.code)))
        merged = [
            one
            for one in self._units.units
            if one.code != unit.code and self._counts_at(one.code) == unit.code
        ]
        told = {one.name for one in merged}
        remarks += [_taken_in(one.name, self._lives[one.code]) for one in merged]
        mine = self._only_body(unit)
        for body in bodies:
            if body.life.over_before(self._period.first) and body.life.merged_into:
                remarks += [] if body.name in told else [_taken_in(body.name, body.life)]
            elif body is not mine:
                remarks += [
                    f"{body.name}{remark}" for remark in self._remarks(body.life, self._body_name(body))
                ]
        return Line(
            code=unit.code,
            label=life.name_on(self._period.last, self._named_like(unit, mine)),
            remark="；".join(remarks),
            parent=self._parent(unit),
            depth=0,
            level=_LEVELS.get(kind_of, Level.COUNTY),
            names=tuple(name for body in bodies for name in body.names),
            units=(unit.code, *(one.code for one in merged)),
            stands=self._stands(life),
            township_or_village=unit.kind in _LEVELS,
        )

    def _outside(self, name: str, folded: list[RegisteredBody], life: Life) -> Line:
        body = self._register.called(name)
        heir = self._body_name(body) if body else ""
        remarks = [OUTSIDE, *self._remarks(life, heir)]
        remarks += [_taken_in(one.name, one.life) for one in folded if one.name != name]
        return Line(
            code=name,
            label=life.name_on(self._period.last, name),
            remark="；".join(remarks),
            parent=self._root,
            depth=1,
            level=Level.COUNTY,
            names=tuple(one for body in folded for one in body.names) or (name,),
            stands=self._stands(life),
        )

    def _stands(self, life: Life) -> bool:
        return life.begun_by(self._period.last) and not life.over_before(self._period.first)

    def _parent(self, unit: Unit) -> str:
        """The nearest unit above that has a line; a village of a township that merged lies in its successor."""
        if unit.code == self._root:
            return ""
        above = unit.parent
        parent = self._counts_at(above) if above else self._root
        return self._root if parent == unit.code else parent

    def _kind_above(self, unit: Unit) -> UnitKind:
        """The township or village a unit lies in, seen from below; else the unit's own kind."""
        way = reversed(self._units.path(unit.code))
        return next((one.kind for one in way if one.kind in _LEVELS), unit.kind)

    def _named_like(self, unit: Unit, body: RegisteredBody | None) -> str:
        """A committee that is nothing but a body is renamed with it, even where its unit keeps the old name."""
        return body.name if body is not None and unit.name in body.names else unit.name

    def _unit_name(self, code: str) -> str:
        return self._by_code[code].name if code else ""

    def _body_name(self, body: RegisteredBody) -> str:
        heir = self._register.short(body.life.merged_into)
        return heir.name if heir else ""

    def _remarks(self, life: Life, heir: str) -> list[str]:
        """What happened to it in the period, and what is over since before."""
        first, last = self._period.first, self._period.last
        told = [f"原名{one.name}（至{one.until.isoformat()}）" for one in life.renamed_within(first, last)]
        if life.founded_on is not None and first < life.founded_on <= last:
            told.append(f"{life.founded_on.isoformat()}设立")
        if not life.begun_by(last) and life.founded_on is not None:
            told.append(f"到{life.founded_on.isoformat()}才设立")
        if life.closed_on is not None and life.closed_on <= last:
            end = f"并入{heir}" if heir else "撤销"
            told.append(f"{life.closed_on.isoformat()}{end}")
        return told


def _taken_in(name: str, life: Life) -> str:
    on = life.closed_on.isoformat() if life.closed_on else ""
    return f"含{name}（{on}并入）"


def _parents_first(lines: dict[str, Line], root: str) -> tuple[Line, ...]:
    """In the order of the tree, whatever the order of the file; what hangs on itself after mergers is put
    under the root, so that nothing is lost."""
    below: dict[str, list[Line]] = {}
    for line in lines.values():
        parent = root if _hangs_on_itself(line, lines) else line.parent
        below.setdefault(parent, []).append(replace(line, parent=parent))
    ordered: list[Line] = []
    stack = [(0, line) for line in reversed(below.get("", []))]
    while stack:
        depth, line = stack.pop()
        ordered.append(replace(line, depth=depth))
        stack += [(depth + 1, one) for one in reversed(below.get(line.code, []))]
    return tuple(ordered)


def _hangs_on_itself(line: Line, lines: dict[str, Line]) -> bool:
    seen, above = {line.code}, line.parent
    while above in lines:
        if above in seen:
            return True
        seen.add(above)
        above = lines[above].parent
    return False
