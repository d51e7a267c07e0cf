"""The counter's look-ups: who came before in whatever capacity, what looks alike, phrases, visits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from alembic import command as alembic
from sqlalchemy import Table, event, select

from db.bulk import BulkCases
from db.migrate import alembic_config
from db.tables.counter import name_ways, phrases, standings
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.counter.alike import ANYWAY, Relation, matter_of
from mediation_desk.cases.counter.people import Acquaintance, By
from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.counter.service import CounterService
from mediation_desk.cases.counter.visits import Consult, VisitQuery, VisitService
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import Claim, RelatedCase
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.locking import UnlockCase
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category, Cause, Result
from mediation_desk.parties.model import (
    Agent,
    Gender,
    GroupMember,
    Guardian,
    LegalRepresentative,
    Operator,
    Party,
    PartyKind,
    Side,
)
from mediation_desk.parties.standing import Capacity
from mediation_desk.practice.demo import fill, generate
from mediation_desk.shared.errors import ConflictError, DuplicateError, InputError
from tests.persistence.test_case_steps import PARTIES, REGISTER, person

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
BORN = date(1968, 5, 17)
CHILD_ID, GRANNY_ID, TRADER_ID = "110101201303021115", "110101194701102022", "11010119750315401X"


class Desk:
    """The services of one counter."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.cases = CaseService(storage, lambda: NOW)
        self.counter = CounterService(storage, lambda: NOW)
        self.visits = VisitService(storage, lambda: NOW)

    def register(self, *parties: Party, **changed: object) -> str:
        command = dataclasses.replace(REGISTER, parties=parties or PARTIES, **changed)  # type: ignore[arg-type]
        return self.cases.register(COUNTER, command, despite=ANYWAY).case_key

    def names(self, typed: str, by: By = By.ANY) -> list[str]:
        return [one.name for one in self.counter.recognise(COUNTER, typed, by)]

    def only(self, typed: str) -> Acquaintance:
        (found,) = self.counter.recognise(COUNTER, typed)
        return found


@pytest.fixture
def desk(storage: Storage) -> Desk:
    return Desk(storage)


def simple(ref: str, side: Side, name: str, kind: PartyKind = PartyKind.PERSON, **more: object) -> Party:
    return Party(ref=ref, side=side, kind=kind, name=name, **more)  # type: ignore[arg-type]


COMPANY = simple(
    "B1",
    Side.RESPONDENT,
    "临江市云川安居物业服务有限公司",
    PartyKind.COMPANY,
    phone="0571-88001234",
    legal_representative=LegalRepresentative(name="欧阳修远", position="经理"),
    agents=(Agent(name="卢倩", gender=Gender.FEMALE, phone="13900008888", poa_on=date(2026, 3, 1)),),
)
CHILD = person("A1", Side.APPLICANT, "孟小满", CHILD_ID, date(2013, 3, 2))
GRANNY = Guardian(
    name="吕秀英",
    gender=Gender.FEMALE,
    relation="祖母",
    birth_date=date(1947, 1, 10),
    id_no=GRANNY_ID,
    phone="13700007777",
    consent_on=date(2026, 3, 1),
    statutory_agent=True,
)
TRADER = simple(
    "B2",
    Side.RESPONDENT,
    "清平区老曾面馆",
    PartyKind.SOLE_TRADER,
    operator=Operator(
        name="曾国柱", gender=Gender.MALE, birth_date=date(1975, 3, 15), id_no=TRADER_ID, phone="13600006666"
    ),
)


def everybody(desk: Desk) -> str:
    return desk.register(dataclasses.replace(CHILD, guardian=GRANNY), COMPANY, TRADER)


@pytest.mark.parametrize(
    "typed", ["孟小", "孟小满", "mengxiao", "mengxiaoman", "mxm", "110101201303", "21115", CHILD_ID]
)
def test_a_party_is_recognised_however_it_is_typed(desk: Desk, typed: str) -> None:
    key = everybody(desk)
    found = desk.only(typed)
    assert (found.name, found.birth_date, found.times) == ("孟小满", date(2013, 3, 2), 1)
    assert (found.case.case_key, found.case.state) == (key, State.REGISTERED)
    assert found.address == "试验镇二路2号"


@pytest.mark.parametrize(
    ("typed", "name", "capacity"),
    [
        ("卢倩", "卢倩", Capacity.AGENT),
        ("13900008888", "卢倩", Capacity.AGENT),
        ("8888", "卢倩", Capacity.AGENT),
        ("吕秀英", "吕秀英", Capacity.GUARDIAN),
        ("lvxiuying", "吕秀英", Capacity.GUARDIAN),
        ("欧阳修远", "欧阳修远", Capacity.LEGAL),
        ("oyxy", "欧阳修远", Capacity.LEGAL),
        ("曾国柱", "曾国柱", Capacity.OPERATOR),
        ("zengguozhu", "曾国柱", Capacity.OPERATOR),
        ("云川安居", COMPANY.name, Capacity.PARTY),
        ("ljsyc", COMPANY.name, Capacity.PARTY),
        ("057188001234", COMPANY.name, Capacity.PARTY),
    ],
)
def test_whoever_stood_in_a_case_is_recognised(desk: Desk, typed: str, name: str, capacity: Capacity) -> None:
    everybody(desk)
    found = desk.only(typed)
    assert (found.name, found.capacity) == (name, capacity)


def test_a_member_of_a_group_is_recognised(desk: Desk) -> None:
    group = simple("A1", Side.APPLICANT, "曾国柱等二人", PartyKind.GROUP, headcount=2)
    members = tuple(
        GroupMember(
            ref=f"A1-{number:02d}",
            name=name,
            gender=gender,
            birth_date=born,
            id_no=id_no,
            phone="",
            gross=0,  # type: ignore[arg-type]
        )
        for number, (name, gender, born, id_no) in enumerate(
            [
                ("曾国柱", Gender.MALE, date(1975, 3, 15), TRADER_ID),
                ("吕秀英", Gender.FEMALE, date(1947, 1, 10), GRANNY_ID),
            ],
            1,
        )
    )
    desk.register(group, PARTIES[1], group_members=members, claims=())
    found = desk.only("吕秀英")
    assert (found.capacity, found.side) == (Capacity.MEMBER, Side.APPLICANT)


@pytest.mark.parametrize(
    "typed", ["", "孟", "m", "%", "_庆", "12", "孟庆兰孟庆兰", "'; DROP TABLE cases", "\x00"]
)
def test_too_little_or_something_odd_finds_nobody(desk: Desk, typed: str) -> None:
    everybody(desk)
    assert desk.names(typed) == []


def test_the_number_field_does_not_look_for_telephones(desk: Desk) -> None:
    everybody(desk)
    assert desk.names("13900008888", By.ID_NO) == []
    assert desk.names(CHILD_ID[:10], By.PHONE) == []
    assert desk.names("13900", By.PHONE) == ["卢倩"]


def test_who_comes_again_is_one_person_with_the_newest_case(desk: Desk) -> None:
    desk.register()
    newest = desk.register()
    found = desk.only("贾讲理")
    assert (found.times, found.case.case_key) == (2, newest)


def test_namesakes_are_offered_apart(desk: Desk) -> None:
    other = person("B1", Side.RESPONDENT, "贾讲理", TRADER_ID, date(1975, 3, 15))
    desk.register()
    desk.register(PARTIES[0], other)
    assert {one.id_no for one in desk.counter.recognise(COUNTER, "贾讲理")} == {PARTIES[1].id_no, TRADER_ID}


def test_a_corrected_name_is_no_longer_found_by_the_old_one(desk: Desk) -> None:
    key = desk.register()
    with desk.storage.write() as work:
        before = work.cases.find(key)
        assert before is not None
        renamed = dataclasses.replace(before.parties[1], name="贾明理")
        work.cases.save(before, dataclasses.replace(before, parties=(before.parties[0], renamed)))
    assert desk.names("贾讲理") == []
    assert desk.names("贾明理") == ["贾明理"]


def test_nobody_is_recognised_from_the_bin(desk: Desk) -> None:
    key = desk.register()
    desk.cases.perform(COUNTER, key, PutInBin(reason="登记错了"))
    assert desk.names("贾讲理") == []
    desk.cases.register(COUNTER, REGISTER)


@contextmanager
def statements(storage: Storage) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("typed", ["王", "王芳", "wang", "zh", "1101011", "13800", "0015"])
def test_the_answer_is_a_handful_from_few_statements_whatever_is_on_file(
    storage: Storage, typed: str
) -> None:
    fill(BulkCases(storage), 600, seed=1)
    desk = Desk(storage)
    with statements(storage) as seen:
        found = desk.counter.recognise(COUNTER, typed)
    assert len(found) <= 6
    assert len(seen) <= 60


def test_every_look_up_uses_an_index(storage: Storage) -> None:
    if storage.engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table on PostgreSQL says nothing")
    desk = Desk(storage)
    desk.register()
    with statements(storage) as seen:
        for typed in ("贾讲", "jia", "110101196", "1380000", "1234"):
            desk.counter.recognise(COUNTER, typed)
        desk.counter.resembling(COUNTER, matter_of(REGISTER))
        desk.counter.complete(COUNTER, Phrase.ADDRESS, "试")
    with storage.engine.connect() as connection:
        for statement in {one for one in seen if one.startswith("SELECT")}:
            marks = statement.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("x",) * marks).all()
            scans = [step[3] for step in plan if step[3].startswith("SCAN") and "USING INDEX" not in step[3]]
            assert [scan for scan in scans if "anon" not in scan and "drafts" not in scan] == [], statement


# Kept up by every way in


def all_rows(storage: Storage, *tables: Table) -> dict[str, list[str]]:
    with storage.read() as work:
        return {
            table.name: sorted(str(dict(row)) for row in work.connection.execute(select(table)).mappings())
            for table in tables
        }


def test_the_step_works_out_what_saving_writes(storage: Storage) -> None:
    with storage.write() as work:
        for number, file in enumerate(generate(80, 7, date(2026, 7, 1))):
            work.cases.add(dataclasses.replace(file, case_key=f"P{number}"))
    desk = Desk(storage)
    everybody(desk)
    desk.register()
    desk.cases.perform(COUNTER, desk.register(), PutInBin(reason="登记错了"))
    for one in desk.cases.summaries(COUNTER, CaseQuery()):
        if one.locked_on:  # a schema of before knows no locks, and words of a locked case are not counted
            desk.cases.perform(COUNTER, one.case_key, UnlockCase(reason="试验"))
    saved = all_rows(storage, standings, name_ways, phrases)
    assert len(saved["standings"]) > 60
    for way, target in (("downgrade", "m0004"), ("upgrade", "head")):
        with storage.engine.begin() as connection:
            getattr(alembic, way)(alembic_config(connection), target)
    assert all_rows(storage, standings, name_ways, phrases) == saved


def test_bulk_writes_what_saving_writes(storage: Storage, empty_url: str) -> None:
    fill(BulkCases(storage), 120, seed=3)
    bulk = all_rows(storage, standings, name_ways, phrases)
    with storage.engine.begin() as connection:
        alembic.downgrade(alembic_config(connection), "m0004")
    with storage.engine.begin() as connection:
        alembic.upgrade(alembic_config(connection), "head")
    assert all_rows(storage, standings, name_ways, phrases) == bulk


# Duplicates


def refused(desk: Desk, command: Register = REGISTER) -> DuplicateError:
    with pytest.raises(DuplicateError) as caught:
        desk.cases.register(COUNTER, command)
    return caught.value


def sides_changed() -> tuple[Party, ...]:
    first, second = PARTIES
    return (
        dataclasses.replace(second, ref="A1", side=Side.APPLICANT),
        dataclasses.replace(first, ref="B1", side=Side.RESPONDENT),
    )


def test_the_same_dispute_is_not_registered_twice_unknowingly(desk: Desk) -> None:
    key = desk.register()
    error = refused(desk)
    assert error.keys == (key,)
    assert "同一申请人、同一被申请人" in error.message
    assert desk.cases.register(COUNTER, REGISTER, despite=error.keys).case_key != key


def test_a_linked_case_counts_as_seen_and_is_told_on_both(desk: Desk) -> None:
    key = desk.register()
    link = RelatedCase(case_key=key, relation=Relation.REPEAT, party="A1", same_as="A1")
    later = desk.cases.register(COUNTER, dataclasses.replace(REGISTER, related_cases=(link,)))
    assert later.related_cases == (link,)
    assert desk.counter.linked_from(COUNTER, key) == ((later.case_key, "重复来访"),)


def test_who_answered_then_may_ask_now(desk: Desk) -> None:
    desk.register()
    error = refused(desk, dataclasses.replace(REGISTER, parties=sides_changed()))
    assert "贾讲理上次是被申请人" in error.message


def test_another_matter_of_the_same_people_is_no_duplicate(desk: Desk) -> None:
    desk.register()
    other = dataclasses.replace(
        REGISTER, category=Category.CONTRACT, facts="借款两万元到期没有还，写过借条。"
    )
    (found,) = desk.counter.resembling(COUNTER, matter_of(other)).cases
    assert (found.strong, found.relation) == (False, Relation.RELATED)
    desk.cases.register(COUNTER, other)


def test_a_closed_case_of_the_same_people_is_a_relapse(desk: Desk) -> None:
    key = desk.register()
    ending = End(
        kind=Result.NOT_ACCEPTED,
        cause=Cause.OUT_OF_SCOPE,
        on=date(2026, 6, 1),
        reason="不属于受理范围",
        told_remedies=("向人民法院起诉",),
    )
    desk.cases.perform(COUNTER, key, ending)
    (found,) = desk.counter.resembling(COUNTER, matter_of(REGISTER)).cases
    assert (found.case.case_key, found.relation, found.strong) == (key, Relation.RELAPSE, False)
    desk.cases.register(COUNTER, REGISTER)


@pytest.mark.parametrize(("name", "why"), [("贾讲里", "同音"), ("贾讲义", "只差一个字")])
def test_a_name_that_differs_in_a_character_is_told_not_refused(desk: Desk, name: str, why: str) -> None:
    desk.register()
    without = dataclasses.replace(
        PARTIES[1], name=name, id_no=None, id_type=None, birth_date=None, gender=None
    )
    command = dataclasses.replace(REGISTER, parties=(PARTIES[0], without))
    (found,) = desk.counter.resembling(COUNTER, matter_of(command)).cases
    assert f"“{name}”与“贾讲理”{why}" in found.reason
    desk.cases.register(COUNTER, command)


def test_namesakes_with_other_numbers_are_other_people(desk: Desk) -> None:
    desk.register()
    other = person("B1", Side.RESPONDENT, "贾讲理", TRADER_ID, date(1975, 3, 15))
    command = dataclasses.replace(REGISTER, parties=(PARTIES[0], other))
    assert desk.counter.resembling(COUNTER, matter_of(command)).cases == ()


def test_an_insurer_in_every_case_does_not_hide_the_one_that_counts(desk: Desk) -> None:
    key = desk.register(PARTIES[0], COMPANY)
    for number in range(50):
        desk.register(simple("A1", Side.APPLICANT, f"来访者{number:02d}号"), COMPANY)
    error = refused(desk, dataclasses.replace(REGISTER, parties=(PARTIES[0], COMPANY)))
    assert error.keys == (key,)


def test_two_counters_registering_the_same_people_are_told_of_each_other(
    url: str, open_storage: Callable[[str], Storage]
) -> None:
    for turn in range(5):
        parties = tuple(
            simple(ref, side, f"{name}{turn}")
            for ref, side, name in (("A1", Side.APPLICANT, "甄有理"), ("B1", Side.RESPONDENT, "贾讲理"))
        )
        command = dataclasses.replace(REGISTER, parties=parties)
        start = Barrier(2)

        def register(storage: Storage, command: Register = command, start: Barrier = start) -> str:
            cases = CaseService(storage, lambda: NOW)
            start.wait()
            try:
                return cases.register(COUNTER, command).case_key
            except DuplicateError as error:
                return f"told of {error.keys[0]}"

        with ThreadPoolExecutor(2) as pool:
            done = sorted(pool.map(register, [open_storage(url), open_storage(url)]))
        assert done[1] == f"told of {done[0]}"


def test_an_unfinished_intake_of_another_window_is_told(desk: Desk) -> None:
    content: dict[str, object] = {"parties": [{"name": "甄有理"}, {"name": "贾讲理"}], "facts": "漏水"}
    desk.cases.keep_draft(COUNTER, "intake:other", content)
    desk.cases.keep_draft(COUNTER, "intake:mine", content)
    (told,) = desk.counter.resembling(COUNTER, matter_of(REGISTER), draft="intake:mine").drafts
    assert (told.key, told.names) == ("intake:other", ("甄有理", "贾讲理"))


# Phrases


def test_addresses_used_here_complete_the_most_used_first(desk: Desk) -> None:
    desk.register()
    other = dataclasses.replace(PARTIES[0], address="试验镇一路9号")
    desk.register(other, PARTIES[1])
    assert desk.counter.complete(COUNTER, Phrase.ADDRESS, "试验") == ("试验镇二路2号", "试验镇一路9号")
    assert desk.counter.complete(COUNTER, Phrase.ADDRESS, "没有") == ()


def test_claims_complete_from_use_and_from_the_rule_file(desk: Desk) -> None:
    desk.register(claims=(Claim(ref="Q1", by="A1", against=("B1",), item="误工损失补偿"),))
    found = desk.counter.complete(COUNTER, Phrase.CLAIM, "误工", Category.DAMAGE)
    assert found == ("误工损失补偿", "误工费")
    assert "误工费" not in desk.counter.complete(COUNTER, Phrase.CLAIM, "误工", Category.FAMILY)


# Visits


def test_a_consultation_is_a_visit_and_no_case(desk: Desk) -> None:
    visit = desk.visits.consult(
        COUNTER, Consult(matter="问邻居占道怎么办", answer="可以申请调解", remedies=("向人民法院起诉",))
    )
    assert (visit.who, visit.case_key, visit.on) == ("未留姓名", None, date(2026, 7, 1))
    assert desk.cases.drafts(COUNTER) == ()
    assert desk.register() == "AJ2026000001"
    assert desk.visits.listed(COUNTER, VisitQuery(on=date(2026, 7, 1))) == (visit,)
    assert desk.visits.listed(COUNTER, VisitQuery(on=date(2026, 7, 2))) == ()


def test_a_visit_becomes_one_case(desk: Desk) -> None:
    visit = desk.visits.consult(COUNTER, Consult(name="甄有理", matter="排水", answer="可以调解"))
    file = desk.cases.register(COUNTER, dataclasses.replace(REGISTER, visit=visit.id))
    assert desk.visits.find(COUNTER, visit.id).case_key == file.case_key
    with pytest.raises(ConflictError, match="已经转成"):
        desk.cases.register(COUNTER, dataclasses.replace(REGISTER, visit=visit.id), despite=ANYWAY)
    assert desk.register() == "AJ2026000002"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"matter": " "}, "facts"), ({"answer": ""}, "answer"), ({"name": "甄\u202e有理"}, "name")],
)
def test_a_consultation_says_what_is_missing(desk: Desk, changed: dict[str, str], field: str) -> None:
    command = dataclasses.replace(Consult(matter="问", answer="答"), **changed)  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        desk.visits.consult(COUNTER, command)
    assert caught.value.field == field
    assert desk.visits.listed(COUNTER, VisitQuery()) == ()
