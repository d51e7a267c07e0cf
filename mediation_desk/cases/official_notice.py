"""``OfficialNotice``: a numbered notice the body sent out on the way (受理, 补正, 中止, 恢复, 延期, 督促)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.shared.record import record


class NoticeKind(StrEnum):
    """Kinds of notice that get a number when they are issued; each is a series of its own (§2.1).

    不予受理 and 终止 are not here: their notice belongs to the ending of the exchange format.
    """

    ACCEPTANCE = "受理"
    COMPLETION = "补正"
    SUSPENSION = "中止"
    RESUMPTION = "恢复"
    EXTENSION = "延期"
    URGING = "督促"

    @property
    def paper(self) -> str:
        """What the paper is called without the track."""
        return _TITLES[self]


_TITLES = {
    NoticeKind.ACCEPTANCE: "受理通知书",
    NoticeKind.COMPLETION: "补正材料通知书",
    NoticeKind.SUSPENSION: "中止通知书",
    NoticeKind.RESUMPTION: "恢复调解通知书",
    NoticeKind.EXTENSION: "延期通知书",
    NoticeKind.URGING: "督促履行通知书",
}


@record
class OfficialNotice:
    """``about`` counts what the notice tells of: the suspension, extension or urging with that number (from 1).

    ``what`` are the papers to be completed, one a line, ``due_on`` the last day for them; only 补正 has them.
    """

    no: int
    kind: NoticeKind
    about: int | None = None
    number: str
    on: date
    by: str
    what: str = ""
    due_on: date | None = None
