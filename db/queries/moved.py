"""Which cases of a submitted period are not what they were, and what they say about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from db.chunks import chunks
from db.queries.figures import PLACING_DAYS, FigureQueries, Key, keyed
from db.queries.seen import keys_seen
from db.queries.sight import whole
from db.tables.afterwards import followups
from db.tables.beside import corrections
from db.tables.cases import cases
from db.tables.facts import case_facts
from db.tables.record import history
from db.tables.submissions import submitted_facts, submitted_visits
from mediation_desk.statistics.figures import CASES, Counted
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question, Sums
from mediation_desk.statistics.submitting.model import Event, Facts

_FACTS = tuple(column.name for column in case_facts.c if column.name != "case_id")
_CORRECTED = "更正"


class MovedQueries:
    """Compares kept facts with those of today, by case key: row numbers may be given again.

    Looked at is every case, as for the sums; what is shown of them is cut to ``seen``.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moved(self, question: Question) -> tuple[str, ...]:
        """Keys of cases whose facts in the period are not those kept; not all of them move a figure."""
        assert question.submission is not None  # noqa: S101  # what is compared is a submission
        kept = submitted_facts.c
        mine = kept.submission_id == question.submission
        now = case_facts.c
        together = (
            select(kept.case_key)
            .select_from(submitted_facts)
            .outerjoin(cases, cases.c.case_key == kept.case_key)
            .outerjoin(case_facts, now.case_id == cases.c.id)
        )
        differs = or_(*(kept[name].is_distinct_from(now[name]) for name in _FACTS))
        placed = or_(_placed(kept, question.period), _placed(now, question.period))
        queries: list[Select[Any]] = [
            together.where(mine, or_(now.case_id.is_(None), and_(differs, placed))),
            _new(question),
            *_visits(question),
        ]
        with whole(self._connection):
            return tuple(sorted({key for query in queries for key in self._connection.scalars(query)}))

    def per_case(
        self, figures: Sequence[Counted], question: Question, by: tuple[str, ...], keys: Sequence[str]
    ) -> Mapping[Key, Sums]:
        """Sums of these cases one by one, kept or as they are now."""
        counting = FigureQueries(self._connection)
        found: dict[Key, Sums] = {}
        for some in chunks(keys):
            found |= counting.counted_anew(figures, question, ("case_key", *by), None, some)
        return found

    def facts_of(self, submission: int | None, keys: Sequence[str]) -> Facts:
        """All facts of cases, kept or as they are now."""
        table, columns = keyed(CASES, submission)
        found: dict[str, Mapping[str, object]] = {}
        wanted = [columns["case_key"], *(columns[name] for name in _FACTS)]
        for some in chunks(keys):
            query = select(*wanted).select_from(table).where(columns["case_key"].in_(some))
            with whole(self._connection):
                for key, *values in self._connection.execute(query):
                    found[key] = dict(zip(_FACTS, values, strict=True))
        return found

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Which of these cases are stored, in the bin or not."""
        with whole(self._connection):
            return keys_seen(self._connection, keys)

    def seen(self, keys: Collection[str]) -> frozenset[str]:
        """Those of them this unit sees."""
        return keys_seen(self._connection, keys)

    def events(self, keys: Sequence[str], since: datetime) -> Mapping[str, tuple[Event, ...]]:
        """What happened to these cases since, and the reasons of corrections."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        line, reason = history.c, corrections.c
        for some in chunks(keys):
            told = (
                select(cases.c.case_key, line.at, line.account, line.step, line.sentence)
                .join(cases, cases.c.id == line.case_id)
                .where(cases.c.case_key.in_(some), line.at > since)
                .order_by(line.line)
            )
            for key, at, account, step, sentence in self._connection.execute(told):
                found[key].append(Event(at=at, account=account, step=step, sentence=sentence))
            why = (
                select(cases.c.case_key, reason.on, reason.by, reason.reason)
                .join(cases, cases.c.id == reason.case_id)
                .where(cases.c.case_key.in_(some), reason.on >= since.astimezone().date())
                .order_by(reason.no)
            )
            for key, day, account, sentence in self._connection.execute(why):
                at = datetime.combine(day, time.min, UTC)
                found[key].append(Event(at=at, account=account, step=_CORRECTED, sentence=sentence))
        return {key: tuple(events) for key, events in found.items()}


def _placed(columns: Any, period: Period) -> ColumnElement[bool]:
    return or_(*(columns[day].between(period.first, period.last) for day in PLACING_DAYS))


def _new(question: Question) -> Select[Any]:
    """Cases that lie in the period now and were not kept."""
    table, columns = keyed(CASES, None)
    kept = submitted_facts.c
    there = select(kept.case_key).where(
        kept.submission_id == question.submission, kept.case_key == columns["case_key"]
    )
    placed = _placed(columns, question.period)
    return select(columns["case_key"]).select_from(table).where(placed, ~there.exists())


def _visits(question: Question) -> tuple[Select[Any], Select[Any]]:
    """Cases with evaluations that were not kept, and with kept ones that are gone."""
    visit, kept, facts = followups.c, submitted_visits.c, submitted_facts.c
    now = (
        select(facts.case_key, visit.on, visit.satisfaction, func.count().label("times"))
        .select_from(submitted_facts)
        .join(cases, cases.c.case_key == facts.case_key)
        .join(followups, visit.case_id == cases.c.id)
        .where(facts.submission_id == question.submission, visit.on <= question.as_of)
        .group_by(facts.case_key, visit.on, visit.satisfaction)
    )
    then = (
        select(facts.case_key, kept.visited_on, kept.satisfaction, func.count().label("times"))
        .select_from(submitted_facts)
        .join(
            submitted_visits,
            and_(kept.submission_id == facts.submission_id, kept.case_id == facts.case_id),
        )
        .where(facts.submission_id == question.submission)
        .group_by(facts.case_key, kept.visited_on, kept.satisfaction)
    )
    fresh, gone = now.except_(then).subquery(), then.except_(now).subquery()
    return select(fresh.c.case_key).distinct(), select(gone.c.case_key).distinct()
