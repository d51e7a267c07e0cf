"""个人信息请求 in the window: noted by keyboard, late ones in red, the way to the cases, answered once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import Actor
from mediation_desk.access.roles import Role
from mediation_desk.app import Desk as Services
from mediation_desk.cases.privacy.requests import NewRequest, PersonRequest, RequestKind
from tests.gui.case_page_driver import register
from tests.gui.sitting import sitter
from tests.gui.typing import focused, named, press, type_words
from ui.main_window import MainWindow
from ui.screens import person_copying
from ui.screens.registers.requests import RequestsScreen
from ui.tokens import Tone


def shown(window: MainWindow, argument: str = "") -> RequestsScreen:
    window.open_screen("requests", argument)
    front = window.screen_in_front()
    assert isinstance(front, RequestsScreen)
    return front


def late(services: Services, id_no: str = "", days: int = 40) -> PersonRequest:
    on = services.requests.local_today - timedelta(days=days)
    asked = NewRequest(kind=RequestKind.CORRECT, name="甄有理", id_no=id_no, what="电话写错了", on=on)
    return services.requests.add(services.actor, asked)


def push(window: MainWindow, name: str) -> None:
    found = named(window, name)
    assert isinstance(found, QPushButton)
    assert found.isEnabled()
    found.click()


def test_a_request_is_noted_by_keyboard_and_a_late_one_stands_out(
    window: MainWindow, services: Services
) -> None:
    late(services)
    screen = shown(window)
    screen.primary_action()
    assert focused().objectName() == "requests.new.kind"
    for words in ("", "乙小明", "110101199001010015", "周敬（父亲）", "", "要看自己的案卷"):
        type_words(words)
        press(Qt.Key.Key_Tab)
    screen.primary_action()

    first, second = services.requests.listed(services.actor)
    assert (first.what, second.what, second.kind) == ("电话写错了", "要看自己的案卷", RequestKind.READ)
    assert not screen.form.isVisible()
    records = screen.table.records
    assert [one.id for one in records.records()] == [first.id, second.id]
    assert next(column.tone(first) for column in records.columns if column.tone) is Tone.SEAL
    cells = [str(records.index(0, column).data()) for column in range(3)]
    assert cells == [first.due_on.isoformat(), "逾期10天", "更正"]
    assert "30天内答复（个人信息保护法" in records.explanation(records.index(0, 0))
    assert "逾期 1 件" in screen._count.text()


def test_the_answer_leads_to_the_cases_and_is_given_once(
    window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = register(services)
    request = late(services, file.parties[0].id_no or "")
    screen = shown(window)
    screen.table.selectRow(0)
    press(Qt.Key.Key_Return)
    told = named(window, "requests.told")
    assert isinstance(told, QLabel)
    assert "甄有理" in told.text(), "in full, to work on it"
    assert screen.answering.cases.records.records() == (file.case_key,)

    monkeypatch.setattr(person_copying, "ask_reason", lambda *_: "本人书面申请")
    push(window, "requests.copy")
    assert len(list(services.settings.papers.glob("个人信息副本*"))) == 3
    push(window, "requests.correct")
    assert window.where() == file.case_key

    screen = shown(window)
    push(window, "requests.answer.submit")
    assert screen.answering.fields["answer"].error() == "请填写怎样答复的。"
    screen.answering.words.set_value("已更正，本人核对无误")
    services.requests.answer(services.actor, request.id, "另一个人先答复了")
    push(window, "requests.answer.submit")
    assert "已经答复过" in screen.answering.notice.text()
    press(Qt.Key.Key_Escape)
    assert not screen.answering.isVisible()
    screen.bring_up_to_date(force=True)
    assert not screen.answer_button.isEnabled()


def test_names_are_covered_and_who_may_not_export_is_told_so(
    qapp: QApplication, qtbot: QtBot, sample_desk: Services, tmp_path: Path
) -> None:
    clerk = Actor(account="q", display_name="戚登记", roles=(Role.CLERK,))
    counting = Actor(account="t", display_name="童统计", roles=(Role.STATISTICIAN,))
    with sitter(qapp, qtbot, sample_desk, clerk, counting) as seated:
        window = seated.sit("q")
        request = late(sample_desk)
        screen = shown(window, f"#{request.id}")
        assert [str(screen.table.records.index(0, 3).data())] == ["甄*"]
        assert not screen.answering.copy.isEnabled()
        assert "导出一个人的全部信息" in screen.answering.copy.accessibleDescription()
        window.open_screen("system")
        assert named(window, "system.requests").isEnabled()
        window = seated.sit("t")
        window.open_screen("system")
        assert window.findChild(QPushButton, "system.requests") is None
