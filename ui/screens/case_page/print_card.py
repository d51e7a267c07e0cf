"""Papers of the case: one by one, or those ticked together, onto paper or into files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mediation_desk.cases.lifecycle import State
from mediation_desk.documents.form import Stage
from mediation_desk.documents.printing import FormChoice, Job
from mediation_desk.documents.service import Format
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.watching import Stopped
from ui.screens.case_page.paper_list import PaperList
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.print_run import PrintRun
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.folder_action import open_folder
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.text import line
from ui.widgets.waiting import WaitingPanel

_BOTH: tuple[Format, ...] = ("pdf", "docx")
_BEGINNING = frozenset((Stage.INTAKE, Stage.PEOPLE))
_MIDDLE = frozenset((Stage.PEOPLE, Stage.SESSION))
_AGREEMENT = frozenset((Stage.AGREEMENT, Stage.COURT))
_DOING = frozenset((Stage.AGREEMENT, Stage.AFTERWARDS))
_OVER = frozenset((Stage.ENDING, Stage.FILE))
_STAGES = {
    State.REGISTERED: _BEGINNING,
    State.ROUTED: _BEGINNING | {Stage.ROUTING},
    State.ACCEPTED: _BEGINNING,
    State.SELECTING: _BEGINNING,
    State.PREPARING: _MIDDLE,
    State.MEDIATING: _MIDDLE,
    State.SUSPENDED: _MIDDLE,
    State.AGREED_UNSIGNED: _AGREEMENT,
    State.EFFECTIVE: _AGREEMENT,
    State.PERFORMING: _DOING,
    State.BREACHED: _DOING | {Stage.COURT},
    State.PERFORMED: _DOING,
}
"""Whose papers are likely to be wanted; those of a case that is over for its end and its volume."""


class PrintCard(Card):
    """``papers.print`` and ``papers.write`` act on what is ticked; ``look`` shows a form beside the page."""

    def __init__(self, page: Page, look: Callable[[str], object]) -> None:
        super().__init__("可以打印的文书")
        self._page = page
        self._look = look
        self.list = PaperList(look, self._write_one, self._print_one, self)
        self.list.ticked.connect(self._settle)
        self._said = line()
        self._all = link("全选", lambda: self.list.tick(lambda _choice: True))
        self._new = link(
            "选没有印过的", lambda: self.list.tick(lambda choice: not choice.printed or choice.changed)
        )
        self._none = link("不选", lambda: self.list.tick(lambda _choice: False))
        self._write = button("存成文件", self._on_write, symbol="export")
        self._print = button("打印所选", self._on_print, symbol="print")
        for widget, name in (
            (self._all, "all"),
            (self._new, "new"),
            (self._none, "none"),
            (self._write, "write"),
            (self._print, "print"),
        ):
            widget.setObjectName(f"papers.{name}")
        self._waiting = WaitingPanel("种", "papers", parent=self)
        self._waiting.hide()
        self._run = PrintRun(page.context, "papers.print", self._settle, self)
        self.add(row(self._all, self._new, self._none, None, self._said, self._write, self._print))
        self.add(self._waiting)
        self.add(self._run)
        self.add(self.list)
        self._settle()

    def show_case(self, view: CaseView) -> None:
        """Every form of the case."""
        self.list.show_choices(view.forms, _STAGES.get(view.state, _OVER))

    def _settle(self) -> None:
        chosen = self._choices(self.list.chosen())
        self._said.setText(f"已选 {len(chosen)} 种" if chosen else "")
        busy = self._waiting.isVisibleTo(self) or self._run.isVisibleTo(self)
        for widget in (self._write, self._print):
            widget.setEnabled(bool(chosen) and not busy)

    def _choices(self, keys: Sequence[str]) -> tuple[FormChoice, ...]:
        return tuple(choice for choice in self._page.view.forms if choice.key in keys) if keys else ()

    # Files

    def _write_one(self, form: str) -> None:
        self._look(form)
        self._write_forms((form,))

    def _on_write(self) -> None:
        self._write_forms(self.list.chosen())

    def _write_forms(self, forms: tuple[str, ...]) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        folder, watch = services.settings.papers, self._waiting.watch()
        self._waiting.begin("写文件")
        self._waiting.show()
        self._settle()
        self._page.context.desk.command(
            lambda: services.printing.write_all(services.actor, key, _BOTH, folder, forms, watch),
            self._on_written,
            self._failed,
            touches=Changes.of(Topic.DOCUMENTS, case_key=key),
            owner=self,
            beside=True,
        )

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        self._end()
        folder = paths[0].parent
        names = "、".join(path.name for path in paths[:2])
        more = f"等 {len(paths)} 个文件" if len(paths) > 2 else ""
        words = f"已存成 {names}{more}，在 {folder}。"
        self._page.context.say(words, Kind.SUCCESS, open_folder(folder))

    # Printer

    def _print_one(self, form: str) -> None:
        self._look(form)
        self._print_forms((form,))

    def _on_print(self) -> None:
        self._print_forms(self.list.chosen())

    def _print_forms(self, forms: tuple[str, ...]) -> None:
        file = self._page.view.file
        jobs = [
            Job(case_key=file.case_key, form=choice.key, copies=choice.copies)
            for choice in self._choices(forms)
        ]
        self._run.print(jobs, title=file.intake.number or file.case_key)
        self._settle()

    def _failed(self, error: BaseException) -> bool:
        self._end()
        if not isinstance(error, Stopped):
            return False
        self._page.context.say(error.message)
        return True

    def _end(self) -> None:
        self._waiting.hide()
        self._settle()
