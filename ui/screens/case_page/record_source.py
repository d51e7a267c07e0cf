"""Where the text of a record comes from: kept while it is typed, later lines of the board taken in, edits shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.minutes.merging import differences, merged
from mediation_desk.cases.minutes.model import Minutes, WorkingRecord
from mediation_desk.cases.minutes.service import Saved
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.shared.errors import ConflictError
from ui.fields.text_field import NoteField
from ui.screens.case_page.tab import Page
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

T = TypeVar("T")
_PAUSE_MS = 800
_COLLIDED = "另一位工作人员也改了同一段，两个人写的都留在记录里，请看一遍。"


class RecordSource(QWidget):
    """``refused(error)`` when the text could not be kept; hidden without a board."""

    refused = Signal(object)

    def __init__(self, page: Page, editor: NoteField, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._editor = page, editor
        self.minutes: Minutes | None = None
        self._working: WorkingRecord | None = None
        self._key = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._keep)
        self._state = small("", wrap=True)
        self._state.setObjectName("record.state")
        self._warning = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._warning.setObjectName("record.missing")
        self._take = button("把板上新的内容合进来", self._on_take_clicked, symbol="refresh")
        self._take.setObjectName("record.take_in")
        self._show = link("看改了哪里", self._on_show_clicked)
        self._show.setObjectName("record.changes")
        self._list = column(gap=4)
        self._changes = boxed(self._list)
        self._changes.setObjectName("record.differences")
        self._changes.hide()
        self.setLayout(
            column(self._warning, row(self._state, None, self._show, self._take), self._changes, gap=6)
        )

    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return self._show, self._take

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self._editor.value()

    def begin(self, minutes: Minutes | None) -> None:
        """Fill the editor for a fresh session."""
        self._working = None
        self.follow(minutes)

    def follow(self, minutes: Minutes | None) -> None:
        """The board or another desk has gone on; what is typed and not kept yet stays."""
        key, before = self._page.view.file.case_key, self._working
        same = key == self._key and before is not None and minutes is not None
        self.minutes, self._key = minutes, key
        self.setVisible(minutes is not None)
        if minutes is None:
            self._working = None
            return
        if same and before is not None and before.session_no == minutes.working.session_no:
            self._put(before, minutes.working)
        else:
            self._working = minutes.working
            self._editor.set_value(minutes.working.text)
        self.tell()

    def note(self) -> None:
        """Something was typed."""
        if self.minutes is not None:
            self._timer.start()

    def kept_first(self, do: Callable[[str], T]) -> Callable[[], T] | None:
        """``do`` with the text as typed, which is stored before; None without a board."""
        if self._working is None:
            return None
        services, key, base, text = self._page.context.services, self._key, self._working, self.text
        self._timer.stop()

        def run() -> T:
            services.minutes.save(services.actor, key, base, text)
            return do(text)

        return run

    def freeze(
        self,
        step: RecordSession,
        on_done: Callable[[CaseFile], object],
        on_error: Callable[[BaseException], bool],
    ) -> None:
        """Make the record final."""
        services, key, version = self._page.context.services, self._key, self._page.view.file.version
        run = self.kept_first(
            lambda _text: services.minutes.freeze(services.actor, key, step, version=version)
        )
        told = f"第{step.no}次调解的记录已经定稿，以后只能补记。"
        if run is not None:
            self._page.call(run, on_done, on_error, lambda _file: told, goes_on=True)

    # Inside

    def _keep(self) -> None:
        if (
            self._working is None
            or self._key != self._page.view.file.case_key
            or self.text == self._working.text
        ):
            return
        services, key, base, text = self._page.context.services, self._key, self._working, self.text
        kept: list[Saved] = []
        self._page.context.desk.keep(
            lambda: kept.append(services.minutes.save(services.actor, key, base, text)),
            lambda: self._on_kept(kept[0], text),
            self._on_not_kept,
            owner=self,
        )

    def _on_kept(self, saved: Saved, sent: str) -> None:
        """Somebody may have gone on typing, here and elsewhere: all of it stays."""
        if self._working is None or saved.working.session_no != self._working.session_no:
            return
        now = merged(sent, self.text, saved.working.text).text
        self._working = saved.working
        if now != self.text:
            self._set(now)
        if saved.collided:
            self._page.context.say(_COLLIDED)
        self.tell()

    def _on_not_kept(self, error: BaseException) -> bool:
        """Two saved in the same moment: once more, with what the other wrote."""
        if isinstance(error, ConflictError):
            self._timer.start()
            return True
        return False

    def _on_failed(self, error: BaseException) -> bool:
        self.refused.emit(error)
        return True

    def _put(self, before: WorkingRecord, working: WorkingRecord) -> None:
        """Take over what is stored; where something is typed and not stored yet, both.

        A reading that began before the last keeping ended is late and tells nothing new.
        """
        if working.version < before.version:
            return
        self._working = working
        now = merged(before.text, self.text, working.text).text
        if now != self.text:
            self._set(now)

    def _set(self, text: str) -> None:
        place = self._editor.textCursor().position()
        self._editor.set_value(text)
        cursor = self._editor.textCursor()
        cursor.setPosition(min(place, len(text)))
        self._editor.setTextCursor(cursor)

    def _on_take_clicked(self) -> None:
        if self._working is None:
            return
        services, key, base, text = self._page.context.services, self._key, self._working, self.text
        self._timer.stop()
        self._page.call(
            lambda: services.minutes.take_in(services.actor, key, base, text),
            lambda saved: self._on_kept(saved, text),
            self._on_failed,
            lambda saved: _COLLIDED if saved.collided else "板上新的内容已经合进记录，改过的地方没有动。",
        )

    def _on_show_clicked(self) -> None:
        self._changes.setVisible(not self._changes.isVisibleTo(self))
        self.tell()
        if self._changes.isVisibleTo(self):
            self._page.bring_into_view(self._changes)

    def tell(self) -> None:
        """Say how far text and board are apart."""
        if self.minutes is None:
            return
        composed = self.minutes.composed
        base = self._working.composed if self._working is not None else composed.text
        edited = differences(base, self.text)
        later = self._working is not None and self._working.composed != composed.text
        self._take.setVisible(later)
        self._show.setVisible(bool(edited))
        self._show.set_caption(
            "收起改动" if self._changes.isVisibleTo(self) else f"看改了哪里（{len(edited)}处）"
        )
        words = "从议事板写成" + (f"，改了{len(edited)}处" if edited else "，没有改动")
        self._state.setText(f"{words}；板上又有新的内容，还没有合进来。" if later else f"{words}。")
        missing = "；".join(f"{item.title}（{item.rule}，{item.article}）" for item in composed.missing)
        self._warning.setText(f"开场还没有：{missing}。没有做到不能定稿。" if missing else "")
        self._warning.setVisible(bool(missing))
        if not edited:
            self._changes.hide()
        if self._changes.isVisibleTo(self):
            clear(self._list)
            for one in edited:
                self._list.addWidget(paragraph(f"板上：{one.board or '没有'}", Tone.QUIET))
                self._list.addWidget(paragraph(f"记录：{one.text or '删去'}"))
