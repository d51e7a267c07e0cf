"""核对文书: a file dropped or chosen, or number and code read off a paper; the answer in large plain words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea

from mediation_desk.documents.sealing.verifying import Verdict
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.screens.verifying.answer_card import AnswerCard
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import small

_FILES = "文书 (*.pdf *.docx)"
_DROP = "把对方带来的 PDF 或者 DOCX 拖到这一页，或者按“选文件”。只看，不存，也不联网。"
_PAPER = "手里只有纸的：编号在协议书右上角，校验码在页脚。"


class VerifyScreen(Screen):
    """``verify.pick`` takes a file, ``verify.check`` a number with its code."""

    code = "verify"
    caption = "核对文书"
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._number = Field("编号", TextField("（2026）安和人调字第31号", longest=60), name="number")
        self._code = Field("校验码", TextField("ABCD-EFGH-JKLM", longest=40), name="code")
        self._number.editor.setObjectName("verify.number")
        self._code.editor.setObjectName("verify.code")
        for field in (self._number, self._code):
            field.editor.setMinimumWidth(theme().px(230))
            field.editor.returnPressed.connect(self._on_check_clicked)
        self.pick = primary("选文件", self._on_pick_clicked, symbol="paper")
        self.pick.setObjectName("verify.pick")
        self._check = button("核对", self._on_check_clicked)
        self._check.setObjectName("verify.check")
        self.primary, self.first = self.pick, self.pick
        self.answer = AnswerCard(context.open_case)
        file = Card("手里是文件")
        file.add(small(_DROP, wrap=True))
        file.add(row(self.pick, None))
        paper = Card("手里是纸")
        paper.add(small(_PAPER, wrap=True))
        paper.add(row(self._number, self._code, None, gap=12))
        paper.add(row(self._check, None))
        for card in (self.answer, file, paper):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def open(self, argument: str) -> None:
        """A code typed into the search box; the number is still wanted."""
        self._code.editor.set_value(argument)
        self.first = self._number.editor

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file at a time."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The same as choosing it."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.take(Path(urls[0].toLocalFile()))

    def take(self, path: Path) -> None:
        """Check a file."""
        services = self.context.services
        self._wait(f"文件 {path.name}")
        self.context.desk.render(
            lambda: services.verifying.path(services.actor, path),
            self._show,
            self._on_failed,
            owner=self,
            slot="verify",
        )

    def _on_pick_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选要核对的文件", "", _FILES)
        if name:
            self.take(Path(name))

    def _on_check_clicked(self) -> None:
        number, code = self._number.editor.value(), self._code.editor.value()
        for field, word in ((self._number, "编号"), (self._code, "校验码")):
            field.set_error("" if field.editor.value() else f"请写{word}。")
        if not number or not code:
            return
        services = self.context.services
        self._wait(f"编号 {number}，校验码 {code}")
        self.context.desk.render(
            lambda: services.verifying.typed(services.actor, number, code),
            self._show,
            self._on_failed,
            owner=self,
            slot="verify",
        )

    def _wait(self, about: str) -> None:
        """The answer stands at the top, where it is seen at any size of letters."""
        self.answer.wait(about)
        area = self.findChild(QScrollArea)
        if area is not None:
            area.verticalScrollBar().setValue(0)

    def _show(self, verdict: Verdict) -> None:
        self.answer.show_verdict(verdict)

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, DeskError):
            self.answer.hide()
            return False
        self.answer.show_failure(error.message)
        if isinstance(error, InputError) and error.field == "code":
            self._code.set_error(error.message)
        return True
