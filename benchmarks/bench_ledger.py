"""How long an old register takes to read, look at, take in and take back, and whether a row costs more in a long one.

Prints each time also as a ratio to openpyxl merely walking over the cells of the same sheet.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

from mediation_desk.app import open_desk
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.settings import resolve

TITLES = (
    "序号",
    "编号",
    "登记日期",
    "申请人",
    "被申请人",
    "联系电话",
    "纠纷类型",
    "案由",
    "调解员",
    "调解结果",
    "金额",
)
FIRST = date(2024, 1, 1)
DAYS = 360
NAMES = 5_000


def register(rows: int) -> bytes:
    """A register of ``rows`` cases, all of them good."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(TITLES)
    for place in range(rows):
        sheet.append(
            (
                place + 1,
                f"（2024）清平人调字第{place + 1}号",
                FIRST + timedelta(days=place * DAYS // rows),
                f"张{chr(0x4E00 + place % NAMES)}明",
                f"李{chr(0x4E00 + place * 7 % NAMES)}华",
                "13800000101",
                "邻里",
                "楼上漏水泡坏吊顶，多次协商未果",
                "周敬安",
                "调解成功，达成书面协议",
                "5,000元",
            )
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def walk(data: bytes) -> int:
    """The floor: every cell once, nothing kept."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def measured(rows: int) -> dict[str, float]:
    """Seconds of every part for a register of ``rows`` cases, on a fresh database."""
    data, told = register(rows), dict[str, float]()

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        told[part] = time.perf_counter() - begun

    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(resolve(Path(folder), practice=True))
        ledgers, actor = desk.ledger_import, desk.actor
        with timed("openpyxl alone"):
            walk(data)
        with timed("read"):
            table = ledgers.read(actor, "台账.xlsx", data)
        with timed("stage"):
            staged = ledgers.stage(actor, table)
        with timed("mend a cell"):
            staged = staged.with_cell(rows // 2, 3, "王五")
        if staged.count(State.READY) != rows:
            raise SystemExit("the register is not good")
        with timed("take in"):
            result = ledgers.take_in(actor, staged)
        with timed("take back"):
            ledgers.undo(actor, result.batch)
        desk.close()
    return told


def main(show: Callable[[str], object] = print) -> None:
    """Measure a short and a long register."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    short, long = measured(rows // 5), measured(rows)
    floor = long["openpyxl alone"]
    show(
        f"{rows} rows; ratio to openpyxl walking over the sheet; cost of a row beside that in {rows // 5} rows"
    )
    for part, seconds in long.items():
        flat = seconds / short[part] / 5
        show(f"{part:16} {seconds:8.2f} s   {seconds / floor:6.2f} x   row {flat:5.2f} x")


if __name__ == "__main__":
    main()
