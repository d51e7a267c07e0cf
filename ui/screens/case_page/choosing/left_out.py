"""Why somebody is not on the list: names with every reason, folded until asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from mediation_desk.experts.choice.ballot import LeftOut
from ui.fields.text_field import TextField
from ui.screens.case_page.choosing.fold import Fold
from ui.screens.case_page.tab import Page
from ui.screens.case_page.words import clauses
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_MOST = 40
_MOST_NAMES = 120


class LeftOutList(Fold):
    """Those whose field fits come with their reasons; the others are a number with names on demand."""

    def __init__(self, page: Page) -> None:
        super().__init__("为什么没有某人", "choice.why_not")
        self._people: tuple[LeftOut, ...] = ()
        self._others: tuple[LeftOut, ...] = ()
        self._search = TextField("搜姓名或者编号")
        self._search.setObjectName("choice.why_not.search")
        self._search.setAccessibleName("在没有列入的人里搜索")
        self._search.setMaximumWidth(theme().px(260))
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(theme().px(16))
        self._rows.setVerticalSpacing(theme().px(4))
        self._rows.setColumnStretch(1, 1)
        self._count = small()
        self._names = paragraph("", Tone.QUIET)
        self._names.hide()
        self._show_names = link("看姓名", self._on_names_clicked)
        self._show_names.setObjectName("choice.why_not.names")
        self._rest = boxed(column(row(self._count, self._show_names, None), self._names, gap=2))
        for item in (row(self._search, None), self._rows):
            self.body.addLayout(item)
        self.body.addWidget(self._rest)
        self._search.edited.connect(self._write)
        self.opened.connect(self._write)
        self.opened.connect(lambda: page.bring_into_view(self))

    def show_people(self, people: Sequence[LeftOut], others: Sequence[LeftOut]) -> None:
        """``others`` are left out for their field only."""
        if (tuple(people), tuple(others)) == (self._people, self._others):
            return
        self._people, self._others = tuple(people), tuple(others)
        total = len(people) + len(others)
        self.set_caption(f"为什么没有某人（{total} 人没有列入）")
        self.setVisible(bool(total))
        self._names.hide()
        if self.is_open():
            self._write()

    def _write(self) -> None:
        wanted = self._search.value().casefold()
        pool = (*self._people, *self._others) if wanted else self._people
        found = [one for one in pool if wanted in f"{one.name} {one.pool_no}".casefold()]
        clear(self._rows)
        for line, one in enumerate(found[:_MOST]):
            self._rows.addWidget(PlainLabel(one.name), line, 0)
            self._rows.addWidget(small(clauses(one.reasons), wrap=True), line, 1)
        if wanted and not found:
            self._rows.addWidget(small("没有这个人，或者他就在名单上。"), 0, 0, 1, 2)
        if len(found) > _MOST:
            self._rows.addWidget(small(f"还有 {len(found) - _MOST} 人，搜姓名可以看到。"), _MOST, 0, 1, 2)
        self._count.setText(f"另有 {len(self._others)} 人擅长的是别的领域")
        self._rest.setVisible(bool(self._others) and not wanted)

    def _on_names_clicked(self) -> None:
        shown = self._names.isHidden()
        more = "……搜姓名可以看到其余的人" if len(self._others) > _MOST_NAMES else ""
        self._names.setText("、".join(one.name for one in self._others[:_MOST_NAMES]) + more)
        self._names.setVisible(shown)
        self._show_names.set_caption("收起姓名" if shown else "看姓名")
