"""调解员名册: the printed register, for the wall (public) or for the drawer (internal)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.documents.content import (
    Column,
    Heading,
    Paper,
    Profile,
    SealPlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.experts.mediator import Mediator, Post
from mediation_desk.shared.dates import cn_date

TITLE = "调解员名册"
UNKNOWN = "—"  # an empty cell looks forgotten
_PUBLIC = (
    Column(title="序号", weight=9),
    Column(title="编号", weight=14),
    Column(title="姓名", weight=24),
    Column(title="性别", weight=9),
    Column(title="所属单位", weight=48, centred=False),
    Column(title="职务", weight=20),
    Column(title="擅长领域", weight=46, centred=False),
    Column(title="等级", weight=25),
    Column(title="语言", weight=27, centred=False),
    Column(title="聘期", weight=36),
)
_INTERNAL = (
    Column(title="序号", weight=8),
    Column(title="编号", weight=12),
    Column(title="姓名", weight=19),
    Column(title="性别", weight=8),
    Column(title="出生日期", weight=23),
    Column(title="身份证号码", weight=32),
    Column(title="电话", weight=21),
    Column(title="住址", weight=26, centred=False),
    Column(title="所属单位", weight=25, centred=False),
    Column(title="职务", weight=13),
    Column(title="擅长领域", weight=19, centred=False),
    Column(title="等级", weight=17),
    Column(title="语言", weight=15, centred=False),
    Column(title="聘期", weight=19),
)


def compose(body: str, mediators: Sequence[Mediator], on: date, *, public: bool = True) -> tuple[Paper, ...]:
    """One landscape table in the order given. ``public``: no identity number, phone, address or day of birth."""
    row = _public_row if public else _internal_row
    note = "" if public else "本册含个人信息，仅限内部使用，不得张贴、外传。"
    blocks = (
        Title(text=f"{body}{TITLE}"),
        paragraph(f"截至{cn_date(on)}，共{len(mediators)}人。{note}", indent=False, keep=True),
        Table(
            columns=_PUBLIC if public else _INTERNAL,
            rows=tuple(
                tuple(cell or UNKNOWN for cell in row(place, mediator, on))
                for place, mediator in enumerate(mediators, start=1)
            ),
        ),
        paragraph(f"以上共{len(mediators)}人。", indent=False),  # a seal never stands on a page alone
        SealPlace(body=body, day=cn_date(on)),
    )
    heading = Heading(form="名册", title=TITLE, dated=on, part="公开" if public else "内部")
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL, landscape=True),)


def _public_row(place: int, mediator: Mediator, on: date) -> tuple[str, ...]:
    card = mediator.card
    return (str(place), card.pool_no, card.name, card.gender, *_office(mediator, on))


def _internal_row(place: int, mediator: Mediator, on: date) -> tuple[str, ...]:
    card = mediator.card
    born = cn_date(card.birth_date) if card.birth_date else ""
    return (
        str(place),
        card.pool_no,
        card.name,
        card.gender,
        born,
        card.id_no or "",
        card.phone or "",
        mediator.address,
        *_office(mediator, on),
    )


def _office(mediator: Mediator, on: date) -> tuple[str, ...]:
    card, grade = mediator.card, mediator.grade_on(on)
    post = "" if mediator.post is Post.MEDIATOR else mediator.post
    return (
        card.organisation,
        "、".join(word for word in (post, card.employment) if word),
        "、".join(card.specialties),
        grade.level if grade else card.grade or "",
        "、".join(card.languages or ("普通话",)),
        _term(mediator),
    )


def _term(mediator: Mediator) -> str:
    begins, ends = mediator.term_from, mediator.term_to
    if begins is None and ends is None:
        return ""
    return f"{_dotted(begins)}至{_dotted(ends)}"


def _dotted(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else "今"
