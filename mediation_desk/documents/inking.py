"""Where a paper waits for hands: read off its content model, page by page off its PDF (§2.2, §2.3).

The walk that lists the places is also the one that puts drawn names on them, so both count alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mediation_desk.cases.ink.place import ON_ROLL, InkKind, InkPlace
from mediation_desk.documents.content import (
    Block,
    DrawnHand,
    Paper,
    Profile,
    SealPlace,
    SignatureArea,
    SignaturePlace,
    Table,
)
from mediation_desk.documents.flow import one_line
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.shared.assets import built
from mediation_desk.shared.pdfium import PDFIUM
from mediation_desk.shared.record import record

BODY = "ORG"
_STAMPED = "（盖章）"
_ROLL = -2  # in place of the number of a place: a row of a roll
_NAME, _SIGN, _DATE = "姓名", "签名", "年月日"
_BODY = "调解组织"  # where a paper wants its seal and does not name it


@record
class _Spot:
    """A place before its page is known: ``needles`` are what reads there, one behind the other, without blanks."""

    kinds: tuple[InkKind, ...]
    hands: tuple[str, ...]
    ref: str
    needles: tuple[str, ...]
    at: tuple[int, int]  # which block, which place in it


def places_of(paper: Paper, pdf: bytes) -> tuple[InkPlace, ...]:
    """Every place of ``paper``, in its order; ``pdf`` is the paper as printed."""
    spots = tuple(_spots(paper))
    if not spots:
        return ()
    texts = _page_texts(pdf)
    found, cursor = [], (0, 0)
    for spot in spots:
        for needle in spot.needles:
            cursor = _sought(texts, needle, cursor)
        found += [(kind, spot, cursor[0] + 1) for kind in spot.kinds]
    places = [
        InkPlace(key=_key(spot, number), page=page, kind=kind, hands=spot.hands, ref=spot.ref)
        for number, (kind, spot, page) in enumerate(found, start=1)
    ]
    lines = ["".join(spot.needles) for _kind, spot, _page in found]
    return (*places, *built("ink", lambda data: _over_pages(data, paper, places, lines, len(texts))))


def with_hands(paper: Paper, drawn: Mapping[str, DrawnHand]) -> Paper:
    """The paper with drawn names at the places with these keys; its mark, and so its version, stays."""
    blocks = list(paper.blocks)
    number = 0
    for spot in _spots(paper):
        for kind in spot.kinds:
            number += 1
            hand = drawn.get(str(number))
            if hand is None or kind is not InkKind.SIGNATURE or spot.at[1] < 0:
                continue
            area = blocks[spot.at[0]]
            if isinstance(area, SignatureArea):
                places = list(area.places)
                places[spot.at[1]] = replace(places[spot.at[1]], drawn=hand)
                blocks[spot.at[0]] = replace(area, places=tuple(places))
    return replace(paper, blocks=tuple(blocks))


def _key(spot: _Spot, number: int) -> str:
    return f"{ON_ROLL if spot.at[1] == _ROLL else ''}{number}"


def _spots(paper: Paper) -> Iterator[_Spot]:
    hint = _STAMPED if paper.letterhead.seal_hint and paper.profile is not Profile.LETTER else ""
    for number, block in enumerate(paper.blocks):
        yield from _of_block(block, number, hint)


def _of_block(block: Block, number: int, hint: str) -> Iterator[_Spot]:
    match block:
        case SignatureArea():
            yield from _of_area(block, number)
        case SealPlace():
            body, needle = one_line(block.body), _bare(f"{block.body}{hint}{block.day}")
            yield _Spot(kinds=(InkKind.SEAL,), hands=(body,), ref=BODY, needles=(needle,), at=(number, -1))
        case Table():
            yield from _of_table(block, number)
        case FormGrid():
            yield from _of_grid(block, number)


def _of_area(area: SignatureArea, number: int) -> Iterator[_Spot]:
    """A place for whoever may sign instead belongs to the place before: one of the two is enough."""
    held: _Spot | None = None
    for line, place in enumerate(area.places):
        spot = _of_place(place, (number, line))
        if place.either and held is not None:
            held = replace(held, hands=(*held.hands, *(one for one in spot.hands if one not in held.hands)))
            continue
        if held is not None:
            yield from _with_stamp(held, area)
        held = spot
    if held is not None:
        yield from _with_stamp(held, area)


def _with_stamp(spot: _Spot, area: SignatureArea) -> Iterator[_Spot]:
    """A company also puts its seal there."""
    yield spot
    party = area.places[spot.at[1]].party
    if party.endswith(_STAMPED):
        name = one_line(party.removesuffix(_STAMPED)).split("：", 1)[-1]
        yield replace(spot, kinds=(InkKind.SEAL,), hands=(name,))


def _of_place(place: SignaturePlace, at: tuple[int, int]) -> _Spot:
    party, by = one_line(place.party), one_line(place.by)
    who = place.hands or (by or party.removesuffix(_STAMPED).split("：", 1)[-1] or place.act,)
    kinds = (InkKind.SIGNATURE, InkKind.FINGERPRINT) if "指印" in place.act else (InkKind.SIGNATURE,)
    return _Spot(
        kinds=kinds, hands=who, ref=place.ref, needles=(_bare(f"{party}{by}（{place.act}）："),), at=at
    )


def _of_table(table: Table, number: int) -> Iterator[_Spot]:
    """A roll in which everybody signs in the last column, or a table with a column to sign in where a cell is open."""
    titles = [column.title for column in table.columns]
    signing = next((place for place, title in enumerate(titles) if title.startswith(_SIGN)), -1)
    if not table.tall or signing < 0:
        return
    roll = _NAME in titles and signing == len(titles) - 1
    column = titles.index(_NAME) if roll else 0
    kinds = (InkKind.SIGNATURE, InkKind.FINGERPRINT) if "指印" in titles[signing] else (InkKind.SIGNATURE,)
    for line, row in enumerate(table.rows):
        if roll or _open(row[signing]):
            ref = table.refs[line] if line < len(table.refs) else ""
            hands = table.hands[line] if line < len(table.hands) else (one_line(row[column]),)
            needles = (_bare("".join(row[: column + 1])),)
            yield _Spot(kinds=kinds, hands=hands, ref=ref, needles=needles, at=(number, _ROLL))


def _of_grid(grid: FormGrid, number: int) -> Iterator[_Spot]:
    """Cells to sign in, each behind its caption; one for whoever may sign instead belongs to the cell before."""
    held: _Spot | None = None
    for row in grid.rows:
        title = ""
        for cell in row.cells:
            title = _bare(cell.text) if cell.caption else title
            if not cell.hands:
                continue
            if cell.either and held is not None:
                held = replace(held, hands=(*held.hands, *cell.hands))
                continue
            if held is not None:
                yield from _of_cell(held)
            needles = tuple(filter(None, (title, _bare(cell.foot))))
            kinds = (InkKind.SIGNATURE,)
            held = _Spot(kinds=kinds, hands=cell.hands, ref="", needles=needles, at=(number, _ROLL))
    if held is not None:
        yield from _of_cell(held)


def _of_cell(spot: _Spot) -> Iterator[_Spot]:
    """The body may have to put its seal beside the name."""
    if _STAMPED in spot.needles[-1]:
        yield replace(spot, kinds=(InkKind.SEAL,), hands=(_BODY,), ref=BODY)
        yield replace(spot, needles=())  # on the same line
    else:
        yield spot


def _open(text: str) -> bool:
    """Whether a cell still waits for the pen."""
    return _SIGN in text or _DATE in _bare(text)


def _over_pages(
    data: Mapping[str, Any], paper: Paper, places: list[InkPlace], lines: list[str], pages: int
) -> tuple[InkPlace, ...]:
    """What the rules of the centre want on every page, or over the edges of all."""
    code, found = paper.heading.form, []
    if code in data["edge_seal"]["forms"] and pages > 1:
        bodies = [block.body for block in paper.blocks if isinstance(block, SealPlace)]
        body = one_line(bodies[0]) if bodies else _BODY
        found.append(InkPlace(key="q", page=0, kind=InkKind.EDGE_SEAL, hands=(body,), ref=BODY))
    if code in data["each_page"]["forms"]:
        title = str(data["each_page"]["hand"])
        signer = next((one for one, line in zip(places, lines, strict=True) if title in line), None)
        hands = signer.hands if signer is not None else (title,)
        last = signer.page if signer is not None else 0
        found += [
            InkPlace(key=f"m{page}", page=page, kind=InkKind.EACH_PAGE, hands=hands)
            for page in range(1, pages + 1)
            if page != last
        ]
    return tuple(found)


def _sought(texts: list[str], needle: str, cursor: tuple[int, int]) -> tuple[int, int]:
    """Page and end of the next place that reads so; where none does, the place before."""
    page, start = cursor
    for number in range(page, len(texts)):
        at = texts[number].find(needle, start if number == page else 0)
        if at >= 0:
            return number, at + len(needle)
    return cursor


def _bare(text: str) -> str:
    return "".join(one_line(text).split())


def _page_texts(pdf: bytes) -> list[str]:
    from pypdfium2 import PdfDocument  # loaded late: only printing needs it

    texts = []
    with PDFIUM:
        document = PdfDocument(pdf)
        for page in document:
            text_page = page.get_textpage()
            texts.append("".join(text_page.get_text_bounded().split()))
            text_page.close()
            page.close()
        document.close()
    return texts
