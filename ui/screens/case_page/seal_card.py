"""数字印鉴: the way to seal a paper with the centre's certificate, or why the law does not let it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from ui.screens.case_page.seal_form import SealForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import column
from ui.widgets.plain import PlainLabel

_MAY = "对方要电子文件的，可以用本中心的证书签名。纸上的章照样要盖。"
_NONE = "还没有能打印的文书。"


class SealCard(QWidget):
    """``seal.way`` opens the form above the card; ``seal.refusal`` says why there is none."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.form = SealForm(page)
        self.form.hide()
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)
        self._card = Card("数字印鉴")
        self._way = button("加数字印鉴", self.start)
        self._way.setObjectName("seal.way")
        self._way.setEnabled(False)
        self._card.header.addWidget(self._way)
        self._said = PlainLabel(wrap=True)
        self._said.setObjectName("seal.refusal")
        self._card.add(self._said)
        stack = column(gap=12)
        self.setLayout(stack)
        stack.addWidget(self.form)
        stack.addWidget(self._card)

    def show_case(self, view: CaseView) -> None:
        """Ask for which of the papers there is a seal."""
        self.form.settle(view)
        titles = {choice.key: choice.title for choice in view.forms if choice.reason is None}
        services, key = self._page.context.services, view.file.case_key
        self._page.context.desk.query(
            lambda: services.sealing.refusals(services.actor, key, tuple(titles)),
            lambda refusals: self._show(titles, refusals),
            owner=self,
            slot="seal",
        )

    def start(self) -> None:
        """Open the form."""
        if self._way.isEnabled():
            self.form.settle(self._page.view)
            self.form.show()
            self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The button of the open form."""
        return self.form.primary()

    def _show(self, titles: Mapping[str, str], refusals: Mapping[str, str]) -> None:
        may = {key: title for key, title in titles.items() if not refusals[key]}
        self.form.offer(may)
        self._way.setVisible(bool(may))
        self._way.setEnabled(bool(may))
        if may:
            self._say(_MAY, Tone.QUIET)
            return
        self.form.hide()
        reason = next(iter(refusals.values()), "")
        self._say(f"{reason}。请打印出来盖章。" if reason else _NONE, Tone.SOON if reason else Tone.QUIET)

    def _say(self, words: str, tone: Tone) -> None:
        self._said.setText(words)
        self._said.set_tone(tone)
