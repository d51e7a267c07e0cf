"""聘任: one mediator taken into the pool, in a line of fields above the list."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind

_GRADES = ("一级人民调解员", "二级人民调解员", "三级人民调解员", "四级人民调解员")


class EngageForm(Card):
    """``closed()`` when it is done or given up; errors stand beside their fields."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("聘任调解员")
        self._context = context
        self._number = TextField("例如 M07", longest=6)
        self._name = TextField(longest=50)
        self._gender = ChoiceField(Gender)
        self._body = ChoiceField(
            tuple(dict.fromkeys(body.name for _track, body in context.services.centre.bodies))
        )
        self._employment = ChoiceField(Employment)
        self._grade: ChoiceField[str] = ChoiceField(_GRADES, empty="未评")
        self._specialties = TextField("例如 邻里、婚姻家庭")
        self._languages = TextField("例如 普通话、吴语")
        fields = {
            "pool_no": Field("编号", self._number, name="pool_no", required=True),
            "name": Field("姓名", self._name, name="name", required=True),
            "gender": Field("性别", self._gender, name="gender"),
            "organisation": Field("单位", self._body, name="organisation"),
            "employment": Field("聘任方式", self._employment, name="employment"),
            "grade": Field("等级", self._grade, name="grade"),
            "specialties": Field("擅长（用顿号隔开）", self._specialties, name="specialties", required=True),
            "languages": Field("语言", self._languages, name="languages"),
        }
        self._fields = cast("dict[str, Field[QWidget]]", fields)
        for name, field in self._fields.items():
            field.editor.setObjectName(f"engage.{name}")
        first = ("pool_no", "name", "gender", "organisation")
        self.add(row(*(self._fields[name] for name in first), gap=12))
        self.add(row(*(field for name, field in self._fields.items() if name not in first), gap=12))
        self.submit = primary("聘任", self._on_submit)
        self.submit.setObjectName("engage.submit")
        leave = button("收起", self.closed.emit)
        leave.setObjectName("engage.cancel")
        self.add(row(None, leave, self.submit, gap=8))

    def begin(self) -> None:
        """Empty fields, the cursor in the first."""
        for text in (self._number, self._name, self._specialties, self._languages):
            text.set_value("")
        for field in self._fields.values():
            field.set_error("")
        self.show()
        self._number.setFocus()

    def card(self) -> MediatorCard:
        """What the fields say."""
        return MediatorCard(
            pool_no=self._number.value().upper(),
            name=self._name.value(),
            gender=self._gender.value() or Gender.FEMALE,
            organisation=self._body.value() or "",
            employment=self._employment.value() or Employment.FULL_TIME,
            grade=self._grade.value(),
            specialties=_words(self._specialties.value()),
            languages=_words(self._languages.value()),
        )

    def _on_submit(self) -> None:
        services, card = self._context.services, self.card()
        for field in self._fields.values():
            field.set_error("")
        self._context.desk.command(
            lambda: services.experts.engage(services.actor, card),
            lambda _done: self._on_engaged(card),
            self._on_refused,
            touches=Changes.of(Topic.EXPERTS),
            owner=self,
        )

    def _on_engaged(self, card: MediatorCard) -> None:
        self._context.say(f"已聘任{card.name}，编号{card.pool_no}。", Kind.SUCCESS)
        self.closed.emit()

    def _on_refused(self, error: BaseException) -> bool:
        field = self._fields.get(error.field) if isinstance(error, InputError) else None
        if field is None or not isinstance(error, InputError):
            return False
        field.set_error(error.message)
        field.editor.setFocus()
        return True


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[、，,;；\s]+", text) if word)
