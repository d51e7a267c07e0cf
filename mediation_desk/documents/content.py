"""What a paper says, without a word about how it looks: the one source of its DOCX and its PDF."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.letter_blocks import Enclosures, Imprint, Masthead
from mediation_desk.documents.letterhead import PLAIN, Letterhead
from mediation_desk.shared.record import record


class Profile(StrEnum):
    """Size of the running text (§2.3): 三号 for agreements, 四号 for notices and registers, 小四 beside tables.

    小二 is for what hangs on a wall, 公文 for letters, set as GB/T 9704 asks (§6.10), 封面 for the outside of a volume.
    """

    LARGE = "三号"
    SMALL = "四号"
    DENSE = "小四"
    POSTER = "小二"
    LETTER = "公文"
    COVER = "封面"


@record
class Mark:
    """Which printed paper a page belongs to: the ``no``-th paper (from 1) of ``form`` in a case, and its wording.

    ``version`` changes with every word; a scan of the page finds the way back by it.
    """

    case_key: str
    form: str
    no: int
    version: str


@record
class Heading:
    """Metadata of a paper; becomes the file's properties, so it never holds a person's name."""

    form: str
    title: str
    number: str | None = None
    dated: date | None = None
    part: str = ""

    @property
    def full_title(self) -> str:
        """``人民调解协议书 （2026）安和人调字第31号``."""
        return " ".join(part for part in (self.title, self.number, self.part) if part)


@record
class Title:
    """Name of the paper, centred."""

    text: str


@record
class Number:
    """Number of the paper, right-aligned under the title."""

    text: str


@record
class Label:
    """A line that names the section below it; ``second`` is one of a section within a section (（一）)."""

    text: str
    second: bool = False


@record
class Note:
    """Fine print: a text that must be there and that few will read on paper."""

    text: str


@record
class Run:
    """A stretch of text; ``strong`` is set in the heading face."""

    text: str
    strong: bool = False


@record
class Paragraph:
    """Running text. ``keep`` keeps it on the page of what follows."""

    runs: tuple[Run, ...]
    indent: bool = True
    keep: bool = False


@record
class PartyBlock:
    """Who a party is (§2.2): ``rows`` of ``(caption, value)``, each a sentence; the first names side and party.

    A value may go without caption where it explains itself (女，汉族).
    """

    rows: tuple[tuple[tuple[str, str], ...], ...]


@record
class Clause:
    """A numbered clause with its sub-lines (instalments)."""

    number: str
    text: str
    details: tuple[str, ...] = ()


@record
class DrawnHand:
    """A name drawn on a screen: its picture (PNG), and the line beneath that says when, bound to what, and no more."""

    png: bytes
    said: str


@record
class SignaturePlace:
    """One place to sign: who (``party``, may be empty), ``by`` whose hand, and what is done there (``act``).

    ``nested`` puts it under the place before: a second person signing for the same party; ``either`` says that one
    of the two is enough. ``ref`` and ``hands`` (names) say the same to the tray of papers to sign. ``drawn`` is the
    name as it was drawn on a screen, in the variant of the paper that shows it.
    """

    party: str = ""
    by: str = ""
    act: str = "签名"
    nested: bool = False
    either: bool = False
    ref: str = ""
    hands: tuple[str, ...] = ()
    drawn: DrawnHand | None = None


@record
class SignatureArea:
    """All places, in order, kept together one by one; ``together`` keeps all of them on one page."""

    places: tuple[SignaturePlace, ...]
    together: bool = False


@record
class Blank:
    """Empty lines to write on by hand."""

    lines: int = 1


@record
class SealPlace:
    """Where the body puts its seal, and the day."""

    body: str
    day: str


@record
class DayLine:
    """The day alone at the right, where no seal goes with it."""

    day: str


@record
class Column:
    """A column of a table; ``weight`` is its share of the width."""

    title: str
    weight: float
    centred: bool = True


@record
class Table:
    """A table whose header row is repeated on each page.

    ``tall`` leaves room to sign in its cells, ``fine`` sets it in small type; one that is ``whole`` is kept
    on one page, together with the caption above it, where a page has room for it. ``refs`` say who each row is about
    where people sign in it, ``hands`` the names any one of whom may sign there.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: bool = False
    fine: bool = False
    whole: bool = False
    refs: tuple[str, ...] = ()
    hands: tuple[tuple[str, ...], ...] = ()


@record
class Picture:
    """A portrait (JPEG), ``height`` millimetres high, cropped to the 5 : 7 of an identity photo."""

    jpeg: bytes
    height: float


@record
class Caption:
    """Number and name of the table below it (表1 …), centred."""

    text: str


@record
class Illustration:
    """A drawing (PNG), ``width`` millimetres wide, with its number and name below, both on one page.

    ``alt`` says in words what it shows, for who cannot see it.
    """

    png: bytes
    width: float
    caption: str
    alt: str


@record
class Perforation:
    """The line along which a notice is torn from its stub; ``number`` stands across it, so that both halves show it."""

    number: str


@record
class Code:
    """A QR code of ``text`` alone, ``height`` millimetres square; the words beside it must say the same."""

    text: str
    height: float


@record
class Name:
    """Name of a person in large type."""

    text: str


@record
class Card:
    """A portrait or code beside a name in large type and ``rows`` of ``(caption, value)``, all on one page."""

    picture: Picture | Code
    name: str
    rows: tuple[tuple[str, str], ...]


@record
class Space:
    """White, ``height`` millimetres high."""

    height: float


@record
class Fields:
    """A form to be filled in: ``rows`` of ``(caption, value)`` in a frame, each at least ``height`` millimetres high.

    An empty value stays open for the pen.
    """

    rows: tuple[tuple[str, str], ...]
    height: float = 12


@record
class PageBreak:
    """What follows starts on a new page (an annex)."""


Block = (
    Title
    | Number
    | Label
    | Masthead
    | Enclosures
    | Imprint
    | Note
    | Paragraph
    | PartyBlock
    | Clause
    | SignatureArea
    | SealPlace
    | DayLine
    | Perforation
    | Blank
    | Table
    | FormGrid
    | Picture
    | Caption
    | Illustration
    | Name
    | Card
    | Space
    | Fields
    | PageBreak
)


@record
class Template:
    """A clerk's template: the number of its version, and the .docx."""

    id: int
    docx: bytes


@record
class Filled:
    """A template with the words of one paper in it; ``template`` is the number of its version."""

    docx: bytes
    template: int


@record
class Paper:
    """One paper, ready to be rendered on the ``letterhead`` of its body; ``mark`` stands as a code on each page.

    One made with a clerk's template carries it ``filled``; its blocks then hold the same words without a layout.
    ``each_page`` stands at the foot of each page, before a line to sign on.
    Covers and catalogues of a volume bear no page numbers: they are not ``numbered``.
    ``anchor`` tells at the foot how far the audit trail had come, ``across`` stands light across every page; neither
    is a word of the paper.
    """

    heading: Heading
    blocks: tuple[Block, ...]
    profile: Profile = Profile.LARGE
    landscape: bool = False
    mark: Mark | None = None
    each_page: str = ""
    letterhead: Letterhead = PLAIN
    filled: Filled | None = None
    numbered: bool = True
    anchor: str = ""
    across: str = ""


def paragraph(text: str, *, label: str = "", indent: bool = True, keep: bool = False) -> Paragraph:
    """Running text after an optional strong ``label``."""
    head = (Run(text=label, strong=True),) if label else ()
    return Paragraph(runs=(*head, Run(text=text)), indent=indent, keep=keep)
