"""Every round of choosing in the acceptance cases comes out by the published rule as it is recorded.

In each of them exactly one candidate is common to all, so they prove who may win; ties are in test_choice_rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Ballot, Mark, Shown
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import Next, Step, after, decide
from mediation_desk.experts.model import Choice, RecusalResult, SelectionMode
from mediation_desk.interchange.reader import read_case
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases

CHOSEN = (SelectionMode.PARTIES, SelectionMode.COURT_ROSTER)
MOMENT = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)

Rule = Callable[[Sequence[str], Mapping[str, Sequence[str]]], str | None]


def ours(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> str | None:
    return decide(shown, marks).winner


def applicants_first(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> str | None:
    """Wrong on purpose: what the first applicant likes best."""
    return next(iter(marks.get("A1", ())), None)


def smallest_sum_of_anybody(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> str | None:
    """Wrong on purpose: the smallest sum, without asking whether all parties named the candidate."""
    given = {
        number: [ranked.index(number) for ranked in marks.values() if number in ranked] for number in shown
    }
    return min((number for number in shown if given[number]), key=lambda number: sum(given[number]))


def load(key: str) -> CaseFile:
    return read_case(next(path for path in FILES if path.name.startswith(key)).read_bytes())


def files() -> Iterator[CaseFile]:
    return (read_case(path.read_bytes()) for path in FILES)


def rounds() -> list[tuple[str, Choice]]:
    """All recorded rounds in which the parties chose, with the case they belong to."""
    found = []
    for file in files():
        past = (*file.selection_history, *((file.selection,) if file.selection else ()))
        found += [(file.case_key, choice) for choice in past if choice.mode in CHOSEN]
    return found


def missed(rule: Rule) -> list[str]:
    return [key for key, choice in rounds() if (rule(choice.candidates, choice.choices),) != choice.result]


def follow(choice: Choice, *, shown: Sequence[str] = (), run_off: bool = False) -> Next:
    made = Ballot(
        case_key="C99",
        no=1,
        run_off=run_off,
        opened_at=MOMENT,
        rule=published_rule().version,
        shown=tuple(Shown(pool_no=number, name=number, running=0) for number in shown or choice.candidates),
        marks=tuple(
            Mark(party=party, ranks=ranked, sealed=True, at=MOMENT)
            for party, ranked in choice.choices.items()
        ),
    )
    return after(made, tuple(choice.choices))


def test_recorded_results_come_out() -> None:
    assert len(rounds()) == 10
    assert missed(ours) == []


def test_and_lead_to_an_appointment() -> None:
    for _, choice in rounds():
        found = follow(choice)
        assert (found.step, found.result) == (Step.APPOINT, choice.result)


@pytest.mark.parametrize("wrong", [applicants_first, smallest_sum_of_anybody])
def test_a_wrong_rule_fails_on_the_record(wrong: Rule) -> None:
    assert missed(wrong)


def test_one_silent_party_leads_to_designation() -> None:
    """C04: the insurer marked nothing, was shown the list again, and the body designated."""
    choice = load("C04").selection
    assert choice is not None
    assert choice.mode is SelectionMode.DESIGNATION
    first = follow(choice)
    assert first.step is Step.RUN_OFF
    assert "B2没有选" in first.why
    second = follow(choice, shown=first.candidates, run_off=True)
    assert (second.step, second.result) == (Step.DESIGNATE, ())


def test_objection_and_reselection() -> None:
    """C13: M08 stepped down after the first round; shown again without M08, the parties agree on M01."""
    file = load("C13")
    (first,) = file.selection_history
    second = file.selection
    assert second is not None
    assert ours(first.candidates, first.choices) == "M08"
    recused = {one.mediator for one in file.recusals if one.result is RecusalResult.GRANTED}
    assert recused == {"M08"}
    assert not recused & set(second.candidates)
    assert ours(second.candidates, second.choices) == "M01"


def test_had_the_relation_been_known_the_first_round_would_have_gone_on() -> None:
    """C13 once more: A1 named M08 alone, so without M08 nobody is common and the rest is shown again."""
    (first,) = load("C13").selection_history
    assert decide(first.candidates, first.choices, withdrawn={"M08": "应当回避"}).winner is None
