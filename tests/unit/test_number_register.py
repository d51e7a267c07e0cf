"""The register of numbers accounts for every serial, or says which is missing."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.numbering import GivenNumber, NumberSeries
from mediation_desk.cases.registers import NumberState, register_of

DAY = date(2026, 3, 10)


def series(last: int) -> NumberSeries:
    return NumberSeries(body="试验镇人民调解委员会", kind="人民调解", year=2026, last=last)


def number(serial: int, *, voided: bool = False) -> GivenNumber:
    return GivenNumber(
        number=f"（2026）试验人调字第{serial}号",
        body="试验镇人民调解委员会",
        kind="人民调解",
        year=2026,
        serial=serial,
        case_key=f"AJ{serial}",
        given_on=DAY,
        voided_on=DAY if voided else None,
        reason="重复登记" if voided else "",
    )


def test_a_voided_number_stays_in_its_place() -> None:
    register = register_of(series(3), (number(1), number(2, voided=True), number(3)), ())

    assert [line.state for line in register.lines] == [
        NumberState.GIVEN,
        NumberState.VOIDED,
        NumberState.GIVEN,
    ]
    assert register.lines[1].reason == "重复登记"
    assert register.fault == ""


def test_numbers_before_an_imported_one_were_given_elsewhere() -> None:
    register = register_of(series(32), (number(32),), (number(31),))

    assert [(line.serial, line.until, line.state) for line in register.lines] == [
        (1, 30, NumberState.ELSEWHERE),
        (31, 31, NumberState.IMPORTED),
        (32, 32, NumberState.GIVEN),
    ]
    assert register.fault == ""
    assert register.counted(NumberState.ELSEWHERE) == 30


def test_a_serial_nobody_bears_behind_the_imported_ones_is_a_gap() -> None:
    register = register_of(series(6), (number(3), number(6)), (number(2),))

    assert register.fault == "缺第4—5号：没有编给任何案件，也没有作废记录"
    assert [line.state for line in register.lines if line.serial == 4] == [NumberState.MISSING]
