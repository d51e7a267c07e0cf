"""Whether a table agrees with itself: one green line, or each broken rule with its cells and cases."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.checks import Violation
from mediation_desk.statistics.tables import tables
from ui.screens.statistics.grid_model import Place
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import clear, row
from ui.widgets.picture import Picture
from ui.widgets.text import line, small

_MOST = 3


class ChecksView(QWidget):
    """``wanted(Violation)`` with the rule whose cases somebody wants to see, ``pointed(Place)`` with a cell."""

    wanted = Signal(object)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Violation, ...] = ()
        self._causes: Mapping[int, int] = {}
        self._all = False
        self.setObjectName("stats.checks")
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(2))

    def show_checks(self, found: tuple[Violation, ...], causes: Mapping[int, int] | None = None) -> None:
        """What was found; ``causes`` counts the cases behind each, by its place, once they were looked for."""
        self._found, self._causes, self._all = found, causes or {}, False
        self._show()

    def told(self) -> str:
        """Everything that is said, in one text."""
        return self.accessibleName()

    def _show(self) -> None:
        clear(self._stack)
        if not self._found:
            words = f"核对无误（{_rules()}）"
            self._stack.addLayout(row(Picture("success", 18, Tone.DONE), line(words, Tone.DONE), None, gap=6))
            self.setAccessibleName(words)
            return
        shown = self._found if self._all else self._found[:_MOST]
        for place, one in enumerate(shown):
            self._stack.addLayout(self._line(place, one))
        if len(shown) < len(self._found):
            more = link(f"另有 {len(self._found) - len(shown)} 处不符", self._on_more)
            more.setObjectName("stats.checks.more")
            self._stack.addLayout(row(more, None))
        self.setAccessibleName("；".join(sentence(one) for one in self._found))

    def _line(self, place: int, one: Violation):  # type: ignore[no-untyped-def]  # a layout
        words = line(sentence(one), Tone.SEAL)
        point = link("看这一格", lambda: self.pointed.emit((one.row, one.cells[0])))
        point.setObjectName(f"stats.checks.cell.{place}")
        point.setAccessibleName(f"看这一格：{sentence(one)}")
        count = self._causes.get(place)
        if count:
            cases = link(f"看 {count} 件", lambda: self.wanted.emit(one))
            cases.setObjectName(f"stats.checks.cases.{place}")
            cases.setAccessibleName(f"看引起不符的 {count} 件案件：{sentence(one)}")
            return row(Picture("warn", 18, Tone.SEAL), words, point, cases, None, gap=6)
        remark = small("没有单独引起不符的案件" if count == 0 else "")
        return row(Picture("warn", 18, Tone.SEAL), words, point, remark, None, gap=6)

    def _on_more(self) -> None:
        self._all = True
        self._show()


def sentence(one: Violation) -> str:
    """``V-4　清平区人民调解委员会：口头协议加书面协议应等于调解成功``."""
    return f"{one.rule}　{one.row}：{one.message}"


def wrong_cells(found: tuple[Violation, ...]) -> dict[Place, str]:
    """The rules each cell breaks, in words."""
    cells: dict[Place, str] = {}
    for one in found:
        for code in one.cells:
            before = cells.get((one.row, code), "")
            cells[one.row, code] = (
                f"{before}；{one.rule} {one.message}" if before else f"{one.rule} {one.message}"
            )
    return cells


def _rules() -> str:
    numbers = sorted({int(check.rule.removeprefix("V-")) for check in tables().checks} | {3, 10})
    return f"V-{numbers[0]}…V-{numbers[-1]}"
