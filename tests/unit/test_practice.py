"""The invented centre: lawful, varied, repeatable, and nothing in it has happened tomorrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.beside import Beside
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.checks import problems
from mediation_desk.cases.lifecycle import OPEN, State, state_of
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.vocabulary import BodyType, Category, Result
from mediation_desk.experts.choice.rule import decide
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard, SelectionMode
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from mediation_desk.parties.identity import id_problems
from mediation_desk.parties.model import PartyKind
from mediation_desk.practice.demo import fill, generate
from mediation_desk.practice.material import centre, stories
from mediation_desk.practice.people import person
from mediation_desk.practice.sample import CASES, fill_sample, shipped_case
from mediation_desk.practice.series import CASE_CODES, Name, Series
from mediation_desk.practice.work import sample_work
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.track import Track
from mediation_desk.statistics.work.kinds import work_rules
from mediation_desk.statistics.work.model import WorkEntry

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def files() -> list[CaseFile]:
    return list(generate(200, 1, TODAY))


class Kept:
    """A writer that keeps what it is given."""

    def __init__(self) -> None:
        self.bodies: Sequence[Body] = ()
        self.cards: Sequence[MediatorCard] = ()
        self.files: list[CaseFile] = []
        self.numbers: Mapping[Name, int] = {}
        self.work: Sequence[WorkEntry] = ()

    def add_centre(
        self,
        place: Sequence[Body],
        cards: Sequence[MediatorCard],
        *,
        staff: Sequence[Mediator] = (),
    ) -> None:
        if self.bodies:
            raise RuleError("not empty")
        self.bodies, self.cards = place, cards

    def add_cases(self, files: Sequence[CaseFile], numbers: Mapping[Name, int], *, at: datetime) -> None:
        self.files += files
        self.numbers = dict(numbers)

    def add_work(self, entries: Sequence[WorkEntry]) -> None:
        self.work = entries


def days_of(file: CaseFile) -> Iterator[date | None]:
    """Every day on which something is said to have happened."""
    yield file.intake.accepted_on
    yield from (mediator.selected_on for mediator in file.mediators)
    yield from (session.date for session in file.sessions if session.held)
    yield file.outcome.concluded_on if file.outcome else None
    yield from (place.on for place in (file.agreement.signatures if file.agreement else ()))
    yield from (row.done_on for row in file.performance)
    yield from (visit.on for visit in file.followups)
    yield file.judicial_confirmation.applied_on
    yield file.judicial_confirmation.decided_on
    yield file.archive.archived_on if file.archive else None
    yield file.feedback_to_source.on if file.feedback_to_source else None


def test_every_case_is_consistent_and_lawful(files: list[CaseFile]) -> None:
    assert len(files) == 200
    assert {file.case_key: problems(file) for file in files if problems(file)} == {}


@pytest.mark.parametrize(
    "until",
    [date(2026, 10, 4), date(2026, 2, 19), date(2027, 3, 1), date(2024, 2, 29)],
    ids=["National Day", "Spring Festival", "holidays not published", "leap day"],
)
def test_any_day_will_do(until: date) -> None:
    for file in generate(120, 5, until):
        assert problems(file) == ()
        assert file.intake.received_on <= until


def test_all_states_tracks_and_kinds_occur(files: list[CaseFile]) -> None:
    never = {State.BREACHED, State.ON_LEDGER}
    by_chance = {
        *(State.ROUTED, State.SUSPENDED, State.EFFECTIVE, State.CLOSED),
        *(State.FAILED, State.TERMINATED),  # these are visited soon
    }
    assert {state_of(file) for file in files} | by_chance == set(State) - never
    assert {file.outcome.result for file in files if file.outcome} == set(Result)
    assert {file.track for file in files} == set(Track)
    assert len({file.dispute.category for file in files}) >= len(Category) - 2
    assert {file.organisation.type for file in files} == set(BodyType)


def test_cases_are_as_varied_as_life(files: list[CaseFile]) -> None:
    kinds = Counter(party.kind for file in files for party in file.parties)
    assert {PartyKind.PERSON, PartyKind.COMPANY, PartyKind.SOLE_TRADER, PartyKind.GROUP} <= set(kinds)
    assert max(len(file.parties) for file in files) >= 4
    assert any(file.group_members for file in files)
    agreements = [file.agreement for file in files if file.agreement]
    assert any(clause.instalments for agreement in agreements for clause in agreement.clauses)
    assert {agreement.form for agreement in agreements} == set(AgreementForm)
    assert any(file.court_referral for file in files)
    assert any(file.judicial_confirmation.decided_on for file in files)


def test_keys_and_numbers_are_given_once_and_without_gaps(files: list[CaseFile]) -> None:
    keys = [file.case_key for file in files]
    numbers = [file.intake.number for file in files if file.intake.number]
    notices = [file.ending.notice.number for file in files if file.ending and file.ending.notice]
    assert len(set(keys)) == len(keys)
    assert len({*numbers, *notices}) == len(numbers) + len(notices)
    assert keys[0].endswith("000001")
    years = Counter(key[2:6] for key in keys)
    assert all(f"AJ{year}{count:06d}" in keys for year, count in years.items())


def test_nothing_has_happened_after_the_day(files: list[CaseFile]) -> None:
    for file in files:
        assert file.intake.received_on <= TODAY
        assert all(day is None or day < TODAY for day in days_of(file)), file.case_key


def test_cases_come_in_the_order_of_two_years(files: list[CaseFile]) -> None:
    received = [file.intake.received_on for file in files]
    assert received == sorted(received)
    assert (TODAY - received[0]).days in range(720, 731)
    assert (TODAY - received[-1]).days <= 1


def test_the_marks_lead_to_the_winner_by_the_published_rule(files: list[CaseFile]) -> None:
    chosen = 0
    for file in files:
        choice = file.selection
        if choice is None or not file.mediators or choice.mode is SelectionMode.AGENCY:
            continue
        assert decide(choice.candidates, choice.choices).winner == choice.result[0]
        chosen += 1
    assert chosen > 100


def test_each_comes_back_equal_from_an_exchange_file(files: list[CaseFile]) -> None:
    for file in files:
        assert read_case(dump_case(file, as_of=TODAY)) == replace(file, as_of=TODAY, beside=Beside())


def test_the_seed_decides() -> None:
    again = list(generate(30, 1, TODAY))
    assert again == list(generate(30, 1, TODAY))
    assert again != list(generate(30, 2, TODAY))


def test_numbers_are_invented(files: list[CaseFile]) -> None:
    people = [person(index) for index in range(0, 60_000, 7)]
    assert len({one.id_no for one in people}) == len(people)
    assert all(one.id_no.startswith("110101") for one in people)
    assert all(party.phone.startswith("1380000") for file in files for party in file.parties)
    assert all(file.fictitious for file in files)


def test_the_centre_is_complete() -> None:
    place = centre()

    assert len(place.cards) >= 24
    assert {body.type for body in place.bodies.values()} == set(BodyType)
    for card in place.cards.values():
        if card.id_no:
            assert list(id_problems(card.id_no, born=card.birth_date, gender=card.gender)) == []
    assert {card.organisation for card in place.cards.values()} <= {
        body.name for body in place.bodies.values()
    }
    assert {story.category for story in stories()} == set(Category)


def test_the_shipped_settings_describe_the_same_centre() -> None:
    shipped, place = read_centre(), centre()

    assert shipped.name == place.name
    known = {body.name: body for body in place.bodies.values()}
    for _, body in shipped.bodies:
        assert known[body.name] == body
    assert set(place.rooms) <= {room.name for room in shipped.rooms}


def test_a_small_centre_has_open_cases_too() -> None:
    for cases in (1, 3, 8, 20):
        files = list(generate(cases, 3, TODAY))
        assert len(files) == cases
        assert sum(state_of(file) in OPEN for file in files) >= cases // 4


def test_filling_hears_of_every_case_and_hands_over_the_numbers() -> None:
    kept, heard = Kept(), list[int]()

    fill(kept, 90, 4, heard.append, clock=lambda: NOW)

    assert sum(heard) == len(kept.files) == 90
    assert kept.numbers[centre().name, CASE_CODES, 2026] == sum(
        file.intake.received_on.year == 2026 for file in kept.files
    )
    with pytest.raises(RuleError):
        fill(kept, 1, 4, clock=lambda: NOW)


def test_the_sample_shows_every_turn_of_the_line() -> None:
    kept = Kept()

    fill_sample(kept, lambda: NOW)

    shipped = shipped_case()
    invented = kept.files[1:] if shipped else kept.files
    assert [state_of(file) for file in invented[8:]] == [state for *_, state in CASES[8:]]
    assert {file.track for file in invented} == set(Track)
    assert {one.kind for one in kept.work} == {kind.code for kind in work_rules().kinds}
    assert all(one.last <= TODAY for one in kept.work)
    assert kept.work == sample_work(NOW), "the same every time"
    for file in kept.files:
        assert problems(file) == ()
        assert file.organisation.name in {body.name for body in kept.bodies}
    numbers = [file.intake.number for file in kept.files if file.intake.number]
    assert len(set(numbers)) == len(numbers)
    assert len(kept.cards) >= 24
    assert any(session.date <= TODAY + timedelta(days=3) for file in kept.files for session in file.sessions)


@pytest.mark.parametrize("days", range(0, 400, 13))
def test_the_sample_is_sound_on_any_day(days: int) -> None:
    kept = Kept()
    fill_sample(kept, lambda: NOW + timedelta(days=days))
    assert all(problems(file) == () for file in kept.files)


def test_judicial_cases_share_the_numbers_of_peoples_mediation() -> None:
    series = Series()
    series.skip("甲", Track.PEOPLES.value, 2026, 30)

    assert series.next("甲", Track.JUDICIAL.value, 2026) == 31
    assert series.next("甲", Track.PEOPLES.value, 2026) == 32
    assert series.next("甲", "终止", 2026) == 1
    assert series.last == {
        ("甲", "人民调解", 2026): 32,
        ("甲", "司法调解", 2026): 32,
        ("甲", "终止", 2026): 1,
    }
