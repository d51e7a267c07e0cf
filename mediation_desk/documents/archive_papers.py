"""``ArchivePapers``: what the archive room prints across volumes: labels, the appraisal list, the oral register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import PRINT, AuditService
from mediation_desk.cases.archiving.lists import VolumeList, VolumeQuery
from mediation_desk.cases.archiving.service import MOST_LABELS, ArchiveService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, all_crossed, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import appraisal_list, oral, oral_register, spine
from mediation_desk.documents.service import Format, joined, print_papers, render
from mediation_desk.shared.errors import InputError, StorageError


class ArchivePapers:
    """What is shown is what is printed."""

    def __init__(self, archive: ArchiveService, audit: AuditService) -> None:
        self._archive = archive
        self._audit = audit

    def preview_labels(self, actor: Actor, keys: Sequence[str]) -> bytes:
        """The PDF of :meth:`labels`."""
        return render(self._labels(actor, keys), "pdf")

    def labels(
        self, actor: Actor, keys: Sequence[str], formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write spine labels of these cases, several to a sheet. ``InputError`` when there are none."""
        paper = self._labels(actor, keys)
        self._audit.note(actor, PRINT, form="labels", count=len(keys))
        return _written((paper,), formats, folder)

    def preview_appraisal(self, actor: Actor) -> bytes:
        """The PDF of :meth:`appraisal`."""
        return render(self._appraisal(actor), "pdf")

    def appraisal(self, actor: Actor, formats: Sequence[Format], folder: Path) -> tuple[Path, ...]:
        """Write the list of volumes whose period has ended."""
        paper = self._appraisal(actor)
        self._audit.note(actor, PRINT, form="appraisal")
        return _written((paper,), formats, folder)

    def preview_oral(self, actor: Actor, body: str, day: date) -> bytes:
        """The register volume as one PDF: its list, then every register sheet."""
        return joined([render(paper, "pdf") for paper in self._oral(actor, body, day)])

    def oral(
        self, actor: Actor, body: str, day: date, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the list of the register volume; its sheets are papers of their own cases."""
        papers = self._oral(actor, body, day)[:1]
        self._audit.note(actor, PRINT, form="oral_register")
        return _written(papers, formats, folder)

    def _labels(self, actor: Actor, keys: Sequence[str]) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        if not keys:
            raise InputError("没有可以打印标签的卷宗。", field="keys")
        paper = spine.of_volumes(self._archive.files(actor, keys), self._archive.local_today)
        return crossed(paper, Printer(actor=actor, at=self._audit.now))

    def _appraisal(self, actor: Actor) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        wanted = VolumeQuery(which=VolumeList.ENDED, limit=MOST_LABELS)
        lines = self._archive.lines(actor, wanted)
        paper = appraisal_list.compose(read_centre().name, lines, self._archive.local_today)
        return crossed(paper, Printer(actor=actor, at=self._audit.now))

    def _oral(self, actor: Actor, body: str, day: date) -> tuple[Paper, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        register = self._archive.oral_register(actor, body, day)
        files = self._archive.files(actor, [line.case_key for line in register.lines])
        sheets = (paper for file in files for paper in oral.compose(file))
        return all_crossed(
            (oral_register.compose(register), *sheets), Printer(actor=actor, at=self._audit.now)
        )


def _written(papers: Sequence[Paper], formats: Sequence[Format], folder: Path) -> tuple[Path, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error
    return print_papers(papers, formats, folder)
