"""The counter is told while it types: who came before, what looks alike, what is dangerous; visits, rolls, pastes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.counter.visits import VisitQuery
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.errors import StorageError
from tests.gui.case_page_driver import register
from tests.gui.test_intake import CTRL, ENTER, ID_CHILD, ID_WOMAN, choose, intake, type_plain_case
from tests.gui.typing import focused, named, press, type_words, walk
from ui.main_window import MainWindow
from ui.screens.intake.drafts import unfinished
from ui.screens.intake.screen import IntakeScreen

__all__ = ["intake"]

NASTY = "孟\u202e庆\x07兰😀\u200b"


def offered(screen: IntakeScreen, qtbot: QtBot) -> tuple[str, ...]:
    """What is offered when the typing pauses."""
    qtbot.waitUntil(screen._prompter.offering.is_open)
    return screen._prompter.offering.lines()


def texts(window: MainWindow) -> str:
    """Everything the strip of recognised people and cases says."""
    strip = named(window, "intake.remembered")
    return "\n".join(label.text() for label in strip.findChildren(QLabel) if label.isVisibleTo(strip))


def line_edit(window: MainWindow, name: str) -> QLineEdit:
    widget = named(window, name)
    assert isinstance(widget, QLineEdit)
    return widget


def click(window: MainWindow, name: str) -> None:
    button = named(window, name)
    assert isinstance(button, QPushButton | QCheckBox)
    assert button.isEnabled()
    button.click()


def cases(services: Services) -> list[CaseFile]:
    found = services.cases.summaries(services.actor, CaseQuery())
    return [services.cases.file(services.actor, one.case_key) for one in found]


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CTRL)


# Recognised while typing


@pytest.mark.parametrize("typed", ["甄有", "zhenyou", "zyl"])
def test_somebody_who_came_before_is_taken_with_the_keyboard(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot, typed: str
) -> None:
    known = register(services).parties[0]
    type_words(typed)
    (told,) = offered(intake, qtbot)
    assert told.startswith("甄有理")
    assert "来过1次" in told
    press(Qt.Key.Key_Down)
    press(ENTER)

    row = intake.sheet.parties.rows()[0].words()
    assert (row["name"], row["id_no"], row["phone"]) == (known.name, known.id_no, known.phone)
    assert line_edit(window, "intake.party.0.address").text() == known.address
    assert not intake._prompter.offering.is_open()


def test_escape_closes_the_offer_and_keeps_the_words(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    register(services)
    type_words("甄有")
    offered(intake, qtbot)
    press(Qt.Key.Key_Escape)
    assert not intake._prompter.offering.is_open()
    assert line_edit(window, "intake.party.0.name").text() == "甄有"


def test_enter_walks_on_when_nothing_was_chosen(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    register(services)
    type_words("甄有")
    offered(intake, qtbot)
    press(ENTER)
    assert focused().objectName() == "intake.party.0.id_no"
    assert line_edit(window, "intake.party.0.name").text() == "甄有"


def test_an_agent_is_recognised_where_agents_are_typed(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    register(services)
    intake.sheet.parties.rows()[0].reveal()
    intake.sheet.parties.rows()[0].details.agents._on_add()
    type_words("贾讲")
    assert len(offered(intake, qtbot)) == 1
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert line_edit(window, "intake.party.0.agent.0.name").text() == "贾讲理"


def test_what_is_known_is_shown_and_a_click_opens_the_case_without_losing_the_draft(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    earlier = register(services)
    type_words("甄有理")
    qtbot.waitUntil(lambda: "来过1次，上次是申请人" in texts(window))
    click(window, "intake.met.0")
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"
    assert len(unfinished(services.cases.drafts(services.actor))) == 1
    window.open_screen("intake")
    assert intake.sheet.parties.rows()[0].name() == "甄有理"
    assert earlier.case_key in [one.case_key for one in cases(services)]


def test_addresses_and_claims_complete(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    address = register(services).parties[0].address
    named(window, "intake.party.0.address").setFocus()
    type_words(address[:2])
    assert address in offered(intake, qtbot)
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert line_edit(window, "intake.party.0.address").text() == address
    named(window, "intake.claim.0.item").setFocus()
    type_words("赔礼")
    assert offered(intake, qtbot) == ("赔礼道歉",)


# Told before the office acts


def same_dispute(window: MainWindow) -> None:
    walk("甄有理", "", "", "", "贾讲理", "", "", "", "")
    walk("雨水倒灌，院墙泡坏。", "2026-03-08", "")


def test_a_repeat_is_told_and_linked_instead_of_doubled(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    earlier = register(services)
    same_dispute(window)
    qtbot.waitUntil(lambda: "同一申请人、同一被申请人" in texts(window))
    press(ENTER, CTRL)
    assert len(cases(services)) == 1
    assert "可能重复登记" in window.message_bar.sentence()
    assert focused().objectName() == "intake.alike.0.link"

    press(Qt.Key.Key_Space)
    press(ENTER, CTRL)
    newest = next(one for one in cases(services) if one.case_key != earlier.case_key)
    assert {one.case_key for one in newest.related_cases} == {earlier.case_key}
    assert newest.related_cases[0].relation == "重复来访"
    window.open_case(earlier.case_key)
    shown = {label.text() for label in window.findChildren(QLabel)}
    assert f"重复来访：{newest.case_key}" in shown


def test_a_repeat_is_registered_all_the_same_when_somebody_insists(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    register(services)
    same_dispute(window)
    press(ENTER, CTRL)
    assert len(cases(services)) == 1
    click(window, "intake.alike.anyway")
    assert len(cases(services)) == 2
    assert cases(services)[0].related_cases == ()


def test_another_window_with_the_same_people_is_told(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    content: dict[str, object] = {"parties": [{"name": "甄有理"}, {"name": "贾讲理"}]}
    services.cases.keep_draft(services.actor, "intake:elsewhere", content)
    walk("甄有理", "", "", "", "贾讲理")
    qtbot.waitUntil(lambda: "另一窗口正在登记同样的人：甄有理、贾讲理" in texts(window))


def test_two_windows_at_once_do_not_register_the_same_dispute(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    command, problems = intake.sheet.read()
    assert problems == {}
    services.cases.register(services.actor, command, despite=ANYWAY)
    press(ENTER, CTRL)
    assert len(cases(services)) == 1
    assert intake.sheet.words()["facts"] == "楼上漏水，吊顶泡坏。"


# Dangers


def test_a_danger_is_suggested_confirmed_and_stored_with_what_was_done(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    named(window, "intake.facts").setFocus()
    type_words("对方扬言报复")
    assert "暴力或者威胁（依据：扬言、报复）" in intake.sheet.cares.why()
    click(window, "intake.risk.0")
    assert "暴力或者威胁（" not in intake.sheet.cares.why()
    told = [label.text() for label in intake.sheet.cares.findChildren(QLabel) if label.isVisible()]
    assert any("现在要做：" in one and "第二十五条" in one for one in told)
    named(window, "intake.risk.0.to").setFocus()
    type_words("长安派出所")
    press(ENTER, CTRL)
    (risk,) = cases(services)[0].beside.risks
    assert (risk.kind, risk.reported_to) == ("暴力或者威胁", "长安派出所")
    assert risk.noted_by == services.actor.display_name


def test_the_reason_for_the_kind_is_shown_and_not_forced(window: MainWindow, intake: IntakeScreen) -> None:
    named(window, "intake.facts").setFocus()
    type_words("楼上漏水")
    assert intake.sheet.matter._because.text() == "建议：邻里纠纷 / 0201（依据：漏水、楼上），可以改。"
    choose(window, "intake.category", "物业纠纷")
    type_words("三次")
    assert intake.sheet.matter.words()["category"] == "物业纠纷"
    assert intake.sheet.matter.words()["category_zz"] == "0402"


# Nothing typed is lost


def test_what_does_not_apply_is_put_aside_and_comes_back(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    walk("孟庆兰", ID_WOMAN)
    row = intake.sheet.parties.rows()[0]
    row.reveal()
    named(window, "intake.party.0.occupation").setFocus()
    type_words("教师")
    choose(window, "intake.party.0.kind", "法人")
    assert line_edit(window, "intake.party.0.id_no").text() == ""
    assert "已收起 2 项" in row._remark.text()
    command, _problems = intake.sheet.read()
    assert command.parties[0].id_no is None

    press(Qt.Key.Key_Escape)
    window.message_bar.act()
    assert intake.sheet.parties.rows()[0].kind() is PartyKind.COMPANY
    choose(window, "intake.party.0.kind", "自然人")
    assert line_edit(window, "intake.party.0.id_no").text() == ID_WOMAN
    assert intake.sheet.parties.rows()[0].words()["occupation"] == "教师"
    assert "已收起" not in intake.sheet.parties.rows()[0]._remark.text()


def test_a_full_disk_is_told_and_saving_goes_on_by_itself(
    window: MainWindow,
    services: Services,
    intake: IntakeScreen,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise StorageError("磁盘已满，内容没有保存。")

    real = services.cases.keep_draft
    monkeypatch.setattr(services.cases, "keep_draft", full)
    type_words("孟庆兰")
    qtbot.waitUntil(lambda: "还没有存上" in named(window, "intake.kept").text())  # type: ignore[attr-defined]  # a label
    assert "写的都还在屏幕上" in window.message_bar.sentence()
    press(Qt.Key.Key_Escape)
    assert intake.sheet.parties.rows()[0].name() == "孟庆兰", "not cleared before it is stored"

    monkeypatch.setattr(services.cases, "keep_draft", real)
    qtbot.waitUntil(lambda: len(unfinished(services.cases.drafts(services.actor))) == 1, timeout=6000)
    assert named(window, "intake.kept").text().startswith("已存 ")  # type: ignore[attr-defined]  # a label
    assert "又能存了" in window.message_bar.sentence()


def test_what_is_pasted_is_cleaned_and_told(window: MainWindow, intake: IntakeScreen) -> None:
    paste(NASTY)
    assert line_edit(window, "intake.party.0.name").text() == "孟庆兰"
    told = intake.sheet.parties.rows()[0].name_field().told()
    assert all(word in told for word in ("改变文字方向的字符1个", "控制字符1个", "表情1个"))
    type_words("兰")
    assert intake.sheet.parties.rows()[0].name_field().told() == ""


def test_a_name_too_long_is_kept_and_told_beside_its_field(window: MainWindow, intake: IntakeScreen) -> None:
    paste("长" * 25_000)
    assert len(line_edit(window, "intake.party.0.name").text()) == 25_000
    press(ENTER, CTRL)
    assert intake.sheet.parties.rows()[0].name_field().error() == "最多 120 字，现在 25000 字。"


def test_a_story_too_long_is_not_pasted_and_nothing_else_is_lost(
    window: MainWindow, intake: IntakeScreen
) -> None:
    walk("孟庆兰")
    named(window, "intake.facts").setFocus()
    type_words("漏水")
    data = QMimeData()
    data.setText("长" * 25_000)
    intake.sheet.matter.facts.insertFromMimeData(data)
    assert intake.sheet.words()["facts"] == "漏水"
    field = next(one for place, one in intake.sheet.matter.found() if place == "/facts")
    assert "25000 字" in field.told()
    assert intake.sheet.parties.rows()[0].name() == "孟庆兰"


def test_the_number_tells_where_it_was_given(window: MainWindow, intake: IntakeScreen) -> None:
    walk("孟庆兰", ID_WOMAN)
    remark = intake.sheet.parties.rows()[0]._remark.text()
    assert "女" in remark
    assert "北京市东城区" in remark


# Visits


def test_only_asking_is_a_visit_that_can_become_a_case(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    named(window, "intake.facts").setFocus()
    type_words("邻居楼上漏水怎么办")
    click(window, "intake.consult")
    assert focused().objectName() == "intake.answer.answer"
    type_words("可以申请人民调解")
    click(window, "intake.consult")
    (visit,) = services.visits.listed(services.actor, VisitQuery())
    assert (visit.who, visit.category) == ("未留姓名", "邻里纠纷")
    assert visit.remedies == ("向人民法院起诉",)
    assert cases(services) == []
    assert unfinished(services.cases.drafts(services.actor)) == ()

    click(window, "intake.visits")
    click(window, "visits.print")
    assert named(window, "loose.paper.print").isVisible()
    assert b"%PDF" in services.loose_printing.preview_consultation(services.actor, visit)
    click(window, "intake.visits")
    click(window, "visits.take")
    walk("孟庆兰", "", "", "", "田志远")
    named(window, "intake.occurred_on").setFocus()
    type_words("2026-03-08")
    press(ENTER, CTRL)
    (file,) = cases(services)
    assert services.visits.find(services.actor, visit.id).case_key == file.case_key


def test_an_answer_is_asked_for(window: MainWindow, services: Services, intake: IntakeScreen) -> None:
    named(window, "intake.facts").setFocus()
    type_words("问一问")
    click(window, "intake.consult")
    click(window, "intake.consult")
    assert services.visits.listed(services.actor, VisitQuery()) == ()
    assert focused().objectName() == "intake.answer.answer"


# Groups


def test_a_roll_is_imported_and_every_fault_is_named_by_its_row(
    window: MainWindow, services: Services, intake: IntakeScreen, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["农民工名单", None, None, None, None],
        ["序号", "姓名", "身份证号", "手机", "欠薪金额"],
        [1, "梁大川", "110101197403110116", "13800000201", "27,403.90"],
        [2, "何顺平", "110101197908250131", None, 100],
        [3, "", "110101198312060154", None, None],
        [4, "梁大川", "110101197403110116", None, None],
        ["", "合计", "", "", 27503.90],
    ):
        sheet.append(line)
    file = tmp_path / "roll.xlsx"
    book.save(file)
    choose(window, "intake.party.0.kind", "自然人群体")
    members = intake.sheet.parties.rows()[0].details.members
    intake.import_roll(members, file)

    assert members.count() == 3
    faults = named(window, "intake.party.0.faults").text()  # type: ignore[attr-defined]  # a label
    assert "第4行：居民身份证号码的校验位不对" in faults
    assert "第5行：缺姓名" in faults
    assert "第6行：梁大川已在名单里" in faults


@pytest.mark.parametrize("content", [b"PK\x03\x04 nonsense", b"", b"<html>"])
def test_a_hostile_file_is_refused_in_a_sentence(
    window: MainWindow, intake: IntakeScreen, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "roll.xlsx"
    file.write_bytes(content)
    choose(window, "intake.party.0.kind", "自然人群体")
    members = intake.sheet.parties.rows()[0].details.members
    intake.import_roll(members, file)
    assert members.count() == 0
    assert window.message_bar.sentence() != ""


def test_ten_named_one_by_one_may_choose_representatives(window: MainWindow, intake: IntakeScreen) -> None:
    parties = [
        {"side": "申请人", "kind": "自然人", "name": f"村民{number}", "kind_chosen": True}
        for number in range(10)
    ]
    intake.sheet.show_words({"parties": parties})
    hint = named(window, "intake.parties.many")
    assert hint.isVisible()
    assert "推选二至五名代表" in hint.text()  # type: ignore[attr-defined]  # a label
    intake.sheet.show_words({"parties": parties[:9]})
    assert not hint.isVisible()


def test_a_child_asks_for_care(window: MainWindow, intake: IntakeScreen) -> None:
    walk("杜一诺", ID_CHILD)
    assert "涉未成年人（依据：杜一诺）" in intake.sheet.cares.why()


def test_every_control_has_a_name_for_those_who_cannot_see(window: MainWindow, intake: IntakeScreen) -> None:
    type_words("甄")
    click(window, "intake.consult")
    QTest.qWait(10)
    nameless = [
        type(widget).__name__
        for widget in intake.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []
