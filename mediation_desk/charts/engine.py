"""Turns a sketch into PNG, SVG or PDF with matplotlib: object interface only, one figure a call, bundled faces.

matplotlib keeps faces and settings for the whole process and is not made for threads: one drawing at a time. It is
loaded with the first chart (half a second), leaves nothing on the disk, and reads no settings of the user.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from mediation_desk.charts.sketch import Mark, Point, Shape, Sketch, Stroke, Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.transforms import Transform

Format: TypeAlias = Literal["png", "svg", "pdf"]
POINTS = 72
_LOCK = RLock()
_AUTHOR = "调解台"
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "mediation-desk",
    "svg.fonttype": "path",  # looks the same on a machine without these faces
    "pdf.fonttype": 3,  # the faces are OpenType/CFF; glyphs are embedded with their Unicode: selectable, small
    "text.hinting": "none",
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "path.simplify": False,
}
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": _AUTHOR},
    "svg": {"Date": None, "Creator": _AUTHOR, "Format": "image/svg+xml", "Type": None},
    "pdf": {"CreationDate": None, "Creator": _AUTHOR, "Producer": _AUTHOR},
}


def render(sketch: Sketch, ground: str, form: Format, *, scale: float = 1, title: str = "") -> bytes:
    """The file; the same sketch gives the same bytes. ``scale``: pixels for a point, PNG only."""
    with _LOCK:
        faces = _faces()
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        width, height = sketch.size
        figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS, facecolor=ground)
        FigureCanvasAgg(figure)
        place = Affine2D().scale(1 / width, -1 / height).translate(0, 1) + figure.transFigure
        for item in sketch.items:
            figure.add_artist(_artist(item, place, faces))
        metadata = dict(_METADATA[form])
        if title:
            metadata["Title"] = title
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=POINTS * scale, facecolor=ground, metadata=metadata)
        return stream.getvalue()


def _artist(item: Shape | Stroke | Mark | Words, place: Transform, faces: Any) -> Artist:
    from matplotlib.lines import Line2D
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text

    match item:
        case Words():
            return Text(
                *item.at,
                item.text,
                color=item.colour,
                fontproperties=faces,
                fontsize=item.size,
                horizontalalignment=item.align,
                verticalalignment="baseline",
                transform=place,
            )
        case Shape():
            return PathPatch(
                _path(item),
                facecolor=item.fill,
                edgecolor=item.edge or "none",
                linewidth=item.width if item.edge else 0,
                hatch=item.hatch or None,
                hatchcolor=item.hatch_colour or "none",
                hatch_linewidth=0.6,
                joinstyle="miter",
                transform=place,
            )
        case Stroke():
            line = Line2D(
                *_columns(item.points),
                color=item.colour,
                linewidth=item.width,
                solid_capstyle="butt",
                transform=place,
            )
            if item.dash:
                line.set_dashes([part / item.width for part in item.dash])
            return line
        case Mark():
            return Line2D(
                [item.at[0]],
                [item.at[1]],
                linestyle="none",
                marker=item.marker,
                markersize=item.size,
                markeredgecolor=item.colour,
                markerfacecolor=item.fill,
                markeredgewidth=1.1,
                transform=place,
            )


def _columns(points: tuple[Point, ...]) -> tuple[list[float], list[float]]:
    return [x for x, _y in points], [y for _x, y in points]


def _path(shape: Shape) -> Any:
    from matplotlib.path import Path as Outline

    if shape.curved:
        move, line, curve, close = Outline.MOVETO, Outline.LINETO, Outline.CURVE4, Outline.CLOSEPOLY
        codes = [move, curve, curve, curve, line, curve, curve, curve, close]
        return Outline([*shape.points, shape.points[0]], codes)
    return Outline([*shape.points, shape.points[0]], closed=True)


@cache
def _faces() -> Any:
    """The bundled Hei and, for what it lacks, Song; both given to matplotlib by their paths."""
    _load()
    from matplotlib.font_manager import FontProperties, fontManager
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    names = []
    for path in (sans_path(), serif_path()):
        fontManager.addfont(str(path))
        names.append(fontManager.ttflist[-1].name)
    return FontProperties(family=names)


def _load() -> None:
    """Import matplotlib so that it neither searches the system's fonts, which takes long where there are many, nor
    writes its list of them, nor reads a settings file: it finds an empty list in a folder that is gone afterwards.

    Where a later version calls its list otherwise, it searches as usual; nothing else changes.
    """
    before = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory(prefix="charts-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            _lay_empty_list(Path(folder))
            import matplotlib
            import matplotlib.font_manager

            matplotlib.get_configdir()  # remembered: asked for later, it would be made in the user's home
            matplotlib.rcdefaults()
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before
    matplotlib.rcParams.update(_SETTINGS)  # type: ignore[arg-type]  # names are checked when they are set


def _lay_empty_list(folder: Path) -> None:
    package = find_spec("matplotlib")
    source = Path(str(package.origin)).with_name("font_manager.py") if package else Path()
    found = (
        re.search(r"__version__ = '([\w.]+)'", source.read_text(encoding="utf-8"))
        if source.exists()
        else None
    )
    if found is None:
        return
    families = {"ttf": "DejaVu Sans", "afm": "Helvetica"}
    empty: dict[str, Any] = {
        "_version": found[1],
        "_FontManager__default_weight": "normal",
        "default_size": None,
        "defaultFamily": families,
        "afmlist": [],
        "ttflist": [],
        "__class__": "FontManager",
    }
    (folder / f"fontlist-v{found[1]}.json").write_text(json.dumps(empty), encoding="utf-8")
