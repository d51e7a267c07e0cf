"""The published rule for the parties' choice (domain.md §5.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mediation_desk.experts.choice.ballot import Ballot, Mark, Shown
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import Next, Step, after, check_mark, decide
from mediation_desk.shared.errors import InputError, RuleError

SHOWN = ("M01", "M02", "M03", "M04", "M05")
PARTIES = ("A1", "A2", "B1", "C1")
MOMENT = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)

Round = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Party to ranks and strikes."""


@st.composite
def one_mark(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ranks for some in any order, strikes for some of the rest."""
    order = draw(st.permutations(SHOWN))
    ranked = draw(st.integers(0, len(order)))
    struck = draw(st.integers(0, len(order) - ranked))
    return tuple(order[:ranked]), tuple(order[ranked : ranked + struck])


rounds = st.dictionaries(st.sampled_from(PARTIES), one_mark(), min_size=1)
gone = st.dictionaries(st.sampled_from(SHOWN), st.just("请假"), max_size=3)


def ranks(one: Round) -> dict[str, tuple[str, ...]]:
    return {party: mark[0] for party, mark in one.items()}


def strikes(one: Round) -> dict[str, tuple[str, ...]]:
    return {party: mark[1] for party, mark in one.items()}


def ballot(one: Round, *, shown: Sequence[str] = SHOWN, run_off: bool = False, assisting: int = 0) -> Ballot:
    return Ballot(
        case_key="C99",
        no=2 if run_off else 1,
        run_off=run_off,
        assisting=assisting,
        opened_at=MOMENT,
        rule=published_rule().version,
        shown=tuple(Shown(pool_no=number, name=f"甲{number}", running=0) for number in shown),
        marks=tuple(
            Mark(party=party, ranks=mark[0], strikes=mark[1], sealed=True, at=MOMENT)
            for party, mark in one.items()
        ),
    )


def follow(one: Round, *, shown: Sequence[str] = SHOWN, run_off: bool = False, assisting: int = 0) -> Next:
    return after(ballot(one, shown=shown, run_off=run_off, assisting=assisting), tuple(one))


# What wins.


def test_only_common_candidate_wins() -> None:
    decision = decide(SHOWN, {"A1": ("M01", "M03"), "B1": ("M03",), "B2": ("M03", "M02")})
    assert decision.winner == "M03"
    assert decision.why == "各方都列入的只有M03一位，A1列第2、B1列第1、B2列第1，名次之和4"


def test_smallest_sum_wins_and_the_second_best_is_named() -> None:
    decision = decide(SHOWN, {"A1": ("M02", "M01"), "B1": ("M02", "M03", "M01")})
    assert decision.winner == "M02"
    expected = "A1列第1、B1列第1，名次之和2为最小；其次是M01（A1列第2、B1列第3），名次之和5"
    assert decision.why == expected


def test_smaller_worst_rank_breaks_a_tie() -> None:
    """M01: 1 + 3, M02: 2 + 2."""
    decision = decide(SHOWN, {"A1": ("M01", "M02", "M03"), "B1": ("M03", "M02", "M01")})
    assert decision.winner == "M02"
    assert "M02、M01、M03的名次之和同为4；比较最差名次：M02为第2，M01为第3，M03为第3，M02在前" in decision.why


def test_order_shown_breaks_the_last_tie() -> None:
    decision = decide(("M02", "M01"), {"A1": ("M01", "M02"), "B1": ("M02", "M01")})
    assert decision.winner == "M02"
    assert decision.why == (
        "M02：A1列第2、B1列第1；M01：A1列第1、B1列第2；M02、M01的名次之和同为3；"
        "最差名次也同为第2；按展示的中立顺序，M02在前"
    )


def test_three_sides() -> None:
    marks = {"A1": ("M04", "M02"), "B1": ("M02", "M04"), "C1": ("M01", "M02", "M03", "M04")}
    assert decide(SHOWN, marks).winner == "M02"


def test_a_group_is_one_party_however_many_it_is() -> None:
    """A1 stands for 41 owners; ranks go by reference, so its mark weighs as much as B1's."""
    marks = {"A1": ("M01", "M02"), "B1": ("M02", "M01")}
    assert decide(("M02", "M01"), marks).winner == "M02"
    assert decide(("M01", "M02"), marks).winner == "M01"


def test_ten_parties_stand_in_the_order_of_their_numbers() -> None:
    marks = {f"A{number}": ("M01",) for number in range(1, 12)}
    assert decide(SHOWN, marks).parties[-2:] == ("A10", "A11")


# No common name.


def test_no_common_candidate_and_silent_party() -> None:
    apart = decide(SHOWN, {"A1": ("M01",), "B1": ("M02",)})
    assert apart.winner is None
    assert apart.why == "没有一位候选人被各方都列入；M01由A1列第1，B1未列；M02由B1列第1，A1未列"
    silent = decide(SHOWN, {"A1": ("M01",), "B1": ()})
    assert silent.winner is None
    assert "B1没有选" in silent.why
    assert decide(SHOWN, {}).winner is None


def test_no_common_name_leads_to_a_second_round_without_the_struck() -> None:
    found = follow({"A1": (("M01",), ("M02",)), "B1": (("M03",), ("M01",))})
    assert found.step is Step.RUN_OFF
    assert found.candidates == ("M03", "M04", "M05")
    assert "M01被B1划去；M02被A1划去；没有人划去的M03、M04、M05按原来的顺序再展示一次" in found.why


def test_all_struck_leads_straight_to_designation() -> None:
    found = follow({"A1": ((), SHOWN), "B1": ((), SHOWN)})
    assert found.step is Step.DESIGNATE
    assert found.candidates == ()
    assert found.result == ()
    assert "M05被A1、B1划去" in found.why
    assert "由调解组织指派" in found.why
    assert "没有选" not in found.why, "to strike all is an answer"


def test_each_candidate_struck_by_somebody_is_enough() -> None:
    one: Round = {"A1": (("M01", "M02"), ("M03",)), "B1": (("M03",), ("M01", "M02"))}
    assert follow(one, shown=("M01", "M02", "M03")).step is Step.DESIGNATE


def test_a_silent_party_leads_to_the_second_round_then_to_designation() -> None:
    one: Round = {"A1": (("M01",), ()), "B1": ((), ())}
    first = follow(one)
    assert first.step is Step.RUN_OFF
    assert first.candidates == SHOWN
    second = follow(one, shown=first.candidates, run_off=True)
    assert second.step is Step.DESIGNATE
    assert "第二轮仍没有共同的人选" in second.why


def test_the_second_round_may_find_a_common_name() -> None:
    found = follow({"A1": (("M03",), ()), "B1": (("M04", "M03"), ())}, run_off=True)
    assert found.step is Step.APPOINT
    assert found.result == ("M03",)


def test_no_result_before_everybody_has_sealed() -> None:
    made = ballot({"A1": (("M01",), ())})
    with pytest.raises(RuleError, match="B1") as caught:
        after(made, ("A1", "B1"))
    assert caught.value.rule == "LR-6"
    open_mark = replace(made, marks=(*made.marks, Mark(party="B1", ranks=("M01",), at=MOMENT)))
    with pytest.raises(RuleError):
        after(open_mark, ("A1", "B1"))
    with pytest.raises(RuleError):
        after(made, ())


def test_marks_of_somebody_who_is_no_party_any_more_do_not_count() -> None:
    one: Round = {"A1": (("M01",), ()), "B1": (("M01",), ()), "C1": ((), SHOWN)}
    assert after(ballot(one), ("A1", "B1")).result == ("M01",)


# Who assists.


def test_assisting_come_next_by_the_same_rule() -> None:
    marks = {"A1": ("M01", "M03", "M02"), "B1": ("M01", "M02", "M03")}
    decision = decide(SHOWN, marks, seats=3)
    assert (decision.winner, decision.assisting) == ("M01", ("M02", "M03"))
    assert "协助：M02（A1列第3、B1列第2，名次之和5）" in decision.why


def test_fewer_assisting_than_asked_is_said() -> None:
    found = follow({"A1": (("M01", "M02"), ()), "B1": (("M01", "M02"), ())}, assisting=3)
    assert found.result == ("M01", "M02")
    assert "协助的还差2位" in found.why


# Who left meanwhile.


def test_a_withdrawn_candidate_is_left_out_and_named() -> None:
    marks = {"A1": ("M02", "M01"), "B1": ("M02", "M01", "M03")}
    decision = decide(SHOWN, marks, withdrawn={"M02": "10月8日起请假", "M99": "不在名单上"})
    assert decision.winner == "M01"
    assert "M02（10月8日起请假）在展示以后不能再任本案调解员" in decision.why
    assert "A1列第1、B1列第1" in decision.why, "ranks close up"
    assert "M99" not in decision.why


def test_a_party_whose_only_choice_left_was_not_silent() -> None:
    decision = decide(SHOWN, {"A1": ("M02",), "B1": ("M01",)}, withdrawn={"M02": "离任"})
    assert decision.winner is None
    assert "没有选" not in decision.why


def test_the_withdrawn_do_not_come_to_the_second_round() -> None:
    made = ballot({"A1": (("M01",), ()), "B1": (("M02",), ())}, shown=("M01", "M02"))
    assert after(made, ("A1", "B1"), withdrawn={"M01": "离任"}).candidates == ("M02",)
    assert after(made, ("A1", "B1"), withdrawn={"M01": "", "M02": ""}).step is Step.DESIGNATE


# Marks that contradict themselves.


@pytest.mark.parametrize(
    ("ranked", "struck", "field", "said"),
    [
        (("M01", "M01"), (), "ranks", "A1把M01列了两次，请只列一次。"),
        ((), ("M02", "M02"), "strikes", "A1把M02划去了两次，请只划去一次。"),
        (("M99",), (), "ranks", "A1列了M99，但这一位不在展示的候选人之中。"),
        ((), ("M99",), "strikes", "A1划去了M99，但这一位不在展示的候选人之中。"),
        (("M01", "M02"), ("M02",), "strikes", "A1把M02既排了名次又划去，请只留一种。"),
    ],
)
def test_a_mark_that_cannot_be(
    ranked: tuple[str, ...], struck: tuple[str, ...], field: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        check_mark(SHOWN, ranked, struck, party="A1")
    assert (caught.value.field, caught.value.message) == (field, said)
    with pytest.raises(InputError, match=said):
        decide(SHOWN, {"A1": ranked, "B1": ("M01",)}, strikes={"A1": struck})


def test_a_list_with_somebody_twice_is_refused() -> None:
    with pytest.raises(InputError, match="M01出现了两次"):
        decide(("M01", "M01"), {"A1": ("M01",)})


# What holds of every round.


@given(one=rounds, withdrawn=gone, seats=st.integers(1, 4), data=st.data())
def test_order_of_marking_does_not_matter(
    one: Round, withdrawn: dict[str, str], seats: int, data: st.DataObject
) -> None:
    mixed = {party: one[party] for party in data.draw(st.permutations(sorted(one)))}
    left = dict(data.draw(st.permutations(sorted(withdrawn.items()))))
    first = decide(SHOWN, ranks(one), strikes=strikes(one), seats=seats, withdrawn=withdrawn)
    assert first == decide(SHOWN, ranks(mixed), strikes=strikes(mixed), seats=seats, withdrawn=left)
    assert after(ballot(one), tuple(one)) == after(ballot(mixed), tuple(mixed))


@given(one=rounds, withdrawn=gone, seats=st.integers(1, 4))
def test_only_who_was_ranked_by_all_and_is_still_there_is_chosen(
    one: Round, withdrawn: dict[str, str], seats: int
) -> None:
    decision = decide(SHOWN, ranks(one), strikes=strikes(one), seats=seats, withdrawn=withdrawn)
    common = {
        number
        for number in SHOWN
        if number not in withdrawn and all(number in mark[0] for mark in one.values())
    }
    chosen = [number for number in (decision.winner, *decision.assisting) if number]
    assert set(chosen) <= common
    assert not set(chosen) & {number for mark in one.values() for number in mark[1]}
    assert len(chosen) == len(set(chosen)) == min(seats, len(common))


@given(one=rounds)
def test_nobody_common_goes_before_the_winner(one: Round) -> None:
    """The rule once more, said differently: by the sum, then the worst rank, then the place shown."""
    marks = ranks(one)
    common = [number for number in SHOWN if all(number in ranked for ranked in marks.values())]

    def standing(number: str) -> tuple[int, int, int]:
        given = [ranked.index(number) + 1 for ranked in marks.values()]
        return sum(given), max(given), SHOWN.index(number)

    assert decide(SHOWN, marks).winner == (min(common, key=standing) if common else None)


@given(one=rounds)
def test_the_explanation_names_the_marks_that_decided(one: Round) -> None:
    decision = decide(SHOWN, ranks(one))
    if decision.winner is None:
        return
    for party, ranked in ranks(one).items():
        assert f"{party}列第{ranked.index(decision.winner) + 1}" in decision.why
    common = [tally.pool_no for tally in decision.tallies if tally.common]
    if len(common) > 1:
        second = decide(SHOWN, ranks(one), seats=2).assisting[0]
        assert second in decision.why
        for party, ranked in ranks(one).items():
            assert f"{party}列第{ranked.index(second) + 1}" in decision.why


@given(one=rounds, withdrawn=gone)
def test_the_withdrawn_count_as_never_shown(one: Round, withdrawn: dict[str, str]) -> None:
    left = [number for number in SHOWN if number not in withdrawn]
    kept = {party: [number for number in ranked if number in left] for party, ranked in ranks(one).items()}
    apart, never = decide(SHOWN, ranks(one), withdrawn=withdrawn), decide(left, kept)
    assert (apart.winner, apart.tallies) == (never.winner, never.tallies)


@given(one=rounds, assisting=st.integers(0, 2), run_off=st.booleans())
def test_a_round_leads_to_exactly_one_of_three(one: Round, assisting: int, run_off: bool) -> None:
    found = follow(one, assisting=assisting, run_off=run_off)
    struck = {number for mark in one.values() for number in mark[1]}
    if found.result:
        assert found.step is Step.APPOINT
        assert found.candidates == ()
    elif found.step is Step.RUN_OFF:
        assert not run_off
        assert found.candidates == tuple(number for number in SHOWN if number not in struck) != ()
    else:
        assert found.step is Step.DESIGNATE
        assert run_off or struck == set(SHOWN)


@given(one=rounds, new=st.permutations(SHOWN), cut=st.integers(1, len(SHOWN)))
def test_one_more_party_that_ranks_the_winner_first_keeps_the_winner(
    one: Round, new: list[str], cut: int
) -> None:
    """Its first rank adds 1 to the winner and at least 2 to everybody else."""
    winner = decide(SHOWN, ranks(one)).winner
    assume(winner is not None and "Z1" not in one)
    assert winner is not None
    mine = (winner, *(number for number in new if number != winner))[:cut]
    assert decide(SHOWN, ranks(one) | {"Z1": mine}).winner == winner


# Rules that are not ours must be found out.


def plurality(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> str | None:
    """Wrong on purpose: most first ranks win."""
    firsts = [ranked[0] for ranked in marks.values() if ranked]
    return max(shown, key=lambda number: (firsts.count(number), -shown.index(number))) if firsts else None


def first_common(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> str | None:
    """Wrong on purpose: the first shown of those ranked by all."""
    return next((no for no in shown if all(no in ranked for ranked in marks.values())), None)


@pytest.mark.parametrize("wrong", [plurality, first_common])
def test_a_wrong_rule_is_found_out(wrong: Callable[..., str | None]) -> None:
    marks = {"A1": ("M01", "M03", "M02"), "A2": ("M01", "M03", "M02"), "B1": ("M03", "M02")}
    assert decide(SHOWN, marks).winner == "M03"
    assert wrong(SHOWN, marks) != "M03"
