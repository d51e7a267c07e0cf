"""写报告: which period, which format, where to; then the report is written beside other work and can be opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from mediation_desk.documents.service import Format
from mediation_desk.shared.watching import Stopped
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import before, fiscal_year_of, month_of, part_holding
from mediation_desk.statistics.reporting.naming import names_of
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.screens.base import Context
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.message_bar import Action, Kind
from ui.widgets.text import heading, line, paragraph
from ui.widgets.waiting import WaitingPanel, Watcher

KINDS = ("月报", "季报", "半年报", "年报")
_OFFERED = {"月报": 24, "季报": 12, "半年报": 8, "年报": 10}
_MONTHS = {"季报": 3, "半年报": 6}
_FORMATS: dict[str, Format] = {"Word 文件（可以接着写）": "docx", "PDF 文件": "pdf"}


def open_report_dialog(context: Context, parent: QWidget) -> ReportDialog:
    """Show the dialog over ``parent``; it goes when it is closed."""
    dialog = ReportDialog(context, parent)
    dialog.open()
    return dialog


def offered(kind: str, today: date) -> tuple[Period, ...]:
    """The periods of this kind that have begun, the last complete one first, the running one behind it."""
    running = _holding(kind, today)
    found = [before(running)]
    while len(found) < _OFFERED[kind]:
        found.append(before(found[-1]))
    return (found[0], running, *found[1:])


def _holding(kind: str, today: date) -> Period:
    if kind == "月报":
        return month_of(today)
    return part_holding(today, _MONTHS[kind]) if kind in _MONTHS else fiscal_year_of(today)


class ReportDialog(QDialog):
    """Nothing is written before 写报告; closing stops what is under way."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = Path(context.services.settings.papers)
        self.setWindowTitle("写报告")
        self.kind: ChoiceField[str] = ChoiceField(KINDS, parent=self)
        self.period: ChoiceField[Period] = ChoiceField((), word=self._period_word, parent=self)
        self.format: ChoiceField[str] = ChoiceField(_FORMATS, parent=self)
        self.public = CheckField("写给公众看：可能看出是谁的数不写", self)
        self.folder = line()
        self.waiting = WaitingPanel("张表", "report", parent=self)
        self.choose = button("换文件夹", self._on_choose)
        self.write = primary("写报告", self._on_write)
        self.cancel = button("关闭", self.reject)
        self._lay_out()
        self.kind.edited.connect(self._show_periods)
        self.waiting.hide()
        self._show_periods()
        self._show_folder()
        self.kind.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As with 关闭."""
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close; what is under way is stopped and leaves nothing behind."""
        self._stop()
        super().reject()
        self.deleteLater()

    def _lay_out(self) -> None:
        px = theme().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(18), px(20), px(16))
        stack.setSpacing(px(12))
        told = paragraph(
            "报告按公文格式排好，文字、图、表都从统计表来，并和上期、上年同期比较；存在问题和下步安排留给人写。"
        )
        told.setMinimumWidth(px(420))
        stack.addWidget(heading("写报告"))
        stack.addWidget(told)
        stack.addLayout(row(Field("种类", self.kind), Field("期间", self.period), None))
        stack.addLayout(row(Field("格式", self.format), None))
        stack.addWidget(self.public)
        stack.addLayout(row(self.folder, None, self.choose))
        stack.addWidget(self.waiting)
        stack.addLayout(row(None, self.cancel, self.write))
        for code, widget, words in (
            ("kind", self.kind, "报告的种类"),
            ("period", self.period, "报告的期间"),
            ("format", self.format, "文件格式"),
            ("public", self.public, ""),
            ("choose", self.choose, "换一个文件夹"),
            ("write", self.write, "写报告"),
            ("cancel", self.cancel, "关闭"),
        ):
            widget.setObjectName(f"report.{code}")
            if words:
                widget.setAccessibleName(words)

    def _show_periods(self) -> None:
        kind = self.kind.value()
        if kind is not None:
            self.period.set_values(offered(kind, self._context.services.cases.local_today))
            self.period.setCurrentIndex(0)

    def _show_folder(self) -> None:
        self.folder.setText(f"写到 {self._folder}")

    def _period_word(self, period: Period) -> str:
        open_still = period.last >= self._context.services.cases.local_today
        return names_of(period).period + ("（未满）" if open_still else "")

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选报告的文件夹", str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._show_folder()

    def _on_write(self) -> None:
        period, word = self.period.value(), self.format.value()
        if period is None or word is None:
            return
        services, fmt, folder = self._context.services, _FORMATS[word], self._folder
        public, step = self.public.value(), _Steps(self.waiting.watch())

        def write() -> Path:
            reports = services.reports
            paper = reports.paper(services.actor, period, public=public, step=step)
            step()
            return reports.write(paper, fmt, folder)

        self.waiting.begin("写报告")
        self.waiting.show()
        self.write.setEnabled(False)
        self._context.desk.command(write, self._on_written, self._on_failed, owner=self, beside=True)

    def _on_written(self, path: Path) -> None:
        open_file = Action("打开", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        self._context.say(f"报告已写成 {path.name}，在 {path.parent}。", Kind.SUCCESS, open_file)
        self.accept()
        self.deleteLater()

    def _on_failed(self, error: BaseException) -> bool:
        self.waiting.hide()
        self.write.setEnabled(True)
        return isinstance(error, Stopped)

    def _stop(self) -> None:
        if self.waiting.isVisible():
            self.waiting.stop()


class _Steps:
    """Counts the tables read, and stops where the watcher says so."""

    def __init__(self, watch: Watcher) -> None:
        self._watch, self._done = watch, 0

    def __call__(self) -> None:
        self._done += 1
        if not self._watch(self._done):
            raise Stopped("没有写报告。")
