"""What is done with a filed volume: its place, lending, return, appraisal, destruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.steps.archiving import (
    Appraise,
    LendVolume,
    PutOnShelf,
    RecordDestruction,
    ReturnVolume,
)
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import KEEP
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import NumberField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_NAME = 60


class VolumeForm(StepForm):
    """Base of the forms of the archive room: each makes its `day`, proposed as today, where Tab should find it."""

    allowed = KEEP.sources

    on: Field[DateField]

    def day(self) -> Field[DateField]:
        """The day it happened."""
        self.on = self.field("日期", "on", DateField(), required=True)
        return self.on

    def text(self, word: str, name: str, *, required: bool = False) -> Field[TextField]:
        """A line of text."""
        return self.field(word, name, TextField(longest=_NAME), required=required)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self.on.editor.set_value(view.today)

    def asked(self) -> None:
        """Raise ``InputError`` without a day."""
        if self.on.editor.value() is None:
            raise InputError("请填写日期。", field="on")


class ShelfForm(VolumeForm):
    """架号, written as the centre writes places."""

    code = "shelf"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "上架", "上架")
        pattern = archive_rules().shelf
        self._place = self.text(f"架号（{pattern.words}，例如{pattern.example}）", "place", required=True)
        self.day()
        self.line(self._place, self.on, None)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """The present place, to be changed."""
        super().prefill(view)
        shelf = view.file.beside.shelf
        self._place.editor.set_value(shelf.place if shelf else "")

    def steps(self) -> Sequence[Step]:
        """One `PutOnShelf`."""
        self.asked()
        on = self.on.editor.value()
        return (PutOnShelf(on=on, place=self._place.editor.value()),) if on else ()


class LendForm(VolumeForm):
    """Who, why, until when; who allowed it where the volume is restricted."""

    code = "lend"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "借出", "借出")
        self._access = PlainLabel(tone=Tone.SOON, wrap=True)
        self._access.setObjectName("lend.access")
        self._who = self.text("借阅人", "who", required=True)
        self._unit = self.text("单位", "unit")
        self._approved = self.text("批准人", "approved_by")
        self._why = self.field("事由", "why", TextField(longest=200), required=True)
        self.day()
        self._due = self.field("归还期限", "due_on", DateField())
        self.add(self._access)
        self.line(self._who, self._unit, self._approved)
        self.add(self._why)
        self.line(self.on, self._due, None)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """The usual days from today, and what the volume's restriction says."""
        super().prefill(view)
        access = (view.file.archive.access or "") if view.file.archive else ""
        self._access.setText(f"{access}：请写明批准人。" if access else "")
        self._access.setVisible(bool(access))
        for field in (self._who, self._unit, self._approved, self._why):
            field.editor.set_value("")
        self._due.editor.set_value(view.today + timedelta(days=archive_rules().lending.days))

    def steps(self) -> Sequence[Step]:
        """One `LendVolume`."""
        self.asked()
        on = self.on.editor.value()
        if on is None:
            return ()
        return (
            LendVolume(
                on=on,
                who=self._who.editor.value(),
                unit=self._unit.editor.value(),
                why=self._why.editor.value(),
                due_on=self._due.editor.value(),
                approved_by=self._approved.editor.value(),
            ),
        )


class ReturnForm(VolumeForm):
    """When and in what condition the volume came back."""

    code = "return"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "归还", "登记归还")
        self.day()
        self._condition = self.field("归还时的情况", "condition", TextField(longest=200), required=True)
        self.line(self.on, self._condition)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Whole, unless somebody says otherwise."""
        super().prefill(view)
        self._condition.editor.set_value("完好")

    def steps(self) -> Sequence[Step]:
        """One `ReturnVolume`."""
        self.asked()
        on = self.on.editor.value()
        return (ReturnVolume(on=on, condition=self._condition.editor.value()),) if on else ()


class AppraiseForm(VolumeForm):
    """Keep or destroy, by two persons."""

    code = "appraise"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "到期鉴定", "登记鉴定")
        self.day()
        self._verdict = self.field("意见", "verdict", ChoiceField(Verdict))
        self._years = self.field("续存几年（0为永久）", "years", NumberField())
        self._first = self.text("鉴定人", "decided_by", required=True)
        self._second = self.text("第二位鉴定人", "second", required=True)
        self._reason = self.field("理由", "reason", TextField(longest=200), required=True)
        self.line(self.on, self._verdict, self._years, None)
        self.line(self._first, self._second)
        self.add(self._reason)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Keeping ten more years is the careful choice."""
        super().prefill(view)
        self._verdict.editor.set_value(Verdict.KEEP)
        self._years.editor.set_value(10)
        for field in (self._first, self._second, self._reason):
            field.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `Appraise`."""
        self.asked()
        on, verdict = self.on.editor.value(), self._verdict.editor.value()
        if on is None or verdict is None:
            return ()
        years = self._years.editor.value()
        if verdict is Verdict.KEEP and years is None:
            raise InputError("请填写续存几年，0为永久。", field="years")
        return (
            Appraise(
                on=on,
                verdict=verdict,
                reason=self._reason.editor.value(),
                decided_by=self._first.editor.value(),
                second=self._second.editor.value(),
                years=years or 0,
            ),
        )


class DestroyForm(VolumeForm):
    """Paper that was destroyed, before a witness; the case stays in the program."""

    code = "destroy"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "登记销毁", "登记销毁")
        self.day()
        self._by = self.text("销毁人", "by", required=True)
        self._witness = self.text("监销人", "witness", required=True)
        self.add(small("只登记纸质卷宗已经销毁。案件在程序里的资料不会删除。", wrap=True))
        self.line(self.on, self._by, self._witness)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Nobody yet."""
        super().prefill(view)
        self._by.editor.set_value("")
        self._witness.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `RecordDestruction`."""
        self.asked()
        on = self.on.editor.value()
        if on is None:
            return ()
        return (RecordDestruction(on=on, by=self._by.editor.value(), witness=self._witness.editor.value()),)
