"""Charts as files: SVG and PNG of the picture, PDF as a page of A4, PNG for a report. Always as on paper: light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mediation_desk.charts.drawing import draw, fitting
from mediation_desk.charts.engine import POINTS, render
from mediation_desk.charts.model import Chart, Flow, Heat
from mediation_desk.charts.sketch import Size, Sketch, moved
from mediation_desk.charts.theme import PRINT
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write

SUFFIXES = (".svg", ".png", ".pdf")
A4 = Size(595.28, 841.89)
_MARGIN = 57.0  # 2 cm
_WIDTH = 480.0
_DPI = 300
_CM = POINTS / 2.54
_WIDE_COLUMNS = 8
_PAGE = replace(PRINT, small=10, body=11.5, title=17, pad=10)  # read at arm's length, on a wall too
_AIRIER = 1.2


def write_chart(chart: Chart, path: Path) -> None:
    """Write ``path`` in the format of its suffix. Raises InputError for another, StorageError where it cannot."""
    atomic_write(path, chart_file(chart, path.suffix))


def chart_file(chart: Chart, suffix: str) -> bytes:
    """The bytes of a file with this suffix; the same chart gives the same bytes."""
    match suffix.lower():
        case ".svg":
            return draw(chart, fitting(chart, _WIDTH)).svg()
        case ".png":
            return to_picture_bytes(chart, _WIDTH / _CM, _DPI)
        case ".pdf":
            return page(chart)
    raise InputError(f"图可以存成 {'、'.join(SUFFIXES)}，不能存成“{suffix}”。", field="文件名")


def to_picture_bytes(chart: Chart, width_cm: float, dpi: int = _DPI) -> bytes:
    """A PNG ``width_cm`` wide for a report, as high as it needs; its resolution is written into the file."""
    return draw(chart, fitting(chart, width_cm * _CM)).png(dpi / POINTS)


def page(chart: Chart) -> bytes:
    """One page of A4 as PDF: title, period and unit above the picture, definitions below it."""
    wide = isinstance(chart, Flow) or (isinstance(chart, Heat) and len(chart.columns) > _WIDE_COLUMNS)
    paper = Size(A4.height, A4.width) if wide else A4
    room = Size(paper.width - 2 * _MARGIN, paper.height - 2 * _MARGIN)
    wanted = fitting(chart, room.width, _PAGE)
    picture = draw(chart, Size(room.width, min(wanted.height * _AIRIER, room.height)), _PAGE)
    sheet = Sketch(paper, [moved(item, _MARGIN, _MARGIN) for item in picture.sketch.items])
    return render(sheet, PRINT.ground, "pdf", title=chart.title)
