"""Bodies get other names: what was reported under one and counts under another today is the same line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from mediation_desk.cases.bodies import body_register
from mediation_desk.shared.record import record
from mediation_desk.statistics.filling import Label, Line
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.ports import Filter, Sums
from mediation_desk.statistics.submitting.model import Delta, PlaceKey
from mediation_desk.statistics.tables import TableRule

BODY = "body"


@record
class Naming:
    """One name for each body of a table, by every name the register knows; a body nobody registered has its own."""

    at: int | None
    names: Mapping[str, str]

    def place(self, key: PlaceKey) -> PlaceKey:
        """A place with that name of its body."""
        if self.at is None:
            return key
        name = key[self.at]
        return (*key[: self.at], self.names.get(str(name), name), *key[self.at + 1 :])

    def sums(self, sums: Mapping[PlaceKey, Sums]) -> Mapping[PlaceKey, Sums]:
        """Sums of all names of a body together."""
        found: defaultdict[PlaceKey, dict[str, int | Decimal]] = defaultdict(dict)
        for key, more in sums.items():
            into = found[self.place(key)]
            for code, value in more.items():
                into[code] = into.get(code, 0) + value
        return dict(found)

    def deltas(self, deltas: Iterable[Delta]) -> tuple[Delta, ...]:
        """Movements of cases at these places."""
        return tuple(replace(one, place=self.place(one.place)) for one in deltas)

    def lines(self, table: StatTable, sums: Mapping[PlaceKey, Sums], label: Label) -> tuple[Line, ...]:
        """The lines as reported, then bodies that had none."""
        reported = [
            Line(
                label=row.label,
                place={BODY: (*row.place[BODY], *(self.place((name,))[0] for name in row.place[BODY]))},
                remark=row.remark,
            )
            for row in table.rows
            if BODY in row.place
        ]
        known = {name for line in reported for name in line.place[BODY]}
        others = sorted({key[0] for key in sums} - known, key=str)
        return (*reported, *(Line(label=label(BODY, name), place={BODY: (name,)}) for name in others))


def naming_of(rule: TableRule, table: StatTable | None) -> Naming:
    """The name a body was reported by in the table, else its present one."""
    if BODY not in rule.rows:
        return Naming(at=None, names={})
    stood = {name for row in table.rows for name in row.place.get(BODY, ())} if table is not None else set()
    bodies = body_register().bodies
    said = {one.name: next((name for name in one.names if name in stood), one.name) for one in bodies}
    names = {name: said[one.name] for one in bodies for name in one.names}
    return Naming(at=rule.rows.index(BODY), names=names | said)


def present_name(name: str) -> str:
    """What the body is called today."""
    body = body_register().called(name)
    return body.name if body else name


def by_any_name(among: Filter) -> Filter:
    """The filter with every name of the bodies it asks for."""
    register = body_register()
    found = {name: register.called(name) for name in among.bodies}
    names = (other for name, body in found.items() for other in ((name, *body.names) if body else (name,)))
    return replace(among, bodies=tuple(dict.fromkeys(names)))
