"""How a chart looks: colours and sizes. The screen makes its own from its tokens; paper is always this one."""

from __future__ import annotations

from typing import NamedTuple

from mediation_desk.shared.record import record


class Style(NamedTuple):
    """What tells a series from its neighbours without colour: ground, hatch, marker, dash."""

    fill: str
    hatch: str
    line: str
    marker: str
    dash: tuple[float, ...]
    hollow: bool


@record
class Theme:
    """Colours as #RRGGBB, sizes in points of the picture.

    ramp: grounds of the heat table, from few to many. levels: grounds of the risk levels, the most urgent first.
    corner: what the title leaves free on the right for a button.
    """

    ground: str
    ink: str
    quiet: str
    hairline: str
    edge: str
    accent: str
    styles: tuple[Style, ...]
    plain: Style
    ramp: tuple[str, str]
    levels: tuple[str, ...]
    small: float
    body: float
    title: float
    pad: float
    corner: float = 0.0


PRINT = Theme(
    ground="#FFFFFF",
    ink="#000000",
    quiet="#404040",
    hairline="#C4C4C4",
    edge="#707070",
    accent="#000000",
    styles=(
        Style("#404040", "", "#000000", "o", (), hollow=False),
        Style("#A6A6A6", "////", "#4D4D4D", "s", (5, 2.5), hollow=True),
        Style("#FFFFFF", "....", "#000000", "^", (1.5, 2), hollow=False),
        Style("#D9D9D9", "xxxx", "#666666", "D", (7, 2, 1.5, 2), hollow=True),
    ),
    plain=Style("#DADADA", "", "#606060", "o", (), hollow=False),
    ramp=("#FFFFFF", "#3A3A3A"),
    levels=("#4A4A4A", "#9A9A9A", "#D2D2D2", "#FFFFFF"),
    small=8,
    body=9,
    title=12,
    pad=8,
)
