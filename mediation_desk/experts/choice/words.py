"""Why a round of choosing came out as it did, in sentences that name every mark that decided.

Parties stand there by reference (A1), candidates by pool number (M01); the caller puts names in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mediation_desk.experts.choice.tally import Measure, Tally


def why_won(parties: Sequence[str], common: Sequence[Tally], order: Sequence[Measure]) -> str:
    """Why the first of ``common`` (best first) stands before the others."""
    best = common[0]
    if len(common) == 1:
        return f"各方都列入的只有{best.pool_no}一位，{_ranks(parties, best)}，{_sum(best)}"
    first, *further = order
    level = [tally for tally in common if first.of(tally) == first.of(best)]
    if len(level) == 1:
        return f"{_ranks(parties, best)}，{_is_best(first, best)}；{_next_best(parties, common[1], first)}"
    ranked = "；".join(f"{tally.pool_no}：{_ranks(parties, tally)}" for tally in level)
    return f"{ranked}；{_level(first, level)}；{_broken(level, further)}"


def why_none(parties: Sequence[str], tallies: Sequence[Tally], silent: Sequence[str]) -> str:
    """Who left out each candidate that somebody ranked; ``silent`` are the parties that marked nothing."""
    said = ["没有一位候选人被各方都列入"]
    if silent:
        said.append(f"{'、'.join(silent)}没有选")
    for tally in tallies:
        if tally.given:
            missing = [party for party, rank in zip(parties, tally.ranks, strict=True) if rank is None]
            said.append(f"{tally.pool_no}由{_ranks(parties, tally)}，{'、'.join(missing)}未列")
    return "；".join(said)


def why_assisting(parties: Sequence[str], chosen: Sequence[Tally], asked: int) -> str:
    """Who assists by the same marks, and how many are still missing; empty when nobody was asked for."""
    said = [f"协助：{tally.pool_no}（{_ranks(parties, tally)}，{_sum(tally)}）" for tally in chosen]
    if len(chosen) < asked:
        said.append(f"各方都列入的人选不够，协助的还差{asked - len(chosen)}位")
    return "；".join(said)


def why_left_out(withdrawn: Mapping[str, str]) -> str:
    """Who was shown and could not be chosen any more."""
    if not withdrawn:
        return ""
    gone = "、".join(f"{pool_no}（{reason}）" if reason else pool_no for pool_no, reason in withdrawn.items())
    return f"{gone}在展示以后不能再任本案调解员，不参加比较，其后的名次前移"


def why_shown_again(parties: Sequence[str], tallies: Sequence[Tally]) -> str:
    """Which candidates stay for the second round and who struck the others."""
    left = [tally.pool_no for tally in tallies if not any(tally.struck)]
    said = [
        f"{tally.pool_no}被{'、'.join(party for party, out in zip(parties, tally.struck, strict=True) if out)}划去"
        for tally in tallies
        if any(tally.struck)
    ]
    said.append(f"没有人划去的{'、'.join(left)}按原来的顺序再展示一次" if left else "没有可以再展示的候选人")
    return "；".join(said)


def _ranks(parties: Sequence[str], tally: Tally) -> str:
    return "、".join(
        f"{party}列第{rank}" for party, rank in zip(parties, tally.ranks, strict=True) if rank is not None
    )


def _sum(tally: Tally) -> str:
    return f"{Measure.SUM}{Measure.SUM.told(tally)}"


def _is_best(measure: Measure, tally: Tally) -> str:
    superlative = {Measure.SUM: "最小", Measure.FIRSTS: "最多"}.get(measure, "最靠前")
    return f"{measure}{measure.told(tally)}为{superlative}"


def _next_best(parties: Sequence[str], tally: Tally, measure: Measure) -> str:
    return f"其次是{tally.pool_no}（{_ranks(parties, tally)}），{measure}{measure.told(tally)}"


def _level(measure: Measure, level: Sequence[Tally]) -> str:
    return f"{'、'.join(tally.pool_no for tally in level)}的{measure}同为{measure.told(level[0])}"


def _broken(level: Sequence[Tally], order: Sequence[Measure]) -> str:
    """One clause for each further comparison until one candidate stands alone; ``level`` is best first."""
    said: list[str] = []
    for measure in order:
        best = level[0]
        still = [tally for tally in level if measure.of(tally) == measure.of(best)]
        if measure is Measure.SHOWN:
            said.append(f"按展示的中立顺序，{best.pool_no}在前")
        elif len(still) == len(level):
            said.append(f"{measure}也同为{measure.told(best)}")
        else:
            values = "，".join(f"{tally.pool_no}为{measure.told(tally)}" for tally in level)
            ahead = "、".join(tally.pool_no for tally in still)
            said.append(f"比较{measure}：{values}，{ahead}在前")
        if len(still) == 1:
            break
        level = still
    return "；".join(said)
