"""Names above the columns of a table-like picture."""

from __future__ import annotations

from mediation_desk.charts.layout.frame import LEADING
from mediation_desk.charts.lettering import balanced, clean, lines
from mediation_desk.charts.sketch import Sketch
from mediation_desk.charts.theme import Theme

MOST_LINES = 4


def head_height(names: tuple[str, ...], wide: float, theme: Theme) -> float:
    """What the names of the columns take."""
    most = max((len(lines(clean(name), theme.small, wide - 3, MOST_LINES)) for name in names), default=1)
    return most * theme.small * 1.25 + 4


def draw_heads(
    names: tuple[str, ...], left: float, wide: float, foot: float, sketch: Sketch, theme: Theme
) -> None:
    """Names over their columns, standing on ``foot``."""
    for place, name in enumerate(names):
        made = balanced(clean(name), theme.small, wide - 3, MOST_LINES)
        y = foot - 4 - (len(made) - 1) * theme.small * 1.25
        for line in made:
            sketch.words((left + (place + 0.5) * wide, y), line, theme.small, theme.ink, "center")
            y += theme.small * 1.25


def least_cell(theme: Theme) -> float:
    """The lowest cell one can read."""
    return theme.body * LEADING
