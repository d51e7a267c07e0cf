"""Files from outside go into the case one after the other, beside the queue; it can be stopped between pages."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mediation_desk.documents.scanning.service import Filed, Wanted
from mediation_desk.documents.scanning.sorting import OtherCase
from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import DeskError
from ui.screens.case_page.tab import Page
from ui.screens.taking_back import TOUCHED


class Taking(QObject):
    """``told(words)`` while it goes on; ``ended(filed, sentences, elsewhere)`` at the end.

    ``elsewhere`` is the last file that belongs to another case, with that case's key, or None.
    """

    told = Signal(str)
    ended = Signal(object, object, object)
    _at_page = Signal(int, int)

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._waiting: deque[Path] = deque()
        self._wanted = Wanted()
        self._key = ""
        self._stop = threading.Event()
        self._all = 0
        self._filed: list[Path] = []
        self._sentences: list[str] = []
        self._elsewhere: tuple[Path, str] | None = None
        self._name = ""
        self._busy = False
        self._at_page.connect(self._tell_page)

    @property
    def busy(self) -> bool:
        """Whether files are being taken in."""
        return self._busy

    def take(self, paths: Iterable[Path], wanted: Wanted, key: str) -> None:
        """Take these in, behind those already waiting."""
        paths = tuple(paths)
        if not paths:
            return
        self._waiting.extend(paths)
        if self._busy:
            self._all += len(paths)
            return
        self._wanted, self._key, self._all, self._busy = wanted, key, len(paths), True
        self._filed, self._sentences, self._elsewhere = [], [], None
        self._stop.clear()
        self._next()

    def stop(self) -> None:
        """After the page at hand; what is filed stays filed."""
        self._stop.set()
        self._waiting.clear()

    def _next(self) -> None:
        if not self._waiting:
            self._busy = False
            self.ended.emit(tuple(self._filed), tuple(self._sentences), self._elsewhere)
            return
        path = self._waiting.popleft()
        self._name = path.name
        self.told.emit(f"正在入卷：{self._name}（第 {self._all - len(self._waiting)} 个，共 {self._all} 个）")
        services, key, wanted = self._page.context.services, self._key, self._wanted
        done: Callable[[Filed], None] = lambda filed: self._on_filed(path, filed)  # noqa: E731
        self._page.context.desk.command(
            lambda: services.scanning.take(services.actor, key, path, wanted, self._watch),
            done,
            lambda error: self._on_failed(path, error),
            touches=Changes.of(*TOUCHED, case_key=key),
            owner=self,
            beside=True,
        )

    def _watch(self, done: int, of: int) -> bool:
        """On the worker."""
        self._at_page.emit(done, of)
        return not self._stop.is_set()

    def _tell_page(self, done: int, of: int) -> None:
        if self._busy and of > 1:
            self.told.emit(f"正在入卷：{self._name}，第 {done + 1} 页，共 {of} 页")

    def _on_filed(self, path: Path, filed: Filed) -> None:
        self._filed.append(path)
        self._sentences += filed.told
        self._next()

    def _on_failed(self, path: Path, error: BaseException) -> bool:
        if not isinstance(error, DeskError):
            self._waiting.clear()
            self._next()
            return False
        if isinstance(error, OtherCase):
            self._elsewhere = (path, error.case_key)
        self._sentences.append(error.message)
        self._next()
        return True
