"""The scans of a case as small pictures; their order is changed by dragging or by Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QImage, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mediation_desk.cases.scan import Scan, ScanKind
from ui.theme import theme
from ui.widgets.plain import plain_tip

NUMBER, PICTURE, PLACE = (Qt.ItemDataRole.UserRole + role for role in range(3))
_WIDTH, _HEIGHT, _PAD = 132, 204, 8
_PAPER = 138
_ORDER = list(ScanKind)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class ScanGrid(QListWidget):
    """``opened(no)``: Enter or double click; ``ordered(numbers)``: one subject in its new order."""

    opened = Signal(int)
    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scans.grid")
        self.setAccessibleName("扫描件，Alt 加方向键调整顺序，回车看大图")
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_Face(self))
        self._scans: dict[int, Scan] = {}
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(NUMBER)))

    def show_scans(self, scans: Sequence[Scan]) -> None:
        """Standing scans by kind and subject in their order; pictures already there stay."""
        pictures = {no: item.data(PICTURE) for no, item in self._items().items()}
        chosen = self.current()
        ordered = sorted((one for one in scans if one.stands), key=_lying)
        self._scans = {one.no: one for one in ordered}
        self.clear()
        for scan in ordered:
            item = QListWidgetItem(scan.title, self)
            item.setData(NUMBER, scan.no)
            item.setData(PICTURE, pictures.get(scan.no))
            item.setData(PLACE, _short(scan))
            item.setData(Qt.ItemDataRole.ToolTipRole, plain_tip(f"{scan.title}\n{where(scan)}"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{scan.title}，{where(scan)}，{scan.pages}页")
            if chosen is not None and scan.no == chosen.no:
                self.setCurrentItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def current(self) -> Scan | None:
        """The scan in focus."""
        return self._scans.get(self.currentItem().data(NUMBER)) if self.currentRow() >= 0 else None

    def choose(self, no: int) -> None:
        """Bring a scan into focus."""
        if (item := self._items().get(no)) is not None:
            self.setCurrentItem(item)

    def without_picture(self) -> tuple[Scan, ...]:
        """Those whose small picture is still wanted."""
        return tuple(self._scans[no] for no, item in self._items().items() if item.data(PICTURE) is None)

    def show_picture(self, no: int, jpeg: bytes) -> None:
        """Its first page from now on."""
        item = self._items().get(no)
        if item is not None:
            item.setData(PICTURE, QPixmap.fromImage(QImage.fromData(jpeg)))

    def move_by(self, step: int) -> None:
        """Move the scan in focus among those of its subject."""
        scan = self.current()
        if scan is None:
            return
        numbers = [no for no, one in self._scans.items() if one.subject == scan.subject]
        at = numbers.index(scan.no)
        if 0 <= at + step < len(numbers):
            numbers[at], numbers[at + step] = numbers[at + step], numbers[at]
            self.ordered.emit(tuple(numbers))

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow, elsewhere on the page another tab, belong to the scans while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _moves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the scan, Enter opens it."""
        if _moves(event):
            self.move_by(-1 if event.key() in _BACK else 1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (scan := self.current()) is not None:
            self.opened.emit(scan.no)
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Within its subject the drop counts; elsewhere everything goes back to where it was."""
        moved = self.current()
        super().dropEvent(event)
        if moved is None:
            return
        shown = [self.item(row).data(NUMBER) for row in range(self.count())]
        numbers = tuple(no for no in shown if self._scans[no].subject == moved.subject)
        before = tuple(no for no, one in self._scans.items() if one.subject == moved.subject)
        self.show_scans(tuple(self._scans.values()))
        if numbers != before:
            self.ordered.emit(numbers)

    def sizeHint(self) -> QSize:
        """Two lines of pictures at most, then it scrolls."""
        px = theme().px
        per_line = max(1, (self.width() - px(20)) // px(_WIDTH))
        lines = min(2, max(1, -(-self.count() // per_line)))
        return QSize(px(400), lines * px(_HEIGHT) + px(8))

    def _items(self) -> dict[int, QListWidgetItem]:
        return {(item := self.item(row)).data(NUMBER): item for row in range(self.count())}


class _Face(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().px(_WIDTH), theme().px(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px, tokens = theme().px, theme().tokens
        box: QRect = option.rect.adjusted(px(3), px(3), -px(3), -px(3))  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # missing in the stubs
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            painter.setPen(QPen(QColor(tokens.accent), px(2)))
            painter.drawRect(box)
        paper = QRect(box.left() + px(_PAD), box.top() + px(_PAD), box.width() - 2 * px(_PAD), px(_PAPER))
        picture = index.data(PICTURE)
        if isinstance(picture, QPixmap) and not picture.isNull():
            size = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(paper.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture)
            painter.setPen(QPen(QColor(tokens.line)))
            painter.drawRect(place)
        else:
            painter.fillRect(paper, QColor(tokens.hover))
        line = painter.fontMetrics().height()
        words = QRect(box.left() + px(4), paper.bottom() + px(4), box.width() - px(8), line)
        for text, colour in ((str(index.data()), tokens.ink), (str(index.data(PLACE)), tokens.quiet)):
            painter.setPen(QColor(colour))
            short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, short)
            words.translate(0, line)
        painter.restore()


def _moves(event: QKeyEvent) -> bool:
    alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
    return bool(alt) and event.key() in (*_BACK, *_ON)


def where(scan: Scan) -> str:
    """Where it is filed, in words."""
    if scan.kind is ScanKind.FORM:
        page = f"，第{scan.page}页" if scan.page else ""
        return f"文书，第{scan.paper_no}份{page}"
    return f"证据{scan.evidence_ref}" if scan.kind is ScanKind.EVIDENCE else scan.kind.value


def _short(scan: Scan) -> str:
    if scan.kind is ScanKind.FORM:
        return f"第{scan.page}页" if scan.page else f"{scan.pages}页"
    return scan.kind.value


def _lying(scan: Scan) -> tuple[object, ...]:
    """What is to be sorted first, then as the volume has it."""
    first = scan.kind is not ScanKind.UNSORTED
    return (first, _ORDER.index(scan.kind), scan.form, scan.paper_no, scan.evidence_ref, scan.place, scan.no)
