"""Table 2 by those who take a dump away with them: pandas, and a pivot table in LibreOffice Calc."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import statistics_sql as by_hand
from benchmarks.calc_pivot import calc_seconds
from benchmarks.statistics_measure import OURS, Bare, Ratio, best_ms, ratio
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.shared.clock import system_clock
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.service import StatisticsService

IN_CALC = 50_000
DUMPED = (
    *("body", "body_type", "category", "source", "result", "form", "difficulty", "people", "agreed_yuan"),
    *("accepted_on", "concluded_on", "performed_on", "applied_on", "valid_on", "refused_on"),
    *(code for code in by_hand.ADDED if code.startswith("prevented_")),
)


def dump(storage: Storage, file: Path, limit: int) -> int:
    """Facts as CSV, the newest cases first; how many."""
    bare = Bare(storage)
    try:
        columns = ", ".join(DUMPED)
        rows = bare.rows(f"SELECT {columns} FROM case_facts ORDER BY case_id DESC LIMIT {limit}")
    finally:
        bare.close()
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(DUMPED)
        writer.writerows(rows)
    return len(rows)


def by_pandas(file: Path, first: date, last: date, as_of: date) -> dict[str, dict[str, int]] | None:
    """Table 2 from the dump; None where pandas is not installed."""
    try:
        import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    days = [name for name in DUMPED if name.endswith("_on")]
    text = dict.fromkeys(
        ("body", "body_type", "category", "source", "result", "form", "difficulty"), "category"
    )
    frame = pd.read_csv(file, dtype=text | dict.fromkeys(days, "string"))
    span = (frame.concluded_on >= first.isoformat()) & (frame.concluded_on <= last.isoformat())
    frame = frame[span & frame.accepted_on.notna() & (frame.result != "不予受理")]
    frame = frame[frame.body_type.isin(by_hand.COMMITTEES)]
    success = frame.result.isin(("调解成功", "部分达成"))
    parts = {"n": frame.body.notna(), "success": success, "difficult": frame.difficulty == "疑难复杂"}
    parts |= {f"form {form}": success & (frame.form == form) for form in ("口头", "书面")}
    parts |= {
        code: frame[day].notna() & (frame[day] <= as_of.isoformat()) for code, day in by_hand.LATER.items()
    }
    numbers = pd.DataFrame(parts).astype("int64")
    for code, column in by_hand.ADDED.items():
        numbers[code] = frame[column]
    sums = numbers.groupby(frame.body, observed=True).sum()
    tables = [sums, *(pd.crosstab(frame.body, frame[name]) for name in ("body_type", "source", "category"))]
    joined = pd.concat(tables, axis=1)
    return {str(body): {str(name): int(one) for name, one in row.items()} for body, row in joined.iterrows()}


def rivals(storage: Storage, count: int, today: date) -> None:
    """pandas and Calc, as far as they are here."""
    service = StatisticsService(storage, system_clock)
    ten = Period(first=date(today.year - 10, 1, 1), last=today)
    ask = partial(service.table, COUNTER, "cases", ten, today)
    table = service.table(COUNTER, "cases", ten, today)
    with tempfile.TemporaryDirectory(prefix="bench-dump-") as ground:
        file = Path(ground) / "facts.csv"
        dump(storage, file, count)
        found = by_pandas(file, ten.first, ten.last, today)
        if found is None:
            print("pandas: not installed, not measured (pip install pandas)")
        else:
            for row in table.rows[:-1]:
                if found.get(row.label, {}).get("n", 0) != table.value(row, "concluded"):
                    raise SystemExit(f"pandas counts {row.label} differently")
            again = partial(by_pandas, file, ten.first, ten.last, today)
            print(ratio("Table 2, ten years", ask, {"pandas, reading the dump included": again}))
        few = dump(storage, file, IN_CALC)
        office = calc_seconds(file)
        if office is None:
            print("LibreOffice Calc: not installed, or it did not answer; not measured")
            return
        opening, pivot = office
        ours = best_ms({OURS: ask})[OURS]
        print(Ratio("Table 2, ten years", ours, pivot * 1000, f"Calc pivot of {few:,} rows, kinds by bodies"))
        print(f"{'':34} Calc took another {opening:.1f} s to open these rows; ours counts {count:,} cases")
