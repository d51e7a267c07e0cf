"""批量导入: choose a roster, look at it and put it right, take it in as one batch, take the batch back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.interchange.pool.batch import Batch, BatchResult
from mediation_desk.interchange.pool.staging import StagedImport
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import ConflictError, InputError
from ui.screens.base import Context
from ui.screens.experts.importing.preview import Preview
from ui.screens.experts.importing.start import StartPanel
from ui.theme import theme
from ui.widgets.buttons import button, link
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.message_bar import Action, Kind
from ui.widgets.text import heading, line

_WANTED = "花名册 (*.xlsx *.xlsm *.json)"
_SETTLE_MS = 1500
_START, _WAITING, _PREVIEW = range(3)


class ImportPage(QWidget):
    """``left`` when the user goes back to the register. `primary` is the one next action."""

    left = Signal()
    _told = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._file, self._data = "", b""
        self._stop = threading.Event()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self.start = StartPanel()
        self.preview = Preview()
        self._done = line()
        self._halt = button("停止", self._on_stop)
        self._stack = QStackedWidget()
        for part in (scrolling(self.start, name="导入"), self._waiting(), self.preview):
            self._stack.addWidget(part)
        back = link("名册", self._on_left, symbol="left")
        back.setObjectName("importing.back")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addLayout(row(back, heading("从表格导入"), None))
        stack.addWidget(self._stack, 1)
        self._connect()

    @property
    def primary(self) -> QPushButton:
        """What Ctrl+Enter presses."""
        return self.preview.take if self._stack.currentIndex() == _PREVIEW else self.start.choose

    def refresh(self) -> None:
        """Read the past batches and whether something was left unfinished."""
        rosters, actor = self._context.services.pool_import, self._context.services.actor
        query = self._context.desk.query
        query(lambda: rosters.batches(actor), self.start.show_batches, owner=self, slot="batches")
        query(lambda: rosters.kept_file(actor), self.start.show_draft, owner=self, slot="draft")

    def read_file(self, path: Path) -> None:
        """Read a roster from disk and show it."""
        try:
            self._data = path.read_bytes()
        except OSError as error:
            self._context.say(f"读不了文件“{path}”：{error.strerror}。", Kind.ERROR)
            return
        self._file = path.name
        self._read("")

    def keep(self) -> None:
        """Keep the roster as it stands now, for after a crash or a break."""
        self._settle.stop()
        staged, services = self.preview.staged(), self._context.services
        if staged is not None:
            kept = staged
            self._context.desk.command(lambda: services.pool_import.keep(services.actor, kept))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; what was looked at is kept."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._on_left()
        else:
            super().keyPressEvent(event)

    # Reading

    def _read(self, sheet: str) -> None:
        rosters, actor = self._context.services.pool_import, self._context.services.actor
        file, data, watch = self._file, self._data, self._watch()

        def read() -> StagedImport:
            table = rosters.read(actor, file, data, sheet=sheet, watch=watch)
            return rosters.stage(actor, table, watch=watch)

        self._work(read, watched=True)

    def _work(self, do: Callable[[], StagedImport], *, watched: bool = False) -> None:
        """Stage something anew beside the work; meanwhile the page says how far it is, and may be stopped."""
        self._done.setText("正在读……")
        self._halt.setVisible(watched)
        self._stack.setCurrentIndex(_WAITING)
        self._context.desk.render(do, self._show_fresh, self._on_unreadable, owner=self, slot="import")

    def _watch(self) -> Callable[[int], bool]:
        self._stop = stop = threading.Event()

        def watch(done: int) -> bool:
            self._told.emit(done)
            return not stop.is_set()

        return watch

    def _show_fresh(self, staged: StagedImport) -> None:
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

    def _change(self, change: Callable[[StagedImport], StagedImport]) -> None:
        """What touches one row is quick enough to be done at once."""
        staged = self.preview.staged()
        if staged is not None:
            self.preview.show_staged(change(staged), fresh=False)
            self._settle.start()

    def _rework(self, change: Callable[[StagedImport], StagedImport]) -> None:
        """What touches every row is done beside."""
        staged = self.preview.staged()
        if staged is not None:
            before = staged
            self._work(lambda: change(before))

    def _connect(self) -> None:
        start, preview = self.start, self.preview
        self._settle.timeout.connect(self.keep)
        self._told.connect(lambda done: self._done.setText(f"正在读，已到第 {done:,} 行"))
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
        name, _kind = QFileDialog.getOpenFileName(self, "选花名册", "", _WANTED)
        if name:
            self.read_file(Path(name))

    def _on_resume(self) -> None:
        rosters, actor = self._context.services.pool_import, self._context.services.actor

        def resume() -> StagedImport:
            kept = rosters.kept(actor)
            if kept is None:
                raise InputError("上次的名单读不出来了，请重新选择文件。")
            return kept

        self._work(resume)

    def _on_forget(self) -> None:
        services = self._context.services
        self._settle.stop()
        self._context.desk.command(
            lambda: services.pool_import.forget(services.actor), lambda _done: self.refresh(), owner=self
        )

    def _on_dropped(self) -> None:
        self.preview.clear()
        self._stack.setCurrentIndex(_START)
        self._on_forget()
        self._context.say("没有收入，专家库没有改变。")

    def _on_left(self) -> None:
        if self._settle.isActive():
            self.keep()
        self.left.emit()

    def _on_take(self) -> None:
        staged, services = self.preview.staged(), self._context.services
        if staged is None:
            return
        self._settle.stop()
        wanted = staged
        self._context.desk.command(
            lambda: services.pool_import.take_in(services.actor, wanted),
            self._on_taken,
            lambda error: self._on_refused(error, wanted),
            touches=Changes.of(Topic.EXPERTS),
            owner=self,
        )

    def _on_refused(self, error: BaseException, wanted: StagedImport) -> bool:
        """What was put right stays; rows the pool has overtaken are compared with it anew."""
        self._settle.start()
        if not isinstance(error, ConflictError):
            return False
        services = self._context.services
        self._context.say(error.message, Kind.WARN)
        self._work(lambda: services.pool_import.refreshed(services.actor, wanted))
        return True

    def _on_taken(self, result: BatchResult) -> None:
        self.preview.clear()
        self._stack.setCurrentIndex(_START)
        self.refresh()
        said = f"新增 {result.added} 人，更新 {result.updated} 人（批次 {result.batch}）。"
        if result.wrong:
            said += f"有问题的 {result.wrong} 行没有收入。"
        undo = Action("整批撤销", lambda: self._undo(result.batch), takes_back=True)
        self._context.say(said, Kind.WARN if result.wrong else Kind.INFO, undo)

    def _undo(self, batch_id: str) -> None:
        services = self._context.services
        self._context.desk.command(
            lambda: services.pool_import.undo(services.actor, batch_id),
            self._on_undone,
            touches=Changes.of(Topic.EXPERTS),
            owner=self,
        )

    def _on_undone(self, batch: Batch) -> None:
        self.refresh()
        self._context.say(
            f"批次 {batch.id} 已撤销：撤出 {len(batch.added)} 人，恢复 {len(batch.replaced)} 人。",
            Kind.SUCCESS,
        )

    def _waiting(self) -> QWidget:
        self._halt.setObjectName("importing.stop")
        return boxed(column(None, row(None, self._done, self._halt, None), None))

    def _on_stop(self) -> None:
        self._stop.set()
