"""Names on the left of a picture in rows, as bars lying down and dots have them."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.charts.layout.frame import LEADING
from mediation_desk.charts.lettering import balanced, clean, width
from mediation_desk.charts.sketch import Box, Sketch
from mediation_desk.charts.theme import Theme

_SHARE = 0.38
_GAP = 6


def name_room(names: Sequence[str], box: Box, theme: Theme) -> float:
    """Width of the column of names: as wide as the widest, at most a good third."""
    widest = max((width(clean(name), theme.body) for name in names), default=0)
    return min(widest, box.width * _SHARE) + _GAP


def two_lines(names: Sequence[str], room: float, theme: Theme) -> bool:
    """Whether a name is too long for one line of the column of names."""
    return any(width(clean(name), theme.body) > room * _SHARE for name in names)


def draw_name(name: str, box: Box, sketch: Sketch, theme: Theme) -> None:
    """The name in ``box``, right-aligned and in its middle, on one line or as many as there is room for."""
    step = theme.body * 1.25
    made = balanced(clean(name), theme.body, box.width - _GAP, max(1, int(box.height // step)))
    y = box.y + box.height / 2 - (len(made) - 1) * step / 2 + theme.body * 0.36
    for line in made:
        sketch.words((box.right - _GAP, y), line, theme.body, theme.ink, "right")
        y += step


def least_row(theme: Theme) -> float:
    """The lowest row one can read."""
    return theme.body * LEADING
