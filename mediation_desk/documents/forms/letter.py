"""The frame of an official letter (函): a form gives its words, the rest is as GB/T 9704 asks (§6.10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Heading, Paper, Profile, Title, paragraph
from mediation_desk.documents.forms.signing import seal
from mediation_desk.documents.letter_blocks import Enclosures, Imprint, Masthead
from mediation_desk.documents.letterhead import letterhead_of
from mediation_desk.shared.dates import cn_date, cn_date_or_blank


def letter(
    file: CaseFile,
    *,
    heading: Heading,
    to: str,
    words: Sequence[Block],
    day: date | None,
    enclosed: Sequence[str] = (),
    remark: str = "",
    copies_to: Sequence[str] = (),
    serial: str = "",
) -> Paper:
    """The letter of the case's body to ``to``, who is written flush left with a full-width colon.

    ``serial`` is the number within the year; without one, room is left to write it. ``remark`` stands in brackets
    under the date, ``copies_to`` in the imprint at the foot.
    """
    head = letterhead_of(file.organisation)
    blocks: tuple[Block, ...] = (
        Masthead(name=head.masthead, number=_number(head.code, day or heading.dated, serial)),
        Title(text=heading.title),
        paragraph(f"{to}：", indent=False),
        *words,
        *((Enclosures(names=tuple(enclosed)),) if enclosed else ()),
        seal(file, day),
        *((paragraph(f"（{remark}）"),) if remark else ()),
        Imprint(
            copies_to=tuple(copies_to),
            issuer=head.issuer,
            day=cn_date(day) if day else cn_date_or_blank(None),
        ),
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.LETTER, letterhead=head)


def _number(code: str, day: date | None, serial: str) -> str:
    """``清平人调函〔2026〕5号``: no 第, no leading zero; nothing where the body has no code."""
    if not code:
        return ""
    year = str(day.year) if day else "　　"
    return f"{code}〔{year}〕{serial or '　　'}号"
