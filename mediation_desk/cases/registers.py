"""The registers a centre keeps beside its cases: the bin, and the numbers given out, series by series (§2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.numbering import GivenNumber, NumberSeries, series_of
from mediation_desk.cases.ports import CaseStorage
from mediation_desk.cases.summary import BinnedCase
from mediation_desk.parties.covering import covered
from mediation_desk.shared.record import record

MOST_BINNED = 200


class NumberState(StrEnum):
    """What became of a number; only 缺号 must not be."""

    GIVEN = "在用"
    VOIDED = "作废"
    IMPORTED = "导入"
    ELSEWHERE = "此前编出"
    MISSING = "缺号"


@record
class NumberLine:
    """One number, or a run of them up to ``until`` about which nothing is known."""

    serial: int
    until: int
    state: NumberState
    number: str = ""
    case_key: str = ""
    on: date | None = None
    reason: str = ""


@record
class NumberRegister:
    """One series in order, with what is wrong with it: "" when every number is accounted for."""

    series: NumberSeries
    lines: tuple[NumberLine, ...]
    fault: str = ""

    def counted(self, state: NumberState) -> int:
        """How many numbers are in ``state``."""
        return sum(line.until - line.serial + 1 for line in self.lines if line.state is state)


class Registers:
    """Reads the registers; nothing here changes anything."""

    def __init__(self, storage: CaseStorage) -> None:
        self._storage = storage

    def binned(self, actor: Actor) -> tuple[BinnedCase, ...]:
        """Cases in the bin, those put away last first, at most ``MOST_BINNED``."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return covered(actor, work, work.cases.binned(MOST_BINNED))

    def series(self, actor: Actor) -> tuple[NumberSeries, ...]:
        """Every series, newest year first; kinds that share a pattern share one."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return tuple(one for one in work.numbers.series() if series_of(one.kind) == one.kind)

    def numbers(self, actor: Actor, series: NumberSeries) -> NumberRegister:
        """One series as it stands now."""
        actor.require(Permission.CASE_READ)
        named = (series.body, series.kind, series.year)
        with self._storage.read(actor) as work:
            given, imported = work.numbers.given(*named), work.numbers.imported(*named)
            known = (one for one in work.numbers.series() if (one.body, one.kind, one.year) == named)
            return register_of(next(known, series), given, imported)


def register_of(
    series: NumberSeries, given: tuple[GivenNumber, ...], imported: tuple[GivenNumber, ...]
) -> NumberRegister:
    """Every serial from 1 to the last: given, voided, imported, or not accounted for.

    A number that came in with a file says that those before it were given out elsewhere; behind the last of
    them this desk counts alone, and a serial nobody bears is a gap.
    """
    lines = {one.serial: _line(one, imported=True) for one in imported}
    lines |= {one.serial: _line(one) for one in given}
    newest = max((one.serial for one in imported), default=0)
    whole = (*lines.values(), *_unknown(series.last, set(lines), newest))
    ordered = tuple(sorted(whole, key=lambda line: line.serial))
    return NumberRegister(series=series, lines=ordered, fault=_fault(ordered))


def _line(one: GivenNumber, *, imported: bool = False) -> NumberLine:
    state = NumberState.IMPORTED if imported else NumberState.GIVEN
    if one.voided_on is not None:
        state = NumberState.VOIDED
    return NumberLine(
        serial=one.serial,
        until=one.serial,
        state=state,
        number=one.number,
        case_key=one.case_key,
        on=one.voided_on or one.given_on,
        reason=one.reason,
    )


def _unknown(last: int, known: set[int], newest_import: int) -> Iterator[NumberLine]:
    """Runs of serials nobody bears."""
    serial = 1
    while serial <= last:
        if serial in known:
            serial += 1
            continue
        elsewhere = serial < newest_import
        until = serial
        while until + 1 <= last and until + 1 not in known and (until + 1 < newest_import) == elsewhere:
            until += 1
        state = NumberState.ELSEWHERE if elsewhere else NumberState.MISSING
        yield NumberLine(serial=serial, until=until, state=state)
        serial = until + 1


def _fault(lines: tuple[NumberLine, ...]) -> str:
    missing = [line for line in lines if line.state is NumberState.MISSING]
    if not missing:
        return ""
    runs = (
        f"{line.serial}" if line.serial == line.until else f"{line.serial}—{line.until}" for line in missing
    )
    return f"缺第{'、'.join(runs)}号：没有编给任何案件，也没有作废记录"
