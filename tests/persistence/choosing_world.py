"""A small centre for trying the choosing core: people, a pool, the services, and a plain second opinion on both.

The second opinion reads the same records and nothing else: it shares no code with eligibility, conflict engine or rule.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine
from stdnum.cn import ric

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.choosing.disclosing import DisclosureService
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.experts.mediator import Mediator, Standing, Tie, TieKind
from mediation_desk.experts.model import Employment, MediatorCard, RecusalResult
from mediation_desk.parties.model import RESIDENT_ID, Gender, GroupMember, Party, PartyKind, Side
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.track import Track
from tests.persistence.test_case_steps import BODY, REGISTER

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
ACCEPTED = date(2026, 6, 25)
BORN = date(1980, 1, 1)
USUAL_LIMIT = 15
NEAR = ("", "弟弟")
"""Words of the tests that name near kin."""


def identity(serial: int) -> str:
    """A valid invented number of somebody born on that day; odd serials are men."""
    body = f"11010119800101{serial:03d}"
    return body + str(ric.calc_check_digit(f"{body}?"))


def _person(ref: str, side: Side, name: str, serial: int) -> Party:
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone=f"13800000{serial:03d}",
        address=f"试验镇二路{serial}号",
        gender=Gender.MALE if serial % 2 else Gender.FEMALE,
        ethnicity="汉族",
        birth_date=BORN,
        id_type=RESIDENT_ID,
        id_no=identity(serial),
        occupation="农民",
    )


A1 = _person("A1", Side.APPLICANT, "甄有理", 101)
B1 = _person("B1", Side.RESPONDENT, "贾讲理", 102)
C1 = _person("C1", Side.THIRD, "尤三方", 103)
A2 = Party(
    ref="A2",
    side=Side.APPLICANT,
    kind=PartyKind.GROUP,
    name="组员甲等3人",
    phone="13800000111",
    address="试验镇工地",
    headcount=3,
    representatives=("A2-01", "A2-02"),
    representative_letter_on=date(2026, 6, 20),
    contact_person="A2-01",
)
MEMBERS = tuple(
    GroupMember(
        ref=f"A2-0{place}",
        name=f"组员{mark}",
        gender=Gender.MALE,
        birth_date=BORN,
        id_no=identity(111 + 2 * place),
        phone=f"1380000011{place}",
        gross=Decimal("300.00"),
        is_representative=place <= 2,
    )
    for place, mark in enumerate("甲乙丙", start=1)
)
SIDES: tuple[tuple[Party, ...], ...] = ((A1, B1), (A1, B1, C1), (A1, A2, B1), (A1, A2, B1, C1))

TIES = (
    Tie(kind=TieKind.KIN, name=B1.name, relation="表弟"),
    Tie(kind=TieKind.KIN, name=A1.name, id_no=A1.id_no or ""),
    Tie(kind=TieKind.KIN, name=A1.name, id_no=identity(199), relation="弟弟"),  # another of the same name
    Tie(kind=TieKind.KIN, name=MEMBERS[2].name, relation="弟弟"),
    Tie(kind=TieKind.CLIENT, name=C1.name),
    Tie(kind=TieKind.OTHER, name=B1.name, relation="同乡"),
    Tie(kind=TieKind.KIN, name="无关人"),
)


def mediator(number: str, name: str, **known: object) -> Mediator:
    """Somebody fit for a quarrel among neighbours on two tracks, unless ``known`` says otherwise."""
    on_card = {key: known.pop(key) for key in ("specialties", "languages", "phone") if key in known}
    card = MediatorCard(
        pool_no=number,
        name=name,
        gender=Gender.FEMALE,
        organisation="某街道司法所",
        employment=Employment.FULL_TIME,
        **({"specialties": ("邻里",)} | on_card),  # type: ignore[arg-type]  # any field
    )
    return dataclasses.replace(
        Mediator(card=card, tracks=(Track.PEOPLES, Track.ADMINISTRATIVE)),
        **known,  # type: ignore[arg-type]
    )


POOL = (
    mediator("M01", "钱和"),
    mediator("M02", "孙顺"),
    mediator("M03", "李平", case_limit=1),
    mediator("M04", "周安", tracks=(Track.PEOPLES,)),
    mediator("M05", "吴明", languages=("普通话", "粤语")),
    mediator("M06", "郑合", specialties=("合同",), languages=("普通话", "粤语")),
)
NUMBERS = tuple(one.pool_no for one in POOL)


def blank(engine: Engine, template: Path) -> Storage:
    """The database of this engine as it is on the first day; the engine still knows the statements it compiled."""
    engine.dispose()
    file = Path(str(engine.url.database))
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    shutil.copyfile(template, file)
    return Storage(engine)


class Desk:
    """The services as one counter has them, on a clock that can be moved."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.now = NOW
        self.cases = CaseService(storage, lambda: self.now)
        self.choosing = ChoosingService(storage, self.cases, lambda: self.now)
        self.disclosures = DisclosureService(storage, self.cases, lambda: self.now)

    @property
    def today(self) -> date:
        """The day at the counter."""
        return local_day(self.now)

    def engage(self, pool: Iterable[Mediator] = POOL) -> None:
        """Fill the pool."""
        with self.storage.write() as work:
            work.pool.add(tuple(pool))

    def register(self, parties: Sequence[Party] = SIDES[0], track: Track = Track.PEOPLES) -> CaseFile:
        """A case with these parties."""
        command = dataclasses.replace(
            REGISTER,
            track=track,
            parties=tuple(parties),
            group_members=MEMBERS if A2 in parties else (),
            received_on=ACCEPTED,
            occurred_on=ACCEPTED,
            organisation=BODY,
        )
        return self.cases.register(COUNTER, command, despite=ANYWAY)

    def accepted(self, parties: Sequence[Party] = SIDES[0], track: Track = Track.PEOPLES) -> CaseFile:
        """A case that waits for its mediator."""
        key = self.register(parties, track).case_key
        return self.cases.perform(COUNTER, key, Accept(on=ACCEPTED))

    def seal(self, key: str, party: str, *ranks: str, strikes: tuple[str, ...] = ()) -> None:
        """One party's last word."""
        self.choosing.mark(COUNTER, key, party, ranks=ranks, strikes=strikes, sealed=True)

    def change(self, pool_no: str, **changes: object) -> None:
        """Change a record of the pool."""
        with self.storage.write() as work:
            before = work.pool.mediator(pool_no)
            assert before is not None
            work.pool.save(before, dataclasses.replace(before, **changes))  # type: ignore[arg-type]


# The second opinion


def bonds(one: Mediator, file: CaseFile) -> Counter[tuple[str, str]]:
    """What excludes this mediator, as (relation, whom), each as often as it is found."""
    people = [(party.ref, party.name, party.id_no or "") for party in file.parties]
    people += [(member.ref, member.name, member.id_no) for member in file.group_members]
    found: Counter[tuple[str, str]] = Counter()
    for tie in one.ties:
        if tie.kind is TieKind.OTHER:
            continue
        kind = "近亲属" if tie.relation in NEAR else "其他亲属"
        for ref, name, number in people:
            if name == tie.name and (not tie.id_no or tie.id_no == number):
                found[kind if tie.kind is TieKind.KIN else "代理", ref] = 1
    for party in file.parties:
        if one.card.phone and one.card.phone == party.phone:
            found["电话", party.ref] = 1
    return found


def unfit(
    one: Mediator,
    file: CaseFile,
    others: Iterable[CaseFile],
    on: date,
    *,
    language: str = "",
    kept: Counter[tuple[str, str]] | None = None,
) -> list[str]:
    """Everything against an appointment; ``kept`` are the bonds all parties know of and live with."""
    found = []
    if one.standing is not Standing.ENGAGED:
        found.append("不在聘")
    if (one.term_from and on < one.term_from) or (one.term_to and one.term_to < on):
        found.append("不在聘期")
    if any(leave.from_on <= on <= leave.to for leave in one.leaves):
        found.append("请假")
    running = [
        other
        for other in others
        if other.case_key != file.case_key
        and other.ending is None
        and any(serving.pool_no == one.pool_no for serving in other.mediators)
    ]
    if len(running) >= (USUAL_LIMIT if one.case_limit is None else one.case_limit):
        found.append("已满")
    if file.track not in one.tracks:
        found.append("种类")
    if language and language not in one.card.languages:
        found.append("语言")
    if any(r.mediator == one.pool_no and r.result is RecusalResult.GRANTED for r in file.recusals):
        found.append("已回避")
    if bonds(one, file) - (kept or Counter()):
        found.append("利害关系")
    return found


def result_of(
    ballot: Ballot, parties: Sequence[str], withdrawn: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(who presides and assists, who is shown again), worked out by hand from the published sentences."""
    left = [one for one in ballot.candidates if one not in set(withdrawn)]
    lists = [[one for one in ballot.ranks[party] if one in left] for party in parties]
    common = [one for one in left if all(one in ranks for ranks in lists)]

    def worth(one: str) -> tuple[int, int, int]:
        places = [ranks.index(one) + 1 for ranks in lists]
        return sum(places), max(places), left.index(one)

    struck = {one for party in parties for one in ballot.strikes[party]}
    again = () if common or ballot.run_off else tuple(one for one in left if one not in struck)
    return tuple(sorted(common, key=worth)[: 1 + ballot.assisting]), again


def pool_of(storage: Storage) -> Mapping[str, Mediator]:
    """The pool by number."""
    with storage.read() as work:
        return {one.pool_no: one for one in work.pool.mediators()}


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
