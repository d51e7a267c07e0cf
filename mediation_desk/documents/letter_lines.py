"""From the blocks of an official letter to its lines."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.documents import styles
from mediation_desk.documents.content import Run
from mediation_desk.documents.letter_blocks import Enclosures, Imprint, Masthead
from mediation_desk.documents.lines import Line, one_line
from mediation_desk.documents.styles import Role
from mediation_desk.shared.text import canonical


def letter_lines(block: Masthead | Enclosures | Imprint) -> Iterator[Line]:
    """The lines of one block."""
    match block:
        case Masthead():
            yield from _masthead(block)
        case Enclosures():
            yield from _enclosures(block)
        case Imprint():
            yield from _imprint(block)


def _masthead(block: Masthead) -> Iterator[Line]:
    """One line of red letters, as large as the name allows; without a number the red line stands right under it."""
    name = one_line(block.name)
    size = min(styles.MASTHEAD_SIZE, styles.LETTER.text_width / max(1, len(name)))
    blank = canonical(block.number, "发文字号", longest=100).replace(
        "\n", ""
    )  # its white is room for the pen
    bare = 0.0 if blank else styles.RED_LINE
    yield Line(role=Role.MASTHEAD, runs=(Run(text=name),), size=size, under=bare, keep=True)
    if blank:
        yield Line(role=Role.LETTER_NUMBER, runs=(Run(text=blank),), under=styles.RED_LINE, keep=True)


def _enclosures(block: Enclosures) -> Iterator[Line]:
    """``附件：1. …``, one line of white above it."""
    yield Line(role=Role.BODY, runs=())
    several = len(block.names) > 1
    for no, name in enumerate(block.names, start=1):
        head = "附件：" if no == 1 else "　　　"
        text = f"{head}{f'{no}. ' if several else ''}{one_line(name)}"
        yield Line(role=Role.ENCLOSURE, runs=(Run(text=text),), keep=no < len(block.names))


def _imprint(block: Imprint) -> Iterator[Line]:
    outer, inner = styles.IMPRINT_OUTER, styles.IMPRINT_INNER
    copies = "，".join(one_line(one) for one in block.copies_to)
    if copies:
        yield Line(role=Role.IMPRINT, runs=(Run(text=f"抄送：{copies}。"),), over=outer, keep=True)
    yield Line(
        role=Role.IMPRINT,
        runs=(Run(text=one_line(block.issuer)),),
        tail=f"{block.day}印发",
        over=inner if copies else outer,
        under=outer,
    )
