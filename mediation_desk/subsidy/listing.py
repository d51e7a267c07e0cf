"""The list of a month before it is prepared: every case not claimed yet, worked out, and refused with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record
from mediation_desk.subsidy.matter import parties_print
from mediation_desk.subsidy.model import Batch, Claim, Difference
from mediation_desk.subsidy.months import last_day, months_before
from mediation_desk.subsidy.ports import SubsidyWork, Waiting
from mediation_desk.subsidy.rules import SubsidyRules
from mediation_desk.subsidy.sameness import Claimed, same_dispute
from mediation_desk.subsidy.worksheet import Worksheet, worksheet

MOST, MOST_UNFILED, _PAGE = 2_000, 300, 500
"""Cases on one list, and cases whose volume is not filed that are opened; what is left is told."""
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
    """Every case not claimed yet up to ``on``, worked out in the order they ended; and how many are left over.

    Where a volume has to be filed, cases without one are refused whatever else they have: only so many of them are
    opened, so that they keep nobody from being paid.
    """
    first = rules.begins
    if rules.within_months:
        first = max(first, months_before(on, rules.within_months) + timedelta(days=1))
    if first > on:
        return (), 0
    asked = Waiting(tracks=rules.tracks, first=first, last=on, filed=True if rules.filed else None)
    listing = _Listing(work, rules, on)
    found = listing.all_of(asked, ready=MOST)
    if rules.filed:
        unfiled = replace(asked, filed=False)
        found += listing.all_of(unfiled, looked_at=MOST_UNFILED)
        return tuple(sorted(found, key=_order)), work.subsidies.count_waiting(asked) + (
            work.subsidies.count_waiting(unfiled) - len(found)
        )
    return tuple(found), work.subsidies.count_waiting(asked) - len(found)


def find_same(work: SubsidyWork, rules: SubsidyRules, file: CaseFile) -> Claimed | None:
    """A claimed case that is the same dispute as ``file``."""
    likely = work.subsidies.like((parties_print(file),), _related(file))
    return _same_among(work, rules, file, likely)


def judging_day(month: date, today: date) -> date:
    """The last day of the month, or today while it lasts."""
    return min(last_day(month), today)


class _Listing:
    """Works cases out page by page; a later case of a dispute that is already on the list is refused."""

    def __init__(self, work: SubsidyWork, rules: SubsidyRules, on: date) -> None:
        self._work, self._rules, self._on = work, rules, on
        self._taken: dict[str, list[CaseFile]] = defaultdict(list)

    def all_of(self, asked: Waiting, *, ready: int = 0, looked_at: int = 0) -> list[Worksheet]:
        """The earliest first, until so many may be paid, or so many were looked at (0: no bound)."""
        found: list[Worksheet] = []
        after: tuple[date, str] | None = None
        while True:
            page = self._work.subsidies.waiting(asked, looked_at or _PAGE, after)
            found += self._worked_out([key for _day, key in page])
            enough = sum(sheet.payable for sheet in found) >= ready if ready else True
            if enough or len(page) < _PAGE:
                return found
            after = page[-1]

    def _worked_out(self, keys: Sequence[str]) -> Iterator[Worksheet]:
        files = self._work.cases.find_many(keys)
        related = {key for file in files for key in _related(file)}
        likely = self._work.subsidies.like({parties_print(file) for file in files}, related)
        for file in files:
            same = _same_among(self._work, self._rules, file, likely) or self._on_this_list(file)
            sheet = worksheet(file, self._rules, self._on, same)
            if sheet.payable:
                named = (f"to:{one.case_key}" for one in file.related_cases)
                for name in (parties_print(file), file.case_key, *named):
                    self._taken[name].append(file)
            yield sheet

    def _on_this_list(self, file: CaseFile) -> Claimed | None:
        names = (parties_print(file), *_related(file), f"to:{file.case_key}")
        near = (one for name in names for one in self._taken.get(name, ()))
        return next((found for one in near if (found := same_dispute(file, one, self._rules))), None)


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


def _order(sheet: Worksheet) -> tuple[date, str]:
    return sheet.concluded_on or sheet.on, sheet.case_key


def _related(file: CaseFile) -> tuple[str, ...]:
    """Its own key, by which later cases name it, and those it names."""
    return (file.case_key, *(one.case_key for one in file.related_cases))
