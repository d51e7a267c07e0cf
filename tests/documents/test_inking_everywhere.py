"""Every form of every shared case: as many places as there are to sign on the paper, on the right pages, by name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper, Profile, SealPlace, SignatureArea, Table
from mediation_desk.documents.flow import Line, flow
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.inking import places_of
from mediation_desk.documents.registry import available
from mediation_desk.documents.service import compose, render
from mediation_desk.interchange.reader import read_case
from tests.documents.reading import pdf_pages
from tests.shared_cases import FILES, needs_cases

_FEET = re.compile(r"签名：|签名或者盖章：|签收人：|送达日期：")
_OPEN_CELLS = re.compile(r"签名：|^　*年　+月　+日$")


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_every_place_to_sign_is_found_on_its_page_under_the_bare_name(path: Path) -> None:
    file = read_case(path.read_bytes())
    wrong = [
        f"{form.key} {paper.heading.part}: {fault}"
        for form in available(file)
        for paper in compose(file, form.key, NOTHING)
        for fault in faults(file, paper)
    ]
    assert wrong == []


def faults(file: CaseFile, paper: Paper) -> list[str]:
    """What is wrong with the places of a paper."""
    pdf = render(paper, "pdf")
    places = places_of(paper, pdf)
    pages = ["".join(text.split()) for text in pdf_pages(pdf)]
    signing = [one for one in places if one.kind is InkKind.SIGNATURE]
    found = []
    if len(signing) + instead(paper) != lines_to_sign(paper):
        found.append(f"{len(signing)} + {instead(paper)} places of {lines_to_sign(paper)}")
    seals, printed = sum(one.kind is InkKind.SEAL for one in places), printed_seals(paper, pages)
    if seals != printed:
        found.append(f"{seals} seals of {printed}")
    found += [f"{one.hand} is not on page {one.page}" for one in places if not stands(file, one, pages)]
    found += [f"{hand} is called by a role" for one in places for hand in one.hands if in_role(file, hand)]
    return found + misplaced(paper, places, pages)


def printed_seals(paper: Paper, pages: list[str]) -> int:
    """（盖章） as it is printed; a letter bears the name of the body alone."""
    if paper.profile is Profile.LETTER:
        return sum(isinstance(block, SealPlace) for block in paper.blocks)
    return "".join(pages).count("（盖章）")


def instead(paper: Paper) -> int:
    """Lines that only say who else may sign."""
    areas = (place for block in paper.blocks if isinstance(block, SignatureArea) for place in block.places)
    cells = (
        cell
        for block in paper.blocks
        if isinstance(block, FormGrid)
        for row in block.rows
        for cell in row.cells
    )
    return sum(place.either for place in areas) + sum(cell.either for cell in cells)


def lines_to_sign(paper: Paper) -> int:
    """Counted off what is printed, line by line and cell by cell."""
    return sum(in_item(item) for item in flow(paper))


def in_item(item: object) -> int:
    match item:
        case Line():
            return item.rule and item.text.endswith("）：")
        case FormGrid():
            return in_grid(item)
        case Table():
            return in_table(item)
    return 0


def in_grid(grid: FormGrid) -> int:
    """Feet to sign at, and empty cells or dates behind a caption that calls a hand."""
    count = 0
    for row in grid.rows:
        title = ""
        for cell in row.cells:
            if cell.caption:
                title = cell.text
            elif _FEET.search(cell.foot) or (title.endswith("人") and not cell.text and title in _CALLED):
                count += 1
    return count


_CALLED = ("签发人", "经办人", "立卷人", "检查人")


def in_table(table: Table) -> int:
    titles = [column.title for column in table.columns]
    column = next((place for place, title in enumerate(titles) if title.startswith("签名")), None)
    if column is None:
        return 0
    if titles[-1] == "签名并按指印":
        return len(table.rows)
    return sum(bool(_OPEN_CELLS.search(row[column])) for row in table.rows)


def stands(file: CaseFile, one: InkPlace, pages: list[str]) -> bool:
    """Whether the page shows the hand or whom it signs for."""
    if not one.page or one.hands == ("调解组织",):
        return True
    names = (*one.hands, file.name_of(one.ref)) if one.ref else one.hands
    shown = pages[: one.page] if one.key.startswith("r") and not one.ref else pages[one.page - 1 : one.page]
    text = "".join(shown)  # a name at the head of a table is signed at its foot, perhaps overleaf
    return any("".join(name.split()).removesuffix("人") in text for name in names) and (
        one.ref != ""
        or not one.key.startswith("r")
        or re.search("签|立卷人", pages[one.page - 1]) is not None
    )


def in_role(file: CaseFile, hand: str) -> bool:
    """Whether a name on file hides behind a title: the same human would stand in the tray under two names."""
    people = [party.name for party in file.parties if party.is_person]
    people += [one.name for one in file.mediators] + [file.intake.registrar]
    people += [file.recorder.name] if file.recorder else []
    people += [agent.name for party in file.parties for agent in party.agents]
    return any(name and name in hand and name != hand for name in people)


def misplaced(paper: Paper, places: tuple[InkPlace, ...], pages: list[str]) -> list[str]:
    """Lines to sign, page by page: as many as the pages show."""
    lines = [
        item.text
        for item in flow(paper)
        if isinstance(item, Line) and item.rule and item.text.endswith("）：")
    ]
    acts = {line[line.rindex("（") :] for line in lines}
    shown = {
        page: sum(text.count("".join(act.split())) for act in acts) for page, text in enumerate(pages, 1)
    }
    if sum(shown.values()) != len(lines) or instead(paper):
        return []  # the words stand in the text too, or two lines are one place
    counted = Counter(
        one.page for one in places if one.kind is InkKind.SIGNATURE and not one.key.startswith("r")
    )
    return [
        f"page {page}: {counted[page]} of {count}" for page, count in shown.items() if counted[page] != count
    ]
