"""The published rule for the parties' choice (domain.md §5.4)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.experts.choice_rule import decide

SHOWN = ("M01", "M02", "M03", "M04")
ranking = st.lists(st.sampled_from(SHOWN), unique=True)
marks = st.dictionaries(st.sampled_from(("A1", "A2", "B1", "B2")), ranking, min_size=1)


def test_only_common_candidate_wins() -> None:
    assert decide(SHOWN, {"A1": ("M01", "M03"), "B1": ("M03",), "B2": ("M03", "M02")}).winner == "M03"


def test_smallest_sum_wins() -> None:
    assert decide(SHOWN, {"A1": ("M02", "M01"), "B1": ("M02", "M01")}).winner == "M02"


def test_smaller_worst_rank_breaks_a_tie() -> None:
    """M01: 1 + 3, M02: 2 + 2."""
    decision = decide(SHOWN, {"A1": ("M01", "M02", "M03"), "B1": ("M03", "M02", "M01")})
    assert decision.winner == "M02"
    assert "最差名次" in decision.why


def test_order_shown_breaks_the_last_tie() -> None:
    decision = decide(("M02", "M01"), {"A1": ("M01", "M02"), "B1": ("M02", "M01")})
    assert decision.winner == "M02"
    assert "中立顺序" in decision.why


def test_no_common_candidate_and_silent_party() -> None:
    assert decide(SHOWN, {"A1": ("M01",), "B1": ("M02",)}).winner is None
    assert decide(SHOWN, {"A1": ("M01",), "B1": ()}).winner is None
    assert decide(SHOWN, {}).winner is None


@given(marks=marks)
def test_order_of_marking_does_not_matter(marks: dict[str, list[str]]) -> None:
    assert decide(SHOWN, marks) == decide(SHOWN, dict(reversed(marks.items())))


@given(marks=marks)
def test_winner_was_ranked_by_all(marks: dict[str, list[str]]) -> None:
    winner = decide(SHOWN, marks).winner
    common = [number for number in SHOWN if all(number in ranked for ranked in marks.values())]
    assert (winner in common) if common else winner is None
