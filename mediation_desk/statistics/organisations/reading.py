"""表一 and the tree of a period read from storage: one way for screens, papers, exports and the command line."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from mediation_desk.cases.bodies import body_register
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.facts import organisation_facts
from mediation_desk.statistics.organisations.rows import BodyRow, MediatorRow
from mediation_desk.statistics.organisations.rules import OrganisationFigure
from mediation_desk.statistics.organisations.table import OrganisationTable, organisation_table
from mediation_desk.statistics.organisations.tree import ReportingTree, lines_of
from mediation_desk.statistics.work.model import WorkEntry


class OrganisationReader(Protocol):
    """What 表一 and the 排查 figures are counted from."""

    def bodies(self) -> tuple[BodyRow, ...]:
        """Every body cases carry, as entered."""

    def mediators(self) -> tuple[MediatorRow, ...]:
        """The people's mediators of the pool, whatever their standing."""

    def entries(self, period: Period) -> tuple[WorkEntry, ...]:
        """Lines of work that count and whose last day lies in the period."""


def read_tree(reader: OrganisationReader, period: Period) -> ReportingTree:
    """The reporting lines of ``period`` with every body that cases carry."""
    return lines_of(period, [one.name for one in reader.bodies()])


def read_organisations(
    reader: OrganisationReader,
    period: Period,
    *,
    under: str = "",
    as_of: date | None = None,
    figures: tuple[OrganisationFigure, ...] = (),
) -> OrganisationTable:
    """表一 of the unit with the code ``under`` (the root when empty), with ``figures`` or those in force.

    Raises ``InputError`` for no such unit.
    """
    bodies = reader.bodies()
    tree = lines_of(period, [one.name for one in bodies])
    facts = organisation_facts(tree, body_register(), bodies, reader.mediators(), reader.entries(period))
    return organisation_table(tree, facts, under=under, as_of=as_of, figures=figures)
