"""What came out of a check, in words large enough to be read across the counter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from mediation_desk.documents.sealing.verifying import Finding, Verdict
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_HEADLINES = {
    Finding.UNCHANGED: "没有改动",
    Finding.CHANGED: "有改动",
    Finding.SUPERSEDED: "已被取代",
    Finding.FOREIGN: "不是本中心的文书",
}
_TONES = {
    Finding.UNCHANGED: Tone.DONE,
    Finding.CHANGED: Tone.SEAL,
    Finding.SUPERSEDED: Tone.SOON,
    Finding.FOREIGN: Tone.SEAL,
}
_UNREAD = "核对不了"


class AnswerCard(Card):
    """``verify.answer`` is the headline, ``verify.sentence`` says why, ``verify.case`` leads to the case."""

    def __init__(self, open_case: Callable[[str], object]) -> None:
        super().__init__("结果")
        self._case = ""
        self._about = small("", wrap=True)
        self._about.setObjectName("verify.about")
        self._headline = PlainLabel(role="title", wrap=True)
        self._headline.setObjectName("verify.answer")
        self._sentence = PlainLabel(role="heading", wrap=True)
        self._sentence.setObjectName("verify.sentence")
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme().px(4))
        self._way = button("打开案件", lambda: open_case(self._case), symbol="arrow")
        self._way.setObjectName("verify.case")
        self._ways = boxed(row(self._way, None), parent=self)
        for item in (self._about, self._headline, self._sentence):
            self.add(item)
        self.add(self._notes)
        self.add(self._ways)
        self.hide()

    def wait(self, about: str) -> None:
        """Something new is being checked: the answer of before is gone at once."""
        self._fill(about, "正在核对……", Tone.QUIET, "")

    def show_verdict(self, verdict: Verdict) -> None:
        """The answer to what is being checked."""
        finding = verdict.finding
        self._fill(self._about.text(), _HEADLINES[finding], _TONES[finding], verdict.sentence)
        for note in verdict.notes:
            label = PlainLabel(note, wrap=True)
            label.setObjectName("verify.note")
            self._notes.addWidget(label)
        self._case = verdict.case_key
        self._ways.setVisible(bool(verdict.case_key))

    def show_failure(self, sentence: str) -> None:
        """It cannot be told; which says nothing for or against the paper."""
        self._fill(self._about.text(), _UNREAD, Tone.SOON, sentence)

    def _fill(self, about: str, headline: str, tone: Tone, sentence: str) -> None:
        clear(self._notes)
        self._case = ""
        self._ways.hide()
        self._about.setText(about)
        self._headline.setText(headline)
        self._headline.set_tone(tone)
        self._headline.setAccessibleName(f"核对结果：{headline}")
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.show()
