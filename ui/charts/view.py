"""One chart: the picture, the same figures as a table, and files of it."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedLayout, QWidget

from mediation_desk.charts.drawing import draw, fitting
from mediation_desk.charts.figures import described
from mediation_desk.charts.files import SUFFIXES, write_chart
from mediation_desk.charts.model import Chart
from mediation_desk.charts.picture import Picture
from mediation_desk.charts.sketch import Region, Size
from mediation_desk.shared.errors import StorageError
from ui.charts.canvas import ChartCanvas
from ui.charts.looks import chart_theme
from ui.charts.numbers import NumbersTable
from ui.icons import icon
from ui.tasks.desk import Desk
from ui.theme import theme
from ui.widgets.buttons import IconButton

_SETTLE_MS = 120
_NARROWEST = 200
_FORMATS = {".svg": "存为 SVG（放大不糊）", ".png": "存为 PNG", ".pdf": "存为 PDF（A4 一页）"}
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


class ChartView(QWidget):
    """``show_chart(chart)`` draws in the background; ``opened(target)`` when a part is clicked or entered.

    folder: where files go (the papers of the desk). ``saved(path)`` after one was written. height: in desk pixels;
    None: as high as the chart needs at the width it has.
    """

    opened = Signal(object)
    saved = Signal(object)
    drawn = Signal()

    def __init__(
        self, desk: Desk, folder: Path, parent: QWidget | None = None, *, height: int | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._folder, self._height = desk, folder, height
        self._chart: Chart | None = None
        self._drawn_for: tuple[object, ...] = ()
        self.canvas = ChartCanvas(self)
        self.numbers = NumbersTable(self)
        self.more = IconButton("more", "存为图片，看数字", self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._stack = QStackedLayout(self)
        for page in (self.canvas, self.numbers):
            self._stack.addWidget(page)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme().px(_NARROWEST))
        self._set_height(height or self.canvas.sizeHint().height() * 100 / theme().percent)
        self.more.clicked.connect(
            lambda: self._menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.canvas.opened.connect(self.opened)
        self.canvas.resized.connect(self._settle.start)
        self.canvas.explain = self._explanation
        self._settle.timeout.connect(self._draw)

    def show_chart(self, chart: Chart) -> None:
        """Draw this one; what is shown stays until it is drawn."""
        self._chart, self._drawn_for = chart, ()
        self.canvas.setAccessibleName(chart.title)
        self.canvas.setAccessibleDescription("")
        self.numbers.show_chart(chart)
        self._draw()

    def chart(self) -> Chart | None:
        """The one shown."""
        return self._chart

    def show_numbers(self, shown: bool) -> None:
        """The same figures as a table, or the picture again."""
        self._stack.setCurrentWidget(self.numbers if shown else self.canvas)
        self.more.raise_()
        self._stack.currentWidget().setFocus()

    def save_as(self, suffix: str) -> None:
        """Write a file of the chart into the folder of the papers."""
        chart = self._chart
        if chart is None:
            return
        path = self._folder / f"{file_name(chart)}{suffix}"

        def write() -> Path:
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(f"建不了文件夹“{path.parent}”。") from error
            write_chart(chart, path)
            return path

        self._desk.render(write, self.saved.emit, owner=self, slot="save")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same as the small button."""
        self._menu().popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays in its corner."""
        super().resizeEvent(event)
        px = theme().px
        self.more.setGeometry(self.width() - px(38), px(6), px(32), px(32))
        self.more.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """What was set while hidden is drawn now."""
        super().showEvent(event)
        self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_settle"):
            self._settle.start()

    def event(self, event: QEvent) -> bool:
        """On another screen there may be more pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle.start()
        return bool(super().event(event))

    def sizeHint(self) -> QSize:
        """Wide enough for a year of months."""
        return QSize(theme().px(560), self.height())

    def _draw(self) -> None:
        chart = self._chart
        if chart is None or not self.isVisible():
            return
        zoom, look, height = theme().percent / 100, chart_theme(theme().tokens), self._height
        width = max(self.width(), theme().px(_NARROWEST)) / zoom
        scale = zoom * self.devicePixelRatioF()
        wanted = (width, height, scale, look)
        if wanted == self._drawn_for:  # the height that follows from a drawing is no reason for another
            return
        self._drawn_for = wanted

        def make() -> tuple[QImage, Picture]:
            size = fitting(chart, width, look) if height is None else Size(width, height)
            picture = draw(chart, size, look)
            return QImage.fromData(picture.png(scale)), picture

        self._desk.render(make, self._show, self._on_error, owner=self)

    def _show(self, made: tuple[QImage, Picture]) -> None:
        image, picture = made
        if self._height is None:
            self._set_height(picture.size.height)
        self.canvas.show_picture(image, picture.regions)
        if self._chart is not None and self.canvas.region() is None:
            self.canvas.setAccessibleDescription(described(self._chart))
        self.drawn.emit()

    def _on_error(self, _error: BaseException) -> bool:
        """Said in place; whoever made the chart hears of it as of any error."""
        self._drawn_for = ()
        self.canvas.say("这张图画不出来。")
        return False

    def _set_height(self, points: float) -> None:
        self.setFixedHeight(round(points * theme().percent / 100))

    def _explanation(self, region: Region) -> str:
        """Value and definition."""
        notes = self._chart.notes if self._chart is not None else ()
        return "\n".join((region.name, *notes))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("图")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for suffix in SUFFIXES:
            action = menu.addAction(icon("export"), _FORMATS[suffix])
            action.setObjectName(f"chart.save{suffix}")
            action.triggered.connect(lambda _checked=False, suffix=suffix: self.save_as(suffix))
        menu.addSeparator()
        numbers = self._stack.currentWidget() is self.numbers
        action = menu.addAction(icon("choice"), "看图" if numbers else "看数字")
        action.setObjectName("chart.numbers")
        action.triggered.connect(lambda _checked=False: self.show_numbers(not numbers))
        return menu


def file_name(chart: Chart) -> str:
    """Title and period as the name of a file, without its suffix."""
    words = "_".join(_UNSAFE.sub("", part) for part in (chart.title, chart.period) if part)
    return words[:80] or "图"
