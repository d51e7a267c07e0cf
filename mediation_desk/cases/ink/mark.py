"""What happened to a printed paper: ink, corrections by hand, and hands drawn on a screen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from mediation_desk.shared.record import record

WHOLE = ""
"""The place of a mark that speaks of the whole paper."""


class InkDeed(StrEnum):
    """What somebody noted of a place, or of the whole paper."""

    MADE = "已办"
    INSTEAD = "按指印代签名"
    REFUSED = "拒签"
    SCANNED = "扫描件已核对"
    DROPPED = "不用签"


@record
class Ink:
    """At ``place`` of these ``copies`` (from 1) this was done ``by`` that hand on that day.

    ``witness`` saw a refusal or a fingerprint that stands instead of a signature, ``reason`` says why. ``scan`` is
    the number of the scan somebody compared. ``noted_by`` sat at the desk. A mark set wrongly is voided and stays.
    """

    no: int
    form: str
    paper_no: int
    version: str
    place: str = WHOLE
    copies: tuple[int, ...] = ()
    deed: InkDeed = InkDeed.MADE
    by: str = ""
    on: date
    witness: str = ""
    reason: str = ""
    scan: int = 0
    noted_by: str
    void_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was not voided."""
        return not self.void_reason

    def of(self, form: str, paper_no: int, version: str) -> bool:
        """Whether it speaks of this paper in this wording, and stands."""
        return self.stands and (self.form, self.paper_no, self.version) == (form, paper_no, version)


@record
class InkCorrection:
    """更正处: a change made by hand on ``page`` of every copy; each of ``initials`` signs beside it (§2.3)."""

    no: int
    form: str
    paper_no: int
    version: str
    page: int
    what: str
    initials: tuple[str, ...]
    on: date
    noted_by: str
    void_reason: str = ""

    def of(self, form: str, paper_no: int, version: str) -> bool:
        """Whether it stands on this paper in this wording."""
        same = (self.form, self.paper_no, self.version) == (form, paper_no, version)
        return same and not self.void_reason


@record
class Handwriting:
    """A name written on a screen: no reliable electronic signature (电子签名法 art. 13), a copy like any drawing.

    ``strokes`` and ``picture`` are SHA-256 of what lies in the file store: the points with time and pressure as
    JSON, and the PNG made of them. ``bound`` ties both to the wording of the paper, the place, the hand and the
    moment (`cases.ink.binding`).
    """

    no: int
    form: str
    paper_no: int
    version: str
    place: str
    name: str
    at: datetime
    strokes: str
    picture: str
    bound: str
    noted_by: str
    void_reason: str = ""

    def of(self, form: str, paper_no: int, version: str) -> bool:
        """Whether it stands on this paper in this wording."""
        same = (self.form, self.paper_no, self.version) == (form, paper_no, version)
        return same and not self.void_reason
