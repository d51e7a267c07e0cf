"""The one query layer of the statistics: sums of figures over facts, and the cases behind each sum.

A figure becomes one condition; the same condition filters the sum and the list of its cases. Whole months that
nothing has touched since they were added up are read from their kept sums, everything else is counted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    and_,
    cast,
    extract,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
)

from db.queries.sight import whole
from db.tables.afterwards import followups
from db.tables.cases import cases
from db.tables.facts import case_facts, kept_sums, settled_months, touched_months
from db.tables.submissions import submitted_facts, submitted_visits
from db.waiting import patient
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import CASES, VISITS, Counted, Term, definitions
from mediation_desk.statistics.model import Period, first_of_month, month_number, month_period
from mediation_desk.statistics.ports import EVERYTHING, Filter, Place, Question, Share, Sums

MONTH = "month"
PLACING_DAYS = ("received_on", "accepted_on", "handed_on", "concluded_on")
"""The days that place a case in a period."""

_FEN = Decimal("0.01")
Columns = Mapping[str, ColumnElement[Any]]
Key = tuple[str | int, ...]


@record
class Kept:
    """What is kept of a month: sums for every combination of these dimensions; ``figures`` None means all."""

    dimensions: tuple[str, ...]
    figures: frozenset[str] | None = None


_MAIN = frozenset(
    ("registered", "accepted", "concluded", "success", "persons", "agreed_yuan", "failed", "groups")
)
KEPT: Mapping[str, Kept] = {
    "track": Kept(dimensions=("track",)),
    "body": Kept(dimensions=("track", "body_type", "body")),
    "kind": Kept(dimensions=("track", "category"), figures=_MAIN),
    "kind_body": Kept(dimensions=("category", "body"), figures=_MAIN),
    "kind_area": Kept(dimensions=("category", "area"), figures=_MAIN),
    "flow": Kept(dimensions=("source", "track", "result"), figures=_MAIN),
}
"""By name; the first that has what is asked for is read, so the smaller ones come first."""


class FigureQueries:
    """Implements ``FigureReader`` on one connection, which sees one state of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sums(
        self, figures: Sequence[Counted], question: Question, by: tuple[str, ...] = ()
    ) -> dict[Key, Sums]:
        """Every figure for every combination of dimension values that has cases, whoever asks: sums tell of nobody."""
        with whole(self._connection):
            return self._sums(figures, question, by)

    def _sums(self, figures: Sequence[Counted], question: Question, by: tuple[str, ...]) -> dict[Key, Sums]:
        found: dict[Key, dict[str, int | Decimal]] = defaultdict(dict)
        stocks = [one for one in figures if not one.on]
        placed = [one for one in figures if one.on]
        if stocks:
            _add(found, self.counted_anew(stocks, question, by))
        kept = self._kept(placed, question, by)
        if kept is None:
            _add(found, self.counted_anew(placed, question, by))
        elif placed:
            months = self._settled(question)
            _add(found, self._from_kept(placed, question, by, kept, months))
            for_the_rest = _gaps(question.period, months)
            _add(found, self.counted_anew(placed, question, by, for_the_rest))
        return dict(found)

    def counted_anew(
        self,
        figures: Sequence[Counted],
        question: Question,
        by: tuple[str, ...] = (),
        ranges: Sequence[Period] | None = None,
        keys: Sequence[str] | None = None,
    ) -> dict[Key, Sums]:
        """The same without looking at kept sums; one query for each day figures are placed by.

        With ``keys`` only of these cases, and ``case_key`` is a dimension like any other.
        """
        with whole(self._connection):
            return self._counted_anew(figures, question, by, ranges, keys)

    def _counted_anew(
        self,
        figures: Sequence[Counted],
        question: Question,
        by: tuple[str, ...],
        ranges: Sequence[Period] | None,
        keys: Sequence[str] | None,
    ) -> dict[Key, Sums]:
        found: dict[Key, dict[str, int | Decimal]] = defaultdict(dict)
        groups: dict[tuple[str, str], list[Counted]] = defaultdict(list)
        for one in figures:
            groups[one.of, one.on].append(one)
        for (of, on), alike in groups.items():
            spans = (question.period,) if ranges is None else ranges
            if on and not spans:
                continue
            table, columns = (source if keys is None else keyed)(of, question.submission)
            dimensions = [_dimension(name, columns, on) for name in by]
            demands = [_demands(one, columns, question) for one in alike]
            # a stock is found by the day its cases end; any other demand would lure SQLite to a longer index
            shared = set.intersection(*(set(one) for one in demands)) if on else set()
            values = [
                _value(one, columns, [demand for name, demand in own.items() if name not in shared])
                for one, own in zip(alike, demands, strict=True)
            ]
            asked = [*_among(question.among, columns), *(demands[0][name] for name in sorted(shared))]
            if keys is not None:
                asked.append(columns["case_key"].in_(keys))
            query = select(*dimensions, *values).select_from(table).where(*asked).group_by(*dimensions)
            for rows in [_within(columns[on], spans)] if on else _standing(alike, columns, question):
                with patient():
                    counted = self._connection.execute(query.where(rows))
                for row in counted:
                    key, numbers = tuple(row[: len(by)]), row[len(by) :]
                    sums = {one.code: value for one, value in zip(alike, numbers, strict=True) if value}
                    if sums:
                        _add(found, {key: sums})
        return dict(found)

    def shares(
        self,
        figure: Counted,
        question: Question,
        place: Place | None = None,
        *,
        after: str = "",
        limit: int | None = None,
    ) -> tuple[Share, ...]:
        """The cases behind one figure at one place, in the order they came, from behind ``after`` on."""
        table, columns = source(figure.of, question.submission)
        adds = columns[figure.add] if figure.add else literal(1)
        case_id = columns["case_id"]
        conditions = [*_among(question.among, columns), *_demands(figure, columns, question).values()]
        if figure.on:
            conditions.append(_within(columns[figure.on], (question.period,)))
        conditions += (
            _one_of(_dimension(name, columns, figure.on), values) for name, values in (place or {}).items()
        )
        number, case_key = _keys(question.submission)
        if after:
            conditions.append(case_id > select(number).where(case_key == after).scalar_subquery())
        if figure.add:
            conditions.append(adds != 0)
        day = columns[figure.on] if figure.on else null()
        query = select(case_id, adds.label("adds"), day.label("day")).select_from(table)
        query = query.where(*conditions).order_by(case_id)
        if figure.of == VISITS:  # several to a case
            several = (case_id, func.sum(adds).label("adds"), func.min(day).label("day"))
            query = query.with_only_columns(*several).group_by(case_id)
        page = query.limit(limit).subquery() if limit is not None else query.subquery()
        of_page = select(case_key, page.c.adds, page.c.day).where(number == page.c.case_id)
        rows = self._connection.execute(of_page.order_by(page.c.case_id))
        return tuple(Share(case_key=key, adds=value, day=on) for key, value, on in rows)

    def stale_months(self) -> tuple[int, ...]:
        """Months whose kept sums no longer hold, or were never kept, the newest first."""
        with whole(self._connection):
            return self._stale_months()

    def _stale_months(self) -> tuple[int, ...]:
        holding = set(
            self._connection.scalars(
                select(settled_months.c.month).where(settled_months.c.definitions == definitions())
            )
        )
        touched = set(self._connection.scalars(select(touched_months.c.month).distinct()))
        first = self._connection.scalar(select(func.min(case_facts.c.received_on)))
        last = self._connection.scalar(select(func.max(case_facts.c.concluded_on)))
        latest = self._connection.scalar(select(func.max(case_facts.c.received_on)))
        if first is None:
            return tuple(sorted(touched, reverse=True))
        every = set(_months(Period(first=first, last=max(filter(None, (first, last, latest))))))
        return tuple(sorted((every - holding) | touched, reverse=True))

    # Kept sums

    def _kept(self, figures: Sequence[Counted], question: Question, by: tuple[str, ...]) -> str | None:
        """The kept grouping that answers this question, if one does."""
        if question.submission is not None:
            return None
        codes = {one.code for one in figures}
        asked = {name for name in by if name != MONTH} | set(_filtered(question.among))
        for name, kept in KEPT.items():
            known = kept.figures is None or codes <= kept.figures
            if known and asked <= set(kept.dimensions):
                return name
        return None

    def _settled(self, question: Question) -> frozenset[int]:
        """Months of the period that lie in it as a whole, are kept by these definitions, and hold on ``as_of``."""
        period = question.period
        first = month_number(period.first) + (period.first.day > 1)
        last = month_number(period.last)
        if period.last < month_period(last).last:
            last -= 1
        return frozenset(
            month
            for month, event in self._holding.items()
            if first <= month <= last and (event is None or event <= question.as_of)
        )

    @cached_property
    def _holding(self) -> dict[int, date | None]:
        """Months whose kept sums hold, each with the last day anything in it happened."""
        month = settled_months.c
        query = select(month.month, month.last_event_on).where(
            month.definitions == definitions(), month.month.not_in(select(touched_months.c.month))
        )
        return {row.month: row.last_event_on for row in self._connection.execute(query)}

    def _from_kept(
        self,
        figures: Sequence[Counted],
        question: Question,
        by: tuple[str, ...],
        grouping: str,
        months: frozenset[int],
    ) -> dict[Key, Sums]:
        if not months:
            return {}
        dimensions = KEPT[grouping].dimensions
        kept = kept_sums.c
        query = select(kept.month, kept.place, kept.sums).where(
            kept.grouping == grouping, kept.month.between(min(months), max(months))
        )
        money = {one.code for one in figures if one.add.endswith("_yuan")}
        codes = [one.code for one in figures]
        found: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for month, words, sums in self._connection.execute(query):
            if month not in months:
                continue
            place = dict(zip(dimensions, json.loads(words), strict=True)) | {MONTH: month}
            if not _lets_through(question.among, place):
                continue
            into = found[tuple(place[name] for name in by)]
            for code in codes:
                if code in sums:
                    into[code] += sums[code]
        return {
            key: {code: value * _FEN if code in money else value for code, value in sums.items()}
            for key, sums in found.items()
            if sums
        }


def source(of: str, submission: int | None) -> tuple[Any, Columns]:
    """What is read, and its columns by name."""
    table, columns = _facts(submission)
    if of == CASES:
        return table, columns
    assert of == VISITS  # noqa: S101  # the two there are
    if submission is None:
        joined = table.join(followups, followups.c.case_id == columns["case_id"])
        visit = {"visited_on": followups.c.on, "satisfaction": followups.c.satisfaction}
        return joined, {**columns, **visit}
    visits = submitted_visits.c
    joined = table.join(
        submitted_visits,
        and_(visits.submission_id == submission, visits.case_id == columns["case_id"]),
    )
    return joined, {**columns, "visited_on": visits.visited_on, "satisfaction": visits.satisfaction}


def keyed(of: str, submission: int | None) -> tuple[Any, Columns]:
    """The same with the key of each case among the columns."""
    table, columns = source(of, submission)
    if submission is not None:
        return table, columns
    return table.join(cases, cases.c.id == columns["case_id"]), {**columns, "case_key": cases.c.case_key}


def _keys(submission: int | None) -> tuple[ColumnElement[int], ColumnElement[str]]:
    """Number and key of every case; of a submission those of its day."""
    if submission is None:
        return cases.c.id, cases.c.case_key
    kept = submitted_facts.c
    of_its_day = select(kept.case_id, kept.case_key).where(kept.submission_id == submission).subquery()
    return of_its_day.c.case_id, of_its_day.c.case_key


def _facts(submission: int | None) -> tuple[FromClause, Columns]:
    if submission is None:
        return case_facts, dict(case_facts.c)
    kept = select(submitted_facts).where(submitted_facts.c.submission_id == submission).subquery()
    return kept, dict(kept.c)


def counts_within(
    figures: Iterable[Counted], question: Question, span: Period, columns: Columns
) -> ColumnElement[bool]:
    """Whether a case can count for any of these figures: placed in the span, or in stock on the day asked about."""
    days = {one.on for one in figures if one.on}
    stocks = (
        and_(*_demands(one, columns, question).values()) for one in figures if not one.on and one.of == CASES
    )
    placed = (_within(columns[day], (span,)) for day in sorted(days))
    return and_(*_among(question.among, columns), or_(false(), *placed, *stocks))


def _demands(figure: Counted, columns: Columns, question: Question) -> dict[str, ColumnElement[bool]]:
    """What must hold of a row that counts for the figure, the period aside; the same demand has the same name."""
    as_of = question.as_of
    found = {f"where {term}": _term(term, columns) for term in figure.terms}
    if figure.unless:
        found[f"unless {figure.unless}"] = not_(and_(*(_term(term, columns) for term in figure.unless)))
    found |= {f"by {name}": columns[name] <= as_of for name in figure.by}
    found |= {f"not by {name}": or_(columns[name].is_(None), columns[name] > as_of) for name in figure.not_by}
    if figure.past:
        found[f"past {figure.past}"] = columns[figure.past] < as_of
    if figure.later:
        first, second = figure.later
        found[f"later {figure.later}"] = columns[first] > columns[second]
    return found


def _term(term: Term, columns: Columns) -> ColumnElement[bool]:
    column = columns[term.column]
    if term.known is not None:
        return column.is_not(None) if term.known else column.is_(None)
    if term.values:
        return column == term.values[0] if len(term.values) == 1 else column.in_(term.values)
    bounds = []
    if term.least is not None:
        bounds.append(column >= term.least)
    if term.most is not None:
        bounds.append(column <= term.most)
    return and_(*bounds)


def _standing(
    stocks: Sequence[Counted], columns: Columns, question: Question
) -> tuple[ColumnElement[bool], ...]:
    """The rows a stock is counted over: the few still open and the few that ended since, each found by an index."""
    ends = set.intersection(*(set(one.not_by) for one in stocks))
    if not ends:
        return (true(),)
    day = columns[min(ends)]
    return day.is_(None), day > question.as_of


def _value(figure: Counted, columns: Columns, demands: Sequence[ColumnElement[bool]]) -> ColumnElement[Any]:
    added = func.sum(columns[figure.add]) if figure.add else func.count()
    return (added.filter(*demands) if demands else added).label(figure.code)


_CAME_IN = "received_on"
"""A stock has no day; by month its cases stand where they came in."""


def _dimension(name: str, columns: Columns, on: str) -> ColumnElement[Any]:
    if name != MONTH:
        return columns[name]
    day = columns[on or _CAME_IN]
    return cast(extract("year", day) * 100 + extract("month", day), Integer).label(MONTH)


def _one_of(column: ColumnElement[Any], values: Sequence[str | int | None]) -> ColumnElement[bool]:
    known = column.in_([value for value in values if value is not None])
    return or_(known, column.is_(None)) if None in values else known


def _among(asked: Filter, columns: Columns) -> Iterator[ColumnElement[bool]]:
    """The conditions of a filter."""
    for name, column in _EQUAL.items():
        if value := getattr(asked, name):
            yield columns[column] == value
    for name, column in _ONE_OF.items():
        if values := getattr(asked, name):
            yield columns[column].in_(values)
    for name, column in (("people", "people"), ("yuan", "claimed_yuan")):
        least, most = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        if least is not None:
            yield columns[column] >= least
        if most is not None:
            yield columns[column] <= most


_EQUAL = {
    "track": "track",
    "mediator": "presiding",
    "category": "category",
    "source": "source",
    "difficulty": "difficulty",
    "area": "area",
}
_ONE_OF = {"bodies": "body", "body_types": "body_type", "channels": "channel"}
_BOUNDS = ("people_from", "people_to", "yuan_from", "yuan_to")


def _filtered(asked: Filter) -> Iterator[str]:
    """The columns a filter looks at."""
    if asked == EVERYTHING:
        return
    for name, column in (*_EQUAL.items(), *_ONE_OF.items()):
        if getattr(asked, name):
            yield column
    yield from (name for name in _BOUNDS if getattr(asked, name) is not None)


def _lets_through(asked: Filter, place: Mapping[str, Any]) -> bool:
    """Whether a kept sum at this place belongs to the filter; it looks at nothing else (`_kept`)."""
    if asked == EVERYTHING:
        return True
    equal = all(place[column] == value for name, column in _EQUAL.items() if (value := getattr(asked, name)))
    return equal and all(
        place[column] in values for name, column in _ONE_OF.items() if (values := getattr(asked, name))
    )


def _within(day: ColumnElement[Any], ranges: Iterable[Period]) -> ColumnElement[bool]:
    spans = [day.between(one.first, one.last) for one in ranges]
    return or_(*spans) if spans else false()


def _gaps(period: Period, months: frozenset[int]) -> list[Period]:
    """What the kept months leave of the period, as few spans as possible."""
    found: list[Period] = []
    begins = period.first
    for month in sorted(months):
        kept = month_period(month)
        if begins < kept.first:
            found.append(Period(first=begins, last=kept.first - timedelta(1)))
        if kept.last >= period.last:
            return found
        begins = kept.last + timedelta(1)
    return [*found, Period(first=begins, last=period.last)]


def _months(period: Period) -> Iterator[int]:
    day = first_of_month(month_number(period.first))
    while day <= period.last:
        yield month_number(day)
        day = first_of_month(month_number(day + timedelta(31)))


def _add(into: dict[Key, dict[str, int | Decimal]], more: Mapping[Key, Sums]) -> None:
    for key, sums in more.items():
        have = into[key]
        for code, value in sums.items():
            have[code] = have.get(code, 0) + value
