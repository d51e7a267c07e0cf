"""Reading a record back: who read it and how, and what each party says of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from mediation_desk.cases.minutes.model import Answer, Minutes, Reading, digest
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import Party
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.record_source import RecordSource
from ui.screens.case_page.tab import Page
from ui.second.faces import Face
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.window.voice import Voice, speaker

_OF_PARTIES = ("record.agrees.", "record.objects.", "record.remark.")


class ReadBack(QWidget):
    """Hidden without a board. ``refused(error)`` when a mark was not taken."""

    refused = Signal(object)

    def __init__(self, page: Page, source: RecordSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._source = page, source
        found = speaker()
        self._voice = Voice(found, self) if found else None
        self._by = TextField("谁宣读的")
        self._by.setObjectName("record.read_by")
        self._by.setAccessibleName("宣读人")
        self._how: ChoiceField[Reading] = ChoiceField(Reading)
        self._how.setObjectName("record.read_how")
        self._how.setAccessibleName("怎样给各方核对")
        self._read = button("已经读给各方", self._on_read_clicked)
        self._read.setObjectName("record.read")
        self._large = button("大字给各方看（F8）", self._on_large_clicked)
        self._large.setObjectName("record.large")
        self._aloud = link("读出声", self._on_aloud_clicked)
        self._aloud.setObjectName("record.aloud")
        self._state = small("", wrap=True)
        self._state.setObjectName("record.read_state")
        self._rows = column(gap=6)
        line = row(
            PlainLabel("核对", role="strong"), self._by, self._how, self._read, self._large, self._aloud, None
        )
        self.setLayout(column(line, self._state, boxed(self._rows), gap=6))
        self._aloud.setVisible(self._voice is not None)
        self._minutes: Minutes | None = None
        self._file: CaseFile | None = None
        self._shown: object = None

    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of Tab; the parties' own follow by their place."""
        return self._by, self._how, self._read, self._large, self._aloud

    def show_minutes(self, file: CaseFile, minutes: Minutes | None) -> None:
        """Who has read, who has answered; a remark being typed stays while nothing changed."""
        self.setVisible(minutes is not None)
        self._minutes, self._file = minutes, file
        if minutes is not None and not self._by.value() and file.recorder is not None:
            self._by.set_value(file.recorder.name)
        self.settle()

    def settle(self) -> None:
        """A change of the text takes back what was read and answered."""
        minutes, file = self._minutes, self._file
        if minutes is None or file is None:
            self._shown = None
            return
        read = minutes.working.read
        is_read = read is not None and read.digest == digest(self._source.text)
        if read is None:
            self._state.setText("写好以后读给各方听，或者用大字给各方看，再逐一登记有没有异议。")
        elif is_read:
            self._state.setText(f"{read.at.astimezone():%H:%M} 由{read.by}{read.how}。")
        else:
            self._state.setText("读过以后记录又改了，请再读一遍、重新核对。")
        self._state.set_tone(Tone.QUIET if read is None or is_read else Tone.SEAL)
        answers = tuple((party.ref, minutes.answer(party.ref)) for party in file.parties)
        shown = (file.case_key, minutes.working.session_no, is_read, answers)
        if shown == self._shown:
            return
        self._shown = shown
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        clear(self._rows)
        for party in file.parties:
            self._rows.addLayout(self._row(party, minutes, is_read=is_read))
        if name.startswith(_OF_PARTIES):
            again = [one for one in self.findChildren(QWidget, name) if one is not focused]
            QTimer.singleShot(0, self, lambda: again[-1].setFocus() if again and isValid(again[-1]) else None)

    def _row(self, party: Party, minutes: Minutes, *, is_read: bool) -> QHBoxLayout:
        given = minutes.answer(party.ref) if is_read else None
        remark = TextField("有异议时写明哪一处、怎样改")
        remark.setObjectName(f"record.remark.{party.ref}")
        remark.setAccessibleName(f"{party.name}对记录的意见")
        remark.set_value(given.remark if given else "")
        agrees = button(Answer.AGREES.value, lambda: self._answer(party, Answer.AGREES, remark))
        objects = button(Answer.OBJECTS.value, lambda: self._answer(party, Answer.OBJECTS, remark))
        agrees.setObjectName(f"record.agrees.{party.ref}")
        objects.setObjectName(f"record.objects.{party.ref}")
        for one in (agrees, objects):
            one.setAccessibleName(f"{party.name}{one.text().strip()}")
            one.setEnabled(is_read)
        agreed = given is not None and given.answer is Answer.AGREES
        tone = Tone.DONE if agreed else Tone.SOON if given else Tone.QUIET
        chip = Chip(given.answer.value if given else "未核对", tone)
        line = row(PlainLabel(party.name), chip, agrees, objects, gap=8)
        line.addWidget(remark, 1)
        return line

    def _answer(self, party: Party, answer: Answer, remark: TextField) -> None:
        services, file = self._page.context.services, self._page.view.file
        no, words = self._session_no(), remark.value() if answer is Answer.OBJECTS else ""
        run = self._source.kept_first(
            lambda text: services.minutes.answer(
                services.actor, file.case_key, no, party.ref, answer, remark=words, text=text
            )
        )
        if run is not None:
            self._page.call(run, _nothing, self._on_failed, lambda _done: f"{party.name}：{answer}。")

    def _on_read_clicked(self) -> None:
        services, file = self._page.context.services, self._page.view.file
        how, by, no = self._how.value() or Reading.ALOUD, self._by.value(), self._session_no()
        run = self._source.kept_first(
            lambda text: services.minutes.read_out(services.actor, file.case_key, no, how, by=by, text=text)
        )
        if run is not None:
            self._page.call(run, _nothing, self._on_failed, lambda _done: "已经记下，请各方逐一核对。")

    def _on_large_clicked(self) -> None:
        self._how.set_value(Reading.LARGE)
        services, key = self._page.context.services, self._page.view.file.case_key
        run = self._source.kept_first(lambda _text: services.actor)
        if run is not None:
            self._page.call(
                run,
                lambda _done: self._page.context.show_second(key, Face.RECORD),
                self._on_failed,
                lambda _done: "",
            )

    def _on_aloud_clicked(self) -> None:
        if self._voice is not None:
            self._voice.read(self._source.text)

    def _on_failed(self, error: BaseException) -> bool:
        self.refused.emit(error)
        return True

    def _session_no(self) -> int:
        planned = self._page.view.planned
        return planned.no if planned is not None else 0


def _nothing(_result: object) -> None:
    """The page reads again by itself."""
