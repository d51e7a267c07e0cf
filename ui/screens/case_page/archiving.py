"""归档: the volume is complete (T-25)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent

from mediation_desk.cases.archiving.quality import warning
from mediation_desk.cases.archiving.retention import proposed, restriction
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.steps.closing import PutAway
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.documents.volume.checklist import checklist
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import NumberField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel


class ArchiveForm(StepForm):
    """Day, retention, pages, and what lies in the volume, one paper a line."""

    code = "archive"
    allowed = PutAway.transition.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "归档", "归档")
        self._counted = False
        self._on = self.field("归档日期", "on", DateField(), required=True)
        self._retention = self.field("保管期限", "retention", ChoiceField(Retention))
        self._place = self.field("架号（可以以后再写）", "place", TextField(longest=60))
        self._access = self.field("查阅限制", "access", TextField(longest=60))
        self._told = PlainLabel(tone=Tone.SOON, wrap=True)
        self._told.setObjectName("archive.told")
        self._pages = self.field("页数", "pages", NumberField(), required=True)
        inside = NoteField(lines=4)
        self._documents = self.field("卷内文书（一行一份，按卷内顺序）", "documents", inside, required=True)
        self.add(self._told)
        self.line(self._on, self._retention, self._pages, None)
        self.line(self._place, self._access)
        self.add(self._documents)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when more papers exist."""
        forms = tuple(choice.reason is None for choice in view.forms)
        return view.file.case_key, forms, warning(view.file, closing=False)

    def prefill(self, view: CaseView) -> None:
        """The entries of the volume as its rules list them, and its true pages."""
        concluded = view.file.outcome.concluded_on if view.file.outcome else view.today
        self._on.editor.set_value(max(view.today, concluded))
        wish, concern = proposed(view.file), warning(view.file, closing=False)
        self._retention.editor.set_value(wish.retention)
        told = f"建议保管{archive_rules().kept(wish.retention).name}：{wish.why}。"
        self._told.setText(told + (f"提醒：{concern}。" if concern else ""))
        self._place.editor.set_value("")
        self._access.editor.set_value(restriction(view.file, view.today))
        self._documents.editor.set_value("\n".join(checklist(view.file, view.papers).titles))
        self._pages.editor.set_value(None)
        self._counted = False
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """The pages are counted when somebody is about to archive, not before."""
        super().showEvent(event)
        self._count()

    def _count(self) -> None:
        if self._counted or not self.isVisible():
            return
        self._counted = True
        services, key = self.page.context.services, self.page.view.file.case_key
        self.page.context.desk.render(
            lambda: services.volumes.preview(services.actor, key).pages,
            self._propose,
            owner=self,
            slot="pages",
        )

    def _propose(self, pages: int) -> None:
        """What somebody typed meanwhile goes before."""
        if self._pages.editor.value() is None:
            self._pages.editor.set_value(pages)

    def steps(self) -> Sequence[Step]:
        """One `PutAway`."""
        on, pages, retention = (
            self._on.editor.value(),
            self._pages.editor.value(),
            self._retention.editor.value(),
        )
        if on is None or pages is None or retention is None:
            raise InputError("请填写页数。", field="pages")
        documents = tuple(
            line.strip() for line in self._documents.editor.value().splitlines() if line.strip()
        )
        return (
            PutAway(
                on=on,
                retention=retention,
                pages=pages,
                documents=documents,
                place=self._place.editor.value(),
                access=self._access.editor.value(),
            ),
        )
