"""Leaves nothing behind: windows, pop-ups, pictures, the clipboard, and what Python still holds on to."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from mediation_desk.shared.forgetting import forget


def wipe(stays: QWidget) -> None:
    """Destroy every window but ``stays``, and forget what was worked out from records."""
    for window in QApplication.topLevelWidgets():
        if window is not stays and not stays.isAncestorOf(window):
            window.hide()
            window.deleteLater()
    QToolTip.hideText()
    QGuiApplication.inputMethod().reset()
    _destroy()
    QPixmapCache.clear()
    forget()
    gc.collect()
    _destroy()  # widgets without a parent that only a Python cycle held


def _destroy() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
