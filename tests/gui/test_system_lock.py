"""The system's own lock and sleep reach the desk: over a real message bus, and in the words of Windows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from time import monotonic

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.sitting.system_lock import Message, SystemLock, tells_of_lock

_SIGNALS = (
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"),
    ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session.Lock", ""),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"),
)


@pytest.fixture
def bus() -> Iterator[str]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no message bus on this machine")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address=1", "--nofork"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.mark.parametrize(("path", "member", "value"), _SIGNALS)
def test_signal_locks_within_a_second(qtbot: QtBot, bus: str, path: str, member: str, value: str) -> None:
    from PySide6.QtDBus import QDBusConnection

    connection = QDBusConnection.connectToBus(bus, f"test-{member}-{id(bus)}")
    owner = QObject()
    lock = SystemLock(owner)
    lock.hear(connection, "")
    lock.hear_savers(connection)
    with qtbot.waitSignal(lock.locking, timeout=5000):
        sent = monotonic()
        subprocess.run(
            ["dbus-send", f"--bus={bus}", "--type=signal", path, member, *filter(None, [value])], check=True
        )
    assert monotonic() - sent < 1
    QDBusConnection.disconnectFromBus(connection.name())


@pytest.mark.parametrize(
    ("message", "word", "locks"),
    [(0x2B1, 7, True), (0x2B1, 8, False), (0x218, 4, True), (0x218, 18, False), (1, 7, False)],
)
def test_words_of_windows(message: int, word: int, locks: bool) -> None:
    assert tells_of_lock(Message(message=message, wParam=word)) is locks
