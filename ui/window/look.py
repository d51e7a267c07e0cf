"""Sizes of the public window in millimetres and points of the screen it stands on, and its style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from string import Template

from PySide6.QtGui import QScreen

from mediation_desk.cases.choosing.window_rules import WindowRules
from mediation_desk.shared.assets import read_text
from ui.tokens import Tokens

_MM_PER_INCH, _PT_PER_INCH = 25.4, 72
_BELIEVABLE = range(50, 400)
"""Dots per inch a screen may say it has; some say nonsense, and then the system's own figure counts."""
_RANKS = {"large": 24, "name": 27, "title": 32}
_LINES = 38
"""Lines of text on the short side of a large screen."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that depends on the screen: its size in pixels, dots per inch, smallest target and text."""

    width: int
    height: int
    dots: float
    target_mm: float
    text_pt: float

    @classmethod
    def on(cls, screen: QScreen, width: int, height: int, rules: WindowRules) -> Look:
        """The look for a window of this size; the denser of the two densities counts, so nothing is too small."""
        said = screen.physicalDotsPerInch()
        dots = max(screen.logicalDotsPerInch(), said if int(said) in _BELIEVABLE else 0)
        return cls(width, height, dots, rules.target_mm, rules.text_pt)

    @property
    def target(self) -> int:
        """Smallest side of anything to touch."""
        return ceil(self.target_mm * self.dots / _MM_PER_INCH)

    @property
    def text(self) -> int:
        """Pixel size of ordinary text, which is the smallest there is; a screen with more room has larger text."""
        smallest = self.text_pt * self.dots / _PT_PER_INCH
        return ceil(max(smallest, min(self.width, self.height) / _LINES))

    @property
    def name(self) -> int:
        """Pixel size of names."""
        return self.ranked("name")

    @property
    def gap(self) -> int:
        """Space between things that belong together."""
        return self.text // 2

    @property
    def margin(self) -> int:
        """Space to the edges of the screen."""
        return min(self.text * 2, min(self.width, self.height) // 24)

    @property
    def landscape(self) -> bool:
        """Whether the screen is wider than high."""
        return self.width >= self.height

    def ranked(self, rank: str) -> int:
        """Pixel size of ``large``, ``name`` and ``title``: their points, in step with ordinary text."""
        return ceil(self.text * max(_RANKS[rank] / self.text_pt, 1))

    def sheet(self, tokens: Tokens) -> str:
        """The style sheet of the window."""
        sizes = {f"{rank}_px": self.ranked(rank) for rank in _RANKS}
        return Template(read_text("styles/30-public-window.qss")).substitute(
            tokens.mapping(),
            text_px=self.text,
            target_px=self.target,
            pad_px=self.text // 4,
            side_px=self.text * 2 // 3,
            wide_px=self.target * 2,
            high_px=self.target * 5 // 4,
            radius_px=self.text // 3,
            bar_px=self.target // 2,
            **sizes,
        )
