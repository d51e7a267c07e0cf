"""What a submission keeps is plain data, and reads back as it was."""

from __future__ import annotations

import json
from datetime import date

from mediation_desk.statistics.model import StatRow, StatTable
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.submitting.plain import plain, restored


def test_a_line_with_withheld_figures_is_kept_and_read_back() -> None:
    row = StatRow(label="合计", values=(None, 3), withheld=frozenset({"success", "concluded"}))
    kept = json.loads(json.dumps(plain(row)))
    assert kept["withheld"] == ["concluded", "success"]  # sorted: the seal is over these words
    assert restored(StatRow, kept) == row


def test_a_whole_table_is_kept_and_read_back() -> None:
    table = StatTable(
        code="tracks",
        title="表",
        row_key="track",
        row_title="调解种类",
        columns=(),
        rows=(StatRow(label="人民调解", values=(), place={"track": ("人民调解", None)}),),
        period=parse_period("2026Q1"),
        as_of=date(2026, 11, 28),
    )
    assert restored(StatTable, json.loads(json.dumps(plain(table)))) == table
