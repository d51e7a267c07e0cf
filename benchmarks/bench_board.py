"""Typing on a board with 2,000 notes against the empty board: keystrokes, storing a line, news, scrolling.

The window is the real one over a real database file; work runs on its worker threads. A keystroke is timed until the
window has painted and has nothing left to do.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mediation_desk.app import Desk, open_desk
from mediation_desk.hearings.board.notes import Note, NoteKind, Terms, Wall
from mediation_desk.settings import resolve
from tests.gui.board_driver import BoardDriver, at_table
from tests.gui.typing import press, type_words
from ui.app import application, open_window
from ui.tasks.runner import PoolRunner

FRAME = 1 / 60
NOTES, LETTERS, LINES = 2000, 150, 25
WORDS = "雨水顺着院墙往下流，泡坏了墙根，我们多次找过他，他总说没有空。"
KINDS = (NoteKind.STATEMENT, NoteKind.STATEMENT, NoteKind.FACT, NoteKind.EVIDENCE, NoteKind.QUESTION)


def filled(desk: Desk, key: str, count: int) -> None:
    """``count`` lines of a long talk: issues, offers in chains, private lines among them."""
    chance = random.Random(1)
    at = datetime.now(UTC) - timedelta(hours=3)
    issues: list[int] = []
    last: int | None = None
    with desk.storage.write() as work:
        for number in range(count):
            note = Note(
                key=f"b{number}",
                session_no=1,
                speaker=chance.choice(("A1", "B1", "M01")),
                kind=chance.choice(KINDS),
                text=f"{number} " + WORDS * chance.randint(1, 4),
                at=at + timedelta(seconds=5 * number),
            )
            if number % 200 == 0:
                note = replace(note, kind=NoteKind.ISSUE, text=f"第{len(issues) + 1}个焦点")
            elif number % 12 == 0:
                money = Terms(payer="B1", payee="A1", amount=Decimal(chance.randint(1, 90)) * 100)
                answers = last if chance.random() < 0.8 else None
                note = replace(note, kind=NoteKind.OFFER, terms=money, issue=issues[-1], answers=answers)
            elif issues and chance.random() < 0.6:
                note = replace(note, issue=chance.choice(issues))
            if number % 9 == 0 and note.kind is NoteKind.STATEMENT and note.speaker != "M01":
                note = replace(note, wall=Wall.SIDE, side=note.speaker)
            stored = work.boards.add(key, note)
            if note.kind is NoteKind.ISSUE:
                issues.append(stored.no)
                last = None
            elif note.kind is NoteKind.OFFER:
                last = stored.no


def timed(do: Callable[[], object]) -> float:
    """Seconds the window's own thread is busy until it has nothing left to do; other programs do not count."""
    begun = time.thread_time()
    do()
    for _round in range(4):
        QApplication.processEvents()
    return time.thread_time() - begun


def measure(folder: Path, count: int) -> dict[str, list[float]]:
    """Times by what is done, on a board with ``count`` lines."""
    desk = open_desk(resolve(folder, practice=True))
    file = at_table(desk)
    filled(desk, file.case_key, count)
    window = open_window(application(), desk, PoolRunner())
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    begun = time.perf_counter()
    driver = BoardDriver(window, file)

    def settle() -> None:
        until = time.monotonic() + 0.2
        while time.monotonic() < until or not window.context.desk.idle():
            QApplication.processEvents()
            time.sleep(0.002)

    settle()
    found: dict[str, list[float]] = {"open": [time.perf_counter() - begun - 0.2]}
    until = time.monotonic() + 5  # heights of rows nobody sees are measured while nobody waits
    while time.monotonic() < until:
        QApplication.processEvents()
    driver.screen.composer.editor.setFocus()
    type_words("##修墙的钱")
    press(Qt.Key.Key_Return)
    settle()
    letters = (WORDS * 9)[:LETTERS]
    found["letter"] = [timed(lambda letter=letter: type_words(letter)) for letter in letters]  # type: ignore[misc]
    settle()
    driver.screen.composer.editor.set_value("")
    for name, typed in (("line", "@贾 说了一句"), ("offer", "#修墙 !800 +7"), ("private", "~@甄 底线")):
        found[name] = []
        for number in range(LINES):
            type_words(f"{typed}{number if name != 'offer' else ''}")
            found[name].append(timed(lambda: press(Qt.Key.Key_Return)))
            settle()
    driver.screen.sending.set_listening(False)
    actor, other = desk.actor, []
    for number in range(LINES):
        note = Note(key=f"o{number}", session_no=1, speaker="B1", text="另一张桌上写的", at=datetime.now(UTC))
        other.append(desk.boards.write(actor, file.case_key, note))
    found["news"] = [timed(lambda one=one: driver.screen.sending._take((one,))) for one in other]  # type: ignore[misc]  # noqa: SLF001
    bar = driver.screen.notes.verticalScrollBar()
    steps = [round(bar.maximum() * number / 60) for number in range(60)]
    found["scroll"] = [timed(lambda place=place: bar.setValue(place)) for place in steps]  # type: ignore[misc]
    window.close()
    desk.close()
    return found


def main(count: int) -> int:
    """Print both boards side by side; 1 when a keystroke costs more than a frame above the empty board's."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as ground:
        small = measure(Path(ground) / "empty", 0)
        large = measure(Path(ground) / "full", count)
    worst = 0.0
    print(f"{'':10}{'empty':>22}{f'{count} notes':>22}{'median beyond':>16}{'ratio':>8}")
    for name, times in large.items():
        before, after = statistics.median(small[name]), statistics.median(times)
        late = sorted(times)[int(len(times) * 0.95)] if len(times) > 1 else times[0]
        early = sorted(small[name])[int(len(small[name]) * 0.95)] if len(times) > 1 else small[name][0]
        print(
            f"{name:10}{before * 1000:8.1f} ms (p95 {early * 1000:4.0f}){after * 1000:9.1f} ms (p95 {late * 1000:4.0f})"
            f"{(after - before) * 1000:13.1f} ms{after / before:8.2f}"
        )
        if name in ("letter", "line", "offer", "private"):
            worst = max(worst, after - before)
    print(f"a keystroke beyond the empty board: {worst * 1000:.1f} ms, one frame is {FRAME * 1000:.1f} ms")
    return int(worst > FRAME)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES))
