"""争议焦点 with the chains of offers under each, as rows; a line dropped on one goes under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from mediation_desk.hearings.board.offers import Offer, chains
from ui.screens.board.book import Book
from ui.screens.board.faces import STATUS_TONES, circled, status_words, terms_line
from ui.screens.board.note_model import NOTE_NUMBER
from ui.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
NO_ISSUE = "不归入争议焦点"


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue (``offer`` 0) or an offer under it. ``issue`` is None for what belongs to none."""

    issue: int | None
    offer: int
    mark: str
    words: str
    below: str
    tone: Tone
    private: bool
    spoken: str


OfferRows = dict[int, tuple[Offer, int, IssueRow]]
"""Rows of offers by number, with what they were made from: most do not change when a line is added."""


def issue_rows(book: Book, known: OfferRows) -> tuple[IssueRow, ...]:
    """Issues in their order, each with its offers from proposal to answer; what belongs to none last."""
    by_issue: dict[int | None, list[tuple[Offer, ...]]] = {}
    for chain in chains(book.offers.values()):
        by_issue.setdefault(chain[-1].issue, []).append(chain)
    made: list[IssueRow] = []
    for number, issue in enumerate(book.issues, start=1):
        count = book.under.get(issue.no, 0)
        below = f"{count}行" if count else "还没有内容"
        spoken = f"争议焦点{number}，{issue.text}，{below}"
        private = not issue.is_joint
        made.append(IssueRow(issue.no, 0, circled(number), issue.text, below, Tone.ACCENT, private, spoken))
        made += _offers(book, by_issue.get(issue.no, ()), known)
    loose = _offers(book, by_issue.get(None, ()), known)
    if book.issues or loose:
        words = f"{NO_ISSUE}的方案" if loose else NO_ISSUE
        made.append(IssueRow(None, 0, "", words, "", Tone.QUIET, False, words))
        made += loose
    return tuple(made)


def _offers(book: Book, found: Iterable[tuple[Offer, ...]], known: OfferRows) -> list[IssueRow]:
    made = []
    for chain in found:
        for place, offer in enumerate(chain):
            kept = known.get(offer.no)
            if kept is None or kept[:2] != (offer, min(place, 1)):
                kept = known[offer.no] = (offer, min(place, 1), _offer(book, offer, answers=place > 0))
            made.append(kept[2])
    return made


def _offer(book: Book, offer: Offer, *, answers: bool) -> IssueRow:
    note = book.notes[offer.no]
    by, verb = book.cast.by_ref(offer.by).name, "还价" if answers else "提出"
    named = terms_line(book, note.terms) or offer.text
    wall = book.wall_words(note) if not offer.is_joint else ""
    below = "　".join(part for part in (status_words(book, offer), wall) if part)
    return IssueRow(
        issue=offer.issue,
        offer=offer.no,
        mark=verb,
        words=f"{by}　{named}",
        below=below,
        tone=STATUS_TONES[offer.status],
        private=not offer.is_joint,
        spoken=f"{by}{verb}，{named}，{below}",
    )


class IssueModel(QAbstractTableModel):
    """``dropped(no, issue)``: line ``no`` was dragged under ``issue``, None for no issue."""

    dropped = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[IssueRow, ...] = ()

    def show_rows(self, rows: tuple[IssueRow, ...]) -> bool:
        """Show other rows; False when nothing is different."""
        if rows == self._rows:
            return False
        if len(rows) == len(self._rows):
            changed = [
                place for place, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new
            ]
            self._rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
            return True
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def row(self, place: int) -> IssueRow | None:
        """What stands in a row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rows(self) -> tuple[IssueRow, ...]:
        """All of them."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """Issues and offers."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        """One column."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words for screen readers; the delegate paints."""
        row = self.row(index.row())
        if row is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be dropped on every row."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsDropEnabled if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        """Numbers of lines."""
        return [NOTE_NUMBER]

    def supportedDropActions(self) -> Qt.DropAction:
        """The line stays where it is; it only belongs somewhere else."""
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Only lines of the board, only on a row."""
        return data.hasFormat(NOTE_NUMBER) and self.row(parent.row()) is not None

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Tell who was dropped where."""
        row, number = self.row(parent.row()), bytes(data.data(NOTE_NUMBER).data())
        if row is None or not number.isdigit():
            return False
        self.dropped.emit(int(number), row.issue)
        return False  # nothing is taken out of the list it came from
