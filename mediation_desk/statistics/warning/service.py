"""``WarningService``: the one way to early warning, for the screen and the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.parties.covering import covering
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import Period, first_of_month, month_number, month_period
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.ports import FigureReader, Place, Question
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.warning.matrix import matrix
from mediation_desk.statistics.warning.model import Prevented, Repeats, Rises, RiskMatrix, Workloads
from mediation_desk.statistics.warning.ports import WarningStorage
from mediation_desk.statistics.warning.rise import FIGURE, Months, months_for, rises
from mediation_desk.statistics.warning.rules import Among, warning_rules
from mediation_desk.statistics.warning.workload import FIGURES, workloads

DANGERS = {
    "suicide": "防止自杀",
    "criminal": "防止转化为刑事案件",
    "mass_petition": "防止群体性上访",
    "mass_fight": "防止群体性械斗",
}
"""What is prevented, by the middle of its figures' codes (§3.3)."""


class WarningService:
    """Answers from the facts and from the cases that are open or have just ended; changes nothing."""

    def __init__(self, storage: WarningStorage, clock: Clock, statistics: StatisticsService) -> None:
        self._storage = storage
        self._clock = clock
        self._statistics = statistics

    def matrix(self, actor: Actor) -> RiskMatrix:
        """The level of every open case, of those just ended without agreement and of those with a broken promise.

        Seen today: how a case stood earlier is not kept. Raises ``PermissionDenied`` without the rights to read cases
        and statistics,
        ``InputError`` for a faulty rule file.
        """
        actor.require(Permission.STATISTICS_READ)
        actor.require(Permission.CASE_READ)
        self._statistics.renew()
        rules, day = warning_rules(), self._day(None)
        ended = Period(first=day - timedelta(rules.ended_days), last=day)
        broken = Period(first=day - timedelta(rules.broken_days), last=day - timedelta(1))
        counted = book().counted
        with self._storage.read(actor) as work:
            shares = [
                *work.statistics.shares(counted["open"], Question(period=ended, as_of=day)),
                *work.statistics.shares(counted["ended_without"], Question(period=ended, as_of=day)),
            ]
            keys = {share.case_key for share in shares} | set(work.warning.broken(broken))
            again = work.warning.met_before(keys, rules.repeat_days)
            found = work.warning.situations(keys, day)
        return matrix((replace(one, again=again.get(one.case_key, ())) for one in found), rules, day)

    def rises(self, actor: Actor, month: int | None = None, on: date | None = None) -> Rises:
        """Sudden rises in a month such as 202603, else in the month of ``on``, else in the running one.

        Raises ``InputError`` for a month that has not begun, ``PermissionDenied`` without the right to read
        statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        self._statistics.renew()
        day = self._day(on)
        wanted = month if month is not None else month_number(day)
        if first_of_month(wanted) > day:
            raise InputError(f"{wanted // 100}年{wanted % 100}月还没有到。", field="--month")
        rules = warning_rules().rise
        with self._storage.read(actor) as work:
            begins = _begins(work.statistics, day)
            months = months_for(wanted, begins, day, rules)
            families = [(among, _counts(work.statistics, among, months, day)) for among in rules.among]
        return rises(families, months, rules, named)

    def repeats(self, actor: Actor, period: Period, days: int | None = None) -> Repeats:
        """Disputes of the same two sides that came back among the cases received in ``period``.

        They are listed up to the number the rules allow, the newest first. Raises ``PermissionDenied`` without the
        right to read cases.
        """
        actor.require(Permission.CASE_READ)
        rules = warning_rules()
        back = rules.repeat_days if days is None else days
        with self._storage.read(actor) as work:
            found = work.warning.repeats(period, back, rules.repeats_most + 1)
            keys = (one.case_key for repeat in found for one in (repeat.case, *repeat.before))
            cover = covering(actor, work, keys)
            if cover is not None:
                found = tuple(map(cover.line, found))
        more = len(found) > rules.repeats_most
        return Repeats(period=period, days=back, found=found[: rules.repeats_most], more=more)

    def groups(self, actor: Actor, period: Period) -> tuple[str, ...]:
        """Keys of the cases of ten people and more registered in ``period``."""
        return self.behind(actor, "groups_registered", period)

    def prevented(self, actor: Actor, period: Period) -> tuple[Prevented, ...]:
        """What was prevented in the cases concluded in ``period``, one line for each kind of danger."""
        actor.require(Permission.STATISTICS_READ)
        self._statistics.renew()
        asked = self._asked(period)
        found = []
        with self._storage.read(actor) as work:
            for code, name in DANGERS.items():
                many, persons = (book().counted[f"prevented_{code}_{what}"] for what in ("cases", "persons"))
                shares = work.statistics.shares(many, asked)
                heads = work.statistics.shares(persons, asked)
                keys = dict.fromkeys(share.case_key for share in (*shares, *heads))
                found.append(
                    Prevented(
                        name=name,
                        cases_figure=many.code,
                        persons_figure=persons.code,
                        cases=sum(int(share.adds) for share in shares),
                        persons=sum(int(share.adds) for share in heads),
                        keys=tuple(keys),
                    )
                )
        return tuple(found)

    def workload(self, actor: Actor, period: Period, as_of: date | None = None) -> Workloads:
        """What every presiding mediator has done in ``period`` and has in hand on ``as_of``, beside the median.

        For the centre's own use, never for the public. Raises ``PermissionDenied`` without the right to read
        statistics and the pool.
        """
        actor.require(Permission.STATISTICS_READ)
        actor.require(Permission.EXPERT_READ)
        self._statistics.renew()
        asked = self._asked(period, as_of)
        with self._storage.read(actor) as work:
            sums = work.statistics.sums(book().base(FIGURES), asked, ("presiding",))
            by_number = {str(key[0]): found for key, found in sums.items() if isinstance(key[0], str)}
            names = work.warning.names(by_number)
        return workloads(by_number, names, period, asked.as_of, warning_rules().few)

    def behind(
        self, actor: Actor, figure: str, period: Period, place: Place | None = None, as_of: date | None = None
    ) -> tuple[str, ...]:
        """Keys of the cases behind a figure at a place, e.g. those of a `Rise`.

        Raises ``InputError`` for a wrong code.
        """
        actor.require(Permission.STATISTICS_READ)
        counted = book().counted
        if figure not in counted:
            raise InputError(f"没有指标“{figure}”。", field="figure")
        self._statistics.renew()
        with self._storage.read(actor) as work:
            shares = work.statistics.shares(counted[figure], self._asked(period, as_of), place)
        return tuple(share.case_key for share in shares)

    def _asked(self, period: Period, as_of: date | None = None) -> Question:
        return Question(period=period, as_of=self._day(as_of))

    def _day(self, on: date | None) -> date:
        return on or local_day(self._clock())


def named(dimension: str, value: str | int | None) -> str:
    """The word for a value of a dimension."""
    if dimension == "area":
        return next((unit.short for unit in unit_tree().units if unit.code == value), str(value))
    return str(value)


def _begins(reader: FigureReader, on: date) -> int | None:
    """The month of the first case there is."""
    found = reader.sums(book().base([FIGURE]), Question(period=ALL, as_of=on), ("month",))
    return min((int(key[0]) for key in found), default=None)


def _counts(
    reader: FigureReader, among: Among, months: Months, on: date
) -> Mapping[tuple[str | int, ...], Mapping[int, int]]:
    """Cases of every group of a family, in the months that are compared; one question for each run of months."""
    figure = book().base([FIGURE])
    found: dict[tuple[str | int, ...], dict[int, int]] = defaultdict(dict)
    for period in _runs(months):
        question = Question(period=period, as_of=on)
        for key, sums in reader.sums(figure, question, ("month", *among.by)).items():
            count = int(sums.get(FIGURE, 0))
            if count:
                found[key[1:]][int(key[0])] = count
    return found


def _runs(months: Months) -> list[Period]:
    """The months as few periods: those of the last year together, each earlier one alone."""
    lately = sorted({*months.before, months.month})
    recent = Period(first=month_period(lately[0]).first, last=month_period(lately[-1]).last)
    return [month_period(one) for one in months.same if one not in lately] + [recent]
