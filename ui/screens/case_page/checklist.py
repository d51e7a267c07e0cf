"""The checklist beside a draft: what is forbidden, what somebody must look at, what is fine, each with its article."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from mediation_desk.agreements.lawful.model import Finding, Level
from ui.fields.check_field import CheckField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, row
from ui.widgets.plain import PlainLabel

_TONES = {Level.FORBIDDEN: Tone.SEAL, Level.LOOK: Tone.SOON, Level.FINE: Tone.DONE}


class ChecklistCard(Card):
    """``edited`` when somebody ticks. A tick belongs to the sentence it answers for: another sentence asks anew."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("核对清单")
        self.setObjectName("checklist")
        self._shown: tuple[Finding, ...] = ()
        self._ticked: set[tuple[str, str]] = set()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(6))
        self._fine = QVBoxLayout()
        self._fine.setSpacing(theme().px(2))
        self._more = link("看合适的各项", self._on_more_clicked)
        self._more.setObjectName("checklist.more")
        self._panel = boxed(self._fine, parent=self)
        self._panel.hide()
        self.header.addWidget(self._more)
        self.add(self._rows)
        self.add(self._panel)

    def begin(self, answered: Iterable[tuple[str, str]]) -> None:
        """Another case or draft; ``answered`` are (code, sentence) of ticks on file."""
        self._ticked = set(answered)
        self._shown = ()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show how the draft stands; rows are made anew only when something differs."""
        told = tuple(one for one in findings if one.level is not Level.FINE)
        fine = len(findings) - len(told)
        looks = sum(one.level is Level.LOOK for one in told)
        self.remark.setText(f"{fine}项合适，{looks}处请核对，{len(told) - looks}处不得这样写")
        if findings == self._shown:
            return
        self._shown = findings
        clear(self._rows)
        for one in sorted(told, key=lambda one: one.level is not Level.FORBIDDEN):
            self._rows.addLayout(row(*self._line(one), gap=8))
        if not self._panel.isHidden():
            self._show_fine()

    def looked(self) -> tuple[str, ...]:
        """Codes of the findings somebody ticked."""
        return tuple(one.code for one in self._shown if one.tick and (one.code, one.says) in self._ticked)

    def words(self) -> list[list[str]]:
        """Ticks as plain words for a draft."""
        return [list(pair) for pair in sorted(self._ticked)]

    def put_words(self, words: object) -> None:
        """Ticks back from a draft."""
        pairs = words if isinstance(words, list) else []
        self.begin((str(pair[0]), str(pair[1])) for pair in pairs if len(pair) == 2)

    def _line(self, one: Finding) -> tuple[PlainLabel | CheckField, ...]:
        level = PlainLabel(one.level.value, role="strong", tone=_TONES[one.level])
        level.setFixedWidth(theme().px(56))
        words = PlainLabel(one.sentence, wrap=True)
        words.setObjectName(f"checklist.{one.code}")
        if not one.tick:
            return level, words
        box = CheckField("已核对")
        box.setObjectName(f"checklist.tick.{one.code}")
        box.setAccessibleName(f"已核对：{one.sentence}")
        box.set_value((one.code, one.says) in self._ticked)
        box.edited.connect(lambda: self._on_ticked(one, box.value()))
        return level, words, box

    def _on_ticked(self, one: Finding, ticked: bool) -> None:
        pair = (one.code, one.says)
        if ticked:
            self._ticked.add(pair)
        else:
            self._ticked.discard(pair)
        self.edited.emit()

    def _on_more_clicked(self) -> None:
        if self._panel.isHidden():
            self._show_fine()
        self._panel.setVisible(self._panel.isHidden())
        self._more.set_caption("看合适的各项" if self._panel.isHidden() else "收起合适的各项")

    def _show_fine(self) -> None:
        clear(self._fine)
        for one in self._shown:
            if one.level is Level.FINE:
                words = PlainLabel(f"合适　{one.title}（{one.article}）", role="small", tone=Tone.DONE)
                self._fine.addWidget(words)
