"""A line of a register beside the cases on file: known, new, right or wrong."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.interchange.ledger.assembling import Setting, case_of
from mediation_desk.interchange.ledger.rows import LedgerRow
from mediation_desk.interchange.ledger.twins import Known, twin_of
from mediation_desk.interchange.sheets.twins import Seen, Twin
from mediation_desk.shared.record import record


@record
class LedgerJudge:
    """The cases on file as they were read, and what a line is read beside."""

    known: Known
    setting: Setting

    def twin(self, row: LedgerRow, seen: Seen) -> Twin | None:
        """Which case this is already."""
        line = (self.setting.file, self.setting.sheet, row.number)
        return twin_of(row.traits, self.known, row.values, seen, line)

    def settled(self, row: LedgerRow) -> LedgerRow:
        """The row with the faults of the case it would make; the case itself is made again when it is taken in."""
        _file, faults = case_of(row.values, row.cells, row.number, self.setting)
        misread = {trouble.field for trouble in row.misread if trouble.blocking}
        told = tuple(
            row.trouble(one.field, one.reason, blocking=one.blocking)
            for one in faults
            if one.field not in misread
        )
        return replace(row, faults=told)
