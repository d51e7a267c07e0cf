"""People for the pool, and hands to work the screen with."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.experts.mediator import Layer, Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from ui.main_window import MainWindow
from ui.screens.experts.screen import ExpertsScreen

RIGHT_ID, WRONG_ID = "110101196805172024", "110101196805172025"


def person(number: str, name: str, **changes: object) -> Mediator:
    """Somebody in order; ``changes`` go to the card or the record, wherever they belong."""
    card: dict[str, object] = {
        "pool_no": number,
        "name": name,
        "gender": Gender.FEMALE,
        "organisation": "清平区人民调解委员会",
        "employment": Employment.FULL_TIME,
        "specialties": ("邻里",),
    }
    known = {item.name for item in fields(MediatorCard)}
    on_card = {key: value for key, value in changes.items() if key in known}
    beside = {key: value for key, value in changes.items() if key not in on_card}
    return Mediator(card=MediatorCard(**card | on_card), **beside)  # type: ignore[arg-type]  # mixed on purpose


def fill(services: Services) -> None:
    """Four people who differ in what one can filter by."""
    for one in (
        person("M01", "钱和平", specialties=("邻里", "物业"), languages=("普通话", "蒙古语")),
        person("M02", "孙顺义", gender=Gender.MALE, specialties=("邻里",), layer=Layer.VILLAGE),
        person("M03", "李慕兰", specialties=("医疗",), languages=("蒙古语",), id_no=RIGHT_ID),
        person("M04", "单雄信", gender=Gender.MALE, specialties=("医疗", "交通"), layer=Layer.DISTRICT),
    ):
        services.experts.engage(services.actor, one)


def open_experts(window: MainWindow) -> ExpertsScreen:
    """The screen in front."""
    window.open_screen("experts")
    screen = window.screen_in_front()
    assert isinstance(screen, ExpertsScreen)
    settle()
    return screen


def names(screen: ExpertsScreen) -> list[str]:
    """Who is shown."""
    return [entry.mediator.name for entry in screen.register.shown()]


def settle() -> None:
    """Let layouts and timers of no duration happen."""
    for _round in range(6):
        QApplication.processEvents()


def find(screen: QWidget, name: str) -> QWidget:
    """The one visible control of this name."""
    found = [one for one in screen.findChildren(QWidget, name) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} visible widgets called {name}"
    return found[0]


def click(screen: QWidget, name: str) -> None:
    """Press it with the mouse."""
    target = find(screen, name)
    assert target.isEnabled(), name
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    settle()


def write(screen: QWidget, name: str, text: str) -> None:
    """Replace what stands in a line."""
    target = find(screen, name)
    assert isinstance(target, QLineEdit)
    target.setFocus()
    target.selectAll()
    target.insert(text)
    target.textEdited.emit(text)
    settle()


def choose(screen: QWidget, name: str, word: str) -> None:
    """Choose an entry by its word."""
    target = find(screen, name)
    assert isinstance(target, QComboBox)
    place = target.findText(word)
    assert place >= 0, word
    target.setCurrentIndex(place)
    target.activated.emit(place)
    settle()
