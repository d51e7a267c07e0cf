"""卷宗: what belongs into the bound volume, what is missing and where it is made; the volume itself as PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from mediation_desk.cases.lifecycle import State
from mediation_desk.documents.volume.checklist import Checklist, Entry, Standing
from mediation_desk.documents.volume.rules import Need
from mediation_desk.documents.volume.service import FORM
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError
from ui.fields.check_field import CheckField
from ui.printing.choosing import choose_printer
from ui.printing.sending import send
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.folder_action import open_folder
from ui.widgets.layout import boxed, clear, row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel, plain_tooltip

_ARCHIVAL = "存为归档格式 PDF/A"
_ALWAYS = "已经归档的案件，卷宗总是存成归档格式"
_SENDING = -1
_TONES = {Standing.THERE: Tone.DONE, Standing.MISSING: Tone.SOON, Standing.NEEDLESS: Tone.QUIET}
_SIGNS = {Standing.THERE: "✓ 有", Standing.MISSING: "缺", Standing.NEEDLESS: "—"}


class VolumeTab(Tab):
    """``volume.preview``, ``.save``, ``.split`` and ``.stop``; ``volume.<entry>.go`` leads to where it is made."""

    code = "volume"
    told = Signal(int, int)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._stop = Event()
        self._found: Checklist | None = None
        self._case = ""
        self._pressed: DeskButton | None = None
        self._card = Card("卷宗")
        self._preview = button("预览整卷", self._on_preview_clicked, symbol="paper")
        self._save = button("存成 PDF", partial(self._write, split=False), symbol="export")
        self._print = button("打印整卷", self._on_print_clicked, symbol="print")
        self._split = button("分件存", partial(self._write, split=True), symbol="copy")
        for name, made in (
            ("preview", self._preview),
            ("print", self._print),
            ("save", self._save),
            ("split", self._split),
        ):
            made.setObjectName(f"volume.{name}")
        self._pdfa = CheckField(_ARCHIVAL, self)
        self._pdfa.setObjectName("volume.pdfa")
        self._sentence = PlainLabel(wrap=True)
        self._sentence.setObjectName("volume.sentence")
        self._progress = PlainLabel(role="small")
        self._halt = link("停下", self._on_stop_clicked)
        self._halt.setObjectName("volume.stop")
        self._work = boxed(row(self._progress, self._halt, None), parent=self)
        self._work.hide()
        self._rows, self._needless = _grid(), _grid()
        self._more = link("", self._on_more_clicked)
        self._more.setObjectName("volume.more")
        self._panel = boxed(self._needless, parent=self)
        self._panel.hide()
        self._card.add(self._sentence)
        for made in (self._preview, self._print):
            self._card.header.addWidget(made)
        self._card.add(row(self._pdfa, None, self._save, self._split))
        self._card.add(self._work)
        self._card.add(boxed(self._rows))
        self._card.add(row(self._more, None))
        self._card.add(self._panel)
        self.body.addWidget(self._card)
        self.body.addStretch(1)
        self.told.connect(self._on_told)

    def show_case(self, view: CaseView) -> None:
        """Check anew; what is on screen stays until the answer is there."""
        services, key = self.page.context.services, view.file.case_key
        filed = view.state is State.ARCHIVED
        self._pdfa.setEnabled(not filed)
        if filed or key != self._case:
            self._pdfa.set_value(filed)
        self._case = key
        plain_tooltip(self._pdfa, _ALWAYS if filed else _ARCHIVAL)
        self.page.context.desk.query(
            lambda: services.volumes.checklist(services.actor, key),
            self._show,
            self._on_check_failed,
            owner=self,
            slot="volume",
        )

    def show_paper(self) -> None:
        """The volume is made when it is asked for; until then the cover stands beside the list."""
        self.page.show_stored("cover")

    def _show(self, found: Checklist) -> None:
        if found == self._found:
            return
        self._found = found
        (must, have), _needed = found.must, found.needed
        lacking = [entry.title for entry in found.missing if entry.need is Need.MUST]
        told = f"必须有的还缺：{'、'.join(lacking)}。" if lacking else ""
        self._sentence.setText(f"{found.sentence}{told}{found.finding}")
        self._sentence.set_tone(Tone.DONE if must == have and not found.finding else Tone.SOON)
        clear(self._rows)
        for place, entry in enumerate(found.due):
            self._add(self._rows, place, entry)
        clear(self._needless)
        needless = [entry for entry in found.entries if not entry.due]
        for place, entry in enumerate(needless):
            self._add(self._needless, place, entry)
        self._more.setVisible(bool(needless))
        self._name_more(len(needless))

    def _add(self, grid: QGridLayout, place: int, entry: Entry) -> None:
        sign = PlainLabel(_SIGNS[entry.standing], role="strong", tone=_TONES[entry.standing])
        sign.setMinimumHeight(theme().px(30))
        title = PlainLabel(entry.title, tone=Tone.INK if entry.due else Tone.QUIET, wrap=True)
        title.setAccessibleName(f"{entry.title}：{entry.standing}，{entry.why}")
        title.setObjectName(f"volume.{entry.key}")
        why = PlainLabel(_reason(entry), role="small", wrap=True)
        grid.addWidget(sign, place, 0)
        grid.addWidget(title, place, 1)
        grid.addWidget(PlainLabel(entry.need, role="small"), place, 2)
        grid.addWidget(why, place, 3)
        if entry.standing is Standing.MISSING and entry.tab:
            way = link("去补", partial(self.page.go, entry.tab, entry.form), symbol="arrow")
            way.setObjectName(f"volume.{entry.key}.go")
            way.setAccessibleName(f"去补{entry.title}")
            grid.addWidget(way, place, 4)

    # Making the volume

    def _on_preview_clicked(self) -> None:
        services, key = self.page.context.services, self.page.view.file.case_key
        self._begin()

        def make() -> bytes:
            try:
                return services.volumes.preview(services.actor, key, self._watch).pdf
            finally:
                self.told.emit(0, 0)

        self.page.show_made("卷宗（整卷）", make)
        self.page.open_pane()

    def _write(self, *, split: bool) -> None:
        services, key = self.page.context.services, self.page.view.file.case_key
        folder, pdfa = services.settings.papers, bool(self._pdfa.value())
        self._begin()
        self.page.context.desk.command(
            lambda: services.volumes.write(
                services.actor, key, folder, split=split, pdfa=pdfa, watch=self._watch
            ),
            self._on_written,
            self._on_failed,
            touches=Changes.of(Topic.DOCUMENTS, case_key=key),
            owner=self,
            beside=True,
        )

    def _on_print_clicked(self) -> None:
        """What goes to the printer are the bytes of the preview, never scaled."""
        context, file = self.page.context, self.page.view.file
        services, key = context.services, file.case_key
        printer = choose_printer(context.preferences, FORM, 1, self, title=file.intake.number or key)
        if printer is None:
            return
        copies, folder = printer.copyCount(), services.settings.papers

        def hand_over(pdf: bytes) -> None:
            self.told.emit(_SENDING, _SENDING)
            send(pdf, printer)

        self._begin()
        context.desk.command(
            lambda: services.volumes.print(services.actor, key, folder, hand_over, copies, self._watch),
            lambda pages: self._on_printed(pages, copies),
            self._on_failed,
            touches=Changes.of(Topic.DOCUMENTS, case_key=key),
            owner=self,
            beside=True,
        )

    def _on_printed(self, pages: int, copies: int) -> None:
        self._set_working(False)
        each = f"，{copies} 份" if copies > 1 else ""
        self.page.context.say(f"整卷 {pages} 页{each}，已送去打印。", Kind.SUCCESS)

    def _begin(self) -> None:
        self._stop.clear()
        self._halt.setEnabled(True)
        self._progress.setText("正在装卷……")
        self._set_working(True)

    def _watch(self, done: int, pieces: int) -> bool:
        """On the worker."""
        self.told.emit(done, pieces)
        return not self._stop.is_set()

    def _on_told(self, done: int, pieces: int) -> None:
        if not pieces:
            self._set_working(False)
            return
        if pieces == _SENDING:  # pages on their way to the printer cannot be called back
            self._halt.setEnabled(False)
            self._progress.setText("正在送去打印……")
            return
        self._progress.setText(f"正在装卷，第 {done} 件，共 {pieces} 件")

    def _on_written(self, paths: tuple[Path, ...]) -> None:
        self._set_working(False)
        folder = paths[0].parent
        what = paths[0].name if len(paths) == 1 else f"{len(paths)} 个文件"
        form = "归档格式（PDF/A）的 " if self._pdfa.value() else ""
        self.page.context.say(
            f"卷宗已存成{form or ' '}{what}，在 {folder}。", Kind.SUCCESS, open_folder(folder)
        )

    def _on_failed(self, error: BaseException) -> bool:
        self._set_working(False)
        if not isinstance(error, DeskError):
            return False
        self.page.context.say(error.message, Kind.WARN)
        return True

    def _on_check_failed(self, error: BaseException) -> bool:
        """A faulty rule file is told where the list would be."""
        if not isinstance(error, DeskError):
            return False
        self._sentence.setText(error.message)
        self._sentence.set_tone(Tone.SEAL)
        return True

    def _on_stop_clicked(self) -> None:
        self._stop.set()
        self._progress.setText("正在停下……")

    def _set_working(self, working: bool) -> None:
        """The focus waits on “停下”, so that the list does not run away beneath the reader."""
        deeds = (self._preview, self._print, self._save, self._split)
        pressed = next((made for made in deeds if made.hasFocus()), None)
        if working:
            self._work.show()
            if pressed is not None:
                self._pressed = pressed
                self._halt.setFocus()
        for made in deeds:
            made.setEnabled(not working)
        if not working:
            if self._halt.hasFocus() and self._pressed is not None:
                self._pressed.setFocus()
            self._work.hide()

    def _on_more_clicked(self) -> None:
        self._panel.setVisible(self._panel.isHidden())
        found = self._found
        self._name_more(sum(not entry.due for entry in found.entries) if found else 0)

    def _name_more(self, count: int) -> None:
        hidden = self._panel.isHidden()
        self._more.set_caption(f"看本案用不到的 {count} 项" if hidden else f"收起用不到的 {count} 项")


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(12))
    grid.setVerticalSpacing(theme().px(2))
    grid.setColumnMinimumWidth(0, theme().px(40))
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(3, 3)
    return grid


def _reason(entry: Entry) -> str:
    todo = f"　{entry.todo}" if entry.todo else ""
    return f"{entry.why}（{entry.basis}）{todo}"
