"""From blocks to lines of text: lowers a paper to the few things a renderer knows, so both print the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mediation_desk.documents.content import (
    Blank,
    Block,
    Caption,
    Card,
    Clause,
    DayLine,
    Fields,
    Illustration,
    Label,
    Name,
    Note,
    Number,
    PageBreak,
    Paper,
    Paragraph,
    PartyBlock,
    Perforation,
    Picture,
    Profile,
    Run,
    SealPlace,
    SignatureArea,
    SignaturePlace,
    Space,
    Table,
    Title,
)
from mediation_desk.documents.form_grid import FormGrid, GridCell
from mediation_desk.documents.letter_blocks import Enclosures, Imprint, Masthead
from mediation_desk.documents.letter_lines import letter_lines
from mediation_desk.documents.lines import Item, Line, PicturedLines, ems, one_line
from mediation_desk.documents.styles import Role
from mediation_desk.shared.text import canonical

__all__ = ["Item", "Line", "PicturedLines", "file_title", "flow", "footer_number", "one_line", "plain_text"]

_LONGEST_NUMBER = 28
_LONGEST_TITLE = 250  # DOCX allows 255
_PERFORATION = 40  # ems of its own size a perforation may take
_DASH = 1.28  # of them a dash and the space behind it
_LONGEST_LAST_WORDS = 160  # of a paragraph that goes with the names below it
_LONGEST_LABEL = (
    18  # ems a label may take beside the line to sign on; twice as many across a sheet on its side
)


def flow(paper: Paper) -> tuple[Item, ...]:
    """The lines and tables of ``paper``, in order, cleaned for print.

    Raises ``InputError`` if any text holds characters that cannot stand on paper.
    """
    items: list[Item] = []
    for block in paper.blocks:
        last = items[-1] if items else None
        if isinstance(last, Line) and _leads_to(last, block):
            items[-1] = replace(last, keep=True)
        items.extend(_seal(block, paper) if isinstance(block, SealPlace) else _lower(block, paper))
    return tuple(items)


def _leads_to(last: Line, block: Block) -> bool:
    """Whether ``last`` goes with ``block``: a seal, or names, alone on a page could be put under any paper."""
    if isinstance(block, SignatureArea):
        return last.role in (Role.BODY, Role.FLUSH) and len(last.text) <= _LONGEST_LAST_WORDS
    return isinstance(block, SealPlace | DayLine)


def plain_text(paper: Paper) -> str:
    """What the paper says, one paragraph or table row a line."""
    lines: list[str] = []
    for item in flow(paper):
        match item:
            case Line():
                lines.append(item.text)
            case Table():
                lines.append("\t".join(column.title for column in item.columns))
                lines.extend("\t".join(row) for row in item.rows)
            case FormGrid():
                lines.extend(_row_text(row.cells) for row in item.rows)
            case PicturedLines():
                lines.extend(line.text for line in item.lines)
            case Illustration():
                lines.append(item.caption)
            case Fields():
                lines.extend("\t".join(row) for row in item.rows)
            case PageBreak():
                lines.append("")
    return "\n".join(lines) + "\n"


def footer_number(paper: Paper) -> str:
    """The number as the foot of each page repeats it, cut where a mistyped one would run into the page number."""
    number = one_line(paper.heading.number or "")
    return number if len(number) <= _LONGEST_NUMBER else number[:_LONGEST_NUMBER] + "…"


def file_title(paper: Paper) -> str:
    """Form and number for the properties of the file."""
    return one_line(paper.heading.full_title)[:_LONGEST_TITLE]


def _lower(block: Block, paper: Paper) -> Iterator[Item]:
    match block:
        case Note():
            yield _line(Role.NOTE, block.text)
        case Title() | Number() | Label() | Name() | Caption():
            second = isinstance(block, Label) and block.second
            yield _line(Role.SUBLABEL if second else _ROLES[type(block)], block.text, keep=True)
        case Masthead() | Enclosures() | Imprint():
            yield from letter_lines(block)
        case Paragraph():
            yield from _paragraph(block)
        case PartyBlock():
            yield from _party(block)
        case Clause():
            yield from _clause(block)
        case SignatureArea():
            yield from _signatures(block, _LONGEST_LABEL * (2 if paper.landscape else 1))
        case DayLine() | Perforation():
            yield _lone(block)
        case Blank():
            yield from [Line(role=Role.SIGN, runs=(), rule=True, keep=True)] * block.lines
        case _:
            yield _whole(block)


def _lone(block: DayLine | Perforation) -> Line:
    if isinstance(block, DayLine):
        return Line(role=Role.DAY, runs=(Run(text=block.day),), right_indent=4)
    number = one_line(block.number)
    dashes = "— " * max(4, int((_PERFORATION - ems(number)) / 2 / _DASH))
    text = f"{dashes}{number} {dashes}".strip()
    return Line(role=Role.PERFORATION, runs=(Run(text=text),), keep=True)


def _whole(
    block: Table | FormGrid | Card | Picture | Illustration | Space | Fields | PageBreak | SealPlace,
) -> Item:
    match block:
        case Table():
            return _table(block)
        case FormGrid():
            return _form_grid(block)
        case Card():
            return _card(block)
        case Illustration():
            return replace(block, caption=one_line(block.caption), alt=one_line(block.alt))
        case SealPlace():
            raise AssertionError("a seal is placed by the paper it stands on")
        case Fields():
            # Captions are spaced out to one width and days left open for the pen: their blanks are meant.
            rows = tuple((_spaced(caption), _spaced(value)) for caption, value in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


_ROLES = {Title: Role.TITLE, Number: Role.NUMBER, Label: Role.LABEL, Name: Role.NAME, Caption: Role.CAPTION}


def _line(role: Role, text: str, *, keep: bool = False) -> Line:
    return Line(role=role, runs=(Run(text=one_line(text)),), keep=keep)


def _paragraph(block: Paragraph) -> Iterator[Line]:
    """A line feed typed by the user starts a new paragraph."""
    role = Role.BODY if block.indent else Role.FLUSH
    open_runs: list[Run] = []
    for run in block.runs:
        first, *rest = canonical(run.text, "文书内容", longest=1_000_000).replace("\t", " ").split("\n")
        open_runs.append(Run(text=first, strong=run.strong))
        for piece in rest:
            yield Line(role=role, runs=tuple(open_runs), keep=block.keep)
            open_runs = [Run(text=piece, strong=run.strong)]
    yield Line(role=role, runs=tuple(open_runs), keep=block.keep)


def _party(block: PartyBlock) -> Iterator[Line]:
    """A sentence for each row, the first one opening with the party's side in strong type."""
    last = len(block.rows) - 1
    for place, row in enumerate(block.rows):
        (caption, value), *others = [(one_line(caption), one_line(value)) for caption, value in row]
        text = value + "".join(f"，{c}：{v}" if c else f"，{v}" for c, v in others) + "。"
        runs = (Run(text=f"{caption}：", strong=place == 0), Run(text=text))
        yield Line(role=Role.PARTY, runs=runs, keep=place < last)


def _clause(block: Clause) -> Iterator[Line]:
    first, *rest = canonical(block.text, "协议条款", longest=1_000_000).replace("\t", " ").split("\n")
    yield Line(role=Role.BODY, runs=(Run(text=f"{block.number}{first}"),), keep=bool(block.details))
    for piece in rest:
        yield Line(role=Role.BODY, runs=(Run(text=piece),))
    for detail in block.details:
        yield _line(Role.DETAIL, detail)


def _signatures(area: SignatureArea, longest: int) -> Iterator[Line]:
    lines = [line for place in area.places for line in _place(place, longest)]
    for place, line in enumerate(lines, start=1):
        yield replace(line, keep=True) if area.together and place < len(lines) else line


def _place(place: SignaturePlace, longest: int) -> Iterator[Line]:
    """The party's line, then the line to sign on; both on one line where they leave room to sign."""
    sign = f"（{place.act}）："
    party, label = one_line(place.party), one_line(place.by)
    if party and not label and ems(party + sign) <= longest:
        party, label = "", party
    if party:
        yield _line(Role.PLACE, party, keep=True)
    role = Role.SIGN if party or place.nested else Role.PLACE
    if label and ems(label + sign) + (2 if role is Role.SIGN else 0) > longest:
        yield _line(role, label, keep=True)
        role, label = Role.SIGN, ""
    if place.drawn is None:
        yield Line(role=role, runs=(Run(text=label + sign),), rule=True)
        return
    yield Line(role=role, runs=(Run(text=label + sign),), rule=True, keep=True, drawn=place.drawn.png)
    yield _line(Role.NOTE, place.drawn.said)


def _seal(block: SealPlace, paper: Paper) -> Iterator[Line]:
    """The body's name centred over the date, whose end stands four characters from the edge (§6.10)."""
    body, head = one_line(block.body), paper.letterhead
    letter = paper.profile is Profile.LETTER
    name = f"{body}（盖章）" if head.seal_hint and not letter else body
    spare = max(0.0, 4 - max(0.0, (len(name) - len(block.day)) / 2))
    yield Line(
        role=Role.SEAL,
        runs=(Run(text=name),),
        keep=True,
        right_indent=spare,
        circle=head.seal_circle and not letter,
    )
    yield Line(role=Role.DAY, runs=(Run(text=block.day),), right_indent=4)


def _table(block: Table) -> Table:
    rows = tuple(tuple(one_line(cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


def _form_grid(block: FormGrid) -> FormGrid:
    """Lines a user typed stay lines: they become paragraphs of their cell."""
    rows = tuple(
        replace(
            row, cells=tuple(replace(c, text=_cell_text(c.text), foot=_cell_text(c.foot)) for c in row.cells)
        )
        for row in block.rows
    )
    return replace(block, rows=rows)


def _cell_text(text: str) -> str:
    lines = canonical(text, "文书内容", longest=1_000_000).replace("\t", " ").split("\n")
    return "\n".join(line.strip(" ") for line in lines if line.strip())


def _row_text(cells: tuple[GridCell, ...]) -> str:
    """Its words from left to right, then its feet."""
    return "\t".join([cell.text for cell in cells] + [cell.foot for cell in cells if cell.foot])


def _spaced(text: str) -> str:
    return canonical(text, "文书内容", longest=1_000_000).replace("\t", " ").replace("\n", " ")


def _card(block: Card) -> PicturedLines:
    lines = [_line(Role.CARD_NAME, block.name)]
    for caption, value in block.rows:
        head = (Run(text=f"{caption}：", strong=True),) if caption else ()
        lines.append(Line(role=Role.CARD, runs=(*head, Run(text=one_line(value)))))
    return PicturedLines(picture=block.picture, lines=tuple(lines))
