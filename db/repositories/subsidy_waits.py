"""Which cases wait for a subsidy to be claimed, and which claims rest on a case that was changed since."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, select, update

from db.rows import Row
from db.tables.subsidy import subsidy_claims, subsidy_waits
from mediation_desk.cases.counted import succeeded
from mediation_desk.cases.model import CaseFile
from mediation_desk.subsidy.matter import basis_of
from mediation_desk.subsidy.model import ClaimStatus


def keep_waits(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the row of a case what its file says; called with every save, so it asks only what it must."""
    if _mark_claims(connection, file, case_id):
        wanted: list[Row] = []
    else:
        wanted = wait_rows(file, case_id)
    mine = subsidy_waits.c.case_id == case_id
    stored = [dict(row) for row in connection.execute(select(subsidy_waits).where(mine)).mappings()]
    if stored != wanted:
        connection.execute(delete(subsidy_waits).where(mine))
        if wanted:
            connection.execute(insert(subsidy_waits), wanted)


def wait_rows(file: CaseFile, case_id: int) -> list[Row]:
    """One row for a case that ended with an agreement and lies in no bin, whatever its track."""
    agreed = file.outcome is not None and file.intake.accepted_on is not None and succeeded(file)
    if file.outcome is None or not agreed or file.beside.binned is not None:
        return []
    return [{"case_id": case_id, "track": file.track, "concluded_on": file.outcome.concluded_on}]


def _mark_claims(connection: Connection, file: CaseFile, case_id: int) -> bool:
    """Whether there is a live claim; it learns whether the case still is what it was claimed as."""
    live = and_(
        subsidy_claims.c.case_id == case_id,
        subsidy_claims.c.corrects.is_(None),
        subsidy_claims.c.status != ClaimStatus.VOIDED,
    )
    query = select(subsidy_claims.c.id, subsidy_claims.c.basis, subsidy_claims.c.differs).where(live)
    claim = connection.execute(query).first()
    if claim is None:
        return False
    differs = basis_of(file) != claim.basis
    if differs is not bool(claim.differs):
        changed = update(subsidy_claims).where(subsidy_claims.c.id == claim.id)
        connection.execute(changed.values(differs=differs))
    return True
