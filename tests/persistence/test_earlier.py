"""Where somebody of the pool met people of a case before, whichever of the two was stored first."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, text

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.conflicts.model import Earlier, Part, Person
from mediation_desk.parties.model import (
    Agent,
    Gender,
    GroupMember,
    Guardian,
    LegalRepresentative,
    Operator,
    Party,
    PartyKind,
    RelatedPerson,
    Side,
)
from mediation_desk.practice.demo import fill
from tests.persistence.pool_material import PARTIES, appointed, card, case, mediator, person

OWN, PHONE = "110101197002280011", "13900000001"
ONE = mediator("M01", "钱和", id_no=OWN, phone=PHONE)
BORN = date(1970, 2, 28)
A1, B1 = PARTIES
ME = person("A1", Side.APPLICANT, "钱和", OWN)
AGENT = Agent(name="钱和", gender=Gender.FEMALE, phone=PHONE, poa_on=date(2026, 6, 29))
COMPANY = Party(
    ref="B1",
    side=Side.RESPONDENT,
    kind=PartyKind.COMPANY,
    name="试验公司",
    phone="0100000000",
    uscc="91110000000000000X",
    legal_representative=LegalRepresentative(name="钱和", position="经理"),
)
MEMBER: dict[str, Any] = {"gender": Gender.FEMALE, "birth_date": BORN, "phone": "", "gross": Decimal("1.00")}


def present(*parties: Party) -> list[Person]:
    """The people of the case now at hand."""
    return [
        Person(
            ref=party.ref,
            part=Part.PARTY,
            name=party.name,
            id_no=party.id_no or party.uscc or "",
            is_organisation=party.uscc is not None,
        )
        for party in parties
    ]


def earlier(storage: Storage, *parties: Party, case_key: str = "NOW") -> list[tuple[str, Part, str, bool]]:
    with storage.read() as work:
        found = work.pool.earlier(case_key, present(*parties))
    return sorted((one.pool_no, one.part, one.person, one.opposed) for one in found)


def with_guardian() -> CaseFile:
    guardian = Guardian(
        name="钱和",
        gender=Gender.FEMALE,
        relation="母亲",
        birth_date=BORN,
        id_no=OWN,
        phone="",
        consent_on=date(2026, 6, 29),
        statutory_agent=True,
    )
    return case("OLD", parties=(dataclasses.replace(A1, guardian=guardian), B1))


def with_operator() -> CaseFile:
    trader = Party(
        ref="A1",
        side=Side.APPLICANT,
        kind=PartyKind.SOLE_TRADER,
        name="钱和小吃店",
        uscc="92110000000000000Y",
        operator=Operator(name="钱和", gender=Gender.FEMALE, birth_date=BORN, id_no=OWN, phone=""),
    )
    return case("OLD", parties=(trader, B1))


def with_members() -> CaseFile:
    group = Party(
        ref="A1",
        side=Side.APPLICANT,
        kind=PartyKind.GROUP,
        name="钱和等2人",
        headcount=2,
        representatives=("A1-01",),
    )
    members = (
        GroupMember(ref="A1-01", name="钱和", id_no=OWN, **MEMBER),
        GroupMember(ref="A1-02", name="甄有理", id_no=A1.id_no or "", **MEMBER),
    )
    return case("OLD", parties=(group, B1), group_members=members)


def with_related() -> CaseFile:
    child = RelatedPerson(
        ref="R1", relation="子女", name="钱和", gender=Gender.FEMALE, birth_date=BORN, id_no=OWN, note=""
    )
    return case("OLD", related_persons=(child,))


CASES = {
    "party": (
        case("OLD", parties=(ME, B1)),
        [("M01", Part.PARTY, "贾讲理", True)],
    ),
    "agent": (
        case("OLD", parties=(dataclasses.replace(A1, agents=(AGENT,)), B1)),
        [("M01", Part.AGENT, "甄有理", False), ("M01", Part.AGENT, "贾讲理", True)],
    ),
    "agent of the other phone": (
        case("OLD", parties=(dataclasses.replace(A1, agents=(dataclasses.replace(AGENT, phone="1"),)), B1)),
        [],
    ),
    "agent of the other name": (
        case("OLD", parties=(dataclasses.replace(A1, agents=(dataclasses.replace(AGENT, name="钱平"),)), B1)),
        [],
    ),
    "guardian": (
        with_guardian(),
        [("M01", Part.GUARDIAN, "甄有理", False), ("M01", Part.GUARDIAN, "贾讲理", True)],
    ),
    "operator": (with_operator(), [("M01", Part.OPERATOR, "贾讲理", True)]),
    "group member": (
        with_members(),
        [("M01", Part.MEMBER, "甄有理", False), ("M01", Part.MEMBER, "贾讲理", True)],
    ),
    "related person": (
        with_related(),
        [("M01", Part.RELATED, "甄有理", False), ("M01", Part.RELATED, "贾讲理", False)],
    ),
    "a name alone": (case("OLD", parties=(A1, COMPANY)), []),
    "mediator": (
        case("OLD", mediators=[appointed(card("M01", "钱和"))]),
        [("M01", Part.MEDIATOR, "甄有理", False), ("M01", Part.MEDIATOR, "贾讲理", False)],
    ),
    "nobody": (case("OLD"), []),
}


@pytest.mark.parametrize("pool_first", [True, False], ids=["pool first", "case first"])
@pytest.mark.parametrize("kind", CASES)
def test_a_mediator_met_them_before(storage: Storage, kind: str, pool_first: bool) -> None:
    file, met = CASES[kind]
    with storage.write() as work:
        if pool_first:
            work.pool.add([ONE, mediator("M02", "孙顺", id_no="110101196001010011", phone="13900000009")])
        work.cases.add(file)
        if not pool_first:
            work.pool.add([ONE])

    assert earlier(storage, A1, B1) == met
    assert earlier(storage, A1, B1, case_key="OLD") == [], "the case at hand is no earlier case"
    assert earlier(storage) == []


def test_an_earlier_case_is_named(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([ONE])
        work.cases.add(case("OLD", parties=(ME, B1), number="试人调〔2026〕5号"))
    with storage.read() as work:
        assert work.pool.earlier("NOW", present(B1)) == (
            Earlier(
                pool_no="M01",
                case_key="OLD",
                number="试人调〔2026〕5号",
                part=Part.PARTY,
                person="贾讲理",
                opposed=True,
            ),
        )


def test_an_organisation_is_met_by_its_credit_code(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([ONE])
        work.cases.add(case("OLD", parties=(ME, COMPANY)))
    assert earlier(storage, COMPANY) == [("M01", Part.PARTY, "试验公司", True)]


def test_a_changed_number_is_looked_for_again(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([mediator("M01", "钱和")])
        work.cases.add(case("OLD", parties=(ME, B1)))
    assert earlier(storage, B1) == []
    for id_no, met in ((OWN, [("M01", Part.PARTY, "贾讲理", True)]), (None, [])):
        with storage.write() as work:
            before = work.pool.mediator("M01")
            assert before is not None
            work.pool.save(
                before, dataclasses.replace(before, card=dataclasses.replace(before.card, id_no=id_no))
            )
        assert earlier(storage, B1) == met


def test_a_changed_case_is_looked_at_again(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([ONE])
        file = work.cases.add(case("OLD", parties=(ME, B1)))
        work.cases.save(file, dataclasses.replace(file, parties=(A1, B1)))
    assert earlier(storage, B1) == []


def test_several_of_the_pool_met_in_one_case(storage: Storage) -> None:
    two = mediator("M02", "孙顺", id_no=B1.id_no)
    with storage.write() as work:
        work.cases.add(case("OLD", parties=(ME, B1)))
        work.pool.add([two])
        work.pool.add([ONE])
    assert earlier(storage, ME, B1) == [
        ("M01", Part.PARTY, "贾讲理", True),
        ("M02", Part.PARTY, "钱和", True),
    ]


def test_taking_somebody_out_of_the_pool_forgets_whom_he_met(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([ONE])
        work.cases.add(case("OLD", parties=(ME, B1)))
        work.pool.remove(["M01"])
    assert earlier(storage, B1) == []


def test_of_many_cases_with_a_mediator_the_newest_are_named(storage: Storage) -> None:
    with storage.write() as work:
        work.pool.add([mediator("M01", "钱和"), mediator("M02", "孙顺")])
        for number in range(25):
            chosen = card("M01", "钱和") if number < 5 else card("M02", "孙顺")
            work.cases.add(case(f"K{number:02}", mediators=[appointed(chosen)]))
    with storage.read() as work:
        new = work.pool.earlier("NEW", present(A1))
        of_last = work.pool.earlier("K24", present(A1))
    assert sorted(one.case_key for one in new) == [f"K{number:02}" for number in range(5, 25)]
    assert sorted(one.case_key for one in of_last) == [f"K{number:02}" for number in range(4, 24)]


def test_no_table_is_read_through(storage: Storage) -> None:
    """On SQLite the plan itself is read: what it reads grows with the people asked for, not with the history."""
    if storage.engine.dialect.name != "sqlite":
        pytest.skip("the server chooses its plan by the size of the tables")
    fill(BulkCases(storage), 40, 3, clock=lambda: datetime(2026, 11, 20, 4, tzinfo=UTC))
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        asked.append((statement, values))

    with storage.read() as work:
        event.listen(storage.engine, "before_cursor_execute", note)
        work.pool.earlier("NOW", present(A1, B1))
        work.pool.last_chosen(["M01", "M02"])
        work.pool.running()
        work.bookings.between(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), ["M01"])
        event.remove(storage.engine, "before_cursor_execute", note)
        queries = [one for one in asked if one[0].startswith("SELECT")]
        assert len(queries) == 5
        for statement, values in queries:
            plan = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            assert not [line for line in plan if line[3].startswith("SCAN")], statement
        control = work.connection.execute(text("EXPLAIN QUERY PLAN SELECT * FROM parties WHERE name = 'x'"))
        assert control.fetchall()[0][3].startswith("SCAN")
