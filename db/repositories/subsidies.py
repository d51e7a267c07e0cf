"""Claims for subsidies and their lists; which cases wait for one is kept with each saved case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from db.chunks import chunks
from db.repositories.subsidy_waits import keep_waits
from db.rows import columns, grouped, make
from db.tables.afterwards import archives
from db.tables.cases import cases
from db.tables.course import related_cases
from db.tables.subsidy import subsidy_batches, subsidy_claims, subsidy_shares, subsidy_waits
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import STALE
from mediation_desk.shared.errors import ConflictError
from mediation_desk.subsidy.model import Batch, Claim, ClaimStatus
from mediation_desk.subsidy.ports import Waiting
from mediation_desk.subsidy.sharing import Share

_CHANGING = ("status", "reason", "approved", "month", "decided_by", "decided_at", "paid_on")
_PAYING = (ClaimStatus.WAITING, ClaimStatus.APPROVED, ClaimStatus.PAID)


class SubsidyRepository:
    """Implements ``Subsidies`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(
        self, asked: Waiting, limit: int, after: tuple[date, str] | None
    ) -> tuple[tuple[date, str], ...]:
        """Day and key of cases without a live claim, from behind ``after`` on."""
        day, key = subsidy_waits.c.concluded_on, cases.c.case_key
        query = _waits(select(day, key), asked).order_by(day, subsidy_waits.c.case_id).limit(limit)
        if after is not None:
            last = select(cases.c.id).where(key == after[1]).scalar_subquery()
            query = query.where(or_(day > after[0], and_(day == after[0], subsidy_waits.c.case_id > last)))
        return tuple((row[0], row[1]) for row in self._connection.execute(query))

    def count_waiting(self, asked: Waiting) -> int:
        """How many there are."""
        return int(self._connection.execute(_waits(select(func.count()), asked)).scalar_one())

    def hold(self, case_keys: Collection[str]) -> Mapping[str, int]:
        """Lock their rows, where the database knows how, and tell their versions."""
        found: dict[str, int] = {}
        for some in chunks(sorted(case_keys)):
            query = select(cases.c.case_key, cases.c.version).where(cases.c.case_key.in_(some))
            rows = self._connection.execute(query.order_by(cases.c.id).with_for_update())
            found |= {row.case_key: row.version for row in rows}
        return found

    def like(self, prints: Collection[str], case_keys: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Claimed cases by fingerprint, by a key they name, and by a key that names them."""
        found: dict[str, list[str]] = defaultdict(list)
        for some in chunks(sorted(prints)):
            self._collect(found, subsidy_claims.c.parties, subsidy_claims.c.parties.in_(some))
        for some in chunks(sorted(case_keys)):
            self._collect(found, cases.c.case_key, cases.c.case_key.in_(some))
            naming = _paying(related_cases.c.case_key).join(
                related_cases, related_cases.c.case_id == subsidy_claims.c.case_id
            )
            for name, key in self._connection.execute(naming.where(related_cases.c.case_key.in_(some))):
                found[name].append(key)
        return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}

    def of_case(self, case_key: str) -> tuple[Claim, ...]:
        """Every claim of a case, oldest first."""
        return self._claims(cases.c.case_key == case_key)

    def of_batch(self, batch: int) -> tuple[Claim, ...]:
        """The lines of a list."""
        return self._claims(subsidy_claims.c.batch_id == batch)

    def to_take_back(self) -> tuple[Claim, ...]:
        """Negative lines that stand on no list yet."""
        return self._claims(and_(subsidy_claims.c.batch_id.is_(None), subsidy_claims.c.corrects.is_not(None)))

    def differing(self) -> tuple[Claim, ...]:
        """Live claims whose case was changed since."""
        return self._claims(and_(subsidy_claims.c.differs, _live()))

    def batches(self, month: date | None, limit: int) -> tuple[Batch, ...]:
        """Lists, newest first."""
        query = select(subsidy_batches).order_by(subsidy_batches.c.month.desc(), subsidy_batches.c.no.desc())
        if month is not None:
            query = query.where(subsidy_batches.c.month == month)
        return tuple(make(Batch, row) for row in self._connection.execute(query.limit(limit)).mappings())

    def batch(self, month: date, no: int) -> Batch | None:
        """One list."""
        query = select(subsidy_batches).where(subsidy_batches.c.month == month, subsidy_batches.c.no == no)
        row = self._connection.execute(query).mappings().first()
        return make(Batch, row) if row else None

    def open(self, batch: Batch) -> Batch:
        """Store a new list."""
        row = columns(subsidy_batches, batch)
        row.pop("id")
        made = self._connection.execute(insert(subsidy_batches).values(row).returning(subsidy_batches))
        return make(Batch, made.mappings().one())

    def save(self, batch: Batch) -> Batch:
        """Store what became of a list, unless somebody decided meanwhile."""
        row = columns(subsidy_batches, batch) | {"version": batch.version + 1}
        unchanged = and_(subsidy_batches.c.id == batch.id, subsidy_batches.c.version == batch.version)
        saved = update(subsidy_batches).where(unchanged).values(row).returning(subsidy_batches)
        found = self._connection.execute(saved).mappings().first()
        if found is None:
            raise ConflictError(STALE)
        return make(Batch, found)

    def add(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Store claims; their cases wait no longer."""
        if not claims:
            return ()
        ids = self._ids(claim.case_key for claim in claims)
        rows = [
            columns(subsidy_claims, claim, case_id=ids[claim.case_key], batch_id=claim.batch)
            for claim in claims
        ]
        for row in rows:
            del row["id"]
        stored = insert(subsidy_claims).returning(subsidy_claims.c.id, sort_by_parameter_order=True)
        made = list(self._connection.scalars(stored, rows))
        shares = [
            columns(subsidy_shares, share, claim_id=claim_id, line=line)
            for claim_id, claim in zip(made, claims, strict=True)
            for line, share in enumerate(claim.shares)
        ]
        if shares:
            self._connection.execute(insert(subsidy_shares), shares)
        for some in chunks([ids[claim.case_key] for claim in claims if claim.live]):
            self._connection.execute(delete(subsidy_waits).where(subsidy_waits.c.case_id.in_(some)))
        return tuple(replace(claim, id=claim_id) for claim_id, claim in zip(made, claims, strict=True))

    def change(self, claim: Claim) -> None:
        """Store status, list and decision; nothing else of a claim can change."""
        row = {name: getattr(claim, name) for name in _CHANGING} | {"batch_id": claim.batch}
        self._connection.execute(update(subsidy_claims).where(subsidy_claims.c.id == claim.id).values(row))

    def rewait(self, file: CaseFile) -> None:
        """Make the waiting row of a stored case what its file and claims say."""
        keep_waits(self._connection, file, self._ids((file.case_key,))[file.case_key])

    def _collect(
        self, found: dict[str, list[str]], name: ColumnElement[Any], where: ColumnElement[bool]
    ) -> None:
        for known, key in self._connection.execute(_paying(name).where(where)):
            found[known].append(key)

    def _claims(self, where: ColumnElement[bool]) -> tuple[Claim, ...]:
        query = (
            select(cases.c.case_key, subsidy_claims.c.batch_id.label("batch"), subsidy_claims)
            .join(cases, cases.c.id == subsidy_claims.c.case_id)
            .where(where)
            .order_by(subsidy_claims.c.id)
        )
        rows = [dict(row) for row in self._connection.execute(query).mappings()]
        shares: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for some in chunks([row["id"] for row in rows]):
            asked = select(subsidy_shares).where(subsidy_shares.c.claim_id.in_(some))
            ordered = asked.order_by(subsidy_shares.c.claim_id, subsidy_shares.c.line)
            lines = [dict(row) for row in self._connection.execute(ordered).mappings()]
            shares |= grouped(lines, "claim_id")
        return tuple(
            make(Claim, row, shares=tuple(make(Share, one) for one in shares.get(row["id"], ())))
            for row in rows
        )

    def _ids(self, case_keys: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in chunks(sorted(set(case_keys))):
            query = select(cases.c.case_key, cases.c.id).where(cases.c.case_key.in_(some))
            found |= {row.case_key: row.id for row in self._connection.execute(query)}
        return found


def _waits(query: Select[Any], asked: Waiting) -> Select[Any]:
    """``query`` over the cases that wait, in the bounds of what is asked."""
    found = query.select_from(subsidy_waits).join(cases, cases.c.id == subsidy_waits.c.case_id)
    found = found.where(
        subsidy_waits.c.concluded_on.between(asked.first, asked.last),
        subsidy_waits.c.track.in_(sorted(asked.tracks)),
    )
    if asked.filed is None:
        return found
    volume = exists().where(archives.c.case_id == cases.c.id, archives.c.archived_on <= asked.last)
    oral = and_(cases.c.outcome_form.is_not(None), cases.c.outcome_form == AgreementForm.ORAL)
    filed = or_(volume, oral)
    return found.where(filed if asked.filed else not_(filed))


def _live() -> ColumnElement[bool]:
    return and_(subsidy_claims.c.corrects.is_(None), subsidy_claims.c.status != ClaimStatus.VOIDED)


def _paying(name: ColumnElement[Any]) -> Select[Any]:
    """What ``name`` gives for a live claim that pays, and the key of its case."""
    return (
        select(name, cases.c.case_key)
        .select_from(subsidy_claims)
        .join(cases, cases.c.id == subsidy_claims.c.case_id)
        .where(subsidy_claims.c.corrects.is_(None), subsidy_claims.c.status.in_(_PAYING))
    )
