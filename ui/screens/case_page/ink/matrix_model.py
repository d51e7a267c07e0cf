"""Places down, copies across: what is stored of a printed paper, and what was just marked and is not stored yet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from mediation_desk.cases.ink.mark import Ink, InkDeed
from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.ink.tray import Tray, tasks
from mediation_desk.cases.steps.inking import Spot
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex

HEADS = ("谁", "哪页", "要什么", "各份")
_SHORT = {
    InkKind.SIGNATURE: "签",
    InkKind.FINGERPRINT: "印",
    InkKind.SEAL: "章",
    InkKind.EDGE_SEAL: "章",
    InkKind.EACH_PAGE: "签",
    InkKind.CORRECTION: "签",
}


class InkMatrixModel(QAbstractTableModel):
    """One tray; ``waiting`` are the cells marked since the last saving, as (place, copy)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tray: Tray | None = None
        self.waiting: set[tuple[str, int]] = set()
        self._places: tuple[InkPlace, ...] = ()
        self._heads: tuple[str, ...] = ()

    def show_tray(self, tray: Tray | None) -> None:
        """Another paper, or another reading of it: marks not stored yet stay where they are still open."""
        same = tray is not None and self.tray is not None and _id(tray) == _id(self.tray)
        self.beginResetModel()
        self.tray = tray
        self._places = _by_hand(tray.places) if tray is not None else ()
        open_now = {
            (place.key, copy)
            for place in self._places
            for copy in (tray.open_copies(place) if tray is not None else ())
        }
        self.waiting = self.waiting & open_now if same else set()
        words = {task.hand: task.words for task in tasks(tray)} if tray is not None else {}
        seen: set[str] = set()
        heads = []
        for place in self._places:
            heads.append("" if place.hand in seen else words[place.hand])
            seen.add(place.hand)
        self._heads = tuple(heads)
        self.endResetModel()

    def place(self, row: int) -> InkPlace | None:
        """The place of a row."""
        return self._places[row] if 0 <= row < len(self._places) else None

    def mark(self, index: Index) -> Ink | None:
        """The stored mark of a cell."""
        place, copy = self.place(index.row()), index.column() - len(HEADS) + 1
        return self.tray.marks.get((place.key, copy)) if self.tray is not None and place else None

    def flip(self, index: Index) -> None:
        """Mark a cell, or take the mark back; left of the copies all of them."""
        place = self.place(index.row())
        if self.tray is None or place is None:
            return
        copies = self._open(place)
        if index.column() >= len(HEADS):
            wanted = index.column() - len(HEADS) + 1
            copies = (wanted,) if wanted in copies else ()
        cells = {(place.key, copy) for copy in copies}
        self._set(cells, on=not cells <= self.waiting)

    def mark_hand(self, row: int) -> int:
        """Mark every open place of the human of this row; the row of the next one."""
        place = self.place(row)
        if place is None:
            return row
        mine = [one for one in self._places if one.hand == place.hand]
        self._set({(one.key, copy) for one in mine for copy in self._open(one)}, on=True)
        later = (at for at, one in enumerate(self._places) if at > row and one.hand != place.hand)
        return next(later, row)

    def mark_all(self) -> None:
        """Mark whatever is open."""
        self._set({(one.key, copy) for one in self._places for copy in self._open(one)}, on=True)

    def unmark_row(self, row: int) -> None:
        """Take marks not stored yet off a row."""
        place = self.place(row)
        if place is not None:
            self._set({cell for cell in self.waiting if cell[0] == place.key}, on=False)

    def unmark_all(self) -> None:
        """Forget every mark not stored yet."""
        self._set(set(self.waiting), on=False)

    def spots(self) -> tuple[Spot, ...]:
        """What is to be stored."""
        found: dict[str, list[int]] = {}
        for key, copy in sorted(self.waiting):
            found.setdefault(key, []).append(copy)
        return tuple(Spot(place=key, copies=tuple(copies)) for key, copies in found.items())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Places."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Words, then copies."""
        return 0 if parent.isValid() or self.tray is None else len(HEADS) + self.tray.copies

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Words, then the numbers of the copies."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section < len(HEADS) else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADS[section] if section < len(HEADS) else str(section - len(HEADS) + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows in a role."""
        place = self.place(index.row()) if index.isValid() else None
        if place is None or self.tray is None:
            return None
        copy = index.column() - len(HEADS) + 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(place, copy) if copy > 0 else self._word(index.row(), place, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._said(place, copy) if copy > 0 else f"{place.hand} {place.kind}"
            case Qt.ItemDataRole.TextAlignmentRole if copy > 0:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(theme().tokens.tone(self._tone(index.row(), place, copy)))
            case Qt.ItemDataRole.BackgroundRole if (place.key, copy) in self.waiting:
                return QColor(theme().tokens.accent_wash)
            case Qt.ItemDataRole.ToolTipRole if copy > 0:
                return plain_tip(self._said(place, copy))
        return None

    def _word(self, row: int, place: InkPlace, column: int) -> str:
        assert self.tray is not None  # noqa: S101  # asked for cells of a tray only
        if column == 0:
            return self._heads[row]
        if column == 1:
            return f"第 {place.page} 页" if place.page else "页边"
        if column == 2:  # the third of HEADS
            return place.kind.value
        left = len(self.tray.open_copies(place))
        waiting = sum(key == place.key for key, _copy in self.waiting)
        told = "齐了" if not left or self.tray.whole is not None else f"还差 {left} 份"
        return f"{told}（{waiting} 待登记）" if waiting else told

    def _cell(self, place: InkPlace, copy: int) -> str:
        assert self.tray is not None  # noqa: S101
        if (place.key, copy) in self.waiting:
            return _SHORT[place.kind]
        mark = self.tray.marks.get((place.key, copy))
        if mark is None:
            return ""
        if mark.deed is InkDeed.REFUSED:
            return "拒"
        return "印" if mark.deed is InkDeed.INSTEAD else _SHORT[place.kind]

    def _said(self, place: InkPlace, copy: int) -> str:
        """The cell in a sentence."""
        assert self.tray is not None  # noqa: S101
        where = f"第 {copy} 份，{place.hand}，{place.kind}："
        if (place.key, copy) in self.waiting:
            return f"{where}待登记"
        mark = self.tray.marks.get((place.key, copy))
        if mark is None:
            return f"{where}还没有"
        seen = f"，{mark.witness}见证，{mark.reason}" if mark.witness else ""
        return f"{where}{mark.deed}，{mark.by}，{mark.on.isoformat()}{seen}"

    def _tone(self, row: int, place: InkPlace, copy: int) -> Tone:
        assert self.tray is not None  # noqa: S101
        if copy <= 0:
            return Tone.QUIET if self.tray.whole is not None or not self.tray.open_copies(place) else Tone.INK
        if (place.key, copy) in self.waiting:
            return Tone.ACCENT
        mark = self.tray.marks.get((place.key, copy))
        return Tone.SEAL if mark is not None and mark.deed is InkDeed.REFUSED else Tone.DONE

    def _open(self, place: InkPlace) -> tuple[int, ...]:
        """Copies without a mark; a refusal is voided before anything else is noted there."""
        if self.tray is None:
            return ()
        return tuple(
            copy for copy in self.tray.open_copies(place) if (place.key, copy) not in self.tray.marks
        )

    def _set(self, cells: set[tuple[str, int]], *, on: bool) -> None:
        self.waiting = self.waiting | cells if on else self.waiting - cells
        if self._places:
            last = self.index(len(self._places) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _id(tray: Tray) -> tuple[str, int, str]:
    return tray.form, tray.paper_no, tray.version


def _by_hand(places: tuple[InkPlace, ...]) -> tuple[InkPlace, ...]:
    """The places of one human together, in the order in which the humans come."""
    order: dict[str, int] = {}
    for place in places:
        order.setdefault(place.hand, len(order))
    return tuple(sorted(places, key=lambda one: order[one.hand]))
