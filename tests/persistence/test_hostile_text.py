"""Hostile text on its way into the database: kept as it is, or refused by name, never by halves (S7, T2)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    event,
    select,
    update,
)

from db.base import metadata
from db.types import (
    Amounts,
    Canonical,
    Choice,
    Choices,
    Hours,
    InkPlaces,
    Instant,
    Json,
    Numbers,
    Ranking,
    Rate,
    Words,
    Yuan,
)
from db.unit_of_work import Storage
from db.wall import _look
from mediation_desk.access.accounts.granting import administrator_role, good_post
from mediation_desk.access.accounts.model import Post
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases import steps
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.counter.visits import Consult, VisitService
from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register, registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.texts import kept
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.experts.service import ExpertService
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import DeskError, InputError
from mediation_desk.statistics.work.model import NewWork
from mediation_desk.statistics.work.service import WorkService
from tests.every_field import filled, text_fields, texts_in, with_text
from tests.hostile_case import LEAP, hostile_file, sound
from tests.hostile_text import hostile, keepable, texts

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
REFUSED = ("a\x00b", "a\x1b[2Jb", "a\ud800b", "a\u202eb", "a\u200bb", "字" * 200_000)
ONE_LINE = keepable(one_line=True)


def clock() -> datetime:
    return NOW


def refused_texts() -> tuple[str, ...]:
    known = set(keepable(longest=20_000))
    return tuple(
        text for kind, text in hostile() if text not in known and kind in ("control", "broken", "invisible")
    )


# The catalogue itself


def test_there_are_more_than_a_thousand_texts_of_every_kind() -> None:
    assert len(texts()) >= 1000
    assert len(refused_texts()) >= 200
    assert len(ONE_LINE) >= 500


def test_every_text_field_of_a_case_is_known() -> None:
    """They are read from the types; a number far below would mean that the reading broke."""
    assert len(text_fields(CaseFile)) > 300
    assert len(text_fields(Mediator)) > 30


# What may be kept comes back


@pytest.mark.parametrize("turn", range(2))
def test_every_text_field_of_a_case_gives_back_what_it_was_given(storage: Storage, turn: int) -> None:
    """Every text once in some field, every field two of them; all × all: benchmarks.reliability.hostile_text."""
    file = full_case(ONE_LINE, turn)
    with storage.write() as work:
        stored = work.cases.add(file)
    with storage.read() as work:
        again = work.cases.find(file.case_key)
    assert again == stored


def test_every_text_field_of_a_mediator_gives_back_what_it_was_given(storage: Storage) -> None:
    turn = cycle(ONE_LINE)
    staff = [filled(Mediator, lambda _record, _field: next(turn)) for _ in range(20)]
    staff = [
        replace(one, has_photo=False, version=1, card=replace(one.card, pool_no=f"M{number}"))
        for number, one in enumerate(staff)
    ]
    with storage.write() as work:
        work.pool.add(staff)
    with storage.read() as work:
        for one in staff:
            assert work.pool.mediator(one.pool_no) == one


def full_case(of: tuple[str, ...], turn: int) -> CaseFile:
    """A case with something in every field there is."""
    numbers = iter(range(10_000))

    def text(_record: type, _field: str) -> str:
        return of[(next(numbers) + turn * 360) % len(of)]

    made: CaseFile = filled(CaseFile, text)
    return replace(made, version=0)


# What may not be kept is refused with the name of the field


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text)[:20])
def test_every_text_field_refuses_what_no_paper_can_print(text: str) -> None:
    file = full_case(ONE_LINE, 0)
    for place, _old in texts_in(file):
        bad = with_text(file, place, text)
        with pytest.raises(InputError) as refused:
            kept(bad)
        assert refused.value.pointer == place
        assert refused.value.field
        assert refused.value.message.startswith("“")


def test_every_refused_text_is_refused_in_some_field() -> None:
    places = cycle(place for place, _text in texts_in(sound()))
    for text in refused_texts():
        with pytest.raises(InputError):
            kept(with_text(sound(), next(places), text))


def step_classes() -> Iterator[type]:
    for module in pkgutil.iter_modules(steps.__path__):
        found = importlib.import_module(f"{steps.__name__}.{module.name}")
        for one in vars(found).values():
            own = isinstance(one, type) and one.__module__ == found.__name__
            if own and hasattr(one, "apply") and hasattr(one, "__dataclass_fields__"):
                yield one


def test_no_step_takes_text_around_the_one_form(storage: Storage) -> None:
    """Every step there is, with one bad text in it, through the service: an answer in words, nothing stored."""
    cases = CaseService(storage, clock)
    key = cases.take_over(COUNTER, sound())[0].case_key
    before, told = cases.file(COUNTER, key), len(cases.history(COUNTER, key))
    tried = 0
    for step in step_classes():
        for _place, _text in texts_in(filled(step, lambda _record, _field: "甲")):
            bad = with_text(filled(step, lambda _record, _field: "甲"), _place, "甲\x1b乙")
            with pytest.raises(InputError) as refused:
                cases.perform(COUNTER, key, bad)
            assert "U+001B" in refused.value.message, step
            tried += 1
    assert tried > 100
    assert cases.file(COUNTER, key) == before
    assert len(cases.history(COUNTER, key)) == told


# The wall behind the services


SHAPES: dict[type, Callable[[str], Any]] = {
    String: lambda text: text,
    Words: lambda text: (text,),
    Ranking: lambda text: {text: (text,)},
    Json: lambda text: [text],
    Canonical: lambda text: {"a": text},
    InkPlaces: lambda text: (InkPlace(key=text, page=1, kind=next(iter(InkKind)), hands=(text,)),),
}
"""How a text gets into a column of this type; columns of other types hold no text."""


def text_columns() -> Iterator[tuple[Table, str, Callable[[str], Any]]]:
    for table in metadata.tables.values():
        for column in table.columns:
            shape = next((made for kind, made in SHAPES.items() if isinstance(column.type, kind)), None)
            if shape is not None:
                yield table, column.name, shape


def test_every_type_of_column_is_known_to_hold_text_or_not() -> None:
    textless = {Amounts, Choice, Choices, Hours, Instant, Numbers, Rate, Yuan}
    textless |= {Boolean, Date, Integer, LargeBinary, Time, BigInteger, Float}
    kinds = {type(column.type) for table in metadata.tables.values() for column in table.columns}
    assert {kind for kind in kinds if not issubclass(kind, (*SHAPES, *textless))} == set()


def test_no_column_of_any_table_takes_text_that_is_not_in_the_one_form(storage: Storage) -> None:
    looked_at = 0
    for table, column, shaped in text_columns():
        for text in (*REFUSED[:5], "e\u0301", "一\r\n二"):
            with pytest.raises(InputError) as refused, storage.write() as work:
                work.connection.execute(update(table).values({column: shaped(text)}))
            assert refused.value.field in (column, "a")
            looked_at += 1
    assert looked_at > 1500


def test_without_the_wall_the_database_takes_it(storage: Storage) -> None:
    """The control: a service that forgets the one form would store a trap for the eye."""
    notes = metadata.tables["settings"]
    event.remove(storage.engine, "before_cursor_execute", _look)
    with storage.write() as work:
        work.notes.put("x", "张\u202e三")
    with storage.read() as work:
        assert work.notes.get("x") == "张\u202e三"
        assert work.connection.execute(select(notes)).all()


def test_what_no_driver_could_send_is_refused_when_it_is_looked_for(storage: Storage) -> None:
    cases = CaseService(storage, clock)
    for key in ("\x00", "AJ\ud800", "a\x00b"):
        with pytest.raises(InputError):
            cases.file(COUNTER, key)


# Through the services


@pytest.mark.parametrize("turn", range(2))
def test_a_case_full_of_hostile_text_goes_in_out_and_in_again(storage: Storage, turn: int) -> None:
    cases = CaseService(storage, clock)
    stored, _new = cases.take_over(COUNTER, hostile_file(ONE_LINE, turn * 131))
    again = cases.file(COUNTER, stored.case_key)
    assert again == stored
    assert read_case(dump_case(again, with_private_notes=True)) == replace(again, version=0)


def command() -> Register:
    return replace(registration_of(sound()), evidence=(), related_cases=())


def test_what_the_counter_registers_and_corrects_is_kept_as_typed(storage: Storage) -> None:
    cases = CaseService(storage, clock)
    base = command()
    done, refused = 0, list[str]()
    for number, text in enumerate(ONE_LINE[::20]):
        places = [place for place, _old in texts_in(base)]
        place = places[number * LEAP % len(places)]
        wanted: Register = with_text(base, place, text)
        try:
            file = cases.register(COUNTER, wanted, despite=ANYWAY)
        except DeskError as error:
            refused.append(error.message)
            continue
        done += 1
        assert dict(texts_in(registration_of(cases.file(COUNTER, file.case_key))))[place] == text
        cases.perform(COUNTER, file.case_key, Correct(to=replace(wanted, facts=f"甲{text}"), reason=text))
        assert cases.file(COUNTER, file.case_key).facts == f"甲{text}"
    assert done > 10
    assert all(refused)
    assert len(refused) > 5


def test_what_is_typed_in_another_form_is_kept_in_the_one_form(storage: Storage) -> None:
    cases = CaseService(storage, clock)
    typed = replace(command(), facts="cafe\u0301\r\n二", title="e\u0301")
    file = cases.register(COUNTER, typed, despite=ANYWAY)
    assert (file.facts, file.title) == ("café\n二", "é")
    assert cases.file(COUNTER, file.case_key) == file


Keep = Callable[[str], str]


def services(storage: Storage) -> dict[str, Keep]:
    """Everything else that keeps what somebody types: a text in, and as it reads from the database."""
    cases, visits = CaseService(storage, clock), VisitService(storage, clock)
    work, experts = WorkService(storage, clock), ExpertService(storage, clock)
    numbers = iter(range(1, 10_000))

    def consult(field: str) -> Keep:
        def keep(text: str) -> str:
            asked: Any = {"matter": "甲", "answer": "乙"} | {field: text}
            stored = visits.consult(COUNTER, Consult(**asked))
            return str(getattr(visits.find(COUNTER, stored.id), field))

        return keep

    def work_note(text: str) -> str:
        new = NewWork(
            kind="patrol", unit="CA", first=date(2026, 3, 2), times=next(numbers), disputes=1, handed=0
        )
        return work.find(COUNTER, work.add(COUNTER, replace(new, note=text)).id).note

    def draft(text: str) -> str:
        cases.keep_draft(COUNTER, "d", {"a": [text]})
        found: Any = next(one for one in cases.drafts(COUNTER) if one.key == "d")
        return str(found.content["a"][0])

    def introduction(text: str) -> str:
        card = MediatorCard(
            pool_no=f"M{next(numbers):03d}",
            name="钱和",
            gender=Gender.FEMALE,
            organisation="清平区人民调解委员会",
            employment=Employment.FULL_TIME,
            specialties=("邻里",),
        )
        stored = experts.engage(COUNTER, card)
        changed = experts.change(COUNTER, replace(stored, introduction=text))
        return experts.mediator(COUNTER, changed.pool_no).introduction

    return {
        "visit name": consult("name"),
        "visit matter": consult("matter"),
        "visit answer": consult("answer"),
        "work note": work_note,
        "draft": draft,
        "expert introduction": introduction,
    }


@pytest.mark.parametrize(
    "name", ["visit name", "visit matter", "visit answer", "work note", "draft", "expert introduction"]
)
def test_other_services_keep_or_refuse(storage: Storage, name: str) -> None:
    keep = services(storage)[name]
    done = 0
    for text in texts()[::17]:
        try:
            found = keep(text)
        except InputError:
            continue
        assert found == text.strip() or text not in ONE_LINE
        done += 1
    assert done > 15
    for text in REFUSED[:5]:
        with pytest.raises(InputError):
            keep(text)


def test_what_an_administrator_types_of_an_account_is_kept_in_the_one_form() -> None:
    post = replace(filled(Post, lambda _record, _field: "甲"), roles=(administrator_role(),))
    assert good_post(replace(post, display_name="e\u0301")).display_name == "é"
    places = [place for place, _text in texts_in(post)]
    assert len(places) >= 6
    for place in places:
        for text in REFUSED:
            with pytest.raises(InputError) as refused:
                good_post(with_text(post, place, text))
            assert refused.value.pointer == place
