"""A destruction list (销毁清册) and its lines: what stays when a case is gone, without anybody's data."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from mediation_desk.cases.vocabulary import Retention
from mediation_desk.shared.record import record


class ListStatus(StrEnum):
    """Where a list stands."""

    PREPARED = "待批准"
    APPROVED = "已批准"
    REFUSED = "不同意"
    DONE = "已执行"


class LineStatus(StrEnum):
    """Where the destruction of one case stands.

    After the database forgot it, files may still lie there (``FILES``): the next run goes on with them.
    """

    WAITING = "待销毁"
    FILES = "数据已销毁，文件未删完"
    DONE = "已销毁"
    STAYED = "未销毁"


@record
class DestructionLine:
    """One case of a list. ``files`` are names below the data folder that still have to go; empty once they went."""

    line: int
    case_key: str
    number: str
    volume_no: str
    retention: Retention
    archived_on: date
    pages: int | None
    reason: str
    status: LineStatus = LineStatus.WAITING
    done_at: datetime | None = None
    rows: int = 0
    why: str = ""
    files: tuple[str, ...] = ()


@record
class DestructionList:
    """A whole list; ``supervisor`` is the 监销人 named when it was carried out."""

    id: int
    opinion: str
    status: ListStatus
    prepared_by: str
    prepared_account: str
    prepared_at: datetime
    appraisers: str
    decided_by: str = ""
    decided_account: str = ""
    decided_at: datetime | None = None
    refusal: str = ""
    supervisor: str = ""
    applied_at: datetime | None = None
    version: int = 0
    lines: tuple[DestructionLine, ...] = ()

    @property
    def left(self) -> tuple[DestructionLine, ...]:
        """Lines something is still to be done for."""
        return tuple(one for one in self.lines if one.status is not LineStatus.DONE)

    def counted(self, status: LineStatus) -> int:
        """How many lines are in ``status``."""
        return sum(one.status is status for one in self.lines)


@record
class Candidate:
    """A volume whose period has ended: appraised to be destroyed, or not appraised yet (``verdict`` "")."""

    case_key: str
    number: str | None
    volume_no: str
    retention: Retention
    archived_on: date
    ends_on: date | None = None
    pages: int | None = None
    verdict: str = ""
    reason: str = ""
    appraisers: str = ""
    listed: int | None = None


@record
class Leftover:
    """What the database could not wipe at once, in words a keeper can act on; empty where nothing is left."""

    sentences: tuple[str, ...] = ()


@record
class Backup:
    """A copy made before the destruction: it still holds the cases, until ``ages_out_on`` at the latest."""

    name: str
    made_on: date
    ages_out_on: date


@record
class Applied:
    """What a run did: counts are of this run; ``stayed`` are keys and why, ``stopped`` where somebody stopped it."""

    list_id: int
    destroyed: int
    files: int
    stayed: tuple[tuple[str, str], ...]
    left: int
    stopped: bool
    leftover: Leftover
    backups: tuple[Backup, ...]
