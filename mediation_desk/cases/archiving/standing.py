"""How a volume stands, as lists find it by an index: worked out at each save, never edited (decision 3)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.model import CaseFile

FOR_EVER = date(9999, 12, 31)
"""Stands in the database for a period that does not end."""


class Standing(StrEnum):
    """Where the paper is; a volume on loan keeps its place."""

    NOT_FILED = "未归档"
    UNSHELVED = "未上架"
    SHELVED = "在架"
    DESTROYED = "已销毁"


def standing_of(file: CaseFile) -> Standing:
    """Where the paper of this case is."""
    if file.archive is None or file.archive.archived_on is None:
        return Standing.NOT_FILED
    if any(one.destroyed_on is not None for one in file.beside.appraisals):
        return Standing.DESTROYED
    return Standing.SHELVED if file.beside.shelf is not None else Standing.UNSHELVED


def decided_until(file: CaseFile) -> date | None:
    """Until when an appraisal has settled the matter: the longer period, or for ever; None before the first."""
    if not file.beside.appraisals:
        return None
    last = file.beside.appraisals[-1]
    return FOR_EVER if last.verdict is Verdict.DESTROY else last.keep_until or FOR_EVER
