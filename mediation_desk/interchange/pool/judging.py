"""Each row beside the pool and the rows before it: twice the same person, new, changed, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.experts.rules import PoolRules, pool_rules
from mediation_desk.interchange.pool.assembling import changed_record, new_record
from mediation_desk.interchange.pool.rows import StagedRow, State
from mediation_desk.interchange.pool.table import Watch, tell
from mediation_desk.interchange.pool.twins import Choice, Key, Known, Twin, twin_in_file, twin_in_pool

_STEP = 500


def judged(
    rows: Sequence[StagedRow],
    choices: Mapping[int, Choice],
    pool: Known,
    on: date,
    *,
    watch: Watch | None = None,
) -> tuple[StagedRow, ...]:
    """The rows with twin, choice, record and faults; those to which nothing has changed stay as they are.

    Only a row that will be taken in makes a later one its repetition.
    """
    rules = pool_rules()
    seen: dict[Key, tuple[int, Mapping[str, Any]]] = {}
    found = []
    for done, row in enumerate(rows, start=1):
        twin = twin_in_file(row.traits, row.values, seen) or twin_in_pool(row.traits, row.values, pool)
        settled = _settled(row, twin, choices.get(row.number), pool, on, rules)
        if settled.state is State.READY:
            for trait in settled.traits:
                seen.setdefault(trait.key, (settled.number, settled.values))
        found.append(settled)
        if done % _STEP == 0:
            tell(watch, len(rows) + done)
    return tuple(found)


def _settled(
    row: StagedRow, twin: Twin | None, wished: Choice | None, pool: Known, on: date, rules: PoolRules
) -> StagedRow:
    fresh = replace(row, twin=twin)
    choice = wished if wished in fresh.choices else fresh.choices[0]
    if row.choice is choice and row.twin == twin:
        return row
    values = row.values
    if choice is Choice.UPDATE and twin is not None:
        made, faults = changed_record(pool.mediators[twin.pool_no], values, on, rules)
    else:
        if twin is not None:  # a number that belongs to somebody else is not taken over
            values = {field: value for field, value in values.items() if field != "pool_no"}
        made, faults = new_record(values, on, rules)
    misread = {trouble.field for trouble in row.misread if trouble.blocking}
    return replace(
        fresh,
        choice=choice,
        mediator=made,
        faults=tuple(fresh.trouble(field, reason) for field, reason in faults if field not in misread),
    )
