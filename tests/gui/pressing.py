"""Presses buttons of a page one by one: what each asks of the account is noted, and nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from shiboken6 import isValid

from db.unit_of_work import Storage
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.errors import RuleError
from ui.screens.base import Screen
from ui.widgets.buttons import DeskButton


class Demands:
    """What was asked of the account since it was last cleared."""

    def __init__(self) -> None:
        self.asked: set[Permission] = set()


@contextmanager
def stored_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Demands]:
    """Inside, every unit that writes is refused, no dialog opens, and what is asked of the account is noted."""
    demands = Demands()

    def noting(actor: Actor, *permissions: Permission) -> None:
        demands.asked.add(next(filter(actor.can, permissions), permissions[0]))
        real(actor, *permissions)

    def refuse(*_: object) -> None:
        raise RuleError("不存。", rule="T-0")

    real = Actor.require_any
    with monkeypatch.context() as patched:
        patched.setattr(Actor, "require_any", noting)
        patched.setattr(Actor, "require", noting)
        patched.setattr(Storage, "write", refuse)
        patched.setattr(QDesktopServices, "openUrl", lambda *_: True)
        for kind in (QDialog, QPrintDialog, QMenu):
            patched.setattr(kind, "exec", lambda *_: 0)
        patched.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder))
        patched.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(folder / "x"), ""))
        patched.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
        patched.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
        yield demands


def seen_buttons(page: Screen) -> list[DeskButton]:
    """Those that can be seen."""
    return [one for one in page.findChildren(DeskButton) if one.isVisible()]


def press(button: DeskButton, demands: Demands) -> set[Permission]:
    """What pressing it asks."""
    demands.asked.clear()
    if isValid(button) and button.isEnabled():
        button.click()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    return set(demands.asked)
