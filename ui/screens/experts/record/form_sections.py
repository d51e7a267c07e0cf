"""The sections of the record form, in reading order, each a card with its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from mediation_desk.experts.mediator import (
    BodyKind,
    Layer,
    Post,
    PostSource,
    Standing,
)
from mediation_desk.experts.model import Employment
from mediation_desk.parties.masks import mask_id, mask_phone
from mediation_desk.parties.model import Gender
from mediation_desk.shared.track import Track
from ui.fields.field import Field
from ui.fields.masked_field import MaskedIdField, MaskedTextField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.experts.record import form_lists
from ui.screens.experts.record.binding import Bindings
from ui.widgets.card import Card
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

Section = tuple[str, str, Card]
"""Code, word, card."""


def form_sections(make: Bindings) -> Iterator[Section]:
    """Everything that is kept of a mediator."""
    for code, word, fill in (
        ("basics", "基本", _basics),
        ("post", "任职", _post),
        ("ability", "能力", form_lists.ability),
        ("honours", "荣誉", form_lists.honours),
        ("time", "排班", form_lists.time),
        ("training", "培训", form_lists.training),
        ("discipline", "奖惩", form_lists.discipline),
        ("ties", "关系", form_lists.ties),
        ("standing", "生涯", _standing),
    ):
        card = Card(word)
        for item in fill(make):
            card.add(item)
        yield code, word, card


def _basics(make: Bindings) -> Iterator[QWidget]:
    tracks = PartyPick(needed="请至少选择一种调解种类。")
    picked = make.several("tracks", tracks, Track)
    tracks.offer([(track.name, track.value) for track in Track])
    yield _line(
        (make.required("pool_no", TextField("例如 M07", longest=6)), 120, 0),
        (make.required("name", TextField(longest=50)), 160, 1),
        (make.choice("gender", Gender, card=True), 100, 0),
        (make.required("organisation", TextField(longest=100)), 260, 2),
    )
    yield _line(
        (make.words("specialties", "例如 邻里、婚姻家庭", required=True), 260, 2),
        (make.words("languages", "例如 普通话、吴语", word="语言"), 200, 1),
        (make.choice("employment", Employment, card=True), 130, 0),
    )
    yield _line((picked, 330, 0))
    yield _line(
        (make.typed("id_no", MaskedIdField(mask_id), card=True, optional=True), 240, 1),
        (make.day("birth_date", card=True), 176, 0),
        (make.typed("phone", MaskedTextField(mask_phone), card=True, optional=True), 170, 1),
    )
    yield _line(
        (make.text("ethnicity", card=True, optional=True, hint="例如 汉族"), 120, 0),
        (make.text("political_status", card=True, optional=True), 130, 0),
        (make.text("education", card=True, optional=True), 120, 0),
        (make.text("major"), 160, 1),
        (make.text("occupation", card=True, optional=True), 140, 1),
        (make.text("professional_title"), 140, 1),
    )
    yield _line((make.text("address"), 300, 1), (make.text("household"), 260, 1))
    yield make.note("introduction")
    yield small("身份证号、电话、住址、户籍不上公示卡。", wrap=True)


def _post(make: Bindings) -> Iterator[QWidget]:
    yield _line(
        (make.choice("body_kind", BodyKind), 230, 1),
        (make.choice("layer", Layer, empty="未填"), 150, 0),
        (make.choice("post", Post), 110, 0),
        (make.choice("post_source", PostSource, empty="未填"), 110, 0),
    )
    yield _line(
        (make.day("term_from"), 176, 0),
        (make.day("term_to"), 176, 0),
        (make.day("started_on"), 176, 0),
        (make.number("years_mediating", card=True), 110, 0),
    )
    yield _line(
        (make.day("filed_on"), 176, 0),
        (make.day("court_roster_on"), 176, 0),
        (make.text("certificate_no", card=True, optional=True), 150, 1),
        (make.text("studio"), 180, 1),
    )


def _standing(make: Bindings) -> Iterator[QWidget]:
    reason = make.text("standing_reason", hint="暂停、离任、恢复都要写原因")
    yield _line(
        (make.choice("standing", Standing), 110, 0), (make.day("standing_on"), 176, 0), (reason, 260, 1)
    )


def _line(*fields: tuple[Field[Any], int, int]) -> WrappingRow:
    made = WrappingRow(gap=12, line_gap=8)
    for field, width, stretch in fields:
        made.add(field, width, stretch)
    return made
