"""A scan: paper that came back with ink on it, or never was ours, as a file in the case."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from mediation_desk.shared.record import record


class ScanKind(StrEnum):
    """What a scan shows; the volume puts it where papers of this kind lie (§2.1)."""

    FORM = "文书"
    IDENTITY = "身份证明"
    MANDATE = "授权委托"
    EVIDENCE = "证据"
    VOUCHER = "履行凭证"
    COURT = "法院材料"
    OTHER = "其他"
    UNSORTED = "待归类"


@record
class Scan:
    """One file (picture or PDF) in the file store under ``sha256``, ``pages`` pages long.

    ``original`` is the SHA-256 of the file it was made from by splitting, straightening or shrinking, kept beside
    it; empty where this is the very file that came.

    Of a 文书 it shows the ``paper_no``-th paper of ``form``, in the wording of ``version``, its page ``page``
    (0: all of it). Of 证据 it shows ``evidence_ref``. ``title`` is what the catalogue calls it; ``name`` what the
    file was called when it came, which is data and never a path. Files of one subject lie in the order of
    ``place``. A scan filed wrongly is voided with a reason and stays.
    """

    no: int
    kind: ScanKind
    title: str
    sha256: str
    name: str
    media: str
    size: int
    pages: int
    at: datetime
    by: str
    place: int = 0
    form: str = ""
    paper_no: int = 0
    version: str = ""
    page: int = 0
    evidence_ref: str = ""
    void_reason: str = ""
    original: str = ""

    @property
    def subject(self) -> tuple[str, str, int, str]:
        """What it shows: scans of one subject lie together, in an order of their own."""
        return (self.kind.value, self.form, self.paper_no, self.evidence_ref)

    @property
    def stands(self) -> bool:
        """Whether it is in the case, not voided."""
        return not self.void_reason


@record
class ReturnedOriginals:
    """原件退还: the originals of these pieces of evidence went back ``to`` somebody, who signed ``receipt``.

    What stays in the volume are copies and scans; the register of evidence says so.
    """

    no: int
    evidence_refs: tuple[str, ...]
    to: str
    on: date
    receipt: str
    by: str
