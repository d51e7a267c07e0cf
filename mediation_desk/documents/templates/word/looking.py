"""What fields a document holds, and where."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as Draft

from mediation_desk.documents.templates.grammar import fields_in, stray_braces
from mediation_desk.documents.templates.word.opened import Element, Spot, spots, stories, text_of
from mediation_desk.shared.record import record

_AROUND = 12


@record
class Placed:
    """A field and the place it stands in; ``text`` is its paragraph, shortened."""

    name: str
    place: str
    text: str


def placed_fields(draft: Draft) -> tuple[Placed, ...]:
    """Every field, in order."""
    return tuple(
        Placed(name=found.name, place=spot.place, text=_short(text))
        for spot, text in _texts(draft)
        for found in fields_in(text)
    )


def lone_braces(draft: Draft) -> tuple[str, ...]:
    """A sentence for each paragraph with a brace that opens or closes nothing."""
    return tuple(
        f"{spot.place}有没有配对的花括号：“{_near(text, strays[0])}”"
        for spot, text in _texts(draft)
        if (strays := stray_braces(text))
    )


def mixed_rows(draft: Draft) -> tuple[str, ...]:
    """A sentence for each row or paragraph that would have to repeat for two lists at once."""
    rows: dict[Element, tuple[str, set[str]]] = {}
    for spot, text in _texts(draft):
        names = {found.list_name for found in fields_in(text) if found.list_name}
        owner = spot.row if spot.row is not None else spot.paragraph
        rows.setdefault(owner, (spot.place, set()))[1].update(names)
    return tuple(
        f"{place}同时有{'、'.join(f'“{name}”' for name in sorted(names))}，一行只能放一种列表"
        for place, names in rows.values()
        if len(names) > 1
    )


def _texts(draft: Draft) -> Iterator[tuple[Spot, str]]:
    for story in stories(draft):
        for spot in spots(story):
            yield spot, text_of(spot.paragraph)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


def _near(text: str, place: int) -> str:
    return text[max(0, place - _AROUND) : place + _AROUND].strip()
