"""排查 and 预防 by level of the unit and by 综治 class, for the monthly table of 综治 platforms (§3.5 end)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from mediation_desk.shared.record import record
from mediation_desk.statistics.organisations.tree import Level, Line, ReportingTree
from mediation_desk.statistics.work.model import WorkEntry

K = TypeVar("K", bound=Hashable)

PATROL, PREVENTION = "patrol", "prevention"
"""Codes of ``rules/work.toml`` the official tables ask for."""


@record
class Screened:
    """Patrols held, disputes found and handed to cases, disputes prevented; with the lines of work behind them."""

    times: int = 0
    found: int = 0
    handed: int = 0
    prevented: int = 0
    patrols: tuple[int, ...] = ()
    preventions: tuple[int, ...] = ()

    def with_entry(self, entry: WorkEntry) -> Screened:
        """This and one line more."""
        patrol, prevention = entry.kind == PATROL, entry.kind == PREVENTION
        return Screened(
            times=self.times + (entry.times or 0) * patrol,
            found=self.found + (entry.disputes or 0) * patrol,
            handed=self.handed + (entry.handed or 0) * patrol,
            prevented=self.prevented + (entry.disputes or 0) * prevention,
            patrols=(*self.patrols, entry.id) if patrol else self.patrols,
            preventions=(*self.preventions, entry.id) if prevention else self.preventions,
        )


def by_level(
    tree: ReportingTree, entries: Iterable[WorkEntry], *, under: str = ""
) -> Mapping[Level, Screened]:
    """What the units of each level did in the tree's period; every level is there, also an idle one."""
    return _split(tree, entries, under, Level, lambda line, _entry: line.level)


def by_line(tree: ReportingTree, entries: Iterable[WorkEntry], *, under: str = "") -> Mapping[str, Screened]:
    """The same by code of the line itself (表二 排查, 预防); lines below are not added in."""
    codes = [line.code for line in tree.under(under or tree.root.code)]
    return _split(tree, entries, under, codes, lambda line, _entry: line.code)


def by_class(
    tree: ReportingTree, entries: Iterable[WorkEntry], *, under: str = ""
) -> Mapping[tuple[str, Level], Screened]:
    """The same by top code of the 综治 list ("" where none was written) and level."""
    kept = [one for one in entries if one.kind in (PATROL, PREVENTION)]
    keys = [(code, level) for code in sorted({one.category for one in kept}) for level in Level]
    return _split(tree, kept, under, keys, lambda line, entry: (entry.category, line.level))


def _split(
    tree: ReportingTree,
    entries: Iterable[WorkEntry],
    under: str,
    keys: Iterable[K],
    key_of: Callable[[Line, WorkEntry], K],
) -> dict[K, Screened]:
    inside = {line.code for line in tree.under(under or tree.root.code)}
    found = {key: Screened() for key in keys}
    for entry in entries:
        line = tree.of_unit(entry.unit)
        counts = entry.counts and tree.period.first <= entry.last <= tree.period.last
        if counts and line.code in inside and entry.kind in (PATROL, PREVENTION):
            key = key_of(line, entry)
            found[key] = found[key].with_entry(entry)
    return found
