"""One row of a roster: what its cells say of somebody."""

from __future__ import annotations

from mediation_desk.experts.mediator import Mediator
from mediation_desk.interchange.pool.assembling import from_identity
from mediation_desk.interchange.pool.columns import Column
from mediation_desk.interchange.pool.reading import read
from mediation_desk.interchange.pool.twins import traits
from mediation_desk.interchange.sheets.rows import RowReader, SheetRow
from mediation_desk.interchange.sheets.table import Line
from mediation_desk.shared.record import record


@record
class StagedRow(SheetRow):
    """``mediator`` is what would be stored; its number may still be empty."""

    mediator: Mediator | None = None


@record
class RosterReader(RowReader[Column]):
    """Reads the rows of a roster."""

    def read(self, line: Line) -> StagedRow:
        """What the cells say; not yet compared with anybody else."""
        line = self.uncovered(line)
        found, misread = self.cells(line, read)
        values = {field: one.value for field, one in found.items()}
        born = found.get("birth_date")
        misread += [
            self.trouble(line, field, one.notice, blocking=False)
            for field, one in found.items()
            if one.notice and one is not born
        ]
        day_given = born is None or born.whole
        told = from_identity(values, day_given=day_given)
        if not day_given and "birth_date" not in told:
            notice = "只写到月份，按当月1日登记。"
            misread.append(self.trouble(line, "birth_date", notice, blocking=False))
        values |= told
        return StagedRow(
            line=line,
            values=values,
            misread=tuple(misread),
            traits=traits(values),
            titles=self.titles,
            unit=self.table.unit,
        )
