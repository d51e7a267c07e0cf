"""The list of a month before it is prepared: every case not claimed yet, worked out, and refused with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record
from mediation_desk.subsidy.matter import parties_print
from mediation_desk.subsidy.model import Batch, Claim, Difference
from mediation_desk.subsidy.months import last_day, months_before
from mediation_desk.subsidy.ports import SubsidyWork
from mediation_desk.subsidy.rules import SubsidyRules
from mediation_desk.subsidy.sameness import Claimed, same_dispute
from mediation_desk.subsidy.worksheet import Worksheet, worksheet

MOST = 2_000
"""Cases worked out for one list, the earliest first; what is left is told."""
ZERO = Decimal("0.00")


@record
class MonthList:
    """What a list of ``month`` would hold, judged at the end of ``on``; and the lists the month has already.

    ``ready`` and ``refused`` are cases without a claim; ``to_take_back`` negative lines due on the next list;
    ``differences`` claims whose case was changed since; ``left`` cases too many to be looked at now.
    """

    month: date
    on: date
    ready: tuple[Worksheet, ...]
    refused: tuple[Worksheet, ...]
    to_take_back: tuple[Claim, ...]
    batches: tuple[Batch, ...]
    differences: tuple[Difference, ...]
    left: int = 0

    @property
    def total(self) -> Decimal:
        """What a list prepared now would come to, in yuan."""
        new = sum((sheet.amount for sheet in self.ready), ZERO)
        return new + sum((claim.amount for claim in self.to_take_back), ZERO)


def candidates(work: SubsidyWork, rules: SubsidyRules, on: date) -> tuple[tuple[Worksheet, ...], int]:
    """Every case not claimed yet up to ``on``, worked out in the order they ended; and how many are left over."""
    first = rules.begins
    if rules.within_months:
        first = max(first, months_before(on, rules.within_months) + timedelta(days=1))
    if first > on:
        return (), 0
    keys = work.subsidies.waiting(rules.tracks, first, on, MOST)
    files = [file for key in keys if (file := work.cases.find(key)) is not None]
    left = work.subsidies.count_waiting(rules.tracks, first, on) - len(keys) if len(keys) == MOST else 0
    return tuple(_worked_out(work, rules, files, on)), left


def find_same(work: SubsidyWork, rules: SubsidyRules, file: CaseFile) -> Claimed | None:
    """A claimed case that is the same dispute as ``file``."""
    likely = work.subsidies.like((parties_print(file),), _related(file))
    return _same_among(work, rules, file, likely)


def judging_day(month: date, today: date) -> date:
    """The last day of the month, or today while it lasts."""
    return min(last_day(month), today)


def _worked_out(
    work: SubsidyWork, rules: SubsidyRules, files: list[CaseFile], on: date
) -> Iterable[Worksheet]:
    keys = {key for file in files for key in _related(file)}
    likely = work.subsidies.like({parties_print(file) for file in files}, keys)
    taken: dict[str, list[CaseFile]] = {}
    for file in files:
        mine = parties_print(file)
        near = [*taken.get(mine, ()), *(one for key in _related(file) for one in taken.get(key, ()))]
        linked = (one for one in taken.get(f"to:{file.case_key}", ()))
        inside = (found for one in (*near, *linked) if (found := same_dispute(file, one, rules)))
        sheet = worksheet(file, rules, on, _same_among(work, rules, file, likely) or next(inside, None))
        if sheet.payable:  # a later case of the same dispute on the same list is refused
            for key in (mine, file.case_key, *(f"to:{one.case_key}" for one in file.related_cases)):
                taken.setdefault(key, []).append(file)
        yield sheet


def _same_among(
    work: SubsidyWork, rules: SubsidyRules, file: CaseFile, likely: Mapping[str, tuple[str, ...]]
) -> Claimed | None:
    names = (parties_print(file), *_related(file))
    for key in dict.fromkeys(key for name in names for key in likely.get(name, ()) if key != file.case_key):
        other = work.cases.find(key)
        found = same_dispute(file, other, rules) if other is not None else None
        if found is not None:
            return found
    return None


def _related(file: CaseFile) -> tuple[str, ...]:
    """Its own key, by which later cases name it, and those it names."""
    return (file.case_key, *(one.case_key for one in file.related_cases))
