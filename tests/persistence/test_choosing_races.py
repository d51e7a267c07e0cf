"""Two counters, or a counter and a window, at the same moment: somebody is first, nobody's word is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest

from db.engine import open_engine
from db.unit_of_work import Storage
from db.work import Work
from mediation_desk.access.actor import COUNTER, PROGRAM, Actor
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.mediator import Standing
from mediation_desk.shared.errors import ConflictError, DeskError, RuleError
from mediation_desk.shared.track import Track
from tests.persistence.choosing_machine import refusal
from tests.persistence.choosing_world import B1, NOW, TIES, Desk

PATIENCE = 30.0
A_MOMENT = 0.4
"""Long enough for anybody who does not have to wait."""


class Halting(Storage):
    """A storage whose writer stops right before the commit until it is let go."""

    def __init__(self, url: str) -> None:
        super().__init__(open_engine(url))
        self.reached, self.go = threading.Event(), threading.Event()

    @contextmanager
    def write(self, actor: Actor = PROGRAM) -> Iterator[Work]:
        with super().write(actor) as work:
            yield work
            self.reached.set()
            assert self.go.wait(PATIENCE)


@pytest.fixture
def counters(storage: Storage, url: str, open_storage: Callable[[str], Storage]) -> tuple[Desk, Desk]:
    """Two counters with a database connection each; the pool is there."""
    first, second = Desk(storage), Desk(open_storage(url))
    first.engage()
    return first, second


@pytest.fixture
def halting(url: str) -> Iterator[Halting]:
    """A counter's storage that stops before each commit."""
    storage = Halting(url)
    yield storage
    storage.go.set()
    storage.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def at_once(calls: Sequence[Callable[[], object]]) -> list[DeskError | None]:
    """Start all at the same moment; who was refused, and how."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> DeskError | None:
        gate.wait(PATIENCE)
        return refusal(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def sealed(desk: Desk, *ranks: str, parties: tuple[str, ...] = ("A1", "B1")) -> str:
    """A case in whose open round these parties have sealed the same ranks."""
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    for party in parties:
        desk.seal(key, party, *ranks)
    return key


def on_file(desk: Desk, key: str) -> CaseFile:
    return desk.cases.file(COUNTER, key)


def serving(desk: Desk, key: str) -> tuple[str, ...]:
    return tuple(one.pool_no for one in on_file(desk, key).mediators)


def suspend(desk: Desk, pool_no: str) -> None:
    desk.change(pool_no, standing=Standing.SUSPENDED, standing_on=desk.today, standing_reason="投诉核查")


def conclude(desk: Desk, key: str, operation_id: str = "") -> Callable[[], CaseFile]:
    return lambda: desk.choosing.conclude(COUNTER, key, on=desk.today, operation_id=operation_id)


def finished_in_time(future: Future[DeskError | None]) -> bool:
    """Whether it is through without waiting for the other."""
    try:
        future.result(A_MOMENT)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("turn", range(3))
def test_one_round_is_concluded_once(counters: tuple[Desk, Desk], turn: int) -> None:
    key = sealed(counters[0], "M02", "M01")
    before = on_file(counters[0], key).version
    refused = at_once([conclude(desk, key) for desk in counters])
    [error] = [one for one in refused if one is not None]
    assert isinstance(error, RuleError)
    assert on_file(counters[0], key).version == before + 1
    assert serving(counters[0], key) == ("M02",)
    assert len(counters[0].cases.history(COUNTER, key)) == before + 1
    assert [one.is_open for one in counters[0].choosing.ballots(COUNTER, key)] == [False]


def test_one_round_leads_to_one_second_round(counters: tuple[Desk, Desk]) -> None:
    desk = counters[0]
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M01")
    desk.seal(key, "B1", "M02")
    refused = at_once([conclude(one, key) for one in counters])
    assert refused.count(None) == 1
    assert [one.run_off for one in desk.choosing.ballots(COUNTER, key)] == [False, True]


@pytest.mark.parametrize("turn", range(3))
def test_one_case_has_one_open_round(counters: tuple[Desk, Desk], turn: int) -> None:
    key = counters[0].accepted().case_key
    refused = at_once([partial(desk.choosing.open_round, COUNTER, key) for desk in counters])
    [error] = [one for one in refused if one is not None]
    assert isinstance(error, RuleError)
    assert len(counters[0].choosing.ballots(COUNTER, key)) == 1


@pytest.mark.parametrize("turn", range(3))
def test_the_last_party_seals_while_another_counter_concludes(counters: tuple[Desk, Desk], turn: int) -> None:
    """Concluded with every mark there, or told who is still missing; never without the last one."""
    desk, other = counters
    key = sealed(desk, "M02", "M01", parties=("A1",))
    sealing, concluding = at_once([lambda: desk.seal(key, "B1", "M01"), conclude(other, key)])
    assert sealing is None
    [ballot] = desk.choosing.ballots(COUNTER, key)
    assert ballot.ranks == {"A1": ("M02", "M01"), "B1": ("M01",)}
    if concluding is None:
        assert ballot.result == serving(desk, key) == ("M01",)
    else:
        assert ballot.is_open
        assert serving(desk, key) == ()
        assert conclude(desk, key)().presiding is not None


@pytest.mark.parametrize("turn", range(3))
def test_two_parties_seal_at_once(counters: tuple[Desk, Desk], turn: int) -> None:
    desk, other = counters
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    refused = at_once(
        [lambda: desk.seal(key, "A1", "M01"), lambda: other.seal(key, "B1", "M02", strikes=("M01",))]
    )
    assert refused == [None, None]
    [ballot] = desk.choosing.ballots(COUNTER, key)
    assert ballot.ranks == {"A1": ("M01",), "B1": ("M02",)}
    assert ballot.strikes == {"A1": (), "B1": ("M01",)}


def test_two_parties_answer_at_once(counters: tuple[Desk, Desk]) -> None:
    """An answer acknowledged is kept; who was refused may say it again."""
    desk = counters[0]
    key = desk.accepted(track=Track.ADMINISTRATIVE).case_key
    desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M01"))
    desk.disclosures.disclose(COUNTER, key, "M01", "与一方相识", desk.today)
    answers = [Answer(party=party, on=desk.today, accepts=True) for party in ("A1", "B1")]
    refused = at_once(
        [
            partial(one.disclosures.answer, COUNTER, key, "M01", answer)
            for one, answer in zip(counters, answers, strict=True)
        ]
    )
    [told] = desk.choosing.disclosures(COUNTER, key)
    assert set(told.answers) == {one for one, no in zip(answers, refused, strict=True) if no is None}
    assert all(isinstance(no, ConflictError) for no in refused if no is not None)


class TestSomebodyIsSuspendedMeanwhile:
    """Either the appointment was there before the suspension, or it is refused or goes to the next."""

    def late(self, desk: Desk, halting: Halting, threads: ThreadPoolExecutor) -> Callable[..., None]:
        """The suspension comes between the check and the commit of an appointment."""

        def run(appoint: Callable[[Desk], object], key: str) -> None:
            appointing = threads.submit(refusal, lambda: appoint(Desk(halting)))
            assert halting.reached.wait(PATIENCE)
            suspending = threads.submit(refusal, lambda: suspend(desk, "M02"))
            suspended_first = finished_in_time(suspending)
            halting.go.set()
            refused = appointing.result(PATIENCE)
            assert suspending.result(PATIENCE) is None
            assert not (suspended_first and "M02" in serving(desk, key)), "appointed after the suspension"
            assert refused is None
            assert serving(desk, key) == ("M02",)

        return run

    def test_after_the_round_was_judged(
        self, counters: tuple[Desk, Desk], halting: Halting, threads: ThreadPoolExecutor
    ) -> None:
        key = sealed(counters[0], "M02", "M01")
        self.late(counters[0], halting, threads)(lambda desk: conclude(desk, key)(), key)

    def test_after_a_designation_was_judged(
        self, counters: tuple[Desk, Desk], halting: Halting, threads: ThreadPoolExecutor
    ) -> None:
        key = counters[0].accepted().case_key
        step = Designate(on=counters[0].today, presiding="M02")
        self.late(counters[0], halting, threads)(lambda desk: desk.cases.perform(COUNTER, key, step), key)

    def test_a_suspension_under_way_is_waited_for(
        self, counters: tuple[Desk, Desk], halting: Halting, threads: ThreadPoolExecutor
    ) -> None:
        desk = counters[0]
        key = sealed(desk, "M02", "M01")
        suspending = threads.submit(suspend, Desk(halting), "M02")
        assert halting.reached.wait(PATIENCE)
        concluding = threads.submit(refusal, conclude(desk, key))
        assert not finished_in_time(concluding)
        halting.go.set()
        suspending.result(PATIENCE)
        assert concluding.result(PATIENCE) is None
        assert serving(desk, key) == ("M01",)

    def test_a_tie_that_comes_to_light_counts_as_well(
        self, counters: tuple[Desk, Desk], halting: Halting, threads: ThreadPoolExecutor
    ) -> None:
        desk = counters[0]
        key = desk.accepted().case_key
        telling = threads.submit(lambda: Desk(halting).change("M02", ties=TIES[:1]))
        assert halting.reached.wait(PATIENCE)
        step = Designate(on=desk.today, presiding="M01", assisting=("M02",))
        naming = threads.submit(refusal, lambda: desk.cases.perform(COUNTER, key, step))
        assert not finished_in_time(naming)
        halting.go.set()
        telling.result(PATIENCE)
        error = naming.result(PATIENCE)
        assert isinstance(error, RuleError)
        assert B1.name in error.message
        assert serving(desk, key) == ()


def test_two_cases_do_not_fill_the_same_last_place(
    counters: tuple[Desk, Desk], halting: Halting, threads: ThreadPoolExecutor
) -> None:
    """M03 takes one case at a time; the second to conclude gets the next on both lists."""
    desk = counters[0]
    keys = [sealed(desk, "M03", "M01") for _ in range(2)]
    first = threads.submit(refusal, conclude(Desk(halting), keys[0]))
    assert halting.reached.wait(PATIENCE)
    second = threads.submit(refusal, conclude(desk, keys[1]))
    finished_in_time(second)
    halting.go.set()
    assert (first.result(PATIENCE), second.result(PATIENCE)) == (None, None)
    assert [serving(desk, key) for key in keys] == [("M03",), ("M01",)]


@pytest.mark.parametrize("turn", range(3))
def test_many_appointments_at_once_do_not_block_each_other(
    counters: tuple[Desk, Desk], url: str, open_storage: Callable[[str], Storage], turn: int
) -> None:
    """The same people on every list, named in another order, with sessions to book: all get through."""
    desk = counters[0]
    names = ("M01", "M02", "M04", "M05")
    orders = [names[at:] + names[:at] for at in range(len(names))]
    keys = [desk.accepted().case_key for _ in orders]
    desks = [Desk(open_storage(url)) for _ in orders]

    def whole(one: Desk, key: str, wanted: tuple[str, ...]) -> None:
        named = Designate(on=one.today, presiding=wanted[0], assisting=wanted[1:])
        one.cases.perform(COUNTER, key, named)
        hour = 8 + 2 * keys.index(key)
        one.cases.perform(
            COUNTER, key, PlanSession(date=one.today, start=NOW.time().replace(hour=hour), place="第一调解室")
        )

    calls = [partial(whole, one, key, wanted) for one, key, wanted in zip(desks, keys, orders, strict=True)]
    assert at_once(calls) == [None] * len(orders)
    assert [serving(desk, key) for key in keys] == orders


class TestTheSameOperationTwice:
    """A caller whose commit got no answer tries again with the same id: nothing is done twice."""

    def test_one_after_the_other(self, counters: tuple[Desk, Desk]) -> None:
        desk = counters[0]
        key = sealed(desk, "M02", "M01")
        done = conclude(desk, key, "op-1")()
        assert conclude(counters[1], key, "op-1")() == done
        assert done.presiding is not None
        named = Designate(on=desk.today, presiding="M01")
        first = desk.cases.perform(COUNTER, key, named, operation_id="op-2")
        assert desk.cases.perform(COUNTER, key, named, operation_id="op-2") == first
        assert len(desk.cases.history(COUNTER, key)) == first.version

    @pytest.mark.parametrize("turn", range(3))
    def test_at_the_same_moment(self, counters: tuple[Desk, Desk], turn: int) -> None:
        desk = counters[0]
        key = sealed(desk, "M02", "M01")
        before = on_file(desk, key).version
        assert at_once([conclude(one, key, "op-1") for one in counters]) == [None, None]
        assert on_file(desk, key).version == before + 1
        assert len(desk.choosing.ballots(COUNTER, key)) == 1

    def test_refused_it_may_be_tried_again(self, counters: tuple[Desk, Desk]) -> None:
        desk = counters[0]
        key = sealed(desk, "M02", parties=("A1",))
        with pytest.raises(RuleError, match=B1.name):
            conclude(desk, key, "op-1")()
        desk.seal(key, "B1", "M02")
        assert conclude(desk, key, "op-1")().presiding is not None
