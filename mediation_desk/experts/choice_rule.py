"""The published rule by which the parties' marks become a result (domain.md §5.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mediation_desk.shared.record import record


@record
class Tally:
    """How one candidate stands after all parties have marked."""

    pool_no: str
    ranks: tuple[int | None, ...]
    place_shown: int

    @property
    def common(self) -> bool:
        """Whether every party ranked this candidate."""
        return None not in self.ranks

    @property
    def key(self) -> tuple[int, int, int]:
        """Smaller is better: sum of ranks, worst rank, neutral order shown."""
        given = [rank for rank in self.ranks if rank is not None]
        return sum(given), max(given, default=0), self.place_shown


@record
class Decision:
    """``winner`` is None when no candidate was ranked by all parties; ``why`` names the marks that decided."""

    winner: str | None
    tallies: tuple[Tally, ...]
    why: str


def decide(shown: Sequence[str], marks: Mapping[str, Sequence[str]]) -> Decision:
    """Apply the rule: ranked by all parties, smallest sum, then smaller worst rank, then the order shown.

    The order in which parties marked does not matter. Nothing else ever breaks a tie.
    """
    parties = sorted(marks)
    tallies = tuple(
        Tally(
            pool_no=pool_no,
            ranks=tuple(
                marks[party].index(pool_no) + 1 if pool_no in marks[party] else None for party in parties
            ),
            place_shown=place,
        )
        for place, pool_no in enumerate(shown)
    )
    common = sorted((tally for tally in tallies if tally.common and parties), key=lambda tally: tally.key)
    if not common:
        return Decision(winner=None, tallies=tallies, why="没有一位候选人被各方都列入")
    best, total = common[0], common[0].key[0]
    ranks = "、".join(f"{party}列第{rank}" for party, rank in zip(parties, best.ranks, strict=True))
    why = f"{ranks}，名次之和{total}为最小"
    rivals = [tally for tally in common[1:] if tally.key[0] == total]
    if rivals and any(tally.key[:2] == best.key[:2] for tally in rivals):
        why += "；并列者按展示的中立顺序"
    elif rivals:
        why += "；并列者比较最差名次"
    return Decision(winner=best.pool_no, tallies=tallies, why=why)
