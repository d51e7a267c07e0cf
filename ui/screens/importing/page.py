"""Choose a file, look at it and put it right, take it in as one batch, take the batch back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.interchange.sheets.package import LARGEST_FILE
from mediation_desk.interchange.sheets.table import ImportStopped
from mediation_desk.shared.errors import ConflictError, InputError
from mediation_desk.shared.uploads.whole import read_whole
from ui.screens.base import Context
from ui.screens.importing.kind import Importer, ImportKind, Staged
from ui.screens.importing.preview import Preview
from ui.screens.importing.start import StartPanel
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.layout import row, scrolling
from ui.widgets.message_bar import Action, Kind
from ui.widgets.text import heading
from ui.widgets.waiting import WaitingPanel

_SETTLE_MS = 1500
_START, _WAITING, _PREVIEW = range(3)


class ImportingPage(QWidget):
    """``left`` when the user goes back to the register. `primary` is the one next action."""

    left = Signal()

    def __init__(self, context: Context, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._changes: list[Callable[[Staged], Staged]] = []
        self._file, self._data = "", b""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self.start = StartPanel(kind)
        self.preview = Preview(kind)
        self.waiting = WaitingPanel("行", "importing", tall=True)
        self._stack = QStackedWidget()
        for part in (scrolling(self.start, name="导入"), self.waiting, self.preview):
            self._stack.addWidget(part)
        back = link(kind.back, self._on_left, symbol="left")
        back.setObjectName("importing.back")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addLayout(row(back, heading(kind.title), None))
        stack.addWidget(self._stack, 1)
        self._connect()

    @property
    def primary(self) -> QPushButton:
        """What Ctrl+Enter presses."""
        return self.preview.take if self._stack.currentIndex() == _PREVIEW else self.start.choose

    def refresh(self) -> None:
        """Read the past batches and whether something was left unfinished."""
        imports, actor = self._imports(), self._context.services.actor
        query = self._context.desk.query
        query(lambda: imports.batches(actor), self.start.show_batches, owner=self, slot="batches")
        query(lambda: imports.kept_file(actor), self.start.show_draft, owner=self, slot="draft")

    def read_file(self, path: Path) -> None:
        """Read a file from disk and show it."""
        try:
            self._data = read_whole(path, LARGEST_FILE)
        except InputError as error:
            self._context.say(error.message, Kind.ERROR)
            return
        self._file = path.name
        self._read("")

    def keep(self) -> None:
        """Keep the sheet as it stands now, for after a crash or a break."""
        self._settle.stop()
        staged = self.preview.staged()
        if staged is not None:
            imports, actor, kept = self._imports(), self._context.services.actor, staged
            self._context.desk.command(lambda: imports.keep(actor, kept))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; what was looked at is kept."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._on_left()
        else:
            super().keyPressEvent(event)

    # Reading

    def _read(self, sheet: str) -> None:
        imports, actor = self._imports(), self._context.services.actor
        file, data, watch = self._file, self._data, self.waiting.watch()

        def read() -> Staged:
            table = imports.read(actor, file, data, sheet=sheet, watch=watch)
            return imports.stage(actor, table, watch=watch)

        self._work(read, watched=True)

    def _work(self, do: Callable[[], Staged], *, watched: bool = False) -> None:
        """Stage something anew beside the work; meanwhile the page says how far it is, and may be stopped."""
        self._wait("读", watched=watched)
        self._context.desk.render(do, self._show_fresh, self._on_unreadable, owner=self, slot="import")

    def _wait(self, deed: str, *, watched: bool) -> None:
        self.waiting.begin(deed, watched=watched)
        self._stack.setCurrentIndex(_WAITING)

    def _show_fresh(self, staged: Staged) -> None:
        self._stack.setCurrentIndex(_PREVIEW)
        self.preview.show_staged(staged, fresh=True)
        self.preview.table.setFocus()
        self._settle.start()

    def _on_unreadable(self, error: BaseException) -> bool:
        self._stack.setCurrentIndex(_PREVIEW if self.preview.staged() else _START)
        if not isinstance(error, InputError):
            return False
        self._context.say(error.message, Kind.ERROR)
        return True

    # Putting right

    def _change(self, change: Callable[[Staged], Staged]) -> None:
        """What touches one row leaves the others in sight; one change after the other, each on the last."""
        self._changes.append(change)
        if len(self._changes) == 1:
            self._change_next()

    def _change_next(self) -> None:
        staged = self.preview.staged()
        if not self._changes or staged is None:
            self._changes.clear()
            return
        before, change = staged, self._changes[0]
        self._context.desk.render(
            lambda: change(before), self._show_changed, self._on_unchanged, owner=self, slot="change"
        )

    def _show_changed(self, staged: Staged) -> None:
        self.preview.show_staged(staged, fresh=False)
        self._settle.start()
        self._changes.pop(0)
        self._change_next()

    def _on_unchanged(self, error: BaseException) -> bool:
        self._changes.clear()
        if not isinstance(error, InputError):
            return False
        self._context.say(error.message, Kind.ERROR)
        return True

    def _rework(self, change: Callable[[Staged], Staged]) -> None:
        """What touches every row is done beside, and beside the records as they are now."""
        staged = self.preview.staged()
        if staged is not None:
            before, imports, actor = staged, self._imports(), self._context.services.actor
            self._work(lambda: imports.refreshed(actor, change(before)))

    def _imports(self) -> Importer:
        return self._kind.service(self._context.services)

    def _connect(self) -> None:
        start, preview = self.start, self.preview
        self._settle.timeout.connect(self.keep)
        start.file_wanted.connect(self._on_file_wanted)
        start.resume_wanted.connect(self._on_resume)
        start.forget_wanted.connect(self._on_forget)
        start.undo_wanted.connect(lambda batch: self._undo(batch.id))
        preview.sheet_wanted.connect(self._read)
        preview.heading_wanted.connect(lambda line: self._rework(lambda staged: staged.with_heading(line)))
        preview.mapped.connect(
            lambda place, field: self._rework(lambda staged: staged.with_mapping(place, field))
        )
        preview.filled.connect(lambda field, text: self._rework(lambda staged: staged.with_fill(field, text)))
        preview.typed.connect(
            lambda number, place, text: self._change(lambda staged: staged.with_cell(number, place, text))
        )
        preview.chosen.connect(lambda wanted: self._change(lambda staged: staged.with_choices(wanted)))
        preview.take_wanted.connect(self._on_take)
        preview.dropped.connect(self._on_dropped)

    # Deeds

    def _on_file_wanted(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._kind.pick, "", self._kind.wanted)
        if name:
            self.read_file(Path(name))

    def _on_resume(self) -> None:
        imports, actor = self._imports(), self._context.services.actor

        def resume() -> Staged:
            kept = imports.kept(actor)
            if kept is None:
                raise InputError("上次的表格读不出来了，请重新选择文件。")
            return kept

        self._work(resume)

    def _on_forget(self) -> None:
        imports, actor = self._imports(), self._context.services.actor
        self._settle.stop()
        self._context.desk.command(lambda: imports.forget(actor), lambda _done: self.refresh(), owner=self)

    def _on_dropped(self) -> None:
        self.preview.clear()
        self._stack.setCurrentIndex(_START)
        self._on_forget()
        self._context.say(self._kind.nothing)

    def _on_left(self) -> None:
        if self._settle.isActive():
            self.keep()
        self.left.emit()

    def _on_take(self) -> None:
        staged = self.preview.staged()
        if staged is None:
            return
        self._settle.stop()
        wanted, imports, actor, watch = (
            staged,
            self._imports(),
            self._context.services.actor,
            self.waiting.watch(),
        )
        self._wait("收入", watched=True)
        self._context.desk.command(
            lambda: imports.take_in(actor, wanted, watch=watch),
            self._on_taken,
            lambda error: self._on_refused(error, wanted),
            touches=self._kind.touches,
            owner=self,
            beside=True,
        )

    def _on_refused(self, error: BaseException, wanted: Staged) -> bool:
        """What was put right stays; rows that were overtaken are compared with the records anew."""
        self._settle.start()
        self._stack.setCurrentIndex(_PREVIEW)
        if isinstance(error, ImportStopped):
            self._context.say(error.message)
            return True
        if not isinstance(error, ConflictError):
            return False
        imports, actor = self._imports(), self._context.services.actor
        self._context.say(error.message, Kind.WARN)
        self._work(lambda: imports.refreshed(actor, wanted))
        return True

    def _on_taken(self, result: object) -> None:
        self.preview.clear()
        self._stack.setCurrentIndex(_START)
        self.refresh()
        said, complete, batch = self._kind.taken(result)
        undo = Action("整批撤销", lambda: self._undo(batch), takes_back=True)
        self._context.say(said, Kind.INFO if complete else Kind.WARN, undo)

    def _undo(self, batch_id: str) -> None:
        imports, actor, watch = self._imports(), self._context.services.actor, self.waiting.watch()
        self._wait("撤销", watched=False)
        self._context.desk.command(
            lambda: imports.undo(actor, batch_id, watch=watch),
            self._on_undone,
            self._on_not_undone,
            touches=self._kind.touches,
            owner=self,
            beside=True,
        )

    def _on_undone(self, batch: object) -> None:
        self._back()
        said, complete = self._kind.undone(batch)
        self._context.say(said, Kind.SUCCESS if complete else Kind.WARN)

    def _on_not_undone(self, _error: BaseException) -> bool:
        self._back()
        return False

    def _back(self) -> None:
        self._stack.setCurrentIndex(_PREVIEW if self.preview.staged() else _START)
        self.refresh()
