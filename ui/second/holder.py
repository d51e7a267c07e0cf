"""Keeps the second screen of the window: opens, turns, blackens and closes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QWidget

from ui.second.faces import Face
from ui.second.window import SecondScreen
from ui.services import Services
from ui.tasks.desk import Desk

_PAGES = (("PgDown", 1), ("PgUp", -1), ("Alt+PgDown", 1), ("Alt+PgUp", -1))


class SecondHolder(QObject):
    """At most one second screen. While it is open the desk turns its pages by PgUp and PgDown."""

    def __init__(self, window: QWidget, services: Services, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._services, self._desk = window, services, desk
        self.screen: SecondScreen | None = None
        self._keys = [self._key(keys, step) for keys, step in _PAGES]
        self._enable(on=False)

    def toggle(self, case_key: str, face: Face) -> bool:
        """Open it for this case or, when it shows just this, close it; True while it is open."""
        if self.screen is not None and (self.screen.case_key, self.screen.face) == (case_key, face):
            self.close()
            return False
        self.show(case_key, face)
        return True

    def show(self, case_key: str, face: Face) -> None:
        """Show this case to the parties."""
        if self.screen is not None and self.screen.case_key == case_key:
            self.screen.show_face(face)
            self.screen.light()
            return
        self.close()
        screen, own = self._place()
        self.screen = SecondScreen(self._services, self._desk, case_key, face)
        self.screen.left.connect(self._on_left)
        self.screen.open(screen, own=own)
        if own:
            self._window.activateWindow()  # whatever the platform gave the new window, typing goes on here
        self._enable(on=True)

    def follow(self, case_key: str) -> None:
        """The desk shows this case now ("" for none): the parties see theirs, or nothing."""
        if self.screen is None:
            return
        if case_key == self.screen.case_key:
            self.screen.light()
        else:
            self.screen.black()

    def close(self) -> None:
        """Take it away."""
        if self.screen is not None:
            self.screen.close()

    def _on_left(self) -> None:
        if self.screen is not None:
            gone, self.screen = self.screen, None
            gone.deleteLater()
            self._enable(on=False)

    def _place(self) -> tuple[QScreen, bool]:
        desk = self._window.screen()
        other = next((one for one in QGuiApplication.screens() if one is not desk), None)
        return (other or desk), other is not None

    def _key(self, keys: str, step: int) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self._window, context=Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(lambda: self.screen.turn(step) if self.screen is not None else None)
        return shortcut

    def _enable(self, *, on: bool) -> None:
        for key in self._keys:
            key.setEnabled(on)
