"""扫描件: small pictures in their order, where each is filed, and the ways in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cases.steps.scanning import FileScans, OrderScans
from mediation_desk.documents.scanning.service import Wanted
from mediation_desk.shared.uploads.kinds import SCANS
from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.scans.forms import RefileForm, ReturnForm, VoidScanForm, returnable
from ui.screens.case_page.scans.grid import ScanGrid, where
from ui.screens.case_page.scans.inbox import InboxCard
from ui.screens.case_page.scans.taking import Taking
from ui.screens.case_page.scans.targets import Target, targets
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row
from ui.widgets.message_bar import Action, Kind
from ui.widgets.paper_view import PaperView
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_EMPTY = "把扫描件或者手机照片拖到这里，或者按“导入文件”。页脚有识别码的，自动归到那份文书。"
_BY_FILE_NAME = Target(word="自动（按识别码）", kind=ScanKind.UNSORTED)


class ScansCard(QWidget):
    """The card, the forms beneath it, and the scanner's folder."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scans")
        self.setAcceptDrops(True)
        self._page = page
        self._card = Card("扫描件")
        self.grid = ScanGrid(self)
        self.taking = Taking(page, self)
        self.refile, self.void, self.giving = RefileForm(page), VoidScanForm(page), ReturnForm(page)
        self.inbox = InboxCard(page, self._take)
        self._viewer = PaperView(page.context.desk, self, remark="入卷的样子")
        self._viewer.hide()
        self._shown: Scan | None = None
        self._fill_card()
        for form in (self.refile, self.void, self.giving):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
        self.setLayout(column(self._card, self.refile, self.void, self.giving, self.inbox, gap=12))
        self.grid.opened.connect(self._open)
        self.grid.ordered.connect(self._order)
        self.grid.currentRowChanged.connect(lambda _row: self._tell_current())
        self.taking.told.connect(self._on_told)
        self.taking.ended.connect(self._on_ended)

    def show_case(self, view: CaseView) -> None:
        """Another reading."""
        may = view.state in FileScans.transition.sources
        for widget in (self._pick, self._to, self._void, self._move, self.inbox):
            widget.setVisible(may)
        self.setAcceptDrops(may)
        self._giving.setVisible(may and bool(returnable(view)))
        standing = [one for one in view.file.beside.scans if one.stands]
        unsorted = sum(one.kind is ScanKind.UNSORTED for one in standing)
        words = f"{len(standing)} 份，共 {sum(one.pages for one in standing)} 页" if standing else ""
        self._card.remark.setText(f"{words}，{unsorted} 份待归类" if unsorted else words)
        self._to.set_values((_BY_FILE_NAME, *targets(view)))
        self.grid.show_scans(view.file.beside.scans)
        self.grid.setVisible(bool(standing))
        self.grid.setFixedHeight(self.grid.sizeHint().height())
        self._empty.setVisible(not standing)
        self._deeds.setVisible(bool(standing))
        for form in (self.refile, self.void, self.giving):
            form.settle(view)
        self._tell_current()
        self._draw_pictures()

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return self.refile.primary() or self.void.primary() or self.giving.primary()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._take(paths)

    def _fill_card(self) -> None:
        self._to: ChoiceField[Target] = ChoiceField((_BY_FILE_NAME,), word=lambda one: one.word)
        self._to.setObjectName("scans.to")
        self._to.setAccessibleName("没有识别码的页归到哪里")
        self._to.setMinimumContentsLength(14)
        self._pick = button("导入文件", self._on_pick_clicked, symbol="evidence")
        self._pick.setObjectName("scans.pick")
        self._card.header.addWidget(self._to)
        self._card.header.addWidget(self._pick)
        self._empty = small(_EMPTY, wrap=True)
        self._about = PlainLabel("", wrap=True)
        self._about.setObjectName("scans.about")
        self._look = link("看大图", self._on_look_clicked, symbol="larger")
        self._move = link("改归", self._on_move_clicked)
        self._void = link("作废", self._on_void_clicked)
        self._giving = link("退还原件", self._on_giving_clicked)
        names = ((self._look, "look"), (self._move, "refile"), (self._void, "void"), (self._giving, "giving"))
        for made, name in names:
            made.setObjectName(f"scans.{name}")
        self._deeds = boxed(row(self._about, None, self._look, self._move, self._void), parent=self)
        self._state = PlainLabel("", wrap=True)
        self._state.setObjectName("scans.state")
        self._halt = button("停止", self.taking.stop)
        self._halt.setObjectName("scans.stop")
        self._progress = boxed(row(self._state, None, self._halt), parent=self)
        self._progress.hide()
        for item in (self._progress, self._empty, self._deeds, self.grid):
            self._card.add(item)
        self._card.header.insertWidget(self._card.header.count() - 2, self._giving)

    def _take(self, paths: list[Path]) -> None:
        target = self._to.value() or _BY_FILE_NAME
        self.taking.take(paths, target.wanted, self._page.view.file.case_key)

    def _on_pick_clicked(self) -> None:
        endings = " ".join(f"*.{ending}" for kind in SCANS for ending in kind.endings)
        names, _ = QFileDialog.getOpenFileNames(self, "选扫描件", "", f"扫描件 ({endings})")
        self._take([Path(name) for name in names])

    def _on_told(self, words: str) -> None:
        self._progress.show()
        self._halt.show()
        self._state.set_tone(Tone.INK)
        self._state.setText(words)

    def _on_ended(
        self, filed: tuple[Path, ...], told: tuple[str, ...], elsewhere: tuple[Path, str] | None
    ) -> None:
        self._halt.hide()
        self._progress.setVisible(bool(told))
        self._state.set_tone(Tone.SOON)
        self._state.setText("\n".join(told))
        self.inbox.put_away(filed)
        if filed:
            self._page.context.say(f"已入卷 {len(filed)} 个文件。", Kind.SUCCESS)
        if elsewhere is not None:
            path, key = elsewhere
            there = Action("归到那一案", lambda: self.taking.take((path,), Wanted(), key))
            self._page.context.say(f"“{path.name}”是另一案的。", Kind.WARN, there)

    def _order(self, numbers: tuple[int, ...]) -> None:
        self._page.take((OrderScans(numbers=numbers),), lambda _file: None, lambda _error: False)

    def _tell_current(self) -> None:
        scan = self.grid.current()
        self._deeds.setVisible(scan is not None)
        if scan is not None:
            self._about.setText(f"{scan.title}　{where(scan)}　{scan.pages} 页　{scan.name}")

    def _draw_pictures(self) -> None:
        context = self._page.context
        for scan in self.grid.without_picture():
            context.desk.render(
                lambda scan=scan: context.services.scanning.picture(context.services.actor, scan),  # type: ignore[misc]  # bound now
                lambda jpeg, no=scan.no: self.grid.show_picture(no, jpeg),  # type: ignore[misc]  # bound now
                lambda _error: True,  # the line says what it is; a grey page says that there is no picture
                owner=self.grid,
                slot=f"picture-{scan.no}",
            )

    def _open(self, no: int) -> None:
        scan = self._page.view.file.beside.scan(no)
        if scan is None:
            return
        context = self._page.context
        self._viewer.show_pdf(None, "正在打开……")
        context.show_pane(self._viewer, scan.title)
        context.desk.render(
            lambda: context.services.scanning.shown(context.services.actor, scan),
            self._viewer.show_pdf,
            owner=self,
            slot="shown",
        )

    def _on_look_clicked(self) -> None:
        if (scan := self.grid.current()) is not None:
            self._open(scan.no)

    def _on_move_clicked(self) -> None:
        if (scan := self.grid.current()) is not None:
            self.refile.about(scan)
            self.refile.show()
            self.refile.focus_first()

    def _on_void_clicked(self) -> None:
        if (scan := self.grid.current()) is not None:
            self.void.about(scan)
            self.void.show()
            self.void.focus_first()

    def _on_giving_clicked(self) -> None:
        self.giving.show()
        self.giving.focus_first()
