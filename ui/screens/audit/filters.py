"""What a reviewer wants to see: period, account, kind of act, case, person, only what is to be looked at."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.audit.reading import EntryQuery
from mediation_desk.audit.wording import Kind
from mediation_desk.shared.clock import local_moment
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.layout import boxed
from ui.widgets.wrapping import Wrapping

_WIDE, _WIDEST = 140, 196


class Filters(Card):
    """``changed`` when another list is wanted: a choice made, Enter in a text, a day left."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = DateField()
        self.last = DateField()
        self.account: ChoiceField[str] = ChoiceField((), empty="所有人")
        self.kind: ChoiceField[Kind] = ChoiceField(Kind, empty="所有操作")
        self.case = TextField("案件代码", longest=40)
        self.person = TextField("姓名或者证件号码", longest=80)
        self.flagged = CheckField("只看要留意的")
        fields: tuple[tuple[str, QWidget, str], ...] = (
            ("从", self.first, "from"),
            ("到", self.last, "to"),
            ("账号", self.account, "account"),
            ("操作", self.kind, "kind"),
            ("案件", self.case, "case"),
            ("当事人", self.person, "person"),
        )
        for _word, editor, name in fields:
            editor.setObjectName(f"audit.{name}")
        self.flagged.setObjectName("audit.flagged")
        self.case.setMinimumWidth(theme().px(150))
        self.person.setMinimumWidth(theme().px(150))
        rows = Wrapping()
        for word, editor, name in fields:
            rows.add(Field(word, editor, name=name), _WIDEST if isinstance(editor, DateField) else _WIDE, 1)
        rows.add(self.flagged)
        self.add(boxed(rows))
        for chosen in (self.account, self.kind, self.flagged):
            chosen.edited.connect(self.changed)
        for typed in (self.first, self.last, self.case, self.person):
            typed.editingFinished.connect(self._on_typed)
        self._known = self.query()

    def query(self) -> EntryQuery:
        """What is asked for now."""
        first, last = self.first.value(), self.last.value()
        return EntryQuery(
            first=local_moment(first) if first else None,
            last=local_moment(last + timedelta(days=1)) if last else None,
            account=self.account.value() or "",
            kind=self.kind.value(),
            case_key=self.case.value(),
            person=self.person.value(),
            flagged=self.flagged.value(),
        )

    def about(self) -> str:
        """The same in words, for the head of a printed list."""
        first, last = self.first.value(), self.last.value()
        parts = [
            f"{first.isoformat() if first else '开始'}至{last.isoformat() if last else '现在'}",
            f"账号{self.account.value()}" if self.account.value() else "所有账号",
            self.kind.value() or "所有操作",
            f"案件{self.case.value()}" if self.case.value() else "",
            f"当事人{self.person.value()}的案件" if self.person.value() else "",
            "只列要留意的" if self.flagged.value() else "",
        ]
        return "，".join(part for part in parts if part)

    def _on_typed(self) -> None:
        """Leaving a field that was not touched asks for nothing new."""
        asked = self.query()
        if asked != self._known:
            self._known = asked
            self.changed.emit()
