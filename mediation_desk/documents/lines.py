"""The few things a renderer knows: lines, tables, pictures, and the turn of a page."""

from __future__ import annotations

from mediation_desk.documents.content import Code, Fields, Illustration, PageBreak, Picture, Run, Space, Table
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.styles import Role
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical


@record
class Line:
    """One paragraph as printed. ``rule`` draws a line to sign on, from the words to near the right edge.

    ``tail`` stands at the right edge of the same line; ``over`` and ``under`` are lines across the whole width, so
    many points thick; ``size`` goes before that of the role; ``circle`` shows faintly where a seal goes; ``drawn`` is
    the PNG of a name that stands on the line to sign on.
    """

    role: Role
    runs: tuple[Run, ...]
    rule: bool = False
    keep: bool = False
    right_indent: float = 0
    tail: str = ""
    over: float = 0
    under: float = 0
    size: float = 0
    circle: bool = False
    drawn: bytes | None = None

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs) + self.tail


@record
class PicturedLines:
    """A portrait or code with lines beside it, inside one frame."""

    picture: Picture | Code
    lines: tuple[Line, ...]


Item = Line | Table | FormGrid | Picture | Illustration | PicturedLines | Space | Fields | PageBreak


def one_line(text: str) -> str:
    """``text`` checked and on one line, for names and cells."""
    return " ".join(canonical(text, "文书内容", longest=1_000_000).split())


def ems(text: str) -> float:
    """Rough width in characters: Latin letters and digits take about half of one."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)
