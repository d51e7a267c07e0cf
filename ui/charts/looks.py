"""The desk's colours as a chart wants them: one hue, told apart by shade and hatch as on paper."""

from __future__ import annotations

from mediation_desk.charts.layout.colours import mixed
from mediation_desk.charts.theme import PRINT, Style, Theme
from ui.tokens import TYPE, Tokens

_SECOND, _FOURTH = 0.5, 0.78  # shares of the ground in the series' fills
_CORNER = 40.0


def chart_theme(tokens: Tokens) -> Theme:
    """A chart on a card, light or dark."""
    ground, accent, quiet = tokens.raised, tokens.accent, tokens.quiet
    fills = (accent, mixed(accent, ground, _SECOND), ground, mixed(accent, ground, _FOURTH))
    inks = (accent, accent, accent, quiet)
    styles = tuple(
        Style(fill, paper.hatch, ink, paper.marker, paper.dash, paper.hollow)
        for fill, ink, paper in zip(fills, inks, PRINT.styles, strict=True)
    )
    return Theme(
        ground=ground,
        ink=tokens.ink,
        quiet=quiet,
        hairline=tokens.line,
        edge=tokens.edge,
        accent=accent,
        styles=styles,
        plain=Style(mixed(quiet, ground, 0.6), "", tokens.edge, "o", (), hollow=False),
        ramp=(ground, accent),
        levels=(tokens.seal, mixed(tokens.soon, ground, 0.45), tokens.soon_wash, ground),
        small=TYPE.small,
        body=TYPE.small,
        title=TYPE.body,
        pad=10,
        corner=_CORNER,
    )
