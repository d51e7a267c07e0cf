"""The register of requests about personal information: lines are added, and answered once."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from db.rows import columns, make
from db.tables.personal import person_requests
from mediation_desk.cases.privacy.requests import PersonRequest

_R = person_requests.c
_ANSWER = ("answered_on", "granted", "answer", "answered_by")


class RequestRepository:
    """Implements ``PersonRequests`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request: PersonRequest) -> PersonRequest:
        """Store a new one; the database gives the number."""
        row = columns(person_requests, request)
        del row["id"]
        made = insert(person_requests).values(row).returning(_R.id)
        return replace(request, id=self._connection.execute(made).scalar_one())

    def find(self, number: int) -> PersonRequest | None:
        """The one with this number."""
        row = self._connection.execute(select(person_requests).where(_R.id == number)).mappings().first()
        return make(PersonRequest, row) if row else None

    def listed(self, *, waiting: bool, limit: int) -> tuple[PersonRequest, ...]:
        """Those that wait first."""
        open_ = _R.answered_on.is_(None)
        query = select(person_requests).order_by(open_.desc(), _R.due_on, _R.id).limit(limit)
        rows = self._connection.execute(query.where(open_) if waiting else query).mappings()
        return tuple(make(PersonRequest, row) for row in rows)

    def answer(self, request: PersonRequest) -> bool:
        """Store the answer; False where there is one."""
        free = update(person_requests).where(_R.id == request.id, _R.answered_on.is_(None))
        said = {name: getattr(request, name) for name in _ANSWER}
        return self._connection.execute(free.values(said)).rowcount == 1
