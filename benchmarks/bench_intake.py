"""A plain case typed into the real window: keystrokes by kind, time at a clerk's pace, and the saving time."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from mediation_desk.app import Desk, fill_demo, open_desk
from mediation_desk.cases.counter.people import By
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.settings import resolve
from tests.gui.typing import focused, press, type_words
from ui.app import application, open_window
from ui.main_window import MainWindow
from ui.tasks.runner import PoolRunner

PER_SECOND, ALLOWED = 5.0, 90.0
SMALL, LARGE = 200, 100_000
RUNS = 15
# As a clerk types it: Enter after each field, blank ones passed by.
PLAIN = (
    ("孟庆兰", "110101196805172024", "13800000101", "锦园小区3号楼301室"),
    ("田志远", "", "13800000102", "锦园小区3号楼401室"),
    ("",),
    ("楼上漏水，吊顶和地板泡坏，多次协商没有结果。", "3.8", "锦园小区3号楼"),
    ("吊顶维修费", "4860"),
    ("地板更换费", "6720"),
)
CTRL = Qt.KeyboardModifier.ControlModifier


class KeyCount(QObject):
    """Counts key presses that reach a control: letters typed, and keys that only lead on."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Each press once, at the control that has the focus."""
        if event.type() == QEvent.Type.KeyPress and watched is QApplication.focusWidget():
            assert isinstance(event, QKeyEvent)
            self.counts["typed" if event.text().isprintable() and event.text() else "navigation"] += 1
        return False


def pinyin_keys(words: str) -> int:
    """Keys an input method asks for: pinyin of each character and one to choose each word of two."""
    from pypinyin import lazy_pinyin

    return sum(len(sound) for sound in lazy_pinyin(words)) + sum(char >= "\u4e00" for char in words) // 2


def type_plain(name: str) -> None:
    """Type the plain case; ``name`` makes it another one each time."""
    own = name == PLAIN[0][0]
    for number, group in enumerate(PLAIN):
        for place, word in enumerate(group):
            whose = (number, place)
            others = {(0, 0): name, (0, 1): "", (0, 2): "", (1, 0): f"{name}二", (1, 2): ""}
            type_words(word if own else others.get(whose, word))
            press(Qt.Key.Key_Return)


def window_on(desk: Desk) -> MainWindow:
    """The real window with its thread pools."""
    window = open_window(application(), desk, PoolRunner())
    window.show()
    window.activateWindow()
    settle(window)
    return window


def settle(window: MainWindow) -> None:
    """Until nothing is under way."""
    QTest.qWait(20)
    while not window.context.desk.idle():
        QTest.qWait(5)


def count_keys(window: MainWindow) -> None:
    """Register one plain case by keys alone and print what it took."""
    counter = KeyCount(application())
    press(Qt.Key.Key_N, CTRL)
    settle(window)
    type_plain(PLAIN[0][0])
    press(Qt.Key.Key_Return, CTRL)
    settle(window)
    typed, led = counter.counts["typed"], counter.counts["navigation"]
    application().removeEventFilter(counter)
    words = [word for group in PLAIN for word in group]
    by_method = sum(map(pinyin_keys, words)) + led
    print(f"plain two-party case: {typed + led} key presses, {typed} typed text, {led} navigation")
    print(f"share of navigation: {led / (typed + led):.0%}")
    print(f"at {PER_SECOND:.0f} a second: {(typed + led) / PER_SECOND:.0f} s (allowed {ALLOWED:.0f} s)")
    print(f"typed as pinyin: {by_method} key presses, {by_method / PER_SECOND:.0f} s")
    registered = window.context.services.cases.summaries(window.context.services.actor, CaseQuery(limit=1))
    print(f"registered: {registered[0].title}")


def saving_times(desk: Desk, letters: str) -> list[float]:
    """Seconds of one registration by the service, draft dropped, numbers given."""
    window = window_on(desk)
    found = []
    for turn in range(RUNS):
        press(Qt.Key.Key_N, CTRL)
        settle(window)
        type_plain(f"测{letters[turn]}试")
        settle(window)
        screen = window.screen_in_front()
        command, problems = screen.sheet.read()  # type: ignore[union-attr]  # the intake is in front
        assert not problems, problems
        begun = time.perf_counter()
        desk.cases.register(desk.actor, command)
        found.append(time.perf_counter() - begun)
        screen.clear()  # type: ignore[union-attr]  # the intake is in front
    window.close()
    return found


def looking_times(desk: Desk) -> list[float]:
    """Seconds of one look-up while somebody types."""
    found = []
    for typed in ("王", "王小", "wang", "zh", "zhang", "wxm", "1101011", "1380000", "0015") * 4:
        begun = time.perf_counter()
        desk.counter.recognise(desk.actor, typed, By.ANY)
        found.append(time.perf_counter() - begun)
    return found


def keystroke_times(desk: Desk) -> list[float]:
    """Seconds the window is busy with one letter of the story, everything else filled in."""
    window = window_on(desk)
    press(Qt.Key.Key_N, CTRL)
    settle(window)
    type_plain("测时者")
    editor = window.findChild(QPlainTextEdit, "intake.facts")
    assert editor is not None
    editor.setFocus()
    found = []
    for letter in PLAIN[3][0] * 4:
        begun = time.perf_counter()
        type_words(letter)
        found.append(time.perf_counter() - begun)
        QApplication.processEvents()
    assert focused() is editor
    window.close()
    return found


def main(large: int) -> None:
    """Count on a small archive; compare small and large."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    saving, looking = {}, {}
    with tempfile.TemporaryDirectory() as ground:
        for cases in (SMALL, large):
            settings = resolve(Path(ground) / str(cases), practice=True)
            fill_demo(settings, cases, 1, lambda _number: None)
            desk = open_desk(settings)
            if cases == SMALL:
                window = window_on(desk)
                count_keys(window)
                window.close()
                busy = sorted(keystroke_times(desk))
                print(f"window busy per letter: median {busy[len(busy) // 2]:.4f} s, worst {busy[-1]:.4f} s")
            saving[cases] = statistics.median(saving_times(desk, letters))
            looking[cases] = statistics.median(looking_times(desk))
            print(f"{cases} cases on file: saving {saving[cases]:.4f} s, look-up {looking[cases]:.4f} s")
            desk.close()
    print(f"ratio saving, {large} / {SMALL} cases: {saving[large] / saving[SMALL]:.2f}")
    print(f"ratio look-up, {large} / {SMALL} cases: {looking[large] / looking[SMALL]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)
