"""个人信息: how every person of the case stands to the use of their data, and who outside was given it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.privacy.consents import ConsentState, consent_states
from mediation_desk.cases.privacy.transfers import transfers_of
from ui.screens.case_page.privacy_forms import ConsentForm, TransferForm, WithdrawForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.screens.person_copying import write_copy
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_MOST_ROWS = 8
_COLUMNS: tuple[Column[ConsentState], ...] = (
    Column("姓名", lambda state: state.subject.name, width=120),
    Column("个人信息", lambda state: state.general, width=120),
    Column("敏感个人信息", lambda state: state.sensitive or "没有", width=120),
    Column("", lambda state: "" if state.settled else "还没有办完", width=120, tone=lambda _one: Tone.SOON),
)


class PrivacyCard(Card):
    """One row a person; the deeds open forms beneath, or ask for the reason first."""

    def __init__(self, page: Page) -> None:
        super().__init__("个人信息")
        self.setObjectName("privacy.card")
        self._page = page
        self.consent, self.withdraw, self.transfer = ConsentForm(page), WithdrawForm(page), TransferForm(page)
        self._deeds = [
            self._deed("记同意", self.consent, "privacy.consent.way"),
            self._deed("撤回同意", self.withdraw, "privacy.withdraw.way"),
            self._deed("登记向外提供", self.transfer, "privacy.transfer.way"),
        ]
        self._export = button("导出此人信息", self._on_export)
        self._export.setObjectName("privacy.export")
        self.table: RecordTable[ConsentState] = RecordTable(
            "个人信息的告知和同意", _COLUMNS, key=lambda state: state.subject.ref, empty="本案没有自然人。"
        )
        self.table.setObjectName("privacy.people")
        self.table.moved.connect(self._on_moved)
        self._told = PlainLabel(wrap=True)
        self._told.setObjectName("privacy.told")
        self._given = column(gap=4)
        self.add(row(*self._deeds, None, self._export))
        for form in (self.consent, self.withdraw, self.transfer):
            self.add(form)
        self.add(self.table)
        self.add(self._told)
        self.add(self._given)

    def show_case(self, view: CaseView) -> None:
        """Every person as of today, and what was given outside."""
        states = consent_states(view.file, view.today)
        self.table.show_records(states)
        self.table.setFixedHeight(self.table.content_height(min(max(len(states), 1), _MOST_ROWS)))
        for form in (self.consent, self.withdraw, self.transfer):
            form.settle(view)
        clear(self._given)
        for one in transfers_of(view.file):
            self._given.addWidget(
                small(f"{day(one.on)}　提供给{one.to}：{one.what}（{one.ground}）", wrap=True)
            )
        if self.table.current() is None and states:
            self.table.choose_key(states[0].subject.ref)
        self._on_moved(self.table.current())

    def primary(self) -> QPushButton | None:
        """The open form."""
        forms = (self.consent, self.withdraw, self.transfer)
        return next((made for form in forms if (made := form.primary()) is not None), None)

    def _deed(self, words: str, form: ConsentForm | WithdrawForm | TransferForm, name: str) -> QPushButton:
        form.hide()
        form.given_up.connect(form.hide)
        form.done.connect(form.hide)

        def start() -> None:
            for one in (self.consent, self.withdraw, self.transfer):
                one.setVisible(one is form)
            form.focus_first()

        made = button(words, start)
        made.setObjectName(name)
        return made

    def _on_moved(self, state: ConsentState | None) -> None:
        lines = (state.words, *(f"还缺：{one}" for one in state.lacking), state.rule) if state else ()
        self._told.setText("\n".join(f"{line}。" for line in lines))
        self._export.setEnabled(self.table.current() is not None)

    def _on_export(self) -> None:
        state = self.table.current()
        if state is None:
            return
        who = f"{self._page.view.file.case_key}/{state.subject.ref}"
        write_copy(self._page.context, who, state.subject.name, self)
