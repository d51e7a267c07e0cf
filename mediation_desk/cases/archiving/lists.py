"""What the archive room lists across all volumes, and how a list is asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.cases.vocabulary import Retention
from mediation_desk.shared.record import record


class VolumeList(StrEnum):
    """The lists; the value is what the screen calls it."""

    TO_FILE = "待归档"
    SHELVED = "在架"
    UNSHELVED = "未上架"
    LENT = "借出"
    OVERDUE = "逾期未还"
    ENDED = "到期鉴定"
    TO_DESTROY = "待销毁"


@record
class VolumePlace:
    """A line as the line from which its list goes on: the day the list is ordered by, and the case."""

    day: date
    case_key: str


@record
class VolumeQuery:
    """``after`` is the last line of the page before."""

    which: VolumeList = VolumeList.SHELVED
    limit: int = 200
    after: VolumePlace | None = None


@record
class VolumeLine:
    """One volume, or one that should be filed. ``day`` is what its list goes by.

    That is the last day to file in 待归档, the day it is due back in 借出 and 逾期未还, the day of the verdict in
    待销毁, and the day it was filed elsewhere. ``filing_why`` says why it has to be filed by then; ``ends_on`` is
    the end of its period, None for ever.
    """

    case_key: str
    title: str
    number: str | None
    volume_no: str
    day: date
    archived_on: date | None = None
    retention: Retention | None = None
    pages: int | None = None
    shelf: str = ""
    borrower: str = ""
    borrower_unit: str = ""
    lent_on: date | None = None
    due_back_on: date | None = None
    loan_why: str = ""
    filing_why: str = ""
    overrun: str = ""
    ends_on: date | None = None

    @property
    def place(self) -> VolumePlace:
        """This line as a place in its list."""
        return VolumePlace(day=self.day, case_key=self.case_key)

    @property
    def is_out(self) -> bool:
        """Whether somebody has it."""
        return self.lent_on is not None


@record
class Threshold:
    """Volumes of ``retention`` filed before this day are past their period."""

    retention: Retention
    filed_before: date


@record
class OralLine:
    """One oral agreement of a register volume; ``key`` leads to the case."""

    no: int
    case_key: str
    number: str | None
    title: str
    party_names: str
    concluded_on: date
    category: str


@record
class OralRegister:
    """One register volume: the oral agreements of a body in a period, numbered from 1."""

    body: str
    first: date
    last: date
    name: str
    lines: tuple[OralLine, ...]
