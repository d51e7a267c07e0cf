"""What people do around a choice: the rounds, the designation, and the pool that changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.mediator import Leave, Standing
from mediation_desk.parties.model import Party
from mediation_desk.shared.track import Track
from tests.persistence.choosing_machine import Machine, Seen, refusal
from tests.persistence.choosing_world import (
    ACCEPTED,
    B1,
    NUMBERS,
    SIDES,
    TIES,
    days,
    pool_of,
    result_of,
)

Fits = Callable[[Seen], object]
which = st.integers(0, 1)
numbers = st.sampled_from(NUMBERS)
anybody = st.sampled_from((*NUMBERS, "M99"))
sides = st.sampled_from(("A1", "A2", "B1", "C1"))
order = st.permutations(NUMBERS)
cuts = st.lists(st.integers(0, 6), min_size=4, max_size=4)
language = st.sampled_from(("", "", "粤语"))
back = st.sampled_from((0, 0, 0, 0, 1))
ties = st.lists(st.sampled_from(TIES), max_size=2, unique=True).map(tuple)
changes = st.one_of(
    st.sampled_from((*Standing, Standing.ENGAGED)).map(lambda one: ("standing", one)),
    st.sampled_from((-1, 0, 5, None)).map(lambda left: ("term_to", left)),
    st.sampled_from((None, None, 0, 1, 2)).map(lambda most: ("case_limit", most)),
    ties.map(lambda some: ("ties", some)),
    st.sampled_from((B1.phone, None)).map(lambda number: ("phone", number)),
    st.booleans().map(lambda speaks: ("speaks", speaks)),
    st.tuples(st.integers(-1, 2), st.integers(-1, 2)).map(lambda leave: ("leaves", leave)),
)
astray = st.sampled_from((False,) * 7 + (True,))
"""Now and then somebody tries what makes no sense now."""


def fitting(fits: Fits) -> Callable[[Machine], bool]:
    """Whether there is a case for it."""
    return lambda machine: any(fits(seen) for seen in machine.seen.values())


def choosing(seen: Seen) -> bool:
    return seen.round is not None


def all_sealed(seen: Seen) -> bool:
    return seen.round is not None and not seen.silent


def choosable(seen: Seen) -> bool:
    return seen.under_way and not (seen.serving and seen.file.sessions)


def between_rounds(seen: Seen) -> bool:
    return choosable(seen) and seen.round is None


class Acts(Machine):
    """Every rule is one thing somebody does."""

    def pick(self, case: int, fits: Fits, astray: bool) -> Seen:
        """A case for which this makes sense, unless somebody errs."""
        found = [seen for seen in self.seen.values() if astray or fits(seen)]
        return found[case % len(found)]

    def serving(self, seen: Seen, pool_no: str, astray: bool) -> str:
        """Somebody who serves, unless somebody errs."""
        return pool_no if astray or not seen.serving else seen.serving[int(pool_no[1:]) % len(seen.serving)]

    @initialize(
        parties=st.lists(st.sampled_from(SIDES), min_size=2, max_size=2),
        tracks=st.lists(st.sampled_from((Track.PEOPLES, Track.ADMINISTRATIVE)), min_size=2, max_size=2),
        accepted=st.sampled_from((2, 2, 2, 1)),
    )
    def register(self, parties: list[tuple[Party, ...]], tracks: list[Track], accepted: int) -> None:
        for some, track in zip(parties, tracks, strict=True):
            seen = self.look(self.desk.register(some, track).case_key)
            self.seen[seen.key] = seen
        for key in list(self.seen)[:accepted]:
            self.perform(self.seen[key], Accept(on=ACCEPTED), loop=1)

    def perform(self, seen: Seen, step: object, *, loop: int = 0) -> Seen | None:
        """Take a step of the case."""
        call = lambda: self.desk.cases.perform(COUNTER, seen.key, step)  # type: ignore[arg-type]  # noqa: E731
        return self.act(seen, call, loop=loop)

    # The parties choose

    @precondition(fitting(between_rounds))
    @rule(case=which, astray=astray, language=language, assisting=st.integers(0, 2))
    def open_round(self, case: int, astray: bool, language: str, assisting: int) -> None:
        self.open(self.pick(case, between_rounds, astray), language, assisting)

    def open(self, before: Seen, language: str, assisting: int) -> None:
        """The list that is shown holds nobody who may not serve."""
        after = self.act(
            before,
            lambda: self.desk.choosing.open_round(
                COUNTER, before.key, language=language, assisting=assisting
            ),
        )
        if after is None:
            tried = choosable(before) and before.round is None
            assert not tried or all(self.against(before.file, one, 0, language, False) for one in NUMBERS)
            return
        assert before.round is None
        assert after.round is not None
        assert after.round.candidates
        for one in after.round.candidates:
            assert self.against(after.file, one, language=language) == []

    @precondition(fitting(choosing))
    @rule(
        case=which,
        astray=astray,
        party=sides,
        named=order,
        cut=st.tuples(st.integers(0, 6), st.integers(0, 6)),
        sealed=st.booleans(),
    )
    def mark(
        self,
        case: int,
        astray: bool,
        party: str,
        named: list[str],
        cut: tuple[int, int],
        sealed: bool,
    ) -> None:
        """The first of those named are ranked, some of the last struck; astray, both and strangers too."""
        before = self.pick(case, choosing, astray)
        shown = before.round.candidates if before.round and not astray else NUMBERS
        listed = [one for one in named if one in shown]
        ranks = tuple(listed[: cut[0]])
        strikes = tuple(listed[cut[1] if astray else max(cut) :])
        after = self.act(
            before,
            lambda: self.desk.choosing.mark(
                COUNTER, before.key, party, ranks=ranks, strikes=strikes, sealed=sealed
            ),
            audited=int(sealed),
        )
        if after is None:
            return
        assert before.round is not None
        assert after.round is not None
        old, kept = before.round.mark_of(party), after.round.mark_of(party)
        assert old is None or not old.sealed
        assert kept is not None
        assert (kept.ranks, kept.strikes, kept.sealed) == (ranks, strikes, sealed)
        assert set(after.round.marks) - {kept} == set(before.round.marks) - {old}
        assert choosable(before)

    @precondition(fitting(choosing))
    @rule(case=which, named=order, cuts=cuts)
    def everybody_seals(self, case: int, named: list[str], cuts: list[int]) -> None:
        self.all_seal(self.pick(case, choosing, False), named, cuts)

    def all_seal(self, before: Seen, named: list[str], cuts: list[int]) -> None:
        """Each ranks so many and strikes the next; with 0 nobody is ranked."""
        shown = [one for one in named if before.round and one in before.round.candidates]
        for place, party in enumerate(before.silent):
            listed = tuple(shown[place % 2 :] + shown[: place % 2])
            cut = cuts[place]
            self.seal(before, party, listed[:cut], listed[cut : cut + 1])

    @precondition(fitting(choosing))
    @rule(case=which, strike=st.booleans(), astray=astray)
    def nobody_is_wanted(self, case: int, strike: bool, astray: bool) -> None:
        before = self.pick(case, choosing, False)
        for party in before.silent if astray else before.silent[:1]:
            self.seal(before, party, (), before.round.candidates if strike and before.round else ())

    def seal(self, seen: Seen, party: str, ranks: tuple[str, ...], strikes: tuple[str, ...]) -> None:
        """A mark nobody may refuse while the case is under way."""
        done = self.act(seen, lambda: self.desk.seal(seen.key, party, *ranks, strikes=strikes))
        assert (done is not None) == choosable(seen)

    @precondition(fitting(all_sealed))
    @rule(case=which, astray=astray, back=back, assisting=st.lists(anybody, max_size=1))
    def conclude(self, case: int, astray: bool, back: int, assisting: list[str]) -> None:
        self.end(self.pick(case, all_sealed, astray), back, tuple(assisting))

    def end(self, before: Seen, back: int, assisting: tuple[str, ...]) -> None:
        """What comes out is what the published sentences say, worked out a second time."""
        on = self.desk.today - days(back)
        ballot, gone = before.round, list[str]()
        result, again = tuple[str, ...](), tuple[str, ...]()
        if ballot is not None and not before.silent:
            gone = [one for one in ballot.candidates if self.against(before.file, one, 0, ballot.language)]
            result, again = result_of(ballot, before.parties, gone)
        named = tuple(one for one in assisting if one not in result) if result else ()
        unfit_now = [one for one in (*result, *named) if self.against(before.file, one, back)]
        after = self.act(
            before,
            lambda: self.desk.choosing.conclude(COUNTER, before.key, on=on, assisting=assisting),
            loop=int(bool(result)),
        )
        if after is None:
            assert back or unfit_now or not (all_sealed(before) and choosable(before)), "refused without need"
            return
        assert all_sealed(before)
        assert ballot is not None
        closed = next(one for one in after.ballots if one.no == ballot.no)
        assert closed.result == result
        assert all(one in closed.why for one in (*result[1:], *gone))
        assert (after.round.candidates if after.round else ()) == again
        assert after.serving == (*result, *named)
        assert not unfit_now
        assert after.file.selection is not None
        assert after.file.selection.result == result

    @precondition(fitting(choosable))
    @rule(
        case=which,
        named=order,
        cuts=cuts,
        assisting=st.integers(0, 2),
        language=language,
        meanwhile=st.lists(st.tuples(numbers, changes), max_size=2),
    )
    def choose_to_the_end(
        self,
        case: int,
        named: list[str],
        cuts: list[int],
        assisting: int,
        language: str,
        meanwhile: list[tuple[str, tuple[str, object]]],
    ) -> None:
        """A whole round in one go, so that what comes after it is tried often enough."""
        before = self.pick(case, choosable, False)
        if before.round is None:
            self.open(before, language, assisting)
        self.all_seal(self.seen[before.key], named, [3 + cut // 2 for cut in cuts])
        for pool_no, change in meanwhile:
            self.pool_changes(pool_no, change)
        self.end(self.seen[before.key], 0, ())

    @precondition(fitting(choosing))
    @rule(case=which, really=astray, reason=st.sampled_from(("当事人改日再选", " ")))
    def end_round(self, case: int, really: bool, reason: str) -> None:
        if not really:
            return
        before = self.pick(case, choosing, False)
        after = self.act(before, lambda: self.desk.choosing.end_round(COUNTER, before.key, reason))
        if after is not None:
            assert after.round is None
            assert after.ballots[-1].ended_by == reason

    @precondition(fitting(choosable))
    @rule(
        case=which,
        astray=astray,
        presiding=anybody,
        assisting=st.lists(numbers, max_size=1),
        said=st.dictionaries(sides, st.sampled_from((True, True, False)), max_size=3),
        back=back,
        disclosure=st.sampled_from(("", "与一方相识")),
    )
    def designate(
        self,
        case: int,
        astray: bool,
        presiding: str,
        assisting: list[str],
        said: dict[str, bool],
        back: int,
        disclosure: str,
    ) -> None:
        before = self.pick(case, choosable, astray)
        said = {ref: yes for ref, yes in said.items() if astray or ref in before.parties}
        refused_by = tuple(ref for ref, yes in said.items() if not yes)
        step = Designate(
            on=self.desk.today - days(back),
            presiding=presiding,
            assisting=tuple(assisting),
            accepted_by=tuple(ref for ref, yes in said.items() if yes),
            refused_by=refused_by,
            disclosure=disclosure,
        )
        bad = [one for one in (presiding, *assisting) if self.against(before.file, one, back)]
        after = self.perform(before, step, loop=int(not refused_by))
        if after is None:
            astray = astray or presiding in assisting or not between_rounds(before)
            assert back or bad or astray, "refused without need"
        else:
            assert not bad
            assert before.round is None
            assert after.serving == (() if refused_by else (presiding, *assisting))

    # What happens to the pool meanwhile

    @rule(pool_no=numbers, change=changes)
    def pool_changes(self, pool_no: str, change: tuple[str, object]) -> None:
        """Somebody is suspended, leaves, runs out of term, is full, marries, or goes on leave."""
        before = pool_of(self.desk.storage)
        match change:
            case "term_to", int(left):
                change = ("term_to", self.desk.today + days(left))
            case "phone", (str() | None) as number:
                change = ("card", replace(before[pool_no].card, phone=number))
            case "speaks", bool(speaks):
                tongues = ("普通话", "粤语") if speaks else ()
                change = ("card", replace(before[pool_no].card, languages=tongues))
            case "leaves", (int(first), int(many)):
                first_day = self.desk.today + days(first)
                leave = Leave(from_on=first_day, to=first_day + days(many))
                change = ("leaves", (leave,) if many >= 0 else ())
        name, value = change
        error = refusal(lambda: self.desk.change(pool_no, **{name: value}))
        if error is not None:  # leave over a session arranged already
            assert "调解会" in error.message
            assert pool_of(self.desk.storage) == before
