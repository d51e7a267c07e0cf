"""反馈: what the sender must get back, what of it is on file, and the words that go out."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.feedback import parts, why_lacking
from mediation_desk.cases.steps.closing import Reply
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.routing.rules import letter, sender_rule, waiting
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.widgets.text import paragraph


class ReplyForm(StepForm):
    """The letter to the sender, suggested from what is on file; printed as 反馈函."""

    code = "reply"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "反馈", "已反馈")
        self._asked = paragraph()
        self._to = self.field("向谁反馈", "to", TextField(longest=80), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._content = self.field("反馈的内容", "content", NoteField(lines=5), required=True)
        self.add(self._asked)
        self.line(self._to, self._on)
        self.add(self._content)
        self.finish()
        self.order(*(field.editor for field in (self._to, self._on, self._content)))

    def subject(self, view: CaseView) -> object:
        """Anew when there is more to tell."""
        return view.file.case_key, letter(view.file), view.file.feedback_to_source

    def prefill(self, view: CaseView) -> None:
        """To the sender, with the result on file."""
        file = view.file
        self._asked.setText(_asked(view))
        self._asked.setVisible(bool(self._asked.text()))
        self._to.editor.set_value(file.intake.source_org or "")
        self._on.editor.set_value(view.today)
        self._content.editor.set_value(letter(file))

    def steps(self) -> Sequence[Step]:
        """One `Reply`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (Reply(on=on, to=self._to.editor.value(), content=self._content.editor.value()),)


def _asked(view: CaseView) -> str:
    """``应反馈结果、协议；还没有：协议。最迟 …，依据：…``"""
    rule = sender_rule(view.file)
    if rule is None:
        return ""
    every = parts(view.file)
    lacking = "、".join(part for part, words in every if not words)
    told = f"应当反馈{'、'.join(part for part, _ in every)}"
    told += f"；案卷里还没有：{lacking}" if lacking else ""
    reasons = [
        f"{part}：{why}" for part, words in every if not words and (why := why_lacking(view.file, part))
    ]
    told += f"（{'；'.join(reasons)}）" if reasons else ""
    sender = next((one for one in waiting(view.file) if one.order is None), None)
    until = f"。最迟 {day(sender.due_on)}" if sender is not None else ""
    return f"{told}{until}。依据：{rule.basis}。"
