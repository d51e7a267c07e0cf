"""``Printing``: papers of stored cases, previewed and written, each print on record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.service import Format, preview_pdf, print_form, warm_up
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record

ORAL = "本案是口头协议，请打印口头协议登记表。"


@record
class FormChoice:
    """One form as a list offers it; ``reason`` says why the case has no such paper yet, None when it can print."""

    key: str
    title: str
    reason: str | None


class Printing:
    """Prints what the case file says; the preview and the printed file are the same bytes."""

    def __init__(self, cases: CaseService, experts: ExpertService, clock: Clock) -> None:
        self._cases = cases
        self._experts = experts
        self._clock = clock

    def warm_up(self) -> None:
        """Load fonts and renderers beside the work, so that the first preview does not wait a second."""
        warm_up()

    def forms(self, file: CaseFile) -> tuple[FormChoice, ...]:
        """Every form with the reason why it cannot be printed yet, if there is one."""
        oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
        return tuple(
            FormChoice(
                key=entry.key,
                title=entry.titles[file.track],
                reason=ORAL if oral and entry.key == "agreement" else entry.applies(file),
            )
            for entry in FORMS
        )

    def preview(self, actor: Actor, key: str, form_key: str, part: int | None = -1) -> bytes:
        """The PDF that would be printed; ``part`` chooses among several, the last by default, None all in one."""
        actor.require(Permission.DOCUMENT_PRINT)
        return preview_pdf(self._cases.file(actor, key), form_key, part, self._pool(actor))

    def write(
        self, actor: Actor, key: str, form_key: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the form into ``folder`` and note each file with its fingerprint in the case."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error
        paths = print_form(file, form_key, formats, folder, pool=self._pool(actor))
        for path in paths:
            paper = PrintedPaper(
                at=self._clock(),
                account=actor.display_name,
                form=form_key,
                title=form(form_key).titles[file.track],
                file_name=path.name,
                pages=None,
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            )
            self._cases.note_paper(actor, file.case_key, paper)
        return paths

    def _pool(self, actor: Actor) -> Mapping[str, MediatorCard]:
        """Cards by number: a choice sheet names candidates who are not on the case."""
        return {entry.card.pool_no: entry.card for entry in self._experts.pool(actor)}
