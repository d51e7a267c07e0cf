"""Kill a real board window again and again while somebody writes on it: a program that prints findings as JSON.

As `tests.gui.typist` does for the intake: the child types, with Enter after each line, the parent kills it and looks
what is on disk, on the board and in the draft of the line being typed.
"""

from __future__ import annotations

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
from PySide6.QtWidgets import QApplication

from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from tests.gui.board_driver import at_table
from tests.gui.typist import BETWEEN, LETTERS, LIMIT
from ui.app import application, open_window
from ui.screens.board import keeping
from ui.screens.board.line_editor import LineEditor
from ui.screens.board.screen import BoardScreen
from ui.screens.intake.keeping import DraftKeeper

SPEAKER, LINE = "@贾 ", LETTERS * 2


class NoKeeper(DraftKeeper):
    """The control: only lines that were entered are stored."""

    def touched(self) -> None:
        """Nothing is kept while a line is typed."""


KEEPERS: dict[str, type[DraftKeeper]] = {"steady": DraftKeeper, "none": NoKeeper}


class _Typist(QObject):
    """One letter after another; a line is entered when all letters have been typed."""

    def __init__(self, editor: LineEditor, chance: random.Random, tell: Callable[[bytes], object]) -> None:
        super().__init__()
        self._editor, self._chance, self._tell = editor, chance, tell
        self._typed = 0

    def begin(self) -> None:
        self._tell(b"0 0\n")
        self.go_on()

    def go_on(self) -> None:
        place = self._typed % len(LINE)
        if place == 0:
            if self._typed:
                self._key(Qt.Key.Key_Return, "\r")
            for letter in SPEAKER:
                self._key(Qt.Key.Key_unknown, letter)
        self._key(Qt.Key.Key_unknown, LINE[place])
        self._typed += 1
        self._tell(f"{self._typed} {time.monotonic()}\n".encode())
        QTimer.singleShot(int(self._chance.uniform(*BETWEEN) * 1000), self, self.go_on)

    def _key(self, key: Qt.Key, letter: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._editor, event)


def write_on(folder: str, case_key: str, keeper: str, seed: int, tell: Callable[[bytes], object]) -> None:
    """Open the board and type without end; ``tell`` hears the moment of each letter."""
    vars(keeping)["DraftKeeper"] = KEEPERS[keeper]  # the control takes the place of the real one
    app = application()
    window = open_window(app, open_desk(resolve(Path(folder), practice=True)))
    window.show()
    window.open_screen("board", f"{case_key}#1")
    shown = window.screen_in_front()
    assert isinstance(shown, BoardScreen)
    typist = _Typist(shown.composer.editor, random.Random(seed), tell)

    def begin() -> None:
        if shown.book is None:
            QTimer.singleShot(20, begin)
        else:
            typist.begin()

    begin()
    app.exec()


def kill_once(
    folder: str, case_key: str, keeper: str, seed: int, seconds: float
) -> tuple[dict[int, float], float]:
    """Let a child write for ``seconds``, kill it; when each letter was typed, and when it ended."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        write_on(folder, case_key, keeper, seed, lambda line: os.write(sending, line))
        os._exit(1)
    os.close(sending)
    with os.fdopen(receiving, "rb", buffering=0) as stream:
        first = stream.read(4)
        assert first == b"0 0\n", "the board did not open"
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        killed = time.monotonic()
        os.waitpid(child, 0)
        lines = stream.readall() or b""
    typed = (line.split() for line in lines.decode().splitlines())
    return {int(number): float(moment) for number, moment in typed}, killed


def stored(folder: str, case_key: str) -> int:
    """How many letters are on disk; they must be the ones typed, each once."""
    desk = open_desk(resolve(Path(folder), practice=True))
    try:
        notes = desk.boards.board(desk.actor, case_key, 1).notes
        drafts = [one for one in desk.cases.drafts(desk.actor) if ":board:" in one.key]
    finally:
        desk.close()
    known = {note.key for note in notes}
    words = [note.text for note in notes]
    for draft in drafts:
        lines = draft.content["lines"]
        assert isinstance(lines, list)
        words += [str(one["raw"]).removeprefix(SPEAKER) for one in reversed(lines) if one["key"] not in known]
    found = "".join(words)
    whole = LETTERS * (len(found) // len(LETTERS) + 1)
    assert found == whole[: len(found)], f"other words than were typed: {words}"
    return len(found)


def main(keeper: str, kills: int, seed: int = 2026) -> dict[str, object]:
    """Kill ``kills`` times; count kills that lost a letter older than ``LIMIT``, and the oldest one lost."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    chance = random.Random(seed)
    letters = lost = 0
    oldest = 0.0
    with tempfile.TemporaryDirectory() as ground:
        template = Path(ground) / "template"
        desk = open_desk(resolve(template, practice=True))
        case_key = at_table(desk).case_key
        desk.close()
        for number in range(kills):
            folder = Path(ground) / str(number)
            shutil.copytree(template, folder)
            typed, killed = kill_once(str(folder), case_key, keeper, seed + number, chance.uniform(0.3, 4.5))
            kept = stored(str(folder), case_key)
            letters += len(typed)
            missing = [killed - moment for letter, moment in typed.items() if letter > kept]
            oldest = max([oldest, *missing])
            lost += any(age > LIMIT for age in missing)
            shutil.rmtree(folder)
    return {"kills": kills, "letters": letters, "lost": lost, "oldest": round(oldest, 3)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
