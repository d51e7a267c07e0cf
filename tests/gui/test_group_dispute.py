"""Group disputes done whole in the real window: roll from a sheet, board, record, annex, signing, instalments."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.agreements.model import CONFIRMED, Performance
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.settings import resolve
from tests.gui.group_shapes import Shape, case, owners, wages, write_roll
from tests.gui.group_walk import GroupWalk, MovingClock
from ui.app import open_window
from ui.tasks.runner import ImmediateRunner

FEN = Decimal("0.01")
Walk = Callable[[Shape], CaseFile]


@pytest.fixture
def walked(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, sqlite_template: Path
) -> Iterator[Callable[[Shape], CaseFile]]:
    """Do the whole dispute; the file as it is stored afterwards."""
    shutil.copyfile(sqlite_template, tmp_path / "desk.db")
    closing: list[Callable[[], object]] = []

    def walk(shape: Shape) -> CaseFile:
        clock = MovingClock(shape.days[0], time(9, 40))
        services = open_desk(resolve(tmp_path, practice=True), clock=clock)
        services.fill_sample()
        window = open_window(qapp, services, ImmediateRunner())
        closing.extend((window.close, window.deleteLater, services.close))
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return GroupWalk(shape, services, clock, window, write_roll(shape, tmp_path / "名单.xlsx")).run()

    yield walk
    for close in closing:
        close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def is_late(row: Performance) -> bool:
    """Judged here from the two days alone."""
    return row.done_on is not None and row.done_on > row.due_on


def half_up(value: Decimal) -> Decimal:
    return value.quantize(FEN, ROUND_HALF_UP)


def columns(parts: Sequence[tuple[Decimal, ...]]) -> list[Decimal]:
    return [sum(column, Decimal()) for column in zip(*parts, strict=True)]


def test_23_workers_are_paid_in_three_parts_and_the_court_confirms(walked: Walk) -> None:
    shape = wages()
    file = walked(shape)
    parts = [(half_up(one * 6 / 10), half_up(one * 2 / 10)) for one in shape.owed]
    whole = [
        (first, second, one - first - second) for (first, second), one in zip(parts, shape.owed, strict=True)
    ]
    agreement = file.agreement
    assert agreement is not None
    assert [member.instalments for member in file.group_members] == whole
    assert [part.amount for part in agreement.clauses[0].instalments] == columns(whole)
    assert agreement.total_payable == sum(shape.owed)
    assert file.effective_on == shape.days[1]
    assert {member.signed_on for member in file.group_members} == {shape.days[1]}
    assert agreement.copies == 3 + 3 + 1, "each representative, each company, one to keep"
    assert [(row.done_on, is_late(row)) for row in file.performance if row.clause == 1] == [
        (day, late) for (day, _no, _sum), late in zip(shape.paid, (False, False, True), strict=True)
    ]
    assert file.judicial_confirmation.result == CONFIRMED
    assert file.followups[0].on == shape.paid[-1][0], "a form opened on another day proposes that day"
    if known := case("C02"):
        clause = next(one for one in known["agreement"]["clauses"] if one["amount"])
        assert f"{agreement.total_payable}" == clause["amount"] == "241059.90"
        assert [f"{part.amount}" for part in agreement.clauses[0].instalments] == [
            part["amount"] for part in clause["instalments"]
        ]


def test_41_owners_pay_fifteen_percent_less_in_two_parts(walked: Walk) -> None:
    shape = owners()
    file = walked(shape)
    nets = [half_up(one * 85 / 100) for one in shape.owed]
    whole = [(half_up(net / 2), net - half_up(net / 2)) for net in nets]
    agreement = file.agreement
    assert agreement is not None
    got = [member.instalments for member in file.group_members]
    assert all(abs(sum(own) - net) <= FEN for own, net in zip(got, nets, strict=True))
    assert agreement.total_payable == sum(nets) == sum(map(sum, got))
    assert file.effective_on == shape.days[1]
    assert len(file.beside.mandates) == len(shape.owed) - len(shape.chosen)
    assert agreement.signatures[1].method == "代表人4人签名并按指印（附41人授权）"
    done = [
        (row.instalment, row.done_on, row.amount, is_late(row)) for row in file.performance if row.done_on
    ]
    late = shape.paid[-1]
    assert (late[1], late[0], late[2], True) in done
    assert file.judicial_confirmation.applied_on is None
    assert file.followups[0].on == late[0]
    if known := case("C07"):
        assert got == whole
        clause = next(one for one in known["agreement"]["clauses"] if one["amount"])
        assert f"{agreement.total_payable}" == clause["amount"] == "114045.63"
        assert [f"{part.amount}" for part in agreement.clauses[0].instalments] == ["57022.90", "57022.73"]
        assert f"{late[2]}" == "4478.42"


def test_the_figures_come_out_without_the_acceptance_cases_too() -> None:
    assert sum(wages().owed) > 0
    assert len(wages().members) == len({number for _name, number, _phone in wages().members}) == 23
    assert len(owners().members) == 41
