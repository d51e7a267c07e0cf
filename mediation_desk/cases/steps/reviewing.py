"""案卷质量评查: the score sheet of a volume, filled by the program where it can see and by a person elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.quality import filled
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import REVIEW, Transition
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_SHORT, _LONG = 60, 1000


@record
class ReviewQuality:
    """评查. ``ticked`` are the codes of the faults a person found; those the program sees are added by itself.

    ``missing`` are papers the checklist of the volume asks for and does not find; None where it was not asked.
    """

    title: ClassVar[str] = "案卷评查"
    permission: ClassVar[Permission] = Permission.CASE_CLOSE
    transition: ClassVar[Transition] = REVIEW

    on: date
    by: str = ""
    ticked: tuple[str, ...] = ()
    note: str = ""
    missing: tuple[str, ...] | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the sheet on file, behind the earlier ones."""
        by = canonical(self.by.strip(), "by", multiline=False, longest=_SHORT) or around.actor_name
        note = canonical(self.note.strip(), "note", longest=_LONG)
        if self.on < file.intake.received_on:
            raise InputError("评查日期早于登记日期。", field="on")
        made = filled(file, on=self.on, by=by, ticked=self.ticked, note=note, missing=self.missing)
        return replace(file, beside=replace(file.beside, reviews=(*file.beside.reviews, made)))

    def sentence(self, file: CaseFile) -> str:
        """Score and grade."""
        last = file.beside.reviews[-1]
        return f"案卷评查：{last.score}分（满分{last.full}），{last.grade}"
