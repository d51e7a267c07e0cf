"""The published rule by which the parties' marks become a result (domain.md §5.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from mediation_desk.experts.choice import words
from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.experts.choice.neutral_order import by_number
from mediation_desk.experts.choice.published import PublishedRule, published_rule
from mediation_desk.experts.choice.tally import Tally
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

Marks = Mapping[str, Sequence[str]]
"""Party reference to pool numbers: ranks best first, or strikes."""


@record
class Decision:
    """``winner`` is None when no candidate was ranked by all parties; ``why`` names the marks that decided.

    ``parties`` gives the order of the ranks in ``tallies``; withdrawn candidates have no tally.
    """

    winner: str | None
    assisting: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    tallies: tuple[Tally, ...]
    why: str


class Step(StrEnum):
    """What a finished round leads to."""

    APPOINT = "选定"
    RUN_OFF = "第二轮"
    DESIGNATE = "指派"


@record
class Next:
    """What follows from a round. ``candidates`` are those of the second round, in the same neutral order."""

    step: Step
    decision: Decision
    candidates: tuple[str, ...] = ()
    why: str

    @property
    def result(self) -> tuple[str, ...]:
        """Who was chosen, the one who presides first; empty without a result."""
        winner = self.decision.winner
        return (winner, *self.decision.assisting) if winner else ()


def decide(
    shown: Sequence[str],
    marks: Marks,
    *,
    strikes: Marks | None = None,
    seats: int = 1,
    withdrawn: Mapping[str, str] | None = None,
    rule: PublishedRule | None = None,
) -> Decision:
    """Apply the rule: ranked by all parties, then the comparisons of the rule in their order.

    ``marks`` has a key for every party, also for one that marked nothing. The order in which parties marked
    does not matter; nothing but the rule ever breaks a tie. ``seats`` is one who presides and the rest who
    assist, taken from those next in the same order; fewer may be found, and ``why`` says so. ``withdrawn``
    (pool number to reason) decides as if these had never been shown. Raises ``InputError`` for marks that
    contradict themselves or name nobody shown.
    """
    rule = rule or published_rule()
    strikes = strikes or {}
    parties = tuple(sorted({*marks, *strikes}, key=by_number))
    _check_shown(shown)
    for party in parties:
        check_mark(shown, marks.get(party, ()), strikes.get(party, ()), party=party)
    gone = {pool_no: withdrawn[pool_no] for pool_no in shown if withdrawn and pool_no in withdrawn}
    tallies = _tallies([pool_no for pool_no in shown if pool_no not in gone], parties, marks, strikes)
    common = sorted(
        (tally for tally in tallies if tally.common),
        key=lambda tally: tuple(measure.of(tally) for measure in rule.order),
    )
    asked = max(seats - 1, 0) if rule.assisting and common else 0
    assisting = common[1 : 1 + asked]
    silent = [party for party in parties if not marks.get(party) and not strikes.get(party)]
    said = (
        words.why_won(parties, common, rule.order) if common else words.why_none(parties, tallies, silent),
        words.why_assisting(parties, assisting, asked),
        words.why_left_out(gone),
    )
    return Decision(
        winner=common[0].pool_no if common else None,
        assisting=tuple(tally.pool_no for tally in assisting),
        parties=parties,
        tallies=tallies,
        why="；".join(part for part in said if part),
    )


def after(
    ballot: Ballot,
    parties: Sequence[str],
    *,
    withdrawn: Mapping[str, str] | None = None,
    rule: PublishedRule | None = None,
) -> Next:
    """What follows once every party has sealed: an appointment, the second round, or designation.

    Marks of somebody who is no party (any more) do not count. Raises ``RuleError`` (LR-6) while a party has
    not sealed, and ``InputError`` as :func:`decide` does.
    """
    silent = ballot.silent(tuple(parties))
    if silent or not parties:
        missing = "、".join(silent) or "当事人"
        raise RuleError(f"还没有都选好：{missing}，各方都确认以后才产生结果。", rule="LR-6")
    rule = rule or published_rule()
    ranks, strikes = ballot.ranks, ballot.strikes
    decision = decide(
        ballot.candidates,
        {party: ranks[party] for party in parties},
        strikes={party: strikes[party] for party in parties},
        seats=1 + ballot.assisting,
        withdrawn=withdrawn,
        rule=rule,
    )
    if decision.winner is not None:
        return Next(step=Step.APPOINT, decision=decision, why=decision.why)
    if ballot.run_off or not rule.run_off:
        reason = "第二轮仍没有共同的人选" if ballot.run_off else "没有共同的人选"
        return Next(step=Step.DESIGNATE, decision=decision, why=f"{decision.why}；{reason}，由调解组织指派")
    again = run_off_candidates(decision)
    why = f"{decision.why}；{words.why_shown_again(decision.parties, decision.tallies)}"
    if not again:
        return Next(step=Step.DESIGNATE, decision=decision, why=f"{why}，由调解组织指派")
    return Next(step=Step.RUN_OFF, decision=decision, candidates=again, why=why)


def run_off_candidates(decision: Decision) -> tuple[str, ...]:
    """Those struck by nobody, in the same neutral order; the withdrawn are not among them."""
    return tuple(tally.pool_no for tally in decision.tallies if not any(tally.struck))


def check_mark(
    shown: Sequence[str], ranks: Sequence[str], strikes: Sequence[str], *, party: str = ""
) -> None:
    """Raise ``InputError`` when one party's mark names somebody twice, both ranks and strikes, or a stranger."""
    for field, named, verb in (("ranks", ranks, "列"), ("strikes", strikes, "划去")):
        twice = _twice(named)
        if twice:
            raise InputError(f"{party}把{twice}{verb}了两次，请只{verb}一次。", field=field)
        stranger = next((pool_no for pool_no in named if pool_no not in shown), None)
        if stranger is not None:
            raise InputError(f"{party}{verb}了{stranger}，但这一位不在展示的候选人之中。", field=field)
    both = next((pool_no for pool_no in ranks if pool_no in strikes), None)
    if both is not None:
        raise InputError(f"{party}把{both}既排了名次又划去，请只留一种。", field="strikes")


def _check_shown(shown: Sequence[str]) -> None:
    twice = _twice(shown)
    if twice:
        raise InputError(f"候选名单里{twice}出现了两次。", field="shown")


def _twice(named: Sequence[str]) -> str:
    return next((pool_no for pool_no, count in Counter(named).items() if count > 1), "")


def _tallies(shown: Sequence[str], parties: Sequence[str], marks: Marks, strikes: Marks) -> tuple[Tally, ...]:
    """One tally for each candidate still there; ranks close up where a withdrawn one stood."""
    ranked = {party: [no for no in marks.get(party, ()) if no in shown] for party in parties}
    return tuple(
        Tally(
            pool_no=pool_no,
            ranks=tuple(
                ranked[party].index(pool_no) + 1 if pool_no in ranked[party] else None for party in parties
            ),
            struck=tuple(pool_no in strikes.get(party, ()) for party in parties),
            place_shown=place,
        )
        for place, pool_no in enumerate(shown)
    )
