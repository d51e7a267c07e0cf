"""Shows a PDF as the pages it will be on paper: the very bytes that are printed and saved."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.tasks.desk import Desk
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import IconButton
from ui.widgets.layout import row
from ui.widgets.pdf_pages import page_images
from ui.widgets.text import small

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SETTLE_MS = 120


class PaperView(QWidget):
    """``show_pdf(bytes)`` draws the pages in the background; at zoom 1 a page is as wide as the view."""

    drawn = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, remark: str = "所见即所印") -> None:
        super().__init__(parent)
        self._desk, self._about = desk, remark
        self._pdf: bytes | None = None
        self._pages: list[_Page] = []
        self._zoom = _ZOOMS.index(1.0)
        self._remark = small("还没有文书。选一份文书，这里就是它打印出来的样子。", wrap=True)
        self._larger = IconButton("larger", "放大纸面")
        self._smaller = IconButton("smaller", "缩小纸面")
        self._area = _PaperArea()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        self._remark.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        stack.addLayout(row(self._remark, self._smaller, self._larger, gap=2))
        stack.addWidget(self._area, 1)
        self._larger.clicked.connect(lambda: self.set_zoom(self._zoom + 1))
        self._smaller.clicked.connect(lambda: self.set_zoom(self._zoom - 1))
        self._settle.timeout.connect(self._draw)
        self._area.zoomed.connect(lambda step: self.set_zoom(self._zoom + step))
        self._area.resized.connect(self._settle.start)

    def show_pdf(self, pdf: bytes | None, remark: str = "") -> None:
        """Show this PDF, or with None the remark alone (why there is none)."""
        self._pdf = pdf
        if pdf is None:
            self._area.show_pages([])
            self._pages = []
            self._remark.setText(remark)
            return
        self._remark.setText(remark or "正在排版……")
        self._draw()

    def pdf(self) -> bytes | None:
        """The bytes being shown: print these."""
        return self._pdf

    def page_count(self) -> int:
        """Pages drawn so far."""
        return len(self._pages)

    def set_zoom(self, place: int) -> None:
        """Choose one of the zoom steps."""
        self._zoom = min(max(place, 0), len(_ZOOMS) - 1)
        self._larger.setEnabled(self._zoom < len(_ZOOMS) - 1)
        self._smaller.setEnabled(self._zoom > 0)
        for page in self._pages:
            page.set_width(self._page_width())
        self._settle.start()

    def _page_width(self) -> int:
        return max(theme().px(120), round(self._area.room() * _ZOOMS[self._zoom]))

    def _draw(self) -> None:
        pdf = self._pdf
        if pdf is None or not self.isVisible():
            return
        width = round(self._page_width() * self.devicePixelRatioF())
        self._desk.render(lambda: page_images(pdf, width), self._show_images, owner=self)

    def _show_images(self, images: tuple[QImage, ...]) -> None:
        if len(images) != len(self._pages):
            self._pages = [_Page(number, len(images)) for number in range(1, len(images) + 1)]
            self._area.show_pages(self._pages)
        for page, image in zip(self._pages, images, strict=True):
            page.show_image(image, self._page_width())
        self._remark.setText(f"共 {len(images)} 页 · {self._about}")
        self._remark.set_tone(Tone.QUIET)
        self.drawn.emit(len(images))

    def showEvent(self, event: QShowEvent) -> None:
        """What was set while hidden is drawn now."""
        super().showEvent(event)
        self._settle.start()


class _PaperArea(QScrollArea):
    """Scrolls the pages; Ctrl and the wheel zoom."""

    zoomed = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setAccessibleName("文书预览")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ground = QWidget()
        self._stack = QVBoxLayout(ground)
        pad = theme().px(10)
        self._stack.setContentsMargins(pad, pad, pad, pad)
        self._stack.setSpacing(pad)
        self._stack.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(ground)

    def room(self) -> int:
        return self.width() - 2 * theme().px(10) - theme().px(14)

    def show_pages(self, pages: list[_Page]) -> None:
        while self._stack.count():
            if (widget := self._stack.takeAt(0).widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for page in pages:
            self._stack.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.verticalScrollBar().setValue(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class _Page(QWidget):
    """One page on white paper, also when the desk is dark: paper is paper."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(f"第 {number} 页，共 {count} 页")
        self.setFixedSize(QSize(1, 1))

    def show_image(self, image: QImage, width: int) -> None:
        self._image = image
        self.set_width(width)
        self.update()

    def set_width(self, width: int) -> None:
        if not self._image.isNull():
            self.setFixedSize(width, round(width * self._image.height() / self._image.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(theme().tokens.line)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
