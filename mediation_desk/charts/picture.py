"""A drawn chart: files of it in three formats, and what can be clicked, the same for all."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.charts.engine import render
from mediation_desk.charts.sketch import Region, Size, Sketch, Words


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Plain data: may be handed between threads; the files are made when asked for, never on the GUI thread."""

    sketch: Sketch
    ground: str
    title: str

    @property
    def size(self) -> Size:
        """In points."""
        return self.sketch.size

    @property
    def regions(self) -> tuple[Region, ...]:
        """What can be pointed at, in reading order."""
        return tuple(self.sketch.regions)

    @property
    def words(self) -> tuple[str, ...]:
        """Every text in the picture, in the order it was drawn."""
        return tuple(item.text for item in self.sketch.items if isinstance(item, Words))

    def png(self, scale: float = 1) -> bytes:
        """``scale`` pixels for a point."""
        return render(self.sketch, self.ground, "png", scale=scale)

    def svg(self) -> bytes:
        """With outlines for letters, so that it looks right anywhere; the words stand in comments."""
        return render(self.sketch, self.ground, "svg", title=self.title)

    def pdf(self) -> bytes:
        """One page of the picture's size, with embedded letters one can select and search."""
        return render(self.sketch, self.ground, "pdf", title=self.title)
