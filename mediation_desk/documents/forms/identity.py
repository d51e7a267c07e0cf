"""F-06 当事人身份证明: whose papers were seen, and room for their copies (scans are bound in behind it)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Label,
    Number,
    PageBreak,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import agent_title, guardian_title, head_title, representatives
from mediation_desk.documents.forms.signing import by_hand, closing
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.documents.house import house, identity_words
from mediation_desk.parties.model import RESIDENT_ID, Party, PartyKind
from mediation_desk.shared.dates import BLANK_DATE
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "当事人身份证明")
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="当事人、代理人", weight=44, centred=False),
    Column(title="身份", weight=28),
    Column(title="证件", weight=38, centred=False),
    Column(title="号码", weight=50),
    Column(title="核对", weight=14),
)
_TO_PASTE = 4  # more than that come as scans or on sheets of their own


@record
class _Entry:
    """One paper somebody shows; ``card`` where it has two sides to copy."""

    name: str
    role: str
    paper: str
    number: str
    card: bool = False


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.beside.ledger is not None and file.beside.ledger.closed:
        return "台账旧案只有台账的原文，没有当事人身份证明。"
    return None if file.parties else "本案还没有当事人。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet for the case; a box for each identity card unless its scan is on file."""
    title, number = TITLES[file.track], case_number(file)
    entries = [entry for party in file.parties for entry in _entries(file, party)]
    rows = tuple(
        (str(place), one.name, one.role, one.paper, one.number, "□")
        for place, one in enumerate(entries, start=1)
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(file.title, label="案由：", indent=False),
        Table(columns=_COLUMNS, rows=rows),
        *_copies(file, entries),
        paragraph(closing(file, "F-06"), keep=True),
        SignatureArea(places=(by_hand("核对人", act=house("F-06").act),)),
        DayLine(day=BLANK_DATE),
        *_boxes(file, entries),
    )
    heading = Heading(form="F-06", title=title, number=number, dated=file.intake.received_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _entries(file: CaseFile, party: Party) -> Iterator[_Entry]:
    """The party's own papers, then those of whoever acts for it."""
    words = identity_words()
    if party.is_person:
        paper = party.id_type.name if party.id_type else words.person
        yield _Entry(
            name=party.name,
            role=party.side,
            paper=paper,
            number=party.id_no or "",
            card=paper == RESIDENT_ID.name,
        )
    elif party.is_group:
        acting = {member.ref for member in representatives(file, party)}
        for member in file.members_of(party.ref):
            role = f"{party.side}代表人" if member.ref in acting else f"{party.side}成员"
            yield _Entry(
                name=member.name,
                role=role,
                paper=words.person,
                number=member.id_no,
                card=member.ref in acting,
            )
    else:
        yield from _organisation(party)
    if party.guardian is not None:
        yield _Entry(
            name=party.guardian.name,
            role=guardian_title(party.guardian),
            paper=words.person,
            number=party.guardian.id_no,
            card=True,
        )
        yield _Entry(name=party.name, role=party.side, paper=words.minor, number="")
    for agent in party.agents:
        yield _Entry(name=agent.name, role=agent_title(agent), paper=words.agent, number="")


def _organisation(party: Party) -> Iterator[_Entry]:
    words = identity_words()
    paper = {
        PartyKind.SOLE_TRADER: words.sole_trader,
        PartyKind.UNINCORPORATED: words.unincorporated,
    }.get(party.kind, words.company)
    yield _Entry(name=party.name, role=party.side, paper=paper, number=party.uscc or "")
    if party.operator is not None:
        yield _Entry(
            name=party.operator.name,
            role=head_title(party),
            paper=words.person,
            number=party.operator.id_no,
            card=True,
        )
    elif party.legal_representative is not None:
        yield _Entry(
            name=party.legal_representative.name,
            role=head_title(party),
            paper=words.person,
            number="",
            card=True,
        )


def _scanned(file: CaseFile) -> int:
    """Pages of identity papers on file."""
    return sum(one.pages for one in file.beside.scans if one.stands and one.kind is ScanKind.IDENTITY)


def _cards(file: CaseFile, entries: list[_Entry]) -> list[_Entry]:
    cards = [entry for entry in entries if entry.card]
    return cards if not _scanned(file) and len(cards) <= _TO_PASTE else []


def _copies(file: CaseFile, entries: list[_Entry]) -> tuple[Block, ...]:
    """Where the copies are."""
    pages = _scanned(file)
    if pages:
        return (paragraph(f"证件的扫描件共{pages}页，附后。", label="复印件："),)
    rest = "其余证件的复印件按上表次序附后" if _cards(file, entries) else "证件的复印件按上表次序附后"
    return (paragraph(f"{rest}，共＿＿页。", label="复印件："),)


def _boxes(file: CaseFile, entries: list[_Entry]) -> tuple[Block, ...]:
    """A place to paste both sides of each card, life size (85.6 × 54 mm is an identity card), two to a page."""
    cards = _cards(file, entries)
    blocks: list[Block] = []
    for place, one in enumerate(cards):
        if place % 3 == 0:
            blocks += [PageBreak(), Label(text="证件复印件粘贴处")]
        blocks.append(
            FormGrid(
                columns=(1, 1),
                rows=(
                    row(caption(f"{one.role}　{one.name}　{one.paper}", span=2)),
                    row(value(foot="正面"), value(foot="反面"), height=60),
                ),
            )
        )
    return tuple(blocks)


FORM = Form(key="identity", code="F-06", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose)
