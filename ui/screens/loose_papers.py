"""Papers beside the cases in the side pane: a roster, a list of deadlines; previewed, saved, printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.audit.service import PRINT
from mediation_desk.documents.service import Format
from ui.printing.choosing import ANY, choose_printer
from ui.printing.sending import send
from ui.screens.base import Context
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.folder_action import open_folder
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.paper_view import PaperView

_BOTH: tuple[Format, ...] = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A paper: its title, how its PDF comes about, how it is written into a folder, how its print is put on record.

    Without ``noted`` the print stands in the audit trail under the title.
    """

    title: str
    preview: Callable[[], bytes]
    write: Callable[[tuple[Format, ...], Path], tuple[Path, ...]]
    noted: Callable[[], object] | None = None


class LoosePapers(QWidget):
    """Shows one paper at a time; what is shown is what is printed. ``code`` begins its object names."""

    code = "loose"

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self.hide()  # until the pane takes it
        self._context = context
        self._paper: LoosePaper | None = None
        self.view = PaperView(context.desk)
        self.save = button("存成文件", self._on_save_clicked, symbol="export")
        self.print = primary("打印", self._on_print_clicked, symbol="print")
        self.save.setObjectName(f"{self.code}.paper.save")
        self.print.setObjectName(f"{self.code}.paper.print")
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(theme().px(8))
        self.stack.addWidget(self.view, 1)
        self.deeds = row(None, self.save, self.print)
        self.stack.addLayout(self.deeds)

    def show_paper(self, paper: LoosePaper) -> None:
        """Preview this paper and open the pane."""
        self._paper = paper
        self._context.show_pane(self, paper.title)
        self._context.desk.render(paper.preview, self.view.show_pdf, self._on_failed, owner=self)

    def write(self, write: Callable[[Path], tuple[Path, ...]]) -> None:
        """Write files into the folder of papers and tell where they are."""
        folder = self._context.services.settings.papers
        self._context.desk.command(lambda: write(folder), self._on_written, owner=self)

    def _on_failed(self, error: BaseException) -> bool:
        self.view.show_pdf(None, getattr(error, "message", ""))
        return False

    def _on_save_clicked(self) -> None:
        paper = self._paper
        if paper is None:
            return
        self.write(lambda folder: paper.write(_BOTH, folder))

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        folder = paths[0].parent
        names = "、".join(path.name for path in paths)
        self._context.say(f"已存成 {names}，在 {folder}。", Kind.SUCCESS, open_folder(folder))

    def _on_print_clicked(self) -> None:
        pdf, paper = self.view.pdf(), self._paper
        if pdf is None or paper is None:
            return
        printer = choose_printer(self._context.preferences, ANY, 1, self, title=paper.title)
        if printer is not None:
            services = self._context.services

            def printed() -> None:
                if paper.noted is not None:
                    paper.noted()
                else:
                    services.audit.note(services.actor, PRINT, form=paper.title)
                send(pdf, printer)

            self._context.desk.command(
                printed,
                lambda _done: self._context.say(f"{paper.title}已送去打印。", Kind.SUCCESS),
                owner=self,
            )
