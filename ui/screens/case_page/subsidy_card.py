"""以案定补 of one case: class, amount, the clause, and how far it has come; the worksheet is one press away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.money import figures
from mediation_desk.subsidy.model import ClaimStatus
from mediation_desk.subsidy.render import difference_line
from mediation_desk.subsidy.service import CaseSubsidy
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import tops_aligned
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.text import small

_TONES = {"可以计补": Tone.DONE, "已发放": Tone.DONE, "已批准": Tone.ACCENT, "不予批准": Tone.SEAL}
_AGAIN = "重新核算"


class SubsidyCard(Card):
    """Hidden until the case has ended with an agreement; read apart from the page, which does not wait for it."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__("以案定补", parent=parent)
        self.setObjectName("overview.subsidy")
        self._page = page
        self._facts = FactGrid(columns=2)
        self._told = small("", Tone.SEAL, wrap=True)
        self._told.setObjectName("overview.subsidy.told")
        self._sheet = button("核算单", self._on_sheet_clicked, symbol="paper")
        self._sheet.setObjectName("overview.subsidy.sheet")
        self._again = link(_AGAIN, self._on_again_clicked)
        self._again.setObjectName("overview.subsidy.again")
        self.header.addWidget(self._again)
        self.header.addWidget(self._sheet)
        self.add(self._facts)
        self.add(self._told)
        self.hide()

    def show_case(self, view: CaseView) -> None:
        """Ask how the case stands."""
        outcome, services = view.file.outcome, self._page.context.services
        wanted = outcome is not None and outcome.result.success
        if not wanted:
            self.hide()
            return
        key = view.file.case_key
        self._page.context.desk.query(
            lambda: services.subsidies.worksheet(services.actor, key),
            self._show,
            self._on_failed,
            owner=self,
            slot="subsidy",
        )

    def _show(self, found: CaseSubsidy) -> None:
        sheet, claim = found.worksheet, found.claim
        self._facts.clear()
        self._facts.add("状态", found.state, _TONES.get(found.state, Tone.INK))
        if claim is not None and claim.pay_class and claim.amount:
            self._facts.add("金额", f"{figures(claim.amount)} 元（{claim.month:%Y-%m}）")
            self._facts.add("依据", claim.clause)
        elif sheet.pay_class:
            self._facts.add("金额", f"{figures(sheet.amount)} 元" + ("" if sheet.payable else "（不能计补）"))
            self._facts.add("依据", sheet.clause)
        reason = claim.reason if claim is not None else "；".join(one.sentence for one in sheet.refusals)
        if reason:
            self._facts.add("理由", reason)
        tops_aligned(self._facts)
        self._told.setText(difference_line(found.difference).replace("\t", "，") if found.difference else "")
        self._told.setVisible(found.difference is not None)
        refused = claim is not None and claim.status is ClaimStatus.REFUSED
        may = self._page.context.services.actor.can(Permission.SUBSIDY_APPROVE)
        self._again.setVisible(refused and may)
        self.show()

    def _on_failed(self, error: BaseException) -> bool:
        """A faulty rule file must not keep the page from being read."""
        if not isinstance(error, DeskError):
            return False
        self._facts.clear()
        self._told.setText(error.message)
        self._told.show()
        self._again.hide()
        self.show()
        return True

    def _on_sheet_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        self._page.show_made("核算单", lambda: services.subsidy_papers.preview_worksheet(services.actor, key))
        self._page.open_pane()

    def _on_again_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        self._page.context.desk.command(
            lambda: services.subsidies.void(services.actor, key, _AGAIN),
            lambda _claims: self._page.read_again(),
            touches=Changes.of(Topic.STATISTICS),
            owner=self,
        )
