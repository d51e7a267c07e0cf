"""Kill a real intake window again and again while somebody types: a program that prints findings as JSON.

It is a program of its own because it forks before Qt is there. The child types into the window and tells each
letter when it has been typed; the parent kills it at a random moment and looks what is on disk.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from ui.app import application, open_window
from ui.screens.intake.keeping import DraftKeeper
from ui.screens.intake.screen import IntakeScreen

LIMIT = 1.0
"""No letter typed longer ago than this may be missing, in seconds."""
LETTERS = "楼上漏水吊顶地板泡坏多次协商没有结果申请调解"
BETWEEN = (0.02, 0.12)
"""Seconds between two letters: never a pause as long as the old keeper waited for."""


class PauseOnly(DraftKeeper):
    """The control: saves when the typing pauses, as the keeper once did."""

    def touched(self) -> None:
        """Every letter sets the clock back."""
        self._due.start(800)


KEEPERS: dict[str, type[DraftKeeper]] = {"steady": DraftKeeper, "pause": PauseOnly}


def type_on(folder: str, keeper: str, seed: int, tell: Callable[[bytes], object]) -> None:
    """Open the window and type without end; ``tell`` hears the moment of each letter."""
    module = importlib.import_module(IntakeScreen.__module__)
    vars(module)["DraftKeeper"] = KEEPERS[keeper]  # the control takes the place of the real one
    chance = random.Random(seed)
    app = application()
    window = open_window(app, open_desk(resolve(Path(folder), practice=True)))
    window.show()
    window.open_screen("intake")
    screen = window.screen_in_front()
    assert isinstance(screen, IntakeScreen)
    editor = screen.sheet.matter.facts
    editor.setFocus()
    typist = _Typist(editor, chance, tell)
    typist.begin()
    app.exec()


class _Typist(QObject):
    """Types one letter after another through the event loop, as fast as a quick clerk."""

    def __init__(
        self, editor: QPlainTextEdit, chance: random.Random, tell: Callable[[bytes], object]
    ) -> None:
        super().__init__()
        self._editor, self._chance, self._tell = editor, chance, tell
        self._typed = 0

    def begin(self) -> None:
        """Say that typing begins."""
        self._tell(b"0 0\n")
        self._next()

    def _next(self) -> None:
        letter = LETTERS[self._typed % len(LETTERS)]
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(self._editor, QKeyEvent(kind, Qt.Key.Key_unknown, none, letter))
        self._typed += 1
        self._tell(f"{self._typed} {time.monotonic()}\n".encode())
        QTimer.singleShot(int(self._chance.uniform(*BETWEEN) * 1000), self, self._next)


def kill_once(folder: str, keeper: str, seed: int, seconds: float) -> tuple[dict[int, float], float]:
    """Let a child type for ``seconds``, kill it; when each letter was typed, and when it ended."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        type_on(folder, keeper, seed, lambda line: os.write(sending, line))
        os._exit(1)
    os.close(sending)
    with os.fdopen(receiving, "rb", buffering=0) as stream:
        first = stream.read(4)  # typing begins
        assert first == b"0 0\n", "the window did not open"
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        killed = time.monotonic()
        os.waitpid(child, 0)
        lines = stream.readall() or b""
    typed = (line.split() for line in lines.decode().splitlines())
    return {int(number): float(moment) for number, moment in typed}, killed


def stored(folder: str) -> int:
    """How many letters the draft on disk has; the words must be the ones typed, from the first on."""
    desk = open_desk(resolve(Path(folder), practice=True))
    try:
        drafts = desk.cases.drafts(desk.actor)
    finally:
        desk.close()
    if not drafts:
        return 0
    (draft,) = drafts
    facts = str(draft.content["facts"])
    whole = LETTERS * (len(facts) // len(LETTERS) + 1)
    assert facts == whole[: len(facts)], "the draft holds other words than were typed"
    return len(facts)


def main(keeper: str, kills: int, seed: int = 2026) -> dict[str, object]:
    """Kill ``kills`` times; count kills that lost a letter older than :data:`LIMIT`, and the oldest one lost."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    chance = random.Random(seed)
    letters = lost = 0
    oldest = 0.0
    with tempfile.TemporaryDirectory() as ground:
        template = Path(ground) / "template"
        open_desk(resolve(template, practice=True)).close()
        for number in range(kills):
            folder = Path(ground) / str(number)
            shutil.copytree(template, folder)
            typed, killed = kill_once(str(folder), keeper, seed + number, chance.uniform(0.05, 3.5))
            kept = stored(str(folder))
            letters += len(typed)
            missing = [killed - moment for letter, moment in typed.items() if letter > kept]
            oldest = max([oldest, *missing])
            lost += any(age > LIMIT for age in missing)
            shutil.rmtree(folder)
    return {"kills": kills, "letters": letters, "lost": lost, "oldest": round(oldest, 3)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
