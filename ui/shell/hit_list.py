"""The list below the search box: groups with their headings, hits with the words found marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mediation_desk.cases.finding.found import Found, Hit, HitGroup
from ui.shell.ways import Way
from ui.theme import theme
from ui.tokens import TYPE, Tone
from ui.widgets.marked import paint_marked

Index = QModelIndex | QPersistentModelIndex

NOTHING = "没有找到。换一个词，或只输姓名的两个字。"
NEAR = "没有写成这样的，这些姓名写法或读音相近"
SCREENS = "打开一屏"
_HIT_HEIGHT, _WAY_HEIGHT, _HEADING_HEIGHT, _PAD = 50, 34, 28, 10
_HIT = Qt.ItemDataRole.UserRole


class HitList(QListWidget):
    """``picked(Hit or Way)`` when a line is clicked. The keys stay with the search box."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search.hits")
        self.setProperty("popup", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("搜索结果")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(HitDelegate(self))
        self.itemClicked.connect(self._on_item_clicked)
        self.hide()

    def show_found(self, found: Found, ways: Sequence[Way] = ()) -> None:
        """Replace what is shown, screens first; nothing is chosen yet."""
        self.clear()
        if ways:
            self._add_heading(SCREENS)
        for way in ways:
            item = QListWidgetItem(way.words)
            item.setData(_HIT, way)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{SCREENS}：{way.words}")
            self.addItem(item)
        if not found.hits:
            if not ways:
                self._add_heading(NOTHING)
        elif found.near:
            self._add_heading(NEAR)
        for group in found.groups:
            self._add_group(group)

    def step(self, by: int) -> None:
        """Choose the next or previous hit; headings are stepped over, the ends meet."""
        rows = [row for row in range(self.count()) if self._hit(row) is not None]
        if rows:
            at = rows.index(self.currentRow()) if self.currentRow() in rows else -1 if by > 0 else 0
            self.setCurrentRow(rows[(at + by) % len(rows)])

    def chosen(self) -> Hit | Way | None:
        """The line the user has stepped to."""
        return self._hit(self.currentRow())

    def told(self) -> str:
        """The chosen hit, or how many there are, for screen readers."""
        if self.chosen() is not None:
            return str(self.currentItem().data(Qt.ItemDataRole.AccessibleTextRole))
        count = sum(self._hit(row) is not None for row in range(self.count()))
        return f"{count} 条结果，按向下键选择" if count else NOTHING

    def height_wanted(self) -> int:
        """Height that shows everything."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return rows + theme().px(_PAD) + 2 * self.frameWidth()

    def _add_group(self, group: HitGroup) -> None:
        self._add_heading(f"{group.group}{'（还有更多，按回车看全部）' if group.more else ''}")
        for hit in group.hits:
            item = QListWidgetItem(hit.text)
            item.setData(_HIT, hit)
            told = f"{group.group}，{hit.label}：{hit.text}，{hit.title}，{hit.number or '还没有编号'}，{hit.state}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.addItem(item)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _hit(self, row: int) -> Hit | Way | None:
        hit = self.item(row).data(_HIT) if 0 <= row < self.count() else None
        return hit if isinstance(hit, Hit | Way) else None

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        hit = item.data(_HIT)
        if isinstance(hit, Hit | Way):
            self.picked.emit(hit)


class HitDelegate(QStyledItemDelegate):
    """A heading, a screen, or a hit on two lines: what was found where, and the case it leads to."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are low, hits have two lines."""
        heights = {Hit: _HIT_HEIGHT, Way: _WAY_HEIGHT}
        return QSize(0, theme().px(heights.get(type(index.data(_HIT)), _HEADING_HEIGHT)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Everything is drawn as plain text."""
        painter.save()
        hit, px = index.data(_HIT), theme().px
        area: QRect = option.rect  # type: ignore[attr-defined]  # stubs lack rect
        inner = area.adjusted(px(12), px(3), -px(12), -px(3))
        if isinstance(hit, Hit):
            self._ground(painter, area, option.state)  # type: ignore[attr-defined]  # stubs lack state
            _paint_hit(painter, inner, hit)
        elif isinstance(hit, Way):
            self._ground(painter, area, option.state)  # type: ignore[attr-defined]  # stubs lack state
            painter.setFont(theme().font(TYPE.body))
            _words(painter, inner, hit.words, Tone.INK)
        else:
            painter.setFont(theme().font(TYPE.small))
            _words(painter, inner, str(index.data(Qt.ItemDataRole.DisplayRole)), Tone.QUIET)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        tokens = theme().tokens
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.hover))
            painter.fillRect(
                QRect(area.topLeft(), QSize(theme().px(3), area.height())), QColor(tokens.accent)
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.sunken))


def _paint_hit(painter: QPainter, area: QRect, hit: Hit) -> None:
    half = area.height() // 2
    upper = QRect(area.left(), area.top(), area.width(), half)
    lower = QRect(area.left(), area.top() + half, area.width(), half)
    painter.setFont(theme().font(TYPE.body))
    is_title = hit.text == hit.title
    label = "" if is_title else f"{hit.label}　"
    _words(painter, upper, label, Tone.QUIET)
    used = painter.fontMetrics().horizontalAdvance(label)
    paint_marked(painter, upper.adjusted(used, 0, 0, 0), hit.text, hit.marks)
    painter.setFont(theme().font(TYPE.small))
    parts = (hit.number or hit.case_key, hit.state.value, "" if is_title else hit.title)
    _words(painter, lower, "　".join(part for part in parts if part), Tone.QUIET)


def _words(painter: QPainter, area: QRect, words: str, tone: Tone) -> None:
    painter.setPen(QColor(theme().tokens.tone(tone)))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
