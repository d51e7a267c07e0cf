"""Hears that the system locks its screen or goes to sleep: from logind and screen savers on Linux, from Windows itself.

Elsewhere nothing tells; there the clock of the hands, which counts the time asleep where it can, locks on waking.
"""

from __future__ import annotations

import os
import sys
from ctypes import Structure, c_long, c_size_t, c_ssize_t, c_uint, c_void_p
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_LOGIND, _LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER = f"{_LOGIND}.Manager"
_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.ukui.ScreenSaver",
)
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK, _WTS_CONSOLE_DISCONNECT = 0x02B1, 7, 2
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 4


class SystemLock(QObject):
    """``locking`` at once when the system does; call `done` when nothing is left, so that it may go to sleep."""

    locking = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: int | None = None
        self._filter: _WindowsFilter | None = None

    def listen(self, window: int) -> None:
        """Begin; ``window`` is the handle of one that stays. Says nothing where nobody tells."""
        if sys.platform == "win32":
            self._listen_to_windows(window)
        elif sys.platform.startswith("linux"):
            from PySide6.QtDBus import QDBusConnection

            self.hear(QDBusConnection.systemBus(), _LOGIND)
            self.hear_savers(QDBusConnection.sessionBus())
            self._hold(QDBusConnection.systemBus())

    def hear(self, bus: QDBusConnection, service: str) -> None:
        """Sleep and locked sessions, as logind tells them."""
        if bus.isConnected():
            bus.connect(service, _LOGIND_PATH, _MANAGER, "PrepareForSleep", self, _slot("on_sleep(bool)"))
            bus.connect(service, "", f"{_LOGIND}.Session", "Lock", self, _slot("on_locked()"))

    def hear_savers(self, bus: QDBusConnection) -> None:
        """Screen savers of the desktops."""
        if bus.isConnected():
            for saver in _SAVERS:
                bus.connect("", "", saver, "ActiveChanged", self, _slot("on_saver(bool)"))

    def done(self) -> None:
        """Nothing of the desk is left: the system need not wait for us."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The machine goes to sleep, or wakes."""
        if begins:
            self.locking.emit()
        else:
            from PySide6.QtDBus import QDBusConnection

            self._hold(QDBusConnection.systemBus())

    @Slot()
    def on_locked(self) -> None:
        """The session was locked."""
        self.locking.emit()

    @Slot(bool)
    def on_saver(self, on: bool) -> None:
        """A screen saver came or went."""
        if on:
            self.locking.emit()

    def _hold(self, bus: QDBusConnection) -> None:
        """Ask logind to wait a moment before it puts the machine to sleep."""
        if not bus.isConnected() or self._held is not None:
            return
        from PySide6.QtDBus import QDBusInterface, QDBusUnixFileDescriptor

        manager = QDBusInterface(_LOGIND, _LOGIND_PATH, _MANAGER, bus)
        answer = manager.call("Inhibit", "sleep", "调解台", "先锁定", "delay").arguments()
        if answer and isinstance(answer[0], QDBusUnixFileDescriptor) and answer[0].isValid():
            self._held = os.dup(answer[0].fileDescriptor())

    def _listen_to_windows(self, window: int) -> None:
        if sys.platform == "win32":
            from ctypes import windll

            windll.wtsapi32.WTSRegisterSessionNotification(window, 0)
            self._filter = _WindowsFilter(self)
            app = QCoreApplication.instance()
            if app is not None:
                app.installNativeEventFilter(self._filter)


def _slot(signature: str) -> bytes:
    return cast(bytes, SLOT(signature))  # WORKAROUND: declared as bytes, taken as text only (PySide6 6.12)


class Message(Structure):
    """``MSG`` of Windows."""

    _fields_ = (
        ("window", c_void_p),
        ("message", c_uint),
        ("wParam", c_size_t),
        ("lParam", c_ssize_t),
        ("time", c_uint),
        ("x", c_long),
        ("y", c_long),
    )


class _WindowsFilter(QAbstractNativeEventFilter):
    def __init__(self, told: SystemLock) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at what Windows says, and let it pass."""
        if tells_of_lock(Message.from_address(int(message))):
            self._told.locking.emit()
        return False, 0


def tells_of_lock(message: Message) -> bool:
    """Whether Windows says that its session is locked or the machine goes to sleep."""
    if message.message == _WM_WTSSESSION_CHANGE:
        return message.wParam in (_WTS_SESSION_LOCK, _WTS_CONSOLE_DISCONNECT)
    return bool(message.message == _WM_POWERBROADCAST and message.wParam == _PBT_APMSUSPEND)
