"""Reads a card aloud with the voice the platform has; without one there is no button."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess

_POWERSHELL = (
    "[Console]::InputEncoding=[Text.Encoding]::UTF8;"
    "Add-Type -AssemblyName System.Speech;"
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
_PATIENCE_MS = 1000


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that reads its standard input aloud: the words never stand on a command line."""

    program: str
    arguments: tuple[str, ...]


_KNOWN = (
    Speaker("spd-say", ("--language", "zh", "--wait", "--pipe-mode")),
    Speaker("espeak-ng", ("-v", "cmn", "--stdin")),
    Speaker("say", ("-f", "-")),
)
_ON_WINDOWS = (Speaker("powershell", ("-NoProfile", "-NonInteractive", "-Command", _POWERSHELL)),)


def speaker() -> Speaker | None:
    """The voice of this machine, if it has one."""
    for known in _ON_WINDOWS if sys.platform == "win32" else _KNOWN:
        found = shutil.which(known.program)
        if found:
            return Speaker(found, known.arguments)
    return None


class Voice(QObject):
    """Reads one text at a time; a new one, or `stop`, breaks off the one before."""

    def __init__(self, by: Speaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by = by
        self._process: QProcess | None = None

    def read(self, text: str) -> None:
        """Begin to read ``text``."""
        self.stop()
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.start(self._by.program, list(self._by.arguments))
        self._process.write(text.encode())
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """Be silent."""
        if self._process is None:
            return
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_PATIENCE_MS)
        self._process.deleteLater()
        self._process = None
