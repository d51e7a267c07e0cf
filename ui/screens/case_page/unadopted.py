"""没有采用的文字: what one wrote into a case and a choice between two texts left out, until it is not wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mediation_desk.cases.colliding import UNADOPTED, unadopted_in
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView, draft_key
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import clear, column
from ui.widgets.text import paragraph, small


class UnadoptedCard(Card):
    """Hidden while there is nothing; its words can be marked and copied."""

    def __init__(self, page: Page) -> None:
        super().__init__("没有采用的文字", remark="两个人改了同一处、没有选用的那一份，可以复制再用")
        self.setObjectName("overview.unadopted")
        self._page = page
        self._words = column(gap=8)
        self.add(self._words)
        drop = link("不要了", self._on_drop_clicked)
        drop.setObjectName("unadopted.drop")
        self.header.addWidget(drop)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        """What is left over in this case."""
        clear(self._words)
        kept = unadopted_in(view.drafts.get(UNADOPTED))
        for name, text in kept:
            shown = paragraph(text)
            shown.setAccessibleName(f"{name}：{text}")
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._words.addWidget(small(name, wrap=True))
            self._words.addWidget(shown)
        self.setVisible(bool(kept))

    def _on_drop_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        self._page.call(
            lambda: services.cases.drop_draft(services.actor, draft_key(key, UNADOPTED)),
            lambda _done: self._page.view.drafts.pop(UNADOPTED, None),
            lambda _error: False,
            lambda _done: "没有采用的文字已经清掉。",
        )
