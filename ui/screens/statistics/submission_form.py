"""The form that reports a period: which one, what the checks say, and why in spite of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import before, month_of, part_holding
from mediation_desk.statistics.submitting.model import Submission
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.statistics.submission_words import SubmissionKeeper
from ui.screens.work.keeping import Words
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow

_PARTS = {"上月": 1, "上季度": 3, "上半年": 6, "上年度": 12}
_OWN = "自选"


class SubmissionForm(Card):
    """``submitted(Submission)`` after a period was reported; a refusal leaves every word where it is."""

    submitted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "报送一个统计期间", remark="各表的数和后面的案件一起保存，签上报送人和时间", parent=parent
        )
        self.setObjectName("submissions.form")
        self.context = context
        self._listed: tuple[Submission, ...] = ()
        self.period: ChoiceField[str] = ChoiceField((*_PARTS, _OWN))
        self.since, self.until = DateField(today=self._today), DateField(today=self._today)
        self.note = TextField("例如 三季度报表", longest=500)
        self.override = TextField("核对不符仍要报送时写", longest=500)
        self.reason = TextField("这一期间报送过时写", longest=500)
        self.check_button = button("核对", self.check)
        self.submit_button = primary("报送", self.submit)
        self.found = PlainLabel(wrap=True)
        self.found.setObjectName("submissions.found")
        self.found.hide()
        self.fields: dict[str, Field[QWidget]] = {}
        made: tuple[Field[Any], ...] = (
            Field("统计期间", self.period, name="period"),
            Field("自", self.since, name="from"),
            Field("至", self.until, name="to"),
            Field("说明", self.note, name="note"),
            Field("核对不符仍报送的理由", self.override, name="override"),
            Field("更正报送、补报的理由", self.reason, name="reason"),
        )
        for field in made:
            name = field.name
            self.fields[name] = field
            field.editor.setObjectName(f"submissions.{name}")
        self.check_button.setObjectName("submissions.check")
        self.submit_button.setObjectName("submissions.submit")
        when = WrappingRow(gap=12)
        for name, width in (("period", 120), ("from", 176), ("to", 176)):
            when.add(self.fields[name], width)
        words = WrappingRow(gap=12)
        for name in ("note", "override", "reason"):
            words.add(self.fields[name], 240, 1)
        for line in (when, words, self.found):
            self.add(line)
        self.add(row(None, self.check_button, self.submit_button, gap=8))
        self._typed = {"note": self.note, "override": self.override, "reason": self.reason}
        self._keeper = SubmissionKeeper(context, "report", self._words, self)
        for editor in self._typed.values():
            editor.edited.connect(self._keeper.note)
        self.period.edited.connect(self._on_period_edited)
        for day in (self.since, self.until):
            day.edited.connect(lambda: self.period.set_value(_OWN))
        self.period.set_value("上季度")
        self._on_period_edited()

    def know(self, listed: tuple[Submission, ...]) -> None:
        """What was reported so far: a period among it is reported again only with a reason."""
        self._listed = listed

    def recall(self) -> None:
        """Put back what was typed and not reported."""
        self._keeper.begin(self._put)

    def check(self) -> None:
        """Show what speaks against reporting the period."""
        period, services = self._asked(), self.context.services
        if period is None:
            return
        self.check_button.set_busy(True)
        self.context.desk.query(
            lambda: services.submissions.obstacles(services.actor, period),
            self._show_obstacles,
            self._on_refused,
            owner=self,
            slot="check",
        )

    def submit(self) -> None:
        """Report the period."""
        period, services = self._asked(), self.context.services
        if period is None:
            return
        same = next((one for one in self._listed if one.period == period and not one.unit), None)
        reason, note, override = self.reason.value(), self.note.value(), self.override.value()
        replaced = same.id if same is not None and reason else None
        self.submit_button.set_busy(True)
        self.context.desk.command(
            lambda: services.submissions.submit(
                services.actor, period, note=note, override=override, reason=reason, supersedes=replaced
            ),
            self._on_submitted,
            self._on_refused,
            touches=Changes.of(Topic.STATISTICS),
            owner=self,
            beside=True,
        )

    def _words(self) -> Words:
        return {name: editor.text() for name, editor in self._typed.items()}

    def _put(self, words: Words) -> None:
        for name, editor in self._typed.items():
            if not editor.text():
                editor.set_value(str(words.get(name, "")))

    def _asked(self) -> Period | None:
        for field in self.fields.values():
            field.set_error("")
        first, last = self.since.value(), self.until.value()
        if first is None or last is None:
            self.fields["from" if first is None else "to"].set_error("请写好统计期间的起止日。")
            return None
        try:
            return Period(first=first, last=last)
        except InputError as error:
            self.fields["to"].set_error(error.message)
            return None

    def _show_obstacles(self, found: tuple[str, ...]) -> None:
        self.check_button.set_busy(False)
        self._say("；\n".join(found) or "各表核对无误，可以报送。", Tone.SEAL if found else Tone.DONE)

    def _on_submitted(self, made: Submission) -> None:
        self.submit_button.set_busy(False)
        for editor in self._typed.values():
            editor.set_value("")
        self._keeper.drop()
        self._say("", Tone.INK)
        self.submitted.emit(made)

    def _on_refused(self, error: BaseException) -> bool:
        self.submit_button.set_busy(False)
        self.check_button.set_busy(False)
        if isinstance(error, InputError) and error.field in self.fields:
            self.fields[error.field].set_error(error.message)
            self.fields[error.field].editor.setFocus()
            return True
        if isinstance(error, InputError | RuleError):
            rule = getattr(error, "rule", "")
            self._say(
                error.message + (f"（{rule}）" if rule and rule not in error.message else ""), Tone.SEAL
            )
            return True
        return False

    def _say(self, sentence: str, tone: Tone) -> None:
        self.found.setText(sentence)
        self.found.set_tone(tone)
        self.found.setVisible(bool(sentence))

    def _on_period_edited(self) -> None:
        word = self.period.value()
        if word is None or word == _OWN:
            return
        today, months = self._today(), _PARTS[word]
        if months == 1:
            period = before(month_of(today))
        else:
            current = part_holding(today, months)
            period = part_holding(current.first - timedelta(1), months)
        self.since.set_value(period.first)
        self.until.set_value(period.last)

    def _today(self) -> date:
        return self.context.services.cases.local_today
