"""What was done to entries whose link does not hold: edited, swapped, copied, put in, or rewritten to the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from mediation_desk.audit.entry import Entry
from mediation_desk.audit.findings import Counts, Finding, Tamper
from mediation_desk.audit.ports import Chain

_FIELDS = len(Entry._fields)
_PAIRS = 64  # so many failing entries are tried in each other's place

Mac = Callable[[tuple[Any, ...], int, bytes], str]


class Failed(NamedTuple):
    """An entry that does not hold, the stored link before it, and what is odd about its seal."""

    row: tuple[Any, ...]
    before: bytes
    odd: str = ""

    @property
    def seq(self) -> int:
        """Its number."""
        return int(self.row[0])


class Judge:
    """Names the kind of tampering from what still holds around it."""

    def __init__(self, chain: Chain, mac: Mac, *, last: int, shift: int, total: int | None) -> None:
        self._chain = chain
        self._mac = mac
        self._last = last
        self._shift = shift
        self._total = total

    def judged(self, failed: Sequence[Failed]) -> list[Finding]:
        """Findings for all entries that do not hold."""
        found, swapped = self._swaps(failed) if len(failed) <= _PAIRS else ([], set[int]())
        for run in _runs([one for one in failed if one.seq not in swapped]):
            found += self._of_run(run)
        return found

    def tail(self, counts: Counts, found: Sequence[Finding]) -> list[Finding]:
        """Entries that the head proves and that are missing at the end, or stand there unproved."""
        reached = self._last + self._shift
        explained = any(one.last >= self._last and one.kind is not Tamper.EDIT for one in found if one.first)
        if self._total is None or reached == self._total or explained:
            return []
        if reached < self._total:
            kind = Tamper.CUT_TAIL if self._last else Tamper.WIPE
            return [Finding(kind=kind, first=reached + 1, last=self._total, why="链头证明曾有这些记录")]
        if reached - counts.loose <= self._total:
            return []  # written before a sign-in; the next keyed entry seals them
        first = self._total + 1
        return [Finding(kind=Tamper.FORGERY, first=first, last=reached, why="链头不知道这些记录")]

    def _swaps(self, failed: Sequence[Failed]) -> tuple[list[Finding], set[int]]:
        """Pairs of which one is true in the other's place; links may have moved along, then the next fails too."""
        found, explained = list[Finding](), set[int]()
        for here, there in combinations(failed, 2):
            if here.seq in explained or there.seq in explained:
                continue
            links = (here.row[11], there.row[11])
            made = self._mac(there.row, here.seq, here.before)
            before = bytes.fromhex(made) if here.seq + 1 == there.seq else there.before
            if made not in links or self._mac(here.row, there.seq, before) not in links:
                continue
            found.append(Finding(kind=Tamper.SWAP, first=here.seq, last=there.seq, why="两条互换了位置"))
            explained |= {here.seq, there.seq}
            if made == there.row[11]:
                explained |= {here.seq + 1, there.seq + 1}
        return found, explained

    def _of_run(self, run: Sequence[Failed]) -> list[Finding]:
        first, last = run[0].seq, run[-1].seq
        uncounted = self._total is not None and last + self._shift != self._total
        if last == self._last and (len(run) > 1 or uncounted):
            return [self._rewritten(run)]
        if len(run) == 1 and self._twin(run[0]):
            return [Finding(kind=Tamper.DUPLICATE, first=first, last=last, why="与另一条完全相同")]
        odd = next((one.odd for one in run if one.odd), "")
        kind = Tamper.FORGERY if odd else Tamper.EDIT
        return [Finding(kind=kind, first=first, last=last, why=odd or "内容与链接不符")]

    def _rewritten(self, run: Sequence[Failed]) -> Finding:
        """Nothing holds up to the end: somebody made new links without the key; the count says what for."""
        first, gone = run[0].seq, (self._total or self._last) - self._last - self._shift
        kind, why = self._kind(run, gone), next((one.odd for one in run if one.odd), "链接不是用密钥做的")
        how = f"，少了{gone}条" if gone > 0 else f"，多了{-gone}条" if gone < 0 else ""
        return Finding(kind=kind, first=first, last=self._last, why=f"从这里起{why}{how}")

    def _kind(self, run: Sequence[Failed], gone: int) -> Tamper:
        if gone > 0:
            return Tamper.CUT_HEAD if run[0].seq == 1 else Tamper.DELETION
        if self._twin(run[0]):
            return Tamper.DUPLICATE
        if gone < 0:
            return Tamper.FORGERY
        return Tamper.SWAP if _out_of_order(run) else Tamper.EDIT

    def _twin(self, one: Failed) -> bool:
        return self._chain.twin(Entry._make(one.row[:_FIELDS])) is not None


def _runs(failed: Sequence[Failed]) -> list[list[Failed]]:
    runs: list[list[Failed]] = []
    for one in failed:
        if runs and runs[-1][-1].seq + 1 == one.seq:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _out_of_order(run: Sequence[Failed]) -> bool:
    """Whether time runs backwards where no jump of the clock was noted."""
    return any(later.row[1] < earlier.row[1] and not later.row[7] for earlier, later in pairwise(run))
