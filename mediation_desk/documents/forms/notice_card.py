"""调解员公示卡: what hangs on the wall about a mediator: public fields only (§5.1 last row)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mediation_desk.documents.content import (
    Block,
    Card,
    DayLine,
    Heading,
    Name,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Profile,
    Title,
    paragraph,
)
from mediation_desk.experts.mediator import PublicCard
from mediation_desk.shared.assets import read_bytes
from mediation_desk.shared.dates import cn_date

TITLE = "调解员公示卡"
_SMALL_PHOTO, _BIG_PHOTO = 44.0, 84.0  # millimetres
_LONGEST = 120  # of one line on a small card: four must fit on a page
_PLACEHOLDER = "pictures/portrait.jpg"


def compose(
    body: str, cards: Sequence[PublicCard], photos: Mapping[str, bytes], on: date, *, big: bool = False
) -> tuple[Paper, ...]:
    """Up to four cards to a page, or ``big``: a page for each; a quiet outline where there is no photo."""
    blocks = _big(body, cards, photos, on) if big else _small(body, cards, photos, on)
    heading = Heading(form="公示卡", title=TITLE, dated=on)
    profile = Profile.POSTER if big else Profile.DENSE
    return (Paper(heading=heading, blocks=tuple(blocks), profile=profile),)


def _small(body: str, cards: Sequence[PublicCard], photos: Mapping[str, bytes], on: date) -> Iterator[Block]:
    yield Title(text=TITLE)
    for card in cards:
        rows = tuple((caption, _cut(value)) for caption, value in _rows(card))
        yield Card(picture=_photo(card, photos, _SMALL_PHOTO), name=card.name, rows=rows)
    yield DayLine(day=f"{body}　{cn_date(on)}")


def _big(body: str, cards: Sequence[PublicCard], photos: Mapping[str, bytes], on: date) -> Iterator[Block]:
    for place, card in enumerate(cards):
        if place:
            yield PageBreak()
        yield Title(text=TITLE)
        yield _photo(card, photos, _BIG_PHOTO)
        yield Name(text=card.name)
        for caption, value in _rows(card):
            yield paragraph(value, label=f"{caption}：" if caption else "", indent=False)
        yield Paragraph(runs=(), indent=False)
        yield DayLine(day=body)
        yield DayLine(day=cn_date(on))


def _rows(card: PublicCard) -> Iterator[tuple[str, str]]:
    yield "单位", card.organisation
    if card.specialties:
        yield "擅长", "、".join(card.specialties)
    if card.years or card.grade:
        years = f"从业{card.years}年" if card.years else ""
        yield "资历", "，".join(word for word in (years, card.grade) if word)
    yield "语言", "、".join(card.languages)
    if card.introduction:
        yield "简介", card.introduction


def _photo(card: PublicCard, photos: Mapping[str, bytes], height: float) -> Picture:
    return Picture(jpeg=photos.get(card.pool_no) or read_bytes(_PLACEHOLDER), height=height)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
