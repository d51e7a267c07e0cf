"""A mediation session (调解会) and what was said in it (domain.md §2.2 F-10, §4.2 T-9)."""

from __future__ import annotations

import datetime
from enum import StrEnum

from mediation_desk.shared.record import omitted, record


class SessionMode(StrEnum):
    """How the parties meet; 背对背 means one side at a time."""

    ON_SITE = "现场"
    REMOTE = "远程"
    MIXED = "混合"
    CAUCUS = "背对背"


class SessionResult(StrEnum):
    """How a session ended."""

    TO_CONTINUE = "有待继续调解"
    AGREED = "调解成功"
    PARTLY = "部分达成"
    FAILED = "调解不成"


@record
class Attendance:
    """One party that was there, and how."""

    ref: str
    how: str = "到场"


LEAST_QUOTED = 6
"""Characters of a private talk that make a quotation; a word or two says nothing about where it was said."""


@record
class PrivateNote:
    """单方谈话: for the mediators' eyes only (LR-22); on shared paper only with ``share_consent``."""

    of: str
    by: str
    text: str
    share_consent: bool = False


@record
class Session:
    """One session. Planned while ``record`` is empty and ``result`` is ``None``; times are local."""

    no: int
    date: datetime.date
    start: datetime.time
    end: datetime.time | None = None
    place: str
    mode: SessionMode = SessionMode.ON_SITE
    public: bool = False
    presided_by: str
    recorder: str | None = None
    attendees: tuple[Attendance, ...] = ()
    absent: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    rights_notice_given: bool = False
    record: str = ""
    private_notes: tuple[PrivateNote, ...] = omitted(default=())
    result: SessionResult | None = None

    @property
    def held(self) -> bool:
        """Whether the session took place and was recorded."""
        return self.result is not None
