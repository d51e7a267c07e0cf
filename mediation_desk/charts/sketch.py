"""The picture before it is a file: shapes, lines and words in points, y downwards, and what can be clicked."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]
Align: TypeAlias = Literal["left", "center", "right"]


class Size(NamedTuple):
    """Width and height in points (on the screen: desk pixels at 100 %)."""

    width: float
    height: float


class Box(NamedTuple):
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height

    def corners(self) -> tuple[Point, ...]:
        """Clockwise from the upper left."""
        return ((self.x, self.y), (self.right, self.y), (self.right, self.bottom), (self.x, self.bottom))


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline; with ``curved`` the points are two edges of four Bézier points each (a band of a flow)."""

    points: tuple[Point, ...]
    fill: str
    edge: str = ""
    hatch: str = ""
    hatch_colour: str = ""
    width: float = 0.6
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """An open line."""

    points: tuple[Point, ...]
    colour: str
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker of a series."""

    at: Point
    marker: str
    size: float
    colour: str
    fill: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text on its baseline."""

    at: Point
    text: str
    size: float
    colour: str
    align: Align = "left"


Item: TypeAlias = Shape | Stroke | Mark | Words


@dataclass(frozen=True, slots=True)
class Region:
    """What can be pointed at: outline in parts of width and height (0 to 1), the caller's target, and its words.

    name: for screen readers, a whole statement ("安和调委会，办结 31 件").
    """

    outline: tuple[Point, ...]
    target: Hashable
    name: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point, in parts of width and height, lies inside."""
        inside = False
        ends = self.outline
        for (ax, ay), (bx, by) in zip(ends, (*ends[1:], ends[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
        return inside

    def centre(self) -> Point:
        """Middle of the box around it."""
        across, down = [x for x, _y in self.outline], [y for _x, y in self.outline]
        return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def moved(item: Item, x: float, y: float) -> Item:
    """``item`` so far to the right and down."""
    match item:
        case Shape() | Stroke():
            return replace(item, points=tuple((left + x, top + y) for left, top in item.points))
        case Mark() | Words():
            return replace(item, at=(item.at[0] + x, item.at[1] + y))


@dataclass(slots=True)
class Sketch:
    """Collects what is drawn, back to front."""

    size: Size
    items: list[Item] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def box(
        self,
        box: Box,
        fill: str,
        *,
        edge: str = "",
        hatch: str = "",
        hatch_colour: str = "",
        width: float = 0.6,
    ) -> None:
        """A filled rectangle."""
        self.items.append(Shape(box.corners(), fill, edge, hatch, hatch_colour, width))

    def line(self, *points: Point, colour: str, width: float = 0.8, dash: tuple[float, ...] = ()) -> None:
        """An open line through ``points``."""
        self.items.append(Stroke(points, colour, width, dash))

    def words(self, at: Point, text: str, size: float, colour: str, align: Align = "left") -> None:
        """One line of text; nothing where there is none."""
        if text:
            self.items.append(Words(at, text, size, colour, align))

    def region(self, outline: tuple[Point, ...], target: Hashable, name: str) -> None:
        """Something that can be opened; without a target it can still be read."""
        width, height = self.size
        self.regions.append(Region(tuple((x / width, y / height) for x, y in outline), target, name))
