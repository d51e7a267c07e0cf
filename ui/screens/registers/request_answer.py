"""答复: the request in full, the cases of whoever asked, what was done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.privacy.person import Standing
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.cases.privacy.requests import PersonRequest
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import NoteField
from ui.screens.base import Context
from ui.screens.case_page.casework import CORRECTING
from ui.screens.person_copying import write_copy
from ui.screens.registers.request_form import RequestForm
from ui.services import Services
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import button
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

GRANTED, REFUSED = "已办", "不予办理"
_MOST_CASES = 4
_NO_NUMBER = "登记时没有写证件号码，找不到案件；请在案件页的“个人信息”里点这个人导出。"


@dataclass(frozen=True, slots=True)
class Opened:
    """A request in full and where its person stands; None where that cannot be looked up."""

    request: PersonRequest
    standing: Standing | None


def read_request(services: Services, number: int) -> Opened:
    """Runs on the worker; the look is on record."""
    request = services.requests.find(services.actor, number)
    try:
        return Opened(request, services.people.cases(services.actor, request.id_no))
    except InputError:
        return Opened(request, None)


def due_words(one: PersonRequest) -> str:
    """Why the answer is due on that day."""
    days = (one.due_on - one.on).days
    return f"{cn_date(one.on)}提出，{days}天内答复（{personal_rules().request_basis}）"


class AnswerForm(RequestForm):
    """The request in full, the cases of whoever asked, what was done about it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "答复", "答复", "answer")
        self.opened: Opened | None = None
        self.told, self.where = PlainLabel(wrap=True), small("", wrap=True)
        self.told.setObjectName("requests.told")
        self.where.setObjectName("requests.where")
        self.cases: RecordTable[str] = RecordTable(
            "这个人的案件", (Column("这个人的案件", str),), sortable=False
        )
        self.cases.setObjectName("requests.cases")
        self.open_case = self._deed("打开案件", "open", self._on_open)
        self.correct = self._deed("去更正", "correct", self._on_correct)
        self.copy = self._deed("导出此人信息", "copy", self._on_copy)
        self.result: ChoiceField[str] = ChoiceField((GRANTED, REFUSED))
        self.words = NoteField("办了什么；不予办理的，写明理由", lines=2, longest=2000)
        deeds = WrappingRow()
        for made in (self.open_case, self.correct, self.copy):
            deeds.add(made)
        self.add(self.told)
        self.add(self.where)
        self.add(self.cases)
        self.add(deeds)
        self.add(row(self.field("怎样办的", "granted", self.result), None))
        self.add(self.field("怎样答复的", "answer", self.words, required=True))
        self.cases.chosen.connect(lambda _key: self._on_open())
        self.finish()

    def begin(self, opened: Opened) -> None:
        """Show a request; words typed for the same one stay."""
        one, standing = opened.request, opened.standing
        if self.opened is None or self.opened.request.id != one.id:
            self.result.set_value(GRANTED)
            self.words.set_value("")
        self.opened = opened
        agent = f"，由{one.agent}代为提出" if one.agent else ""
        number = f"（{one.id_no}）" if one.id_no else ""
        self.told.setText(f"第{one.id}号　{one.name}{number}请求{one.kind}{agent}：{one.what}")
        keys = standing.keys if standing else ()
        self.cases.show_records(keys)
        self.cases.setVisible(bool(keys))
        self.cases.setFixedHeight(self.cases.content_height(min(max(len(keys), 1), _MOST_CASES)))
        if keys:
            self.cases.selectRow(0)
        for made in (self.open_case, self.correct, self.copy):
            made.setEnabled(bool(keys))
        more = f"另有{standing.elsewhere}件不在您的查看范围内。" if standing and standing.elsewhere else ""
        found = f"找到{len(keys)}件案件。{more}" if standing else _NO_NUMBER
        self.where.setText(f"{due_words(one)}，最迟{cn_date(one.due_on)}。{found}")
        self.clear(self.cases if keys else self.result, self.told)

    def save(self) -> None:
        """Keep the answer."""
        if self.opened is None:
            return
        services, number = self._context.services, self.opened.request.id
        words, granted = self.words.value(), self.result.value() == GRANTED
        self.run(
            lambda: services.requests.answer(services.actor, number, words, granted=granted),
            lambda made: f"第{made.id}号请求已答复：{GRANTED if made.granted else REFUSED}。",
        )

    def _on_open(self) -> None:
        if (key := self.cases.current()) is not None:
            self._context.open_case(key, "people")

    def _on_correct(self) -> None:
        if (key := self.cases.current()) is not None:
            self._context.open_screen(CORRECTING, key)

    def _on_copy(self) -> None:
        if self.opened is not None:
            write_copy(self._context, self.opened.request.id_no, self.opened.request.name, self)

    def _deed(self, words: str, name: str, do: Callable[[], object]) -> QPushButton:
        made = button(words, do)
        made.setObjectName(f"requests.{name}")
        return made
