"""What a letter costs while an agreement is composed: a group of 500 members against no group at all.

Prints the median and the worst letter of both, the ratio, and what 500 members add in frames of a 60 Hz screen.
"""

from __future__ import annotations

import datetime
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender, GroupMember, Party, PartyKind
from mediation_desk.practice.people import resident_id
from mediation_desk.settings import resolve
from tests.gui.typing import type_words
from tests.persistence import lifecycle_stories as told
from tests.persistence.test_case_steps import BODY, PARTIES, REGISTER
from ui.app import application, open_window
from ui.main_window import MainWindow
from ui.tasks.runner import PoolRunner

MEMBERS, FRAME = 500, 1 / 60
WORDS = "田志远于付清之日起三日内书面告知各户结果并在公示栏张贴七天，费用自负。"
TURNS = 4


def members(count: int) -> tuple[GroupMember, ...]:
    """A roll of a group: everybody is owed a few thousand yuan."""
    born = date(1980, 1, 1)
    return tuple(
        GroupMember(
            ref=f"A1-{number:03}",
            name=f"工友{number}",
            gender=Gender.MALE,
            birth_date=born,
            id_no=resident_id(born, 2 * number - 1),
            phone="13800001234",
            gross=Decimal(3000) + Decimal(number * 7 % 997) / 100,
            is_representative=number <= 2,
        )
        for number in range(1, count + 1)
    )


def prepared(desk: Desk, count: int) -> CaseFile:
    """A case whose last session ended in agreement; with ``count`` members on the applicants' side."""
    roll = members(count)
    group = Party(
        ref="A1", side=PARTIES[0].side, kind=PartyKind.GROUP, name=f"工友1等{count}人", headcount=count,
        representatives=("A1-001", "A1-002"), representative_letter_on=date(2026, 3, 10), contact_person="A1-001",
    )  # fmt: skip
    command = replace(REGISTER, parties=(group, PARTIES[1]), group_members=roll) if roll else REGISTER
    file = desk.cases.register(COUNTER, command)
    for step in told.HELD_AND_AGREED:
        file = desk.cases.perform(COUNTER, file.case_key, step)
    return file


def find(window: MainWindow, name: str) -> QWidget:
    """The visible widget of this name."""
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())


def settle(window: MainWindow) -> None:
    """Until nothing is under way, the paper included."""
    QTest.qWait(500)
    while not window.context.desk.idle():
        QTest.qWait(10)
    QTest.qWait(50)


def compose(window: MainWindow, count: int) -> QPlainTextEdit:
    """One payment, shared out among the members where there are some; then a second clause is being written."""
    amount = sum((one.gross for one in members(count)), Decimal()) or Decimal("900.00")
    editor = find(window, "clause.amount")
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    type_words(f"{amount:.2f}")
    parts = find(window, "clause.parts")
    assert isinstance(parts, QComboBox)
    parts.setCurrentIndex(2)
    parts.activated.emit(2)
    press(window, "clause.save")
    if count:
        begun = time.perf_counter()
        press(window, "annex.share")
        print(f"sharing out among {count}: {time.perf_counter() - begun:.3f} s")
    settle(window)
    press(window, "clause.add")
    kind = find(window, "clause.kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(1)
    what = find(window, "clause.what")
    assert isinstance(what, QPlainTextEdit)
    what.setFocus()
    settle(window)
    return what


def press(window: MainWindow, name: str) -> None:
    """Press a button by its name."""
    pressed = find(window, name)
    assert isinstance(pressed, QPushButton)
    pressed.click()


def letters(window: MainWindow, count: int) -> list[float]:
    """Seconds the window is busy with each letter of a clause, its paper drawn meanwhile."""
    what = compose(window, count)
    found = []
    for letter in WORDS * TURNS:
        begun = time.perf_counter()
        type_words(letter)
        QApplication.processEvents()
        found.append(time.perf_counter() - begun)
        QTest.qWait(60)
    assert len(what.toPlainText()) == len(WORDS) * TURNS
    return found


def measured(count: int) -> list[float]:
    """The letters of one run on a fresh desk."""
    clock = lambda: datetime.datetime(2026, 3, 20, 2, 0, tzinfo=UTC)  # noqa: E731  # a clock that stands still
    with tempfile.TemporaryDirectory() as ground:
        desk = open_desk(resolve(Path(ground), practice=True), clock=clock)
        cards = [
            MediatorCard(pool_no=f"M0{number}", name=f"调解{number}", gender=Gender.FEMALE, organisation=BODY.name,
                         employment=Employment.FULL_TIME, specialties=("邻里",))
            for number in (1, 2, 3)
        ]  # fmt: skip
        with desk.storage.write() as work:
            work.pool.learn(cards)
        file = prepared(desk, count)
        window = open_window(application(), desk, PoolRunner())
        window.resize(1366, 768)
        window.show()
        window.open_case(file.case_key, "agreement")
        settle(window)
        window.screen_in_front().go("agreement", "compose")  # type: ignore[union-attr]  # the case page is in front
        settle(window)
        found = letters(window, count)
        window.close()
        desk.close()
    return found


def told_times(name: str, found: Sequence[float]) -> tuple[float, float]:
    """Median and worst, printed."""
    middle, worst = statistics.median(found), max(found)
    print(f"{name}: median {middle * 1000:.1f} ms, worst {worst * 1000:.1f} ms a letter")
    return middle, worst


def main() -> None:
    """Without a group, then with one."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    plain = told_times("no group", measured(0))
    group = told_times(f"{MEMBERS} members", measured(MEMBERS))
    print(f"ratio: median {group[0] / plain[0]:.2f}, worst {group[1] / plain[1]:.2f}")
    more, worst = (group[place] - plain[place] for place in (0, 1))
    print(f"{MEMBERS} members add {more / FRAME:.2f} frames, at worst {worst / FRAME:.2f}")


if __name__ == "__main__":
    main()
