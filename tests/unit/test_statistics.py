"""Statistical tables as data: sums, self-checks, JSON, text and sheet, without any database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from rich.cells import cell_len

from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.figures import Counted, rate, to_wan
from mediation_desk.statistics.filling import fill
from mediation_desk.statistics.model import Period, StatRow, StatTable
from mediation_desk.statistics.ports import FigureReader, Question
from mediation_desk.statistics.render import to_json, to_text
from mediation_desk.statistics.tables import tables

YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
HOSTILE = "=1+1[红]村调委会"


COUNTS = {"concluded": 4, "success": 3, "persons": 9, "written": 2, "oral": 1, "performed": 1}
YUAN = {
    "人民调解": Decimal("1481289.65"),
    "行政调解": Decimal("124157.63"),
    "司法调解": Decimal("185000.00"),
}
SPLIT = {"body_village": 4, "kind_land": 4, "application": 2, "referred": 2, "referred_other": 2}


class Sums:
    """A reader with fixed sums: three tracks, and a committee with a name that looks like a formula."""

    def sums(
        self, figures: Sequence[Counted], question: Question, by: tuple[str, ...] = ()
    ) -> dict[tuple[str, ...], dict[str, int | Decimal]]:
        if by == ("track",):
            more = {"人民调解": {"registered": 5, "accepted": 4}}
            return {
                (track,): {**COUNTS, "agreed_yuan": yuan, **more.get(track, {})}
                for track, yuan in YUAN.items()
            }
        return {(HOSTILE,): {**COUNTS, **SPLIT, "agreed_yuan": YUAN["人民调解"]}}

    def committees(self) -> tuple[str, ...]:
        return ("没有案件的调委会", HOSTILE)


def filled(code: str) -> StatTable:
    """The table ``code`` of these sums."""
    reader = cast("FigureReader", Sums())
    asked = Question(period=YEAR, as_of=YEAR.last)
    return fill(tables().listed[code], reader, asked, lambda _, value: str(value))


@pytest.fixture(params=["tracks", "cases"])
def table(request: pytest.FixtureRequest) -> StatTable:
    return filled(request.param)


def changed(table: StatTable, code: str, value: Any) -> StatTable:
    """The table with another value in its first line that has cases."""
    place = [column.code for column in table.columns].index(code)
    index = next(number for number, row in enumerate(table.rows) if table.value(row, "concluded"))
    row = table.rows[index]
    values = (*row.values[:place], value, *row.values[place + 1 :])
    rows = (*table.rows[:index], replace(row, values=values), *table.rows[index + 1 :])
    return replace(table, rows=rows)


def broken_rules(table: StatTable) -> set[str]:
    return {violation.rule for violation in violations(table)}


def test_a_period_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(InputError, match="早于"):
        Period(first=date(2026, 2, 1), last=date(2026, 1, 31))
    assert Period(first=date(2026, 2, 1), last=date(2026, 2, 1)).last == date(2026, 2, 1)


def test_the_total_is_converted_from_yuan_and_not_added_from_rounded_rows() -> None:
    table = filled("tracks")

    in_wan = [table.value(row, "agreed_wan") for row in table.rows]
    assert in_wan == [Decimal("148.13"), Decimal("12.42"), Decimal("18.50"), Decimal("179.04")]


@pytest.mark.parametrize(("yuan", "wan"), [("50", "0.01"), ("49.99", "0.00"), ("150", "0.02"), ("0", "0.00")])
def test_conversion_rounds_half_up(yuan: str, wan: str) -> None:
    assert to_wan(Decimal(yuan)) == Decimal(wan)


def test_nothing_of_nothing_is_no_rate() -> None:
    assert rate(0, 0) is None
    assert rate(10, 13) == Decimal("76.92")


def test_columns_are_numbered_as_the_form_numbers_them() -> None:
    numbers = [int(column.number) for column in tables().listed["cases"].columns if column.number]
    assert numbers == list(range(1, 44))
    for rule in tables().listed.values():
        codes = [column.code for column in rule.columns]
        assert len(set(codes)) == len(codes)
        assert all(column.definition and column.source and column.unit for column in rule.columns)


def test_committees_without_cases_stand_in_the_table() -> None:
    assert [row.label for row in filled("cases").rows] == ["没有案件的调委会", HOSTILE, "合计"]


def test_the_tables_agree_with_themselves(table: StatTable) -> None:
    assert violations(table) == ()


@pytest.mark.parametrize(
    ("code", "value", "rule"),
    [
        ("kind_land", 3, "V-1"),
        ("body_village", 5, "V-1"),
        ("referred_other", 1, "V-2"),
        ("success", 5, "V-3"),
        ("oral", 2, "V-4"),
        ("difficult", 5, "V-5"),
        ("performed", 4, "V-5"),
        ("confirm_applied", 3, "V-6"),
        ("confirm_valid", 1, "V-6"),
        ("persons", 7, "V-7"),
        ("prevented_suicide_cases", 1, "V-8"),
        ("prevented_mass_fight_persons", 1, "V-8"),
        ("labour", 1, "V-9"),
        ("consumer", 1, "V-9"),
        ("agreed_wan", Decimal("148.12"), "V-10"),
        ("persons", 10, "V-10"),
    ],
)
def test_a_table_that_contradicts_itself_is_noticed(code: str, value: Any, rule: str) -> None:
    assert rule in broken_rules(changed(filled("cases"), code, value))


def test_a_wrong_rate_is_noticed() -> None:
    table = filled("tracks")
    assert broken_rules(changed(table, "success_rate", Decimal("74.99"))) == {"V-3"}


def test_json_has_amounts_as_text_and_no_rates() -> None:
    told = json.loads(to_json(filled("tracks")))

    assert (told["table"], told["from"], told["to"]) == ("tracks", "2026-01-01", "2026-12-31")
    last = told["rows"][-1]
    assert (last["track"], last["agreed_yuan"], last["agreed_wan"]) == ("合计", "1790447.28", "179.04")
    assert last["registered"] == 5
    assert "success_rate" not in last


def test_text_lines_up_in_a_terminal(table: StatTable) -> None:
    lines = to_text(table).splitlines()

    assert lines[0] == table.title
    head = lines[2]
    ends = {cell_len(line) for line in lines[4:]}
    assert ends == {cell_len(head)}, "the last column is aligned right"
    assert "179.04" in to_text(filled("tracks"))
    assert HOSTILE in to_text(filled("cases"))


def test_headings_cover_all_columns(table: StatTable) -> None:
    assert sum(heading.span for heading in table.groups) == sum(column.on_sheet for column in table.columns)
    row = StatRow(label="x", values=tuple(range(len(table.columns))))
    assert len(table.sheet_values(row)) == sum(heading.span for heading in table.groups)
