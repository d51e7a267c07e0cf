"""Works the case page as a person does: by name, by mouse, by keys; and makes cases to work on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.model import CaseFile, Claim, Coded
from mediation_desk.cases.registering import Register
from mediation_desk.cases.vocabulary import Category, SourceStat
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import RESIDENT_ID, Gender, Party, PartyKind, Side
from mediation_desk.shared.track import Track
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage

APPLICANT_ID, RESPONDENT_ID = "110101199001010015", "110101196805172024"
PHONES = {"A1": "13800001234", "B1": "13900004321", "C1": "13700005678"}
THIRD_ID = "110101197001010104"


def fill_pool(services: Services) -> None:
    """Three mediators whose field fits."""
    cards = [
        MediatorCard(
            pool_no=number,
            name=name,
            gender=Gender.FEMALE,
            organisation="清平区人民调解委员会",
            employment=Employment.FULL_TIME,
            specialties=("邻里",),
        )
        for number, name in (("M01", "钱和"), ("M02", "孙顺"), ("M03", "李平"))
    ]
    with services.storage.write() as work:
        work.pool.learn(cards)


def register(services: Services, *, third: bool = False, track: Track = Track.PEOPLES) -> CaseFile:
    """A neighbours' quarrel, taken in today; with ``third`` a third party takes part."""
    today = services.cases.local_today
    command = Register(
        title="甄有理与贾讲理相邻排水纠纷",
        track=track,
        centre=services.centre.name,
        organisation=services.centre.bodies[0][1],
        category=Category.NEIGHBOUR,
        category_zz=Coded(code="0201", name="邻里纠纷-用水排水通行通风采光"),
        occurred_on=today - timedelta(days=9),
        received_on=today,
        channel="窗口来访",
        source_stat=SourceStat.APPLICATION,
        parties=(
            _person("A1", Side.APPLICANT, "甄有理", APPLICANT_ID),
            _person("B1", Side.RESPONDENT, "贾讲理", RESPONDENT_ID),
            *((_person("C1", Side.THIRD, "尤三方", THIRD_ID),) if third else ()),
        ),
        facts="雨水倒灌，院墙泡坏。",
        claims=(Claim(ref="Q1", by="A1", against=("B1",), item="修墙费", amount=Decimal("1000.00")),),
    )
    return services.cases.register(services.actor, command, despite=ANYWAY)


def _person(ref: str, side: Side, name: str, id_no: str) -> Party:
    from mediation_desk.parties.identity import birth_date_in, gender_in

    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone=PHONES[ref],
        address="清平区二路2号",
        gender=gender_in(id_no),
        ethnicity="汉族",
        birth_date=birth_date_in(id_no),
        id_type=RESIDENT_ID,
        id_no=id_no,
        occupation="教师",
    )


class Driver:
    """Everything by the object names the tour uses too."""

    def __init__(self, window: MainWindow, key: str, part: str = "") -> None:
        self.window = window
        window.open_case(key, part)
        shown = window.screen_in_front()
        assert isinstance(shown, CasePage)
        self.page = shown
        self.settle()

    @property
    def file(self) -> CaseFile:
        return self.page.view.file

    @property
    def next_words(self) -> str:
        return self.page.header.next.text() if self.page.header.next.isVisible() else ""

    def settle(self) -> None:
        for _round in range(6):
            QApplication.processEvents()

    def find(self, name: str) -> QWidget:
        found = [widget for widget in self.page.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets called {name}"
        return found[0]

    def shows(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.page.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        widget = self.find(name)
        assert widget.isEnabled(), name
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(12, widget.height() // 2))
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def go_on(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def write(self, name: str, text: str) -> None:
        widget = self.find(name)
        widget.setFocus()
        if isinstance(widget, QPlainTextEdit):
            widget.selectAll()
            widget.insertPlainText(text)
        else:
            assert isinstance(widget, QLineEdit)
            widget.selectAll()
            widget.insert(text)
            widget.textEdited.emit(text)
        self.settle()

    def choose(self, name: str, word: str) -> None:
        widget = self.find(name)
        assert isinstance(widget, QComboBox)
        place = widget.findText(word)
        assert place >= 0, word
        widget.setCurrentIndex(place)
        widget.activated.emit(place)
        self.settle()

    def focus_name(self) -> str:
        focused = QApplication.focusWidget()
        return focused.objectName() if focused is not None else ""
