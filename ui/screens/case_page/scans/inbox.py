"""收件文件夹: what the scanner has put into the watched folder, ready to be filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from mediation_desk.documents.scanning.inbox import Inbox
from mediation_desk.shared.errors import StorageError
from ui.screens.case_page.tab import Page
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_POLL_MS = 1500
_MOST = 12
_ABOUT = "扫描仪、手机把文件存到这个文件夹，这里就会列出来。入卷以后，文件移到里面的“已入卷”。"


class InboxCard(Card):
    """Looks while it is on screen: the system tells of changes where it can, and a timer looks anyway."""

    def __init__(self, page: Page, take: Callable[[list[Path]], None]) -> None:
        super().__init__("收件文件夹")
        self._page, self._take = page, take
        self._inbox: Inbox | None = None
        self._files: tuple[Path, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._choose = link("选文件夹", self._on_choose_clicked)
        self._choose.setObjectName("inbox.choose")
        self._all = button("全部归到本案", lambda: self._take(list(self._files)))
        self._all.setObjectName("inbox.all")
        self.header.addWidget(self._all)
        self.header.addWidget(self._choose)
        self._about = small(_ABOUT, wrap=True)
        self._lines: QVBoxLayout = column(gap=2)
        self.add(self._about)
        self.add(boxed(self._lines, parent=self))
        self._timer.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _folder: self.look())
        self._settle()

    def look(self) -> None:
        """Look again."""
        if self._inbox is None:
            return
        inbox = self._inbox
        self._page.context.desk.render(inbox.look, self._show, lambda _error: True, owner=self, slot="look")

    def put_away(self, paths: Iterable[Path]) -> None:
        """Files of this folder that were filed go out of the way."""
        for path in paths:
            if self._inbox is not None and path.parent == self._inbox.folder:
                try:
                    self._inbox.put_away(path)
                except StorageError as error:
                    self._page.context.say(error.message, Kind.WARN)
        self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look from now on."""
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it."""
        super().hideEvent(event)
        self._timer.stop()

    def _settle(self) -> None:
        folder = self._page.context.preferences.inbox
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._inbox = Inbox(Path(folder)) if folder else None
        if folder:
            self._watcher.addPath(folder)
        self.remark.setText(folder)
        self._show(())

    def _show(self, files: tuple[Path, ...]) -> None:
        if files == self._files and self._lines.count():
            return
        self._files = files
        clear(self._lines)
        self._all.setVisible(len(files) > 1)
        if not files:
            none = "还没有选文件夹。" if self._inbox is None else "里面没有要入卷的文件。"
            self._lines.addWidget(small(none))
        for path in files[:_MOST]:
            made = link("归到本案", partial(self._take, [path]))
            made.setObjectName(f"inbox.{path.name}")
            made.setAccessibleName(f"把{path.name}归到本案")
            self._lines.addLayout(row(PlainLabel(path.name), None, made))
        if len(files) > _MOST:
            self._lines.addWidget(small(f"另有 {len(files) - _MOST} 个。"))

    def _on_choose_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "选收件文件夹", self._page.context.preferences.inbox)
        if folder:
            self._page.context.preferences.inbox = folder
            self._settle()
            self.look()
