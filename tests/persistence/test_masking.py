"""Lists are masked where they are handed out (LR-21, §7.1): no name, number or house of any party in any of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from db.bulk import BulkCases
from db.tables import parties as p
from db.tables.cases import cases as cases_table
from db.tables.centre import audit
from db.tables.chain import audit_words
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, PROGRAM, Actor
from mediation_desk.access.seat import Seat
from mediation_desk.cases.archiving.lists import VolumeList
from mediation_desk.cases.counter.people import By, Named
from mediation_desk.cases.counter.service import CounterService
from mediation_desk.cases.counter.visits import Consult, VisitService
from mediation_desk.cases.privacy.exporting import ExportCounter
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.cases.privacy.unmasking import UnmaskService
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import PartyKind
from mediation_desk.practice.sample import fill_sample
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from tests.persistence.masked_lists import CLERK, NOW, listings
from tests.shared_cases import FILES, needs_cases

SEEN = replace(CLERK, in_full=True)
ALL = CaseQuery(limit=1000)
MAY_BE_EMPTY = frozenset(
    (
        "waiting",
        "ink",
        "repeats",
        *(f"volumes {which}" for which in VolumeList if which is not VolumeList.TO_FILE),
    )
)
"""Lists the sample has no lines for; their lines go the same way as the others'."""


def secrets(storage: Storage) -> set[str]:
    """Names of persons, numbers and addresses of houses, of every case."""
    found: set[str] = set()
    with storage.read(PROGRAM) as work:
        persons = select(p.parties.c.name).where(p.parties.c.kind == PartyKind.PERSON)
        found |= set(work.connection.scalars(persons))
        for table in (p.operators, p.guardians, p.agents, p.group_members, p.related_persons):
            found |= set(work.connection.scalars(select(table.c.name)))
            found |= set(work.connection.scalars(select(table.c.phone))) if "phone" in table.c else set()
        for column in (p.parties.c.id_no, p.parties.c.phone, p.group_members.c.id_no):
            found |= set(work.connection.scalars(select(column)))
        houses = work.connection.scalars(
            select(p.parties.c.address).where(p.parties.c.kind == PartyKind.PERSON)
        )
        found |= {address for address in houses if any(map(str.isdigit, address))}
    return {one for one in found if one and len(one) > 1}


@pytest.fixture
def centre(storage: Storage) -> Storage:
    """The sample centre and the acceptance cases, with a visit and a case in the bin."""
    fill_sample(BulkCases(storage), lambda: NOW)
    cases = CaseService(storage, lambda: NOW)
    for path in FILES:
        cases.take_over(COUNTER, read_case(path.read_bytes()))
    VisitService(storage, lambda: NOW).consult(
        COUNTER,
        Consult(
            name="欧阳雪松",
            phone="13800000777",
            matter="欧阳雪松问怎样要回押金，电话13800000777",
            answer="可以调解",
        ),
    )
    with storage.read(PROGRAM) as work:
        key = work.cases.summaries(replace(ALL, limit=1))[0].case_key
    cases.perform(COUNTER, key, PutInBin(reason="重复登记"))
    with storage.write(PROGRAM) as work:  # the worst titles clerks give: everybody by name
        work.connection.execute(update(cases_table).values(title=cases_table.c.party_names + "的纠纷"))
    return storage


def told(storage: Storage, actor: Actor) -> Iterator[tuple[str, str]]:
    with storage.read(PROGRAM) as work:
        keys = tuple(line.case_key for line in work.cases.summaries(ALL))
        known = select(p.parties.c.name, p.parties.c.id_no).where(p.parties.c.id_no.is_not(None)).limit(3)
        people = tuple(Named(name=row.name, id_no=row.id_no) for row in work.connection.execute(known))
    some = tuple(sorted(secrets(storage)))[::25]
    for name, listing in listings(storage, some, keys, people).items():
        yield name, repr(listing(actor))


class TestEveryList:
    def test_none_tells_who_it_is_unless_names_are_open(self, centre: Storage) -> None:
        hidden = secrets(centre) | {"欧阳雪松", "13800000777"}

        masked = {name: [one for one in hidden if one in text] for name, text in told(centre, CLERK)}
        open_to = {name: any(one in text for one in hidden) for name, text in told(centre, SEEN)}

        assert {name: found for name, found in masked.items() if found} == {}
        # the control: the same search finds them in nearly every list as soon as names are open
        assert {name for name, found in open_to.items() if not found} <= MAY_BE_EMPTY

    @needs_cases
    def test_a_masked_line_is_still_told_apart(self, centre: Storage) -> None:
        cases = CaseService(centre, lambda: NOW)
        (line,) = cases.summaries(CLERK, replace(ALL, search="卫丽"))

        assert line.title == "卫*、章*的纠纷"
        assert line.party_names == "卫*、章*"
        assert line.number


class TestOpening:
    def test_names_are_open_for_the_time_of_the_rule_and_the_reason_is_kept(self, storage: Storage) -> None:
        now = [1000.0]
        seat = Seat(stopwatch=lambda: now[0])
        seat.take(CLERK)
        service = UnmaskService(storage, seat, lambda: NOW)

        minutes = service.show_names(seat.actor, "当事人来电来访查询")

        open_for = []
        for later in (0, minutes * 60 - 1, 1):
            now[0] += later
            open_for.append(seat.actor.in_full)
        assert open_for == [True, True, False]
        with storage.read(PROGRAM) as work:
            rows = work.connection.execute(
                select(audit.c.account, audit_words.c.words)
                .join(audit_words, audit_words.c.seq == audit.c.seq)
                .where(audit.c.action == "person.names.show")
            ).all()
        assert [(row.account, json.loads(row.words)["reason"]) for row in rows] == [
            ("zhoujingan", "当事人来电来访查询")
        ]

    def test_without_reason_or_right_nothing_opens(self, storage: Storage) -> None:
        seat = Seat()
        service = UnmaskService(storage, seat, lambda: NOW)
        seat.take(CLERK)
        with pytest.raises(InputError):
            service.show_names(seat.actor, " ")
        seat.take(Actor(account="tj", display_name="统计", roles=("统计员",)))
        with pytest.raises(PermissionDenied):
            service.show_names(seat.actor, "核对当事人身份")
        assert not seat.actor.in_full

    def test_signing_in_again_covers(self) -> None:
        seat = Seat()
        seat.take(CLERK)
        seat.show_names()
        seat.take(CLERK)

        assert not seat.actor.in_full

    def test_somebody_recognised_is_whole_in_the_sheet_and_on_record(self, centre: Storage) -> None:
        counter = CounterService(centre, lambda: NOW)
        with centre.read(PROGRAM) as work:
            person = select(p.parties.c.name, p.parties.c.id_no).where(
                p.parties.c.kind == PartyKind.PERSON, p.parties.c.id_no.is_not(None)
            )
            name, number = work.connection.execute(person.limit(1)).one()
        shown = next(one for one in counter.recognise(CLERK, name) if one.id_no[-4:] == number[-4:])

        whole = counter.recall(CLERK, name, By.ANY, shown)

        assert shown.name.endswith("*")
        assert (whole.name, whole.id_no) == (name, number)
        with centre.read(PROGRAM) as work:
            assert "person.recall" in list(work.connection.scalars(select(audit.c.action)))


class TestExports:
    def test_rows_of_a_day_are_limited_for_an_account(self, storage: Storage) -> None:
        exports, most = ExportCounter(storage, lambda: NOW), privacy_rules().exports.rows_a_day
        exports.count(SEEN, "case list", most)

        with pytest.raises(RuleError):
            exports.count(SEEN, "case list", 1)
        exports.count(replace(SEEN, account="other"), "case list", most)  # each account has its own
        exports.count(CLERK, "case list", most)  # masked rows are counted apart
        exports.count(COUNTER, "case list", 10 * most)  # the practice centre is not counted
