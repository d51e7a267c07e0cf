"""文书: every form with the reason where there is none yet; preview, files, printer; and the volume."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QPushButton

from mediation_desk.documents.printing import FormChoice
from mediation_desk.documents.service import Format
from mediation_desk.shared.changes import Changes, Topic
from ui.printing import choose_printer, send
from ui.screens.case_page.archiving import ArchiveForm
from ui.screens.case_page.closing import CloseForm
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.volume_card import VolumeCard
from ui.screens.case_page.words import day
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import boxed, clear, row
from ui.widgets.message_bar import Action, Kind
from ui.widgets.plain import PlainLabel

_BOTH: tuple[Format, ...] = ("pdf", "docx")


class PapersTab(Tab):
    """``papers.<form>.show``, ``.write`` and ``.print`` for each form that can be printed."""

    code = "papers"
    papers = ("agreement", "oral", "notice", "record", "acceptance", "application", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._shown = ""
        self._card = Card("可以打印的文书")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(1, 1)
        self._card.add(boxed(self._grid))
        self.close_form, self.archive = CloseForm(page), ArchiveForm(page)
        for form in (self.close_form, self.archive):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
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
        for widget in (self._card, self.close_form, self.archive, self._volume, self.kept):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Every form, then the volume."""
        clear(self._grid)
        printed = {paper.form for paper in view.papers}
        for line, choice in enumerate(view.forms):
            self._add(line, choice, choice.key in printed)
        self.close_form.settle(view)
        self.archive.settle(view)
        self._show_volume(view)
        self.kept.show_case(view)

    def start(self, form: str) -> None:
        """``close``, ``archive``, or the form whose paper is wanted."""
        if self.kept.start(form):
            return
        steps: dict[str, CloseForm | ArchiveForm] = {"close": self.close_form, "archive": self.archive}
        if form in steps and self.page.view.state in steps[form].allowed:
            steps[form].show()
            steps[form].focus_first()
        elif any(choice.key == form for choice in self.page.view.forms):
            self._show(form)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        return self.close_form.primary() or self.archive.primary() or self.kept.primary()

    def show_paper(self) -> None:
        """The paper chosen last, if it is one of this case's."""
        choices = {choice.key: choice.reason for choice in self.page.view.forms}
        if self._shown in choices and choices[self._shown] is None:
            self.page.show_stored(self._shown)
        else:
            super().show_paper()

    def _add(self, line: int, choice: FormChoice, printed: bool) -> None:
        ready = choice.reason is None
        self._grid.addWidget(PlainLabel(choice.title, tone=Tone.INK if ready else Tone.QUIET), line, 0)
        if not ready:
            reason = PlainLabel(choice.reason or "", role="small", wrap=True)
            reason.setMinimumHeight(theme().px(30))
            self._grid.addWidget(reason, line, 1, 1, 2)
            return
        self._grid.addWidget(PlainLabel("印过" if printed else "", role="small"), line, 1)
        buttons = row(gap=2)
        for word, name, symbol, deed in (
            ("看", "show", "paper", self._show),
            ("存成文件", "write", "export", self._write),
            ("打印", "print", "print", self._print),
        ):
            made: DeskButton = link(word, partial(deed, choice.key), symbol=symbol)
            made.setObjectName(f"papers.{choice.key}.{name}")
            made.setAccessibleName(f"{word}{choice.title}")
            buttons.addWidget(made)
        self._grid.addLayout(buttons, line, 2)

    def _show(self, form: str) -> None:
        self._shown = form
        self.page.show_stored(form)
        self.page.open_pane()

    def _write(self, form: str) -> None:
        services, key = self.page.context.services, self.page.view.file.case_key
        folder = services.settings.papers

        def do() -> tuple[Path, ...]:
            return services.printing.write(services.actor, key, form, _BOTH, folder)

        touched = Changes.of(Topic.DOCUMENTS, case_key=key)
        self.page.context.desk.command(do, self._on_written, touches=touched, owner=self)
        self._show(form)

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        folder = paths[0].parent
        names = "、".join(path.name for path in paths[:2])
        more = f"等 {len(paths)} 个文件" if len(paths) > 2 else ""
        words = f"已存成 {names}{more}，在 {folder}。"
        open_folder = Action("打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.page.context.say(words, Kind.SUCCESS, open_folder)

    def _print(self, form: str) -> None:
        services, key = self.page.context.services, self.page.view.file.case_key
        self._show(form)
        self.page.context.desk.render(
            lambda: services.printing.preview(services.actor, key, form, None),
            lambda pdf: self._send(form, pdf),
            owner=self,
            slot="print",
        )

    def _send(self, form: str, pdf: bytes) -> None:
        services, file = self.page.context.services, self.page.view.file
        agreement = file.agreement if form == "agreement" else None
        copies = agreement.copies if agreement else 1
        printer = choose_printer(copies, self, title=file.intake.number or file.case_key)
        if printer is None:
            return
        touched = Changes.of(Topic.DOCUMENTS, case_key=file.case_key)
        folder = services.settings.papers

        def do() -> None:
            send(pdf, printer)
            # The very paper that went to the printer stays on record.
            services.printing.write(services.actor, file.case_key, form, ("pdf",), folder)

        self.page.context.desk.command(
            do,
            lambda _done: self.page.context.say(f"已送去打印 {copies} 份。", Kind.SUCCESS),
            touches=touched,
            owner=self,
        )

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
