"""Leaves nothing behind: windows, pop-ups, pictures, the clipboard, and what Python still holds on to."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete, isValid

from mediation_desk.shared.forgetting import forget
from ui.widgets.plain import hide_tip

_ROUNDS = 5
"""Widgets that have no parent of their own come to light when those that held them are gone."""


def wipe(stays: QWidget) -> None:
    """Destroy every window but ``stays``, and forget what was worked out from records.

    Nothing of those windows may be running any more.
    """
    hide_tip()
    QGuiApplication.inputMethod().reset()
    for turn in range(_ROUNDS):
        strangers = [
            one
            for one in QApplication.allWidgets()
            if not (one is stays or stays.isAncestorOf(one) or _is_of_qt(one))
        ]
        if not strangers:
            break
        roots = [one for one in strangers if isValid(one) and one.parentWidget() is None]
        # The list of a completer belongs to nobody, yet its completer deletes it: that goes first.
        for one in [one for one in roots if one.windowType() is not Qt.WindowType.Popup] or roots:
            one.hide()
            one.deleteLater()
            if turn == _ROUNDS - 1:  # was given up in a loop that has ended since: nobody else deletes it
                delete(one)
        del strangers, roots
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QPixmapCache.clear()
    forget()
    gc.collect()


def _is_of_qt(widget: QWidget) -> bool:
    """The desktop behind all windows, which Qt makes for itself when it first needs it and never looks at again."""
    return widget.windowType() is Qt.WindowType.Desktop
