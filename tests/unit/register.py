"""Old case registers as workbooks, and what the import makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.cases.ledger import KnownCase, LedgerEntry
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.model import MediatorCard
from mediation_desk.interchange.ledger.assembling import case_of
from mediation_desk.interchange.ledger.columns import ledger_columns
from mediation_desk.interchange.ledger.staging import StagedLedger
from mediation_desk.interchange.ledger.twins import known
from mediation_desk.interchange.sheets.sheet import read_sheet
from mediation_desk.interchange.sheets.staging import plan_for
from mediation_desk.shared.errors import InputError
from tests.unit.roster import workbook

ON = date(2026, 7, 1)
TITLES = (
    "编号",
    "登记日期",
    "申请人",
    "被申请人",
    "纠纷类型",
    "纠纷简要情况",
    "来源",
    "调解员",
    "调解结果",
    "结案日期",
)
GOOD = (
    "（2024）清平人调字第1号",
    date(2024, 3, 4),
    "孟庆兰",
    "田志远",
    "邻里",
    "楼上漏水，吊顶泡坏",
    "申请",
    "周敬安",
    "调解成功",
    date(2024, 3, 20),
)


def with_cells(**wanted: object) -> list[object]:
    """The good row with other values, by title."""
    return list((dict(zip(TITLES, GOOD, strict=True)) | wanted).values())


def staged(
    data: bytes,
    *cases: KnownCase,
    file: str = "台账.xlsx",
    cards: Sequence[MediatorCard] = (),
    on: date = ON,
) -> StagedLedger:
    columns = ledger_columns()
    plan = plan_for(columns, read_sheet(columns, file, data))
    empty = StagedLedger(plan=plan, rows=(), known=known(cases, cards), on=on)
    return replace(empty.restaged(plan), left_out=empty.reader(plan).layout.left_out)


def rows_of(*rows: Sequence[object], arrange: Callable[[Worksheet], object] | None = None) -> StagedLedger:
    return staged(workbook(*rows, arrange=arrange))


def one(**wanted: object) -> StagedLedger:
    titles = (*TITLES, *(title for title in wanted if title not in TITLES))
    return rows_of(titles, with_cells(**wanted))


def made(found: StagedLedger, place: int = 0) -> CaseFile:
    row = found.rows[place]
    file, _faults = case_of(row.values, row.cells, row.number, found.setting())
    assert file is not None, blocking(found)
    return file


def entry(found: StagedLedger, place: int = 0) -> LedgerEntry:
    kept = made(found, place).beside.ledger
    assert kept is not None
    return kept


def blocking(found: StagedLedger) -> list[str]:
    return [one.sentence for row in found.rows for one in row.troubles if one.blocking]


def notices(found: StagedLedger) -> list[str]:
    return [one.sentence for row in found.rows for one in row.troubles if not one.blocking]


def outcome(data: bytes, **more: Any) -> StagedLedger | str:
    """What was staged, or the sentence why not; anything else raised is a bug."""
    try:
        return staged(data, **more)
    except InputError as error:
        return error.message
