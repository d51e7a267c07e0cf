"""From blocks to lines of text: lowers a paper to the few things a renderer knows, so both print the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mediation_desk.documents.content import (
    Blank,
    Block,
    Card,
    Clause,
    Code,
    DayLine,
    Fields,
    Label,
    Name,
    Note,
    Number,
    PageBreak,
    Paper,
    Paragraph,
    PartyBlock,
    Picture,
    Run,
    SealPlace,
    SignatureArea,
    SignaturePlace,
    Space,
    Table,
    Title,
)
from mediation_desk.documents.styles import Role
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST_NUMBER = 28
_LONGEST_TITLE = 250  # DOCX allows 255
_LONGEST_LABEL = 18  # ems a label may take beside the line to sign on


@record
class Line:
    """One paragraph as printed. ``rule`` draws a line to sign on, from the words to near the right edge."""

    role: Role
    runs: tuple[Run, ...]
    rule: bool = False
    keep: bool = False
    right_indent: float = 0

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@record
class PicturedLines:
    """A portrait or code with lines beside it, inside one frame."""

    picture: Picture | Code
    lines: tuple[Line, ...]


Item = Line | Table | Picture | PicturedLines | Space | Fields | PageBreak


def flow(paper: Paper) -> tuple[Item, ...]:
    """The lines and tables of ``paper``, in order, cleaned for print.

    Raises ``InputError`` if any text holds characters that cannot stand on paper.
    """
    items: list[Item] = []
    for block in paper.blocks:
        last = items[-1] if items else None
        if isinstance(block, SealPlace | DayLine) and isinstance(last, Line):
            items[-1] = replace(last, keep=True)  # a seal alone on a page could be put under any paper
        items.extend(_lower(block))
    return tuple(items)


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
            case PicturedLines():
                lines.extend(line.text for line in item.lines)
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


def one_line(text: str) -> str:
    """``text`` checked and on one line, for names and cells."""
    return " ".join(canonical(text, "文书内容", longest=1_000_000).split())


def _lower(block: Block) -> Iterator[Item]:
    match block:
        case Note():
            yield _line(Role.NOTE, block.text)
        case Title() | Number() | Label() | Name():
            yield _line(_ROLES[type(block)], block.text, keep=True)
        case Paragraph():
            yield from _paragraph(block)
        case PartyBlock():
            yield from _party(block)
        case Clause():
            yield from _clause(block)
        case SignatureArea():
            yield from _signatures(block)
        case SealPlace():
            yield from _seal(block)
        case DayLine():
            yield Line(role=Role.DAY, runs=(Run(text=block.day),), right_indent=4)
        case Blank():
            yield from [Line(role=Role.SIGN, runs=(), rule=True, keep=True)] * block.lines
        case _:
            yield _whole(block)


def _whole(block: Table | Card | Picture | Space | Fields | PageBreak) -> Item:
    match block:
        case Table():
            return _table(block)
        case Card():
            return _card(block)
        case Fields():
            # Captions are spaced out to one width and days left open for the pen: their blanks are meant.
            rows = tuple((_spaced(caption), _spaced(value)) for caption, value in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


_ROLES = {Title: Role.TITLE, Number: Role.NUMBER, Label: Role.LABEL, Name: Role.NAME}


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


def _ems(text: str) -> float:
    """Rough width in characters: Latin letters and digits take about half of one."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def _clause(block: Clause) -> Iterator[Line]:
    first, *rest = canonical(block.text, "协议条款", longest=1_000_000).replace("\t", " ").split("\n")
    yield Line(role=Role.BODY, runs=(Run(text=f"{block.number}{first}"),), keep=bool(block.details))
    for piece in rest:
        yield Line(role=Role.BODY, runs=(Run(text=piece),))
    for detail in block.details:
        yield _line(Role.DETAIL, detail)


def _signatures(area: SignatureArea) -> Iterator[Line]:
    lines = [line for place in area.places for line in _place(place)]
    for place, line in enumerate(lines, start=1):
        yield replace(line, keep=True) if area.together and place < len(lines) else line


def _place(place: SignaturePlace) -> Iterator[Line]:
    """The party's line, then the line to sign on; both on one line where they leave room to sign."""
    sign = f"（{place.act}）："
    party, label = one_line(place.party), one_line(place.by)
    if party and not label and _ems(party + sign) <= _LONGEST_LABEL:
        party, label = "", party
    if party:
        yield _line(Role.PLACE, party, keep=True)
    role = Role.SIGN if party or place.nested else Role.PLACE
    if label and _ems(label + sign) + (2 if role is Role.SIGN else 0) > _LONGEST_LABEL:
        yield _line(role, label, keep=True)
        role, label = Role.SIGN, ""
    yield Line(role=role, runs=(Run(text=label + sign),), rule=True)


def _seal(block: SealPlace) -> Iterator[Line]:
    """The body's name centred over the date, whose end stands four characters from the edge (§6.10)."""
    body = one_line(block.body)
    name = f"{body}（盖章）"
    spare = max(0.0, 4 - max(0.0, (len(name) - len(block.day)) / 2))
    yield Line(role=Role.SEAL, runs=(Run(text=name),), keep=True, right_indent=spare)
    yield Line(role=Role.DAY, runs=(Run(text=block.day),), right_indent=4)


def _table(block: Table) -> Table:
    rows = tuple(tuple(one_line(cell) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


def _spaced(text: str) -> str:
    return canonical(text, "文书内容", longest=1_000_000).replace("\t", " ").replace("\n", " ")


def _card(block: Card) -> PicturedLines:
    lines = [_line(Role.CARD_NAME, block.name)]
    for caption, value in block.rows:
        head = (Run(text=f"{caption}：", strong=True),) if caption else ()
        lines.append(Line(role=Role.CARD, runs=(*head, Run(text=one_line(value)))))
    return PicturedLines(picture=block.picture, lines=tuple(lines))
