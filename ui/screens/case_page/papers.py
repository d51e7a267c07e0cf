"""文书: every form with the reason where there is none yet; preview, files, printer; and the volume."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from ui.screens.case_page.archiving import ArchiveForm
from ui.screens.case_page.closing import CloseForm
from ui.screens.case_page.official_notices import OfficialNotices
from ui.screens.case_page.print_card import PrintCard
from ui.screens.case_page.seal_card import SealCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.volume_card import VolumeCard
from ui.screens.case_page.words import day
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid


class PapersTab(Tab):
    """The papers that can be printed, and the volume."""

    code = "papers"
    papers = ("agreement", "oral", "notice", "record", "acceptance", "application", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._shown = ""
        self.card = PrintCard(page, self._show)
        self.close_form, self.archive = CloseForm(page), ArchiveForm(page)
        for form in (self.close_form, self.archive):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
        self.notices = OfficialNotices(page)
        self.sealing = SealCard(page)
        self._volume = Card("卷宗")
        self._facts = FactGrid(columns=2)
        self._volume.add(self._facts)
        self._closing = button("结案", lambda: self.start("close"))
        self._closing.setObjectName("close.way")
        self._way = button("归档", lambda: self.start("archive"), symbol="archive")
        self._way.setObjectName("archive.way")
        self._volume.header.addWidget(self._closing)
        self._volume.header.addWidget(self._way)
        self.kept = VolumeCard(page)
        for widget in (
            self.card,
            self.notices,
            self.sealing,
            self.close_form,
            self.archive,
            self._volume,
            self.kept,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Every form, then the volume."""
        self.card.show_case(view)
        self.close_form.settle(view)
        self.archive.settle(view)
        self.notices.show_case(view)
        self.sealing.show_case(view)
        self._show_volume(view)
        self.kept.show_case(view)

    def start(self, form: str) -> None:
        """``close``, ``archive``, ``seal``, or the form whose paper is wanted."""
        if form == "seal":
            self.sealing.start()
            return
        if self.kept.start(form):
            return
        steps: dict[str, CloseForm | ArchiveForm] = {"close": self.close_form, "archive": self.archive}
        if form in steps and self.page.view.state in steps[form].allowed:
            steps[form].show()
            steps[form].focus_first()
        elif any(choice.key == form for choice in self.page.view.forms):
            self.card.list.unfold(form)
            self._show(form)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        forms = (self.notices, self.sealing, self.close_form, self.archive, self.kept)
        return next((found for form in forms if (found := form.primary())), None)

    def show_paper(self) -> None:
        """The paper chosen last, if it is one of this case's."""
        choices = {choice.key: choice.reason for choice in self.page.view.forms}
        if self._shown in choices and choices[self._shown] is None:
            self.page.show_stored(self._shown)
        else:
            super().show_paper()

    def _show(self, form: str) -> None:
        self._shown = form
        self.page.show_stored(form)
        self.page.open_pane()

    def _show_volume(self, view: CaseView) -> None:
        self._facts.clear()
        archive = view.file.archive
        may = view.state in self.archive.allowed
        may_close = view.state in self.close_form.allowed
        self._way.setVisible(may)
        self._closing.setVisible(may_close)
        self._volume.setVisible(archive is not None or may or may_close)
        if archive is None:
            self._facts.add("状态", "已经结案，等归档" if may else "还没有结案")
            return
        self._facts.add("卷号", archive.volume_no)
        self._facts.add("归档", day(archive.archived_on) if archive.archived_on else "还没有归档")
        self._facts.add("保管", archive.retention)
        self._facts.add("页数", f"{archive.pages} 页" if archive.pages else "—")
        self._facts.add("卷内", "、".join(archive.documents))
