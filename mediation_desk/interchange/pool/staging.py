"""A roster between file and pool: every row as a record or with its problems, to be looked at and put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mediation_desk.interchange.pool.columns import ColumnRules, column_rules
from mediation_desk.interchange.pool.judging import PoolJudge
from mediation_desk.interchange.pool.rows import RosterReader, StagedRow
from mediation_desk.interchange.pool.twins import Known
from mediation_desk.interchange.sheets import staging
from mediation_desk.interchange.sheets.heading import Heading
from mediation_desk.interchange.sheets.staging import Plan, StagedSheet
from mediation_desk.interchange.sheets.table import Table, Watch
from mediation_desk.shared.record import record

_NEEDED = ("gender", "organisation", "employment", "specialties")
"""Fields every record needs; without a column for one, one value may stand for all rows."""


@record
class StagedImport(StagedSheet[StagedRow]):
    """A roster beside the pool."""

    pool: Known
    on: date

    @property
    def columns(self) -> ColumnRules:
        """The columns of a roster."""
        return column_rules()

    def reader(self, plan: Plan) -> RosterReader:
        """Reads the rows of ``plan``."""
        return RosterReader.of(plan.table, plan.heading, plan.mapping, self.columns.by_field)

    def judge(self) -> PoolJudge:
        """Compares the rows with the pool."""
        return PoolJudge.of(self.pool, self.on)

    @property
    def needed(self) -> tuple[str, ...]:
        """Fields without a column that every record needs; an identity number tells the gender."""
        present = set(self.plan.mapping.values())
        if "id_no" in present:
            present.add("gender")
        return tuple(field for field in _NEEDED if field not in present)


def read_sheet(file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None) -> Table:
    """The cells of ``sheet``, or of the one that looks most like a roster; refuses as the shared reader does."""
    from mediation_desk.interchange.sheets import sheet as sheets

    return sheets.read_sheet(column_rules(), file, data, sheet=sheet, watch=watch)


def plan_for(
    table: Table, *, heading: Heading | None = None, remembered: Mapping[int, str] | None = None
) -> Plan:
    """The likely meaning of a roster."""
    return staging.plan_for(column_rules(), table, heading=heading, remembered=remembered)


def stage(plan: Plan, pool: Known, on: date, *, watch: Watch | None = None) -> StagedImport:
    """Read every row and compare it with the pool. Raises ``ImportStopped`` when ``watch`` says so."""
    return StagedImport(plan=plan, pool=pool, on=on, rows=()).restaged(plan, watch=watch)
