"""What is published can identify nobody: small numbers are withheld, and no arithmetic brings them back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.figures import Derived, book
from mediation_desk.statistics.model import Period, StatRow, StatTable
from mediation_desk.statistics.publishing import published, publishing_rule
from mediation_desk.statistics.render import to_json, to_text, to_xlsx
from mediation_desk.statistics.tables import tables

YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
MONTH = Period(first=date(2026, 3, 1), last=date(2026, 3, 31))
LEAST = 5
KINDS, OFFICES = book().splits["kinds"], book().splits["offices"]

Cell = tuple[int, str]
Equation = dict[Cell, int]


def made(code: str, lines: Iterable[Mapping[str, int | Decimal]], **more: Any) -> StatTable:
    """A table of these sums, with its totals and everything worked out from them."""
    rule, figures = tables().listed[code], book()
    each = [dict(line) for line in lines]
    names = {name for line in each for name in line}
    total = {name: sum((line.get(name, 0) for line in each), 0) for name in names}
    rows = [
        StatRow(
            label="合计" if sums is total else f"第{number}行",
            values=tuple(figures.value(column.code, sums) for column in rule.columns),
            is_total=sums is total,
            place={} if sums is total else {rule.rows[0]: (f"第{number}行",)},
        )
        for number, sums in enumerate([*each, total])
    ]
    return StatTable(
        code=code,
        title=rule.title,
        row_key=rule.row_key,
        row_title=rule.row_title,
        columns=rule.columns,
        rows=tuple(rows),
        period=YEAR,
        as_of=YEAR.last,
        **more,
    )


def to_date(table: StatTable, period: Period, more: Mapping[str, int]) -> StatTable:
    """The table with a line for the year so far: its sum and ``more``."""
    total = table.rows[-1]
    values = tuple(
        value + more.get(column.code, 0) if isinstance(value, int) else value
        for column, value in zip(table.columns, total.values, strict=True)
    )
    extra = replace(total, label="年度累计", values=values, is_total=False, is_extra=True, period=period)
    return replace(table, rows=(*table.rows, extra))


EARLIER = {
    "concluded": 2,
    "success": 2,
    "written": 2,
    "persons": 4,
    "kind_land": 2,
    "body_village": 2,
    "application": 2,
}
"""What two cases before the period add to the year so far."""

small = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, int | Decimal]]:
    """Sums of a few reporting units, such as real cases could have."""
    found: list[dict[str, int | Decimal]] = []
    for _ in range(draw(st.integers(1, 4))):
        sums: dict[str, int | Decimal] = {}
        for kind in draw(st.lists(st.sampled_from(KINDS), max_size=4, unique=True)):
            sums[kind] = draw(small)
        count = int(sum(sums.values()))
        body = draw(st.sampled_from(book().splits["bodies"]))
        sums["concluded"] = sums[body] = count
        left = count
        for office in (*OFFICES[:2], "own_motion"):
            sums[office] = draw(st.integers(0, left))
            left -= int(sums[office])
        sums["application"] = left
        sums["referred"] = sum(int(sums[office]) for office in OFFICES[:2])
        sums["success"] = success = draw(st.integers(0, count))
        sums["written"] = written = draw(st.integers(0, success))
        sums["oral"] = success - written
        sums["performed"] = draw(st.integers(0, success))
        sums["confirm_applied"] = applied = draw(st.integers(0, written))
        sums["confirm_valid"] = draw(st.integers(0, applied))
        sums["persons"] = 2 * count + draw(st.integers(0, 3)) * (count > 0)
        sums["agreed_yuan"] = Decimal(draw(st.integers(0, 3) if success else st.just(0))) * 1000
        sums["labour"] = sums.get("kind_wages", 0) + sums.get("kind_labour", 0)
        sums["consumer"] = sum(
            (sums.get(kind, 0) for kind in ("kind_tourism", "kind_e_commerce", "kind_consumer")), 0
        )
        found.append(sums)
    return found


# The one who wants to know: everything that is public about the tables, and the numbers that are shown.


def known_equations(table: StatTable) -> list[Equation]:
    """Written down from domain.md §3.4, not read from the program."""
    codes = {column.code for column in table.columns}
    within = [
        ("concluded", book().splits["bodies"]),
        ("concluded", KINDS),
        ("concluded", ("own_motion", "application", "referred")),
        ("concluded", ("success", "failed", "terminated", "withdrawn")),
        ("referred", OFFICES),
        ("success", ("written", "oral")),
        ("labour", ("kind_wages", "kind_labour")),
        ("consumer", ("kind_tourism", "kind_e_commerce", "kind_consumer")),
    ]
    found: list[Equation] = []
    for line in range(len(table.rows)):
        for whole, parts in within:
            if {whole, *parts} <= codes:
                found.append({(line, whole): -1} | {(line, part): 1 for part in parts})
    last = next(number for number, row in enumerate(table.rows) if row.is_total)
    for code in codes:
        if not isinstance(book().find(code), Derived):
            found.append({(last, code): -1} | {(line, code): 1 for line in range(last)})
            for extra, row in enumerate(table.rows):
                if row.is_extra and row.period == table.period:
                    found.append({(last, code): -1, (extra, code): 1})
    return found


def worked_out(shown: StatTable, equations: list[Equation]) -> dict[Cell, Fraction]:
    """Withheld cells that can be computed: by row reduction, by bounds, and from rates and 万元."""
    values = {
        (line, column.code): Fraction(value)
        for line, row in enumerate(shown.rows)
        for column, value in zip(shown.columns, row.values, strict=True)
        if value is not None
    }
    open_cells = {(line, code) for line, row in enumerate(shown.rows) for code in row.withheld}
    open_cells = {cell for cell in open_cells if not isinstance(book().find(cell[1]), Derived)}
    reduced: list[tuple[dict[Cell, Fraction], Fraction]] = []
    for equation in equations:
        left = {cell: Fraction(by) for cell, by in equation.items() if cell in open_cells}
        right = -sum(
            (by * values[cell] for cell, by in equation.items() if cell not in open_cells), Fraction()
        )
        reduced.append((left, right))
    found = by_elimination(reduced)
    found |= by_bounds(reduced, open_cells)
    for line, row in enumerate(shown.rows):
        for column, value in zip(shown.columns, row.values, strict=True):
            one = book().find(column.code)
            if isinstance(one, Derived) and value is not None:
                for need in one.needs:
                    if (line, need) in open_cells:
                        found[line, need] = Fraction(value)
    return found


def by_elimination(
    rows: list[tuple[dict[Cell, Fraction], Fraction]],
) -> dict[Cell, Fraction]:
    """Gauss and Jordan."""
    done: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}

    def minus(
        one: tuple[dict[Cell, Fraction], Fraction], cell: Cell, other: tuple[dict[Cell, Fraction], Fraction]
    ) -> tuple[dict[Cell, Fraction], Fraction]:
        factor = one[0].get(cell, Fraction())
        left = dict(one[0])
        for name, by in other[0].items():
            left[name] = left.get(name, Fraction()) - factor * by
        return {name: by for name, by in left.items() if by}, one[1] - factor * other[1]

    for one in rows:
        now = ({cell: by for cell, by in one[0].items() if by}, one[1])
        for cell, other in done.items():
            now = minus(now, cell, other)
        if not now[0]:
            continue
        pivot = next(iter(now[0]))
        lead = now[0][pivot]
        now = ({cell: by / lead for cell, by in now[0].items()}, now[1] / lead)
        done = {cell: minus(other, pivot, now) for cell, other in done.items()} | {pivot: now}
    return {cell: right for cell, (left, right) in done.items() if set(left) == {cell}}


def by_bounds(
    rows: list[tuple[dict[Cell, Fraction], Fraction]], open_cells: set[Cell]
) -> dict[Cell, Fraction]:
    """Everybody knows that a withheld number is at least one (a fen), and of an equation what is left for each."""
    low = {cell: Fraction(1, 100) if cell[1] == "agreed_yuan" else Fraction(1) for cell in open_cells}
    high: dict[Cell, Fraction | None] = dict.fromkeys(open_cells)
    for _ in range(30):
        before = (dict(low), dict(high))
        for left, right in rows:
            for cell, by in left.items():
                others = [(other, factor) for other, factor in left.items() if other != cell]
                least = most = right / by
                open_least = open_most = False
                for other, factor in others:
                    share = factor / by
                    top = high[other]
                    if share > 0:
                        most -= share * low[other]
                        open_least |= top is None
                        least -= share * (top or 0)
                    else:
                        least -= share * low[other]
                        open_most |= top is None
                        most -= share * (top or 0)
                if not open_least:
                    low[cell] = max(low[cell], least)
                if not open_most:
                    high[cell] = most if high[cell] is None else min(high[cell] or most, most)
        if (low, high) == before:
            break
    return {cell: low[cell] for cell in open_cells if high[cell] == low[cell]}


def plainly(table: StatTable) -> StatTable:
    """Only the small numbers left out, as a beginner would do it."""
    rows = []
    for row in table.rows:
        hidden = frozenset(
            column.code
            for column, value in zip(table.columns, row.values, strict=True)
            if isinstance(value, int) and 0 < value < LEAST
        )
        values = tuple(
            None if column.code in hidden else value
            for column, value in zip(table.columns, row.values, strict=True)
        )
        rows.append(replace(row, values=values, withheld=hidden))
    return replace(table, rows=tuple(rows))


slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(sums=lines(), code=st.sampled_from(["cases", "tracks"]), extra=st.sampled_from([None, YEAR, MONTH]))
def test_no_withheld_number_can_be_worked_out(
    sums: list[dict[str, int | Decimal]], code: str, extra: Period | None
) -> None:
    if code == "tracks":
        for line in sums:
            line["failed"] = int(line["concluded"]) - int(line["success"])
    table = made(code, sums)
    if extra is not None:
        table = to_date(table, extra, {} if extra == YEAR else EARLIER)

    shown = published(table)

    assert worked_out(shown, known_equations(table)) == {}


@slow
@given(sums=lines())
def test_small_numbers_and_amounts_of_few_cases_never_show(sums: list[dict[str, int | Decimal]]) -> None:
    table = made("cases", sums)

    shown = published(table)

    for before, after in zip(table.rows, shown.rows, strict=True):
        for column, value, now in zip(table.columns, before.values, after.values, strict=True):
            if isinstance(value, int) and 0 < value < LEAST:
                assert now is None
                assert column.code in after.withheld
            if column.code == "persons" and 0 < int(table.value(before, "concluded") or 0) < LEAST and value:
                assert now is None
            if column.code in ("agreed_yuan", "agreed_wan"):
                few = 0 < int(table.value(before, "success") or 0) < LEAST
                assert now is None or not few or not table.value(before, "agreed_yuan")
            if column.code not in after.withheld:
                assert now == value


def test_leaving_out_the_small_numbers_alone_is_not_enough() -> None:
    """The control: the same attacker finds what plain suppression hides."""
    table = made(
        "cases",
        [
            {"concluded": 30, "kind_land": 27, "kind_family": 3, "body_village": 30, "application": 30},
            {"concluded": 20, "kind_land": 20, "body_village": 20, "application": 20},
        ],
    )

    found = worked_out(plainly(table), known_equations(table))

    assert found[0, "kind_family"] == 3
    assert worked_out(published(table), known_equations(table)) == {}


@pytest.mark.parametrize("numbers", [(1, 1, 10), (4, 4, 12), (4, 30, 6)])
def test_knowing_the_rule_does_not_help(numbers: tuple[int, ...]) -> None:
    """Two numbers of 1 that add up to a shown 2, or two below 5 that add up to a shown 8, would be plain to see."""
    table = made("court", [{"concluded": number} for number in numbers])

    shown = published(table)

    hidden = [row.values[0] is None for row in shown.rows]
    number = sum(hidden[:-1])
    assert number == 0 or hidden[-1] or number >= 2
    if numbers != (4, 30, 6):
        assert number == 3 or hidden[-1]


def test_a_rate_goes_with_its_parts_and_stays_with_many_cases() -> None:
    table = made(
        "tracks",
        [{"concluded": 40, "success": 38, "failed": 2}, {"concluded": 60, "success": 50, "failed": 10}],
    )

    shown = published(table)

    first, second, total = shown.rows
    assert {"failed", "success", "success_rate"} <= first.withheld | second.withheld
    assert shown.value(first, "success_rate") is None
    assert shown.value(total, "concluded") == 100


def test_the_year_so_far_does_not_tell_what_came_before() -> None:
    table = to_date(made("tracks", [{"concluded": 20}, {"concluded": 30}]), MONTH, {"concluded": 2})
    assert "concluded" in published(table).rows[-1].withheld
    many = to_date(made("tracks", [{"concluded": 20}, {"concluded": 30}]), MONTH, {"concluded": 9})
    assert "concluded" not in published(many).rows[-1].withheld


def test_withheld_is_shown_as_such_everywhere_with_the_rule_beneath() -> None:
    shown = published(made("tracks", [{"concluded": 3, "success": 3, "persons": 7}]))

    assert "＊" in to_text(shown)
    assert to_text(shown).rstrip().endswith(publishing_rule().note)
    told = json.loads(to_json(shown))
    assert told["rows"][0]["concluded"] == "＊"
    assert told["notes"] == [publishing_rule().note]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(shown))).worksheets[0]
    words = [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert "＊" in words
    assert publishing_rule().note in words
    assert 3 not in words
    assert 7 not in words


def test_lines_of_mediators_are_not_published() -> None:
    table = made("tracks", [{"concluded": 50}])
    row = replace(table.rows[0], place={"presiding": ("M01",)})
    with pytest.raises(InputError, match="不能公开"):
        published(replace(table, rows=(row, *table.rows[1:])))


def test_a_year_without_cases_withholds_nothing() -> None:
    shown = published(made("cases", [{}, {}]))
    assert not any(row.withheld for row in shown.rows)


def test_a_centre_can_be_stricter_and_not_laxer_than_three(tmp_path: Any) -> None:
    words = "version = '1'\nleast = {least}\nnote = '不足{least}'\n"
    table = made("court", [{"concluded": 8}, {"concluded": 20}])
    try:
        (tmp_path / "publishing.toml").write_text(words.replace("least = {least}", "least = 10"), "utf-8")
        use_rules_in(tmp_path)
        assert published(table).rows[0].values[0] is None
        assert published(table).notes == ("不足10",)
        (tmp_path / "publishing.toml").write_text(words.replace("least = {least}", "least = 2"), "utf-8")
        use_rules_in(tmp_path)
        with pytest.raises(InputError, match="publishing"):
            published(table)
    finally:
        use_rules_in(tmp_path / "none")
    assert published(table).rows[0].values[0] == 8
