"""A filled template as what a renderer needs: paragraphs and tables with their own measures, in points."""

from __future__ import annotations

from mediation_desk.documents.styles import Align
from mediation_desk.shared.record import record


@record
class Look:
    """How a stretch is set; ``width`` is that of a blank or tab, None for what has a shape of its own.

    ``under`` draws a line beneath, ``colour`` is RRGGBB, ``strong`` the Hei face, ``bold`` a light stroke.
    """

    size: float
    strong: bool = False
    bold: bool = False
    under: bool = False
    colour: str = ""
    width: float | None = None


@record
class Stretch:
    """Words of one look. A tab is the one character ``\\t``."""

    text: str
    look: Look


@record
class Stop:
    """A tab stop, from the left margin; ``kind`` left, center or right; ``leader`` a drawn line."""

    at: float
    kind: str = "left"
    leader: bool = False


@record
class Rule:
    """A line across the text block: thickness in points, colour RRGGBB or "" for black, distance from the words."""

    thick: float
    colour: str = ""
    space: float = 1.0


@record
class Shown:
    """A picture (PNG or JPEG), ``width`` by ``height`` points."""

    data: bytes
    width: float
    height: float


@record
class Lines:
    """A paragraph, or a ``picture`` in place of its words.

    Indents in points from the margins; ``first`` may be negative (hanging).
    """

    stretches: tuple[Stretch, ...]
    size: float
    leading: float
    align: Align = Align.LEFT
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    stops: tuple[Stop, ...] = ()
    keep: bool = False
    new_page: bool = False
    above: Rule | None = None
    below: Rule | None = None
    picture: Shown | None = None

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(stretch.text for stretch in self.stretches)


@record
class Edges:
    """Thickness of the four lines around a cell in points, 0 for none."""

    top: float = 0
    left: float = 0
    bottom: float = 0
    right: float = 0


@record
class Cell:
    """A cell: the columns it spans, the rows it spans (0 for one that continues the cell above)."""

    lines: tuple[Lines, ...]
    column: int
    span: int = 1
    rows: int = 1
    edges: Edges = Edges()
    valign: str = "TOP"
    ground: str = ""


@record
class Row:
    """A row; ``height`` is its least height, ``exact`` makes it the height."""

    cells: tuple[Cell, ...]
    height: float = 0
    header: bool = False


@record
class Grid:
    """A table; ``padding`` left and right of the words in each cell, ``over`` above and below."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    align: Align = Align.LEFT
    left: float = 0
    padding: float = 5.4
    over: float = 0


Piece = Lines | Grid


@record
class Sheet:
    """Page and margins in points, what stands in them, and the text."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header_at: float
    footer_at: float
    body: tuple[Piece, ...]
    header: tuple[Piece, ...] = ()
    footer: tuple[Piece, ...] = ()
    first_header: tuple[Piece, ...] | None = None
    first_footer: tuple[Piece, ...] | None = None

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - self.left - self.right


def words_of(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """What is said, a paragraph or a table row a line, the cells of a row with tabs between."""
    said: list[str] = []
    for piece in pieces:
        if isinstance(piece, Lines):
            said.append(piece.text)
        else:
            said += ["\t".join(_cell_words(cell) for cell in row.cells if cell.rows) for row in piece.rows]
    return tuple(said)


def _cell_words(cell: Cell) -> str:
    return "\n".join(lines.text for lines in cell.lines)
