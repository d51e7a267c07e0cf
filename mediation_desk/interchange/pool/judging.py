"""A row of a roster beside the pool: somebody known, somebody new, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.experts.rules import PoolRules, pool_rules
from mediation_desk.interchange.pool.assembling import changed_record, new_record
from mediation_desk.interchange.pool.rows import StagedRow
from mediation_desk.interchange.pool.twins import Known, twin_in_file, twin_in_pool
from mediation_desk.interchange.sheets.twins import Choice, Seen, Twin
from mediation_desk.shared.record import record


@record
class PoolJudge:
    """The pool as it was read, on a day, under the rules in force."""

    pool: Known
    on: date
    rules: PoolRules

    @classmethod
    def of(cls, pool: Known, on: date) -> PoolJudge:
        """Under the rules in force now."""
        return cls(pool=pool, on=on, rules=pool_rules())

    def twin(self, row: StagedRow, seen: Seen) -> Twin | None:
        """Who this is already."""
        return twin_in_file(row.traits, row.values, seen) or twin_in_pool(row.traits, row.values, self.pool)

    def settled(self, row: StagedRow) -> StagedRow:
        """The row with the record it would make and its faults."""
        values, twin = row.values, row.twin
        if row.choice is Choice.UPDATE and twin is not None:
            made, faults = changed_record(self.pool.mediators[twin.key], values, self.on, self.rules)
        else:
            if twin is not None:  # a number that belongs to somebody else is not taken over
                values = {field: value for field, value in values.items() if field != "pool_no"}
            made, faults = new_record(values, self.on, self.rules)
        misread = {trouble.field for trouble in row.misread if trouble.blocking}
        told = tuple(row.trouble(field, reason) for field, reason in faults if field not in misread)
        return replace(row, mediator=made, faults=told)
