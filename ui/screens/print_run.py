"""Printing a batch from a screen: one dialog, how far it is, a way to stop, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from mediation_desk.documents.printing import Batch, Job
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.watching import Stopped
from ui.printing.choosing import ANY, choose_printer, set_up
from ui.printing.sending import send
from ui.screens.base import Context
from ui.widgets.message_bar import Kind
from ui.widgets.waiting import WaitingPanel

_LEFT_OUT = 3  # reasons told; the rest is counted


class PrintRun(WaitingPanel):
    """Hidden until something is printed. ``ended`` is called when it is over, well or not."""

    def __init__(self, context: Context, code: str, ended: Callable[[], object], parent: QWidget) -> None:
        super().__init__("种", code, parent=parent)
        self.hide()
        self._context = context
        self._ended = ended

    def print(self, jobs: Sequence[Job], *, title: str) -> None:
        """Ask for a printer and send all jobs to it, beside the desk's other work.

        One form alone brings its own printer, tray and copies into the dialog; of several each keeps its tray and
        sides, and the copies asked for in the dialog multiply. ``title`` shows in the printer's queue.
        """
        preferences, services = self._context.preferences, self._context.services
        alone = jobs[0] if len(jobs) == 1 else None
        printer = choose_printer(
            preferences, alone.form if alone else ANY, alone.copies if alone else 1, self, title=title
        )
        if printer is None:
            return
        times = printer.copyCount()
        folder, watch = services.settings.papers, self.watch()

        def hand_over(pdf: bytes, job: Job) -> None:
            if alone is None:
                set_up(printer, preferences, job.form)
            printer.setCopyCount(times if alone else times * job.copies)
            send(pdf, printer)

        self.begin("打印")
        self.show()
        self._context.desk.command(
            lambda: services.printing.print_batch(services.actor, jobs, folder, hand_over, watch),
            lambda batch: self._on_printed(batch, times if alone else 1),
            self._on_failed,
            touches=Changes.of(Topic.DOCUMENTS, case_key=jobs[0].case_key),
            owner=self,
            beside=True,
        )

    def _on_printed(self, batch: Batch, copies: int) -> None:
        self._end()
        each = f"，每件 {copies} 份" if copies > 1 else ""
        words = f"已送去打印 {batch.sent} 件文书{each}。"
        reasons = list(dict.fromkeys(reason for _job, reason in batch.left_out))
        if reasons:
            words += f"没有打印的 {len(batch.left_out)} 项：{'；'.join(reasons[:_LEFT_OUT])}"
        self._context.say(words, Kind.SUCCESS if batch.sent else Kind.INFO)

    def _on_failed(self, error: BaseException) -> bool:
        self._end()
        if not isinstance(error, Stopped):
            return False
        self._context.say(error.message)
        return True

    def _end(self) -> None:
        self.hide()
        self._ended()
