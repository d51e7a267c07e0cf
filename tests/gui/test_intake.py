"""Intake by keyboard on a real desk: typed, kept, put aside, corrected, registered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.model import Gender, PartyKind
from tests.gui.typing import focused, named, press, type_words, walk
from ui.main_window import MainWindow
from ui.screens.intake.drafts import unfinished
from ui.screens.intake.screen import IntakeScreen

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
ID_WOMAN, ID_CHILD = "110101196805172024", "110101201303021115"


@pytest.fixture
def intake(window: MainWindow) -> IntakeScreen:
    press(Qt.Key.Key_N, CTRL)
    screen = window.screen_in_front()
    assert isinstance(screen, IntakeScreen)
    return screen


def only_case(services: Services) -> CaseFile:
    (summary,) = services.cases.summaries(services.actor, CaseQuery())
    return services.cases.file(services.actor, summary.case_key)


def drafts(services: Services) -> list[str]:
    return [draft.key for draft in unfinished(services.cases.drafts(services.actor))]


def choose(window: MainWindow, name: str, word: str) -> None:
    """As somebody does who opens the list and takes an entry."""
    box = named(window, name)
    assert isinstance(box, QComboBox)
    place = box.findText(word)
    assert place >= 0, word
    box.setCurrentIndex(place)
    box.activated.emit(place)


def type_plain_case() -> None:
    walk("孟庆兰", ID_WOMAN, "13800000101", "锦园小区301室")
    walk("田志远", "", "13800000102", "", "")
    walk("楼上漏水，吊顶泡坏。", "2026-03-08", "锦园小区3号楼", "吊顶", "4860", "地板")
    type_words("6720")


def test_a_plain_case_is_registered_and_accepted_by_keyboard_alone(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    press(ENTER, CTRL)

    file = only_case(services)
    assert state_of(file) is State.ACCEPTED
    assert [party.name for party in file.parties] == ["孟庆兰", "田志远"]
    assert (file.parties[0].gender, str(file.parties[0].birth_date)) == (Gender.FEMALE, "1968-05-17")
    assert file.title == "孟庆兰与田志远邻里纠纷"
    assert file.dispute.category is Category.NEIGHBOUR
    assert str(file.claims_total) == "11580.00"
    assert str(file.intake.number) in window.message_bar.sentence()
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"
    assert drafts(services) == []
    assert intake.sheet.words()["facts"] == ""


def test_registering_alone_leaves_the_case_to_be_accepted(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    button = named(window, "intake.register")
    assert isinstance(button, QPushButton)
    button.click()

    assert state_of(only_case(services)) is State.REGISTERED


def test_enter_goes_on_and_shift_enter_back(window: MainWindow, intake: IntakeScreen) -> None:
    seen = [focused().objectName()]
    for _step in range(8):
        press(ENTER)
        seen.append(focused().objectName())

    assert seen == [
        *(f"intake.party.0.{key}" for key in ("name", "id_no", "phone", "address")),
        *(f"intake.party.1.{key}" for key in ("name", "id_no", "phone", "address")),
        "intake.party.2.name",
    ]
    press(ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert focused().objectName() == "intake.party.1.address"


def test_tab_reaches_a_party_that_came_later_in_reading_order(
    window: MainWindow, intake: IntakeScreen
) -> None:
    named(window, "intake.party.2.name").setFocus()
    type_words("云川安居物业服务有限公司")
    press(Qt.Key.Key_Tab)
    assert focused().objectName() == "intake.party.2.id_no"
    for _step in range(5):
        press(Qt.Key.Key_Tab)
    assert focused().objectName() == "intake.party.3.name"
    assert intake.sheet.parties.rows()[2].kind() is PartyKind.COMPANY


def test_what_is_wrong_stands_beside_its_field(window: MainWindow, intake: IntakeScreen) -> None:
    walk("孟庆兰", ID_WOMAN[:-1] + "5")
    press(ENTER, CTRL)

    row = intake.sheet.parties.rows()[0]
    errors = {place: field.error() for place, field in row.found("/parties/0") if field.error()}
    assert "校验位不对" in errors["/parties/0/id_no"]
    assert focused().objectName() == "intake.party.0.id_no"
    assert intake.sheet.parties.rows()[1].name_field().error() == "请填写姓名或名称。"


def test_an_error_inside_folded_details_opens_them(window: MainWindow, intake: IntakeScreen) -> None:
    walk("孟庆兰")
    row = intake.sheet.parties.rows()[0]
    birth = row.details.person.editor("birth_date")
    assert isinstance(birth, QLineEdit)
    birth.setText("2026-02-30")
    assert row.details.isHidden()
    press(ENTER, CTRL)
    assert row.details.isVisible()
    assert "不存在" in row.details.person.field("birth_date").error()


def test_a_kind_that_was_chosen_stays(window: MainWindow, intake: IntakeScreen) -> None:
    type_words("云川安居物业服务有限公")
    assert intake.sheet.parties.rows()[0].kind() is PartyKind.PERSON
    choose(window, "intake.party.0.kind", "个体工商户")
    type_words("司")
    assert intake.sheet.parties.rows()[0].kind() is PartyKind.SOLE_TRADER
    choose(window, "intake.party.0.kind", "自然人群体")
    assert named(window, "intake.party.0.members").isVisible()


def test_a_minor_is_asked_for_a_guardian(window: MainWindow, intake: IntakeScreen) -> None:
    walk("杜一诺", ID_CHILD)

    guardian = named(window, "intake.party.0.guardian.name")
    assert guardian.isVisible()
    press(ENTER, CTRL)
    assert "监护人" in named(window, "intake.missing").text()  # type: ignore[attr-defined]  # a label


def test_words_are_kept_from_the_first_letter_on(
    window: MainWindow, services: Services, intake: IntakeScreen, qtbot: QtBot
) -> None:
    type_words("孟")
    qtbot.waitUntil(lambda: len(drafts(services)) == 1)
    assert window._top._saved.text().startswith("已存")
    press(Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: drafts(services) == [])


def test_an_intake_put_aside_is_taken_up_again_as_it_was(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    choose(window, "intake.channel", "法院委托")
    type_plain_case()
    named(window, "intake.party.2.name").setFocus()
    type_words("云川安居物业服务有限公司")
    intake.sheet.parties.rows()[0].details.agents._on_add()
    type_words("卢倩")
    before = intake.sheet.words()
    press(Qt.Key.Key_Escape)
    assert intake.sheet.words()["facts"] == ""
    assert len(drafts(services)) == 1

    window.message_bar.act()
    assert intake.sheet.words() == before
    assert drafts(services) == [intake._keeper.key]


def test_several_drafts_wait_side_by_side(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    for name in ("孟庆兰", "卫丽"):
        type_words(name)
        press(Qt.Key.Key_Escape)
    assert len(drafts(services)) == 2

    window.open_screen("today")
    window.open_screen("intake", drafts(services)[1])
    assert intake.sheet.parties.rows()[0].name() == "孟庆兰"
    assert named(window, "intake.draft.0").isVisible()


def test_a_dropped_draft_can_be_put_back(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_words("孟庆兰")
    press(Qt.Key.Key_Escape)
    kept = services.cases.drafts(services.actor)[0].content
    named(window, "intake.draft.0.drop").click()  # type: ignore[attr-defined]  # a tool button
    assert drafts(services) == []

    assert window.message_bar.offers_undo()
    window.message_bar.act()
    assert [draft.content for draft in services.cases.drafts(services.actor)] == [kept]


def test_a_party_and_a_claim_taken_out_can_be_put_back(window: MainWindow, intake: IntakeScreen) -> None:
    walk("孟庆兰", ID_WOMAN, "13800000101", "锦园小区301室")
    walk("田志远", "", "13800000102", "", "卫丽", "", "", "")
    before = [(one["name"], one["phone"]) for one in intake.sheet.parties.words()]
    named(window, "intake.party.1.remove").click()  # type: ignore[attr-defined]  # a tool button
    assert [row.name() for row in intake.sheet.parties.rows()] == ["孟庆兰", "卫丽"]
    assert "田志远" in window.message_bar.sentence()
    window.message_bar.act()
    assert [row.name() for row in intake.sheet.parties.rows()] == ["孟庆兰", "田志远", "卫丽"]
    assert [(one["name"], one["phone"]) for one in intake.sheet.parties.words()] == before

    intake.sheet.claims.show_words(({"item": "吊顶", "amount": "4860"}, {"item": "地板", "amount": "6720"}))
    named(window, "intake.claim.0.remove").click()  # type: ignore[attr-defined]  # a tool button
    window.message_bar.act()
    assert [one["item"] for one in intake.sheet.claims.words()] == ["吊顶", "地板"]


def test_leaving_keeps_what_stands_there(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_words("孟庆兰")
    window.open_screen("cases")

    assert len(drafts(services)) == 1
    window.open_screen("intake")
    assert intake.sheet.parties.rows()[0].name() == "孟庆兰"


def test_the_same_operation_is_not_registered_twice(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    command, problems = intake.sheet.read()
    assert problems == {}
    draft = intake._keeper.key
    press(ENTER, CTRL)
    intake._keeper.key = draft
    intake._submit(command, accept=True)

    assert only_case(services).title == command.title
    assert "没有重复登记" in window.message_bar.sentence()


def test_a_list_of_members_is_pasted_in_any_order(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    lines = [
        "序号\t姓名\t性别\t电话\t身份证号\t金额\t代表",
        "1\t梁大川\t男\t13800000201\t110101197403110116\t27,403.90\t是",
        "2\t何顺平\t男\t13800000202\t110101197908250130\t100\t是",
        "3\t蒋永强\t男\t\t11010119831206015４\t\t",
    ]
    QGuiApplication.clipboard().setText("\n".join(lines))
    type_words("兴和雅苑三名农民工")
    paste = named(window, "intake.party.0.paste")
    assert paste.isVisible()
    paste.click()  # type: ignore[attr-defined]  # a button
    named(window, "intake.party.1.name").setFocus()
    walk("云川建工集团有限公司")
    named(window, "intake.facts").setFocus()
    walk("工地拖欠工资。", "2026-01-30", "")
    press(ENTER, CTRL)
    letter = named(window, "intake.party.0.letter_on")
    assert focused() is letter, "representatives need their letter"
    type_words("2026-01-28")
    press(ENTER, CTRL)

    file = only_case(services)
    assert file.parties[0].headcount == 3
    assert file.parties[0].representatives == ("A1-01", "A1-02")
    assert [member.name for member in file.group_members] == ["梁大川", "何顺平", "蒋永强"]
    assert str(file.group_members[0].gross) == "27403.90"


def test_a_claim_may_go_from_anybody_to_anybody(
    window: MainWindow, services: Services, intake: IntakeScreen
) -> None:
    type_plain_case()
    named(window, "intake.party.2.name").setFocus()
    type_words("云川安居物业服务有限公司")
    choose(window, "intake.claim.0.against", "云川安居物业服务有限公司")
    press(ENTER, CTRL)

    file = only_case(services)
    assert file.claims[0].against == ("B2",)
    assert file.claims[1].against == ("B1", "B2")
