"""Records of the pool: stored whole, guarded against the second of two savers, taken out only while unused."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from db.unit_of_work import Storage
from mediation_desk.experts import mediator as m
from mediation_desk.experts.choice.ballot import Ballot, Disclosure, Shown
from mediation_desk.experts.model import Choice, SelectionMode
from mediation_desk.shared.errors import ConflictError
from tests.persistence.pool_material import appointed, card, case, ended, full, mediator

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)


def stored(storage: Storage, pool_no: str) -> m.Mediator:
    with storage.read() as work:
        found = work.pool.mediator(pool_no)
    assert found is not None
    return found


def revision(storage: Storage) -> int:
    with storage.read() as work:
        return work.pool.revision()


@contextmanager
def statements(storage: Storage) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    yield seen
    event.remove(storage.engine, "before_cursor_execute", note)


def test_the_material_fills_every_field() -> None:
    empty = mediator()
    same = {
        field.name
        for field in dataclasses.fields(m.Mediator)
        if getattr(full(), field.name) == getattr(empty, field.name)
    }
    assert same == {"has_photo", "version"}
    assert not [
        field.name for field in dataclasses.fields(full().card) if not getattr(full().card, field.name)
    ]


def test_a_record_comes_back_as_it_was_given(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([full(), mediator("M01")])

    assert stored(storage, "M07") == dataclasses.replace(full(), version=1)
    with storage.read() as work:
        assert work.pool.mediators() == (mediator("M01", version=1), dataclasses.replace(full(), version=1))
        assert work.pool.mediator("M99") is None


def test_emptying_every_list_and_field_is_stored_too(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([full()])
    bare = mediator("M07")
    with storage.write() as work:
        saved = work.pool.save(stored(storage, "M07"), bare)

    assert saved == dataclasses.replace(bare, version=2)
    assert stored(storage, "M07") == saved


def test_lists_change_by_line(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([full()])
    before = stored(storage, "M07")
    second = m.Grade(scheme="市", level="银牌")
    after = dataclasses.replace(before, grades=(second, before.grades[0], second), honours=())
    with storage.write() as work:
        work.pool.save(before, after)

    assert stored(storage, "M07") == dataclasses.replace(after, version=2)


def test_the_second_of_two_savers_is_refused(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([mediator()])
    seen = stored(storage, "M01")
    with storage.write() as work:
        work.pool.save(seen, dataclasses.replace(seen, major="法学"))
    with pytest.raises(ConflictError, match="刚刚保存"), storage.write() as work:
        work.pool.save(seen, dataclasses.replace(seen, major="医学"))

    assert stored(storage, "M01").major == "法学"


def test_a_number_is_given_once(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([mediator("M01")])
    with pytest.raises(ConflictError), storage.write() as work:
        work.pool.add([mediator("M02"), mediator("M01", "别人")])

    with storage.read() as work:
        assert [one.name for one in work.pool.mediators()] == ["钱和"]


def test_learning_leaves_known_cards_alone(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([full()])
        work.pool.learn([card("M07", "别人"), card("M01"), card("M01", "又一个")])

    assert stored(storage, "M07").name == "郑公道"
    assert stored(storage, "M01") == mediator("M01", tracks=(), version=1)


def test_who_has_left_is_no_card_but_a_record(storage: Storage) -> None:
    gone = mediator("M01", standing=m.Standing.LEFT)
    with storage.write() as work:
        work.pool.add([gone, mediator("M02", standing=m.Standing.SUSPENDED), mediator("M03")])
    with storage.read() as work:
        assert [one.pool_no for one in work.pool.cards()] == ["M02", "M03"]
        assert [one.pool_no for one in work.pool.mediators()] == ["M01", "M02", "M03"]
        assert work.pool.find("M01") == gone.card


def test_the_revision_moves_with_every_change_and_with_nothing_else(storage: Storage) -> None:
    seen = [revision(storage)]

    def moved() -> bool:
        seen.append(revision(storage))
        return seen[-1] > seen[-2]

    with storage.write() as work:
        work.pool.add([mediator("M01"), mediator("M02")])
    assert moved()
    with storage.write() as work:
        work.pool.learn([card("M03")])
    assert moved()
    with storage.write() as work:
        work.pool.learn([card("M03")])
        work.notes.put("window.pin", "x")
    assert not moved()
    before = stored(storage, "M01")
    with storage.write() as work:
        work.pool.save(before, dataclasses.replace(before, major="法学"))
    assert moved()
    with storage.write() as work:
        work.pool.keep_photo("M01", b"jpeg")
    assert moved()
    with storage.write() as work:
        work.pool.remove(["M02"])
    assert moved()


def test_a_photo_is_kept_replaced_and_taken_away(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([dataclasses.replace(mediator(), has_photo=True)])
    assert not stored(storage, "M01").has_photo, "only a stored photo is a photo"
    form = stored(storage, "M01")
    for photo in (b"\xff\xd8first", b"\xff\xd8second", None):
        with storage.write() as work:
            work.pool.keep_photo("M01", photo)
        with storage.read() as work:
            assert work.pool.photo("M01") == photo
        assert stored(storage, "M01").has_photo == (photo is not None)
    with storage.write() as work:
        work.pool.keep_photo("M01", b"\xff\xd8third")
        saved = work.pool.save(form, dataclasses.replace(form, major="法学"))
    assert saved.has_photo, "a form opened before the photo was taken still saves, and does not lose it"
    assert stored(storage, "M01") == saved


def test_reading_the_pool_takes_the_same_few_queries_for_any_number(storage: Storage) -> None:
    counted = []
    for numbers in (range(3), range(3, 60)):
        with storage.write() as work:
            work.pool.add(
                [
                    dataclasses.replace(full(), card=card(f"M{number:03}"), leaves=full().leaves)
                    for number in numbers
                ]
            )
        with statements(storage) as seen, storage.read() as work:
            assert len(work.pool.mediators()) == numbers[-1] + 1
        counted.append(len([one for one in seen if one.startswith("SELECT")]))
    assert counted[0] == counted[1] == 10


class TestRemoving:
    """Undoing an import takes out only what nothing refers to."""

    def test_unused_records_go_with_all_their_parts(self, storage: Storage) -> None:
        with storage.write() as work:
            work.pool.add([full(), mediator("M01")])
            work.pool.keep_photo("M07", b"jpeg")
        with storage.write() as work:
            assert work.pool.in_use(["M07", "M01", "M99"]) == frozenset()
            work.pool.remove(["M07"])
        with storage.read() as work:
            assert [one.pool_no for one in work.pool.mediators()] == ["M01"]
            assert (
                work.bookings.between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
                == ()
            )
        with storage.write() as work:
            work.pool.add([full()])

    def test_whoever_is_referred_to_stays(self, storage: Storage) -> None:
        numbers = [f"M{number:02}" for number in range(1, 8)]
        chosen = Choice(mode=SelectionMode.PARTIES, candidates=("M02",), choices={}, result=())
        with storage.write() as work:
            work.pool.add([mediator(number) for number in numbers])
            file = work.cases.add(case(mediators=[appointed(card("M01"))], selection=chosen))
            work.choosing.open(
                Ballot(
                    case_key="K1",
                    no=1,
                    opened_at=NOW,
                    rule="v1",
                    shown=(Shown(pool_no="M03", name="钱和", running=0),),
                )
            )
            work.choosing.disclose(Disclosure(case_key="K1", pool_no="M04", on=date(2026, 7, 1), text="同乡"))
            work.cases.save(file, dataclasses.replace(file, mediators=(appointed(card("M05")),)))

        with storage.write() as work:
            assert work.pool.in_use(numbers) == {"M01", "M02", "M03", "M04", "M05"}
            work.pool.remove(["M06"])
        with pytest.raises(ConflictError, match="M03"), storage.write() as work:
            work.pool.remove(["M07", "M03"])
        with storage.read() as work:
            assert work.pool.mediator("M07") is not None


class TestForTheOrder:
    """What the neutral order asks: running cases and the newest appointment."""

    def test_open_cases_count_and_closed_ones_do_not(self, storage: Storage) -> None:
        with storage.write() as work:
            work.pool.add([mediator("M01")])
            for key in ("K1", "K2"):
                work.cases.add(case(key, mediators=[appointed(card())]))
            work.cases.add(ended(case("K3", mediators=[appointed(card())])))
        with storage.read() as work:
            assert work.pool.running() == {"M01": 2}

    def test_the_newest_appointment_counts(self, storage: Storage) -> None:
        days = (date(2026, 2, 1), date(2026, 5, 1), date(2026, 3, 1))
        with storage.write() as work:
            work.pool.add([mediator("M01"), mediator("M02")])
            for number, day in enumerate(days):
                work.cases.add(case(f"K{number}", mediators=[appointed(card(), on=day)]))
        with storage.read() as work:
            assert work.pool.last_chosen(["M01", "M02", "M99"]) == {"M01": date(2026, 5, 1)}
            many = ["M01", *(f"X{number}" for number in range(2000))]
            assert work.pool.last_chosen(many) == {"M01": date(2026, 5, 1)}


def test_notes_are_kept_and_replaced(storage: Storage) -> None:
    with storage.write() as work:
        assert work.notes.get("pool.columns") is None
        work.notes.put("pool.columns", {"姓名": "name", "列": [1, None, "二"]})
        work.notes.put("window.pin", "hash")
        work.notes.put("window.pin", "other")
    with storage.read() as work:
        assert work.notes.get("pool.columns") == {"姓名": "name", "列": [1, None, "二"]}
        assert work.notes.get("window.pin") == "other"
