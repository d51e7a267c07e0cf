"""The choosing core under anything its users may do in any order, against a plain second opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine

from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.mediator import Tie
from mediation_desk.experts.model import RecusalGround
from mediation_desk.shared.track import Track
from tests.persistence.choosing_acts import Acts, astray, fitting, numbers, order, sides, ties, which
from tests.persistence.choosing_machine import Consent, Seen
from tests.persistence.choosing_world import (
    NOW,
    POOL,
    SIDES,
    Desk,
    blank,
    bonds,
    days,
    pool_of,
)


def served(seen: Seen) -> bool:
    return seen.under_way and bool(seen.serving)


def told(seen: Seen) -> bool:
    return served(seen) and any(one.disclosure for one in seen.file.mediators)


def objected(seen: Seen) -> tuple[str, ...]:
    """Serving mediators to whom somebody objects."""
    to = {told.pool_no for told in seen.disclosures for one in told.answers if not one.accepts}
    return tuple(one for one in seen.serving if one in to) if seen.under_way else ()


def may_plan(seen: Seen) -> bool:
    return served(seen) and not seen.file.sessions


class Choosing(Acts):
    """Every rule is one thing somebody does."""

    # What is known of the mediator

    @precondition(fitting(served))
    @rule(
        case=which,
        astray=astray,
        text=st.sampled_from(("与各方无利害关系", "与一方相识", " ")),
        pool_no=numbers,
    )
    def disclose(self, case: int, astray: bool, text: str, pool_no: str) -> None:
        before = self.pick(case, served, astray)
        self.tell(before, self.serving(before, pool_no, astray), text)

    def tell(self, before: Seen, pool_no: str, text: str) -> None:
        """A mediator discloses; what was answered to something else does not count any more."""
        call = lambda: self.desk.disclosures.disclose(  # noqa: E731
            COUNTER, before.key, pool_no, text, self.desk.today
        )
        if self.act(before, call) is None:
            return
        known = bonds(pool_of(self.desk.storage)[pool_no], before.file)
        old = self.consents.get((before.key, pool_no))
        same = old is not None and old.text == text and not known - old.known
        accepted = old.accepted if old is not None and same else frozenset[str]()
        self.consents[before.key, pool_no] = Consent(text, known, accepted)

    @precondition(fitting(told))
    @rule(
        case=which,
        astray=astray,
        party=sides,
        pool_no=numbers,
        accepts=st.booleans(),
        ground=st.sampled_from(("", *RecusalGround, "看不顺眼")),
        detail=st.sampled_from(("系对方亲戚", "偏袒对方", "")),
    )
    def answer(
        self, case: int, astray: bool, party: str, pool_no: str, accepts: bool, ground: str, detail: str
    ) -> None:
        before = self.pick(case, told, astray)
        given = Answer(party=party, on=self.desk.today, accepts=accepts, ground=ground, detail=detail)
        self.say(before, self.serving(before, pool_no, astray), given)

    def say(self, before: Seen, pool_no: str, given: Answer) -> None:
        """A party answers; an objection replaces the mediator at once in people's mediation."""
        steps_down = not given.accepts and before.file.track is Track.PEOPLES
        after = self.act(
            before,
            lambda: self.desk.disclosures.answer(COUNTER, before.key, pool_no, given),
            audited=1 + steps_down,
            loop=int(steps_down),
        )
        if after is None:
            return
        assert given.accepts or given.detail
        assert pool_no in before.serving
        assert (pool_no in after.serving) != steps_down
        old = self.consents.get((before.key, pool_no), Consent("与一方相识", Counter(), frozenset()))
        others = old.accepted - {given.party}
        accepted = others | {given.party} if given.accepts else others
        self.consents[before.key, pool_no] = old._replace(accepted=accepted)

    @precondition(fitting(may_plan))
    @rule(case=which, first=ties, then=ties, again=st.booleans())
    def everybody_accepts(
        self, case: int, first: tuple[Tie, ...], then: tuple[Tie, ...], again: bool
    ) -> None:
        """All parties accept what they are told of the one who presides; then more comes to light."""
        before = self.pick(case, may_plan, False)
        presiding = before.serving[0]
        self.pool_changes(presiding, ("ties", first))
        self.tell(before, presiding, "与一方相识")
        for party in before.parties:
            given = Answer(party=party, on=self.desk.today, accepts=True)
            self.say(self.seen[before.key], presiding, given)
        self.pool_changes(presiding, ("ties", then))
        if again:
            self.tell(self.seen[before.key], presiding, "与一方相识")
        self.plan(case, False, 1)

    @precondition(fitting(served))
    @rule(case=which, party=sides, last=st.booleans(), granted=st.booleans())
    def object_to_the_end(self, case: int, party: str, last: bool, granted: bool) -> None:
        """A party wants another mediator, and where there has to be a ruling, there is one."""
        before = self.pick(case, served, False)
        pool_no = before.serving[-1 if last else 0]
        self.tell(before, pool_no, "与一方相识")
        given = Answer(party=party, on=self.desk.today, accepts=False, detail="系对方亲戚")
        self.say(self.seen[before.key], pool_no, given)
        if before.file.track is Track.PEOPLES and party in before.parties:
            assert pool_no not in self.seen[before.key].serving
        elif party in before.parties:
            self.decide(self.seen[before.key], pool_no, granted, "")

    @precondition(fitting(objected))
    @rule(
        case=which,
        astray=astray,
        pool_no=numbers,
        party=st.sampled_from(("", "", "A1", "B1")),
        granted=st.booleans(),
    )
    def rule_on(self, case: int, astray: bool, pool_no: str, party: str, granted: bool) -> None:
        before = self.pick(case, objected, astray)
        self.decide(before, pool_no if astray else objected(before)[0], granted, party)

    def decide(self, before: Seen, pool_no: str, granted: bool, party: str) -> None:
        """One objection, one ruling."""
        after = self.act(
            before,
            lambda: self.desk.disclosures.rule_on(
                COUNTER, before.key, pool_no, granted=granted, by="主任", on=self.desk.today, party=party
            ),
            loop=int(granted),
        )
        if after is not None:
            assert len(after.file.recusals) == len(before.file.recusals) + 1
            assert len(set(after.file.recusals)) == len(after.file.recusals)
            assert (pool_no in after.serving) != granted

    # The case goes on

    @precondition(fitting(may_plan))
    @rule(case=which, astray=astray, ahead=st.integers(0, 2))
    def plan(self, case: int, astray: bool, ahead: int) -> None:
        before = self.pick(case, may_plan, astray or not fitting(may_plan)(self))
        step = PlanSession(
            date=self.desk.today + days(ahead),
            start=NOW.time().replace(hour=9 + case * 4),
            place="第一调解室",
        )
        if self.perform(before, step) is not None:
            pool = pool_of(self.desk.storage)
            for one in before.serving:
                assert not bonds(pool[one], before.file) - self.kept(before.file, one)

    @precondition(fitting(lambda seen: bool(seen.file.sessions)))
    @rule(case=which)
    def cancel(self, case: int) -> None:
        before = self.pick(case, lambda seen: bool(seen.file.sessions), False)
        self.perform(before, CancelSession(no=len(before.file.sessions), reason="当事人改期"))

    @rule(case=which, really=astray, astray=astray)
    def end_case(self, case: int, really: bool, astray: bool) -> None:
        if really and astray:
            end = End(
                kind=Result.FAILED,
                cause=Cause.TOO_FAR_APART,
                on=self.desk.today,
                reason="差距大",
                told_remedies=("向人民法院起诉",),
            )
            self.perform(self.pick(case, served, True), end, loop=1)

    @rule(day=astray)
    def restart(self, day: bool) -> None:
        """The power goes, another desk opens the same file; at times on another day."""
        now = self.desk.now + days(int(day))
        self.desk.storage.close()
        self.desk = Desk(Storage(self.engine))
        self.desk.now = now


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """One engine for every example."""
    engine = open_engine(f"sqlite:///{tmp_path / 'choosing.db'}")
    yield engine
    engine.dispose()


def test_whatever_people_do_the_choice_stays_lawful(engine: Engine, sqlite_template: Path) -> None:
    class OnDisk(Choosing):
        pass

    OnDisk.engine, OnDisk.template = engine, sqlite_template
    run_state_machine_as_test(
        OnDisk,
        settings=settings(
            max_examples=10,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def concluded(desk: Desk, who: Sequence[str], words: Mapping[str, Word], assisting: int) -> object:
    """The parties mark in this order on a first day; what came out, and why."""
    key = desk.accepted(SIDES[3]).case_key
    shown = desk.choosing.open_round(COUNTER, key, assisting=assisting).candidates
    for place, party in enumerate(who):
        ranks, strikes = (tuple(one for one in some if one in shown) for some in words[party])
        if place % 2:  # some change their mind before they seal
            desk.choosing.mark(COUNTER, key, party, ranks=strikes, strikes=ranks)
        desk.seal(key, party, *ranks, strikes=strikes)
    file = desk.choosing.conclude(COUNTER, key, on=desk.today)
    ballots = desk.choosing.ballots(COUNTER, key)
    told = [(one.candidates, one.result, one.why, one.ended_by) for one in ballots]
    return file.selection, [(one.pool_no, one.role) for one in file.mediators], told


ALL = ("A1", "A2", "B1", "C1")
Word = tuple[tuple[str, ...], tuple[str, ...]]
"""Ranked, struck."""
a_word = st.tuples(order, st.integers(0, 5), st.integers(4, 6)).map(
    lambda drawn: (tuple(drawn[0][: drawn[1]]), tuple(drawn[0][max(drawn[1:]) :]))
)


@given(
    words=st.fixed_dictionaries(dict.fromkeys(ALL, a_word)),
    orders=st.lists(st.permutations(ALL), min_size=3, max_size=3),
    assisting=st.integers(0, 2),
)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_order_in_which_the_parties_mark_decides_nothing(
    engine: Engine,
    sqlite_template: Path,
    words: Mapping[str, Word],
    orders: list[list[str]],
    assisting: int,
) -> None:
    """Nor does anything else beside the marks: the same marks twice, the same result in the same words."""
    outcomes = []
    for who in (ALL, ALL, *orders):
        desk = Desk(blank(engine, sqlite_template))
        desk.engage()
        outcomes.append(concluded(desk, who, words, assisting))
    assert all(one == outcomes[0] for one in outcomes)


def test_who_does_not_speak_the_language_any_more_is_left_out(storage: Storage) -> None:
    desk = Desk(storage)
    desk.engage()
    key = desk.accepted().case_key
    assert desk.choosing.open_round(COUNTER, key, language="粤语").candidates == ("M05", "M06")
    for party in ("A1", "B1"):
        desk.seal(key, party, "M05", "M06")
    desk.change("M05", card=replace(POOL[4].card, languages=("普通话",)))
    file = desk.choosing.conclude(COUNTER, key, on=desk.today)
    assert [one.pool_no for one in file.mediators] == ["M06"]
