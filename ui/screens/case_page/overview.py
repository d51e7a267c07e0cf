"""概况: what happened, what is asked for, how it came; and the forms that accept, refuse or end the case."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.beside import Risk
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.cases.model import Claim
from ui.screens.case_page.accept import AcceptForm
from ui.screens.case_page.casework import Casework
from ui.screens.case_page.deadline_card import DeadlineCard
from ui.screens.case_page.ending import EndForm
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.ledger_card import LedgerCard
from ui.screens.case_page.locking import LockCard
from ui.screens.case_page.next_step import may_accept
from ui.screens.case_page.routing.card import RoutingCard
from ui.screens.case_page.subsidy_card import SubsidyCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.timing import ExtendForm, ResumeForm, SuspendForm
from ui.screens.case_page.unadopted import UnadoptedCard
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money, names, tops_aligned
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.text import paragraph

_MOST_ROWS = 8


class OverviewTab(Tab):
    """Reading matter first; a form only while somebody uses it."""

    code = "overview"
    papers = ("notice", "acceptance", "application", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.accept = AcceptForm(page)
        self.end = EndForm(page)
        self.suspend, self.resume, self.extend = SuspendForm(page), ResumeForm(page), ExtendForm(page)
        self._timing = {form.code: form for form in (self.suspend, self.resume, self.extend)}
        for form in (self.accept, self.end, *self._timing.values()):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
            self.body.addWidget(form)
        self._ended = Card("结果")
        self._end_facts = FactGrid(columns=2)
        self._ended.add(self._end_facts)
        self._what = Card("事情经过")
        self._facts = paragraph()
        self._what.add(self._facts)
        self._claims_card = Card("请求", flush=True)
        self._claims: RecordTable[Claim] = RecordTable(
            "请求", self._columns(), key=lambda claim: claim.ref, empty="没有登记具体的请求。"
        )
        self._claims.setObjectName("overview.claims")
        self._claims_card.add(self._claims)
        self._intake = Card("登记与受理")
        self._intake_facts = FactGrid(columns=2)
        self._intake.add(self._intake_facts)
        self._ledger = LedgerCard()
        self.unadopted = UnadoptedCard(page)
        self._subsidy = SubsidyCard(page)
        self._due = DeadlineCard(page)
        self._due.wanted.connect(self.start)
        self.lock = LockCard(page)
        self.casework = Casework(page)
        for way in (self.lock.way, *self.casework.ways):
            self._intake.header.addWidget(way)
        cards = (
            self.unadopted,
            self._ended,
            self._ledger,
            self._due,
            self._what,
            self._claims_card,
            self._intake,
            self._subsidy,
            self.lock,
        )
        for card in (*cards, self.casework):
            self.body.addWidget(card)
        self.routing = RoutingCard(page)
        self.body.addWidget(self.routing)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Show what is on file."""
        file = view.file
        self.accept.settle(view)
        self.end.settle(view)
        self.routing.show_case(view)
        if not may_accept(view):
            self.accept.hide()
        if view.state not in OPEN:
            self.end.hide()
        for form in self._timing.values():
            form.settle(view)
            if view.state not in form.allowed:
                form.hide()
        self._due.show_case(view)
        self.unadopted.show_case(view)
        self.lock.show_case(view)
        self._subsidy.show_case(view)
        self._facts.setText(file.facts)
        self._claims.show_records(file.claims)
        self._claims.setFixedHeight(self._claims.content_height(min(max(len(file.claims), 2), _MOST_ROWS)))
        total = f"合计 {money(file.claims_total)} 元" if file.claims_total is not None else ""
        self._claims_card.remark.setText(total)
        _show_intake(self._intake_facts, view)
        self._ended.setVisible(file.outcome is not None)
        self._ledger.show_entry(file.beside.ledger)
        _show_result(self._end_facts, view)
        self.casework.show_case(view)

    def start(self, form: str) -> None:
        """A form of acceptance, end or period (one at a time), of 分流与督办, or about the whole case."""
        if self.routing.knows(form):
            self.routing.start(form)
            return
        state = self.page.view.state
        self.casework.start(form)
        self.lock.start(form)
        possible: dict[str, tuple[StepForm, bool]] = {
            "accept": (self.accept, may_accept(self.page.view)),
            "end": (self.end, state in OPEN),
            **{code: (made, state in made.allowed) for code, made in self._timing.items()},
        }
        wanted, may = possible.get(form, (None, False))
        if wanted is None or not may:
            return
        for other, _may in possible.values():
            other.setVisible(other is wanted)
        wanted.focus_first()

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        forms = (self.accept, self.end, *self._timing.values(), self.lock, self.casework, self.routing)
        return next((button for form in forms if (button := form.primary()) is not None), None)

    def _columns(self) -> tuple[Column[Claim], ...]:
        def name_of(ref: str) -> str:
            return self.page.view.file.name_of(ref)

        return (
            Column("谁", lambda claim: name_of(claim.by), width=130),
            Column("向谁", lambda claim: names(claim.against, name_of), width=170),
            Column("要什么", lambda claim: claim.item),
            Column("怎么算", lambda claim: claim.calc or "—", width=150),
            Column("金额（元）", lambda claim: money(claim.amount), width=116, number=True),
        )


def _show_intake(facts: FactGrid, view: CaseView) -> None:
    facts.clear()
    file = view.file
    intake, dispute = file.intake, file.dispute
    came = intake.source_stat.value + (f"（{intake.source_org}）" if intake.source_org else "")
    pairs = [
        ("登记", f"{day(intake.received_on)}，{intake.channel}"),
        ("经办", intake.registrar),
        ("来源", came),
        ("受理", day(intake.accepted_on) if intake.accepted_on else (intake.decision or "还没有决定")),
        ("调解单位", file.organisation.name),
        ("编号", intake.number or "受理时给号"),
        (
            "发生",
            f"{day(dispute.occurred_on)}，{dispute.place}" if dispute.place else day(dispute.occurred_on),
        ),
        ("分类", f"{dispute.category_zz.name}（{dispute.category_zz.code}）"),
        ("规模", f"{file.people_involved} 人，{dispute.event_scale.name}"),
        ("调解期限", day(intake.mediation_due_on)),
    ]
    if (court := file.court_referral) is not None:
        pairs += [("委派", f"{court.court}，{court.mode}"), ("签收", day(court.received_signed_on))]
    if intake.referral_no:
        pairs.append(("移送文号", intake.referral_no))
    related = dict.fromkeys((one.relation, one.case_key) for one in file.related_cases)
    pairs += [("相关案件", f"{relation}：{key}") for relation, key in related]
    pairs += [("后来的案件", f"{relation}：{key}") for key, relation in view.linked_from]
    pairs += [("当心", _told_of(risk)) for risk in file.beside.risks]
    for stop in file.suspensions:
        pairs.append(("中止", f"{stop.cause}，{stop.from_on} 至 {stop.to}，期限改为 {day(stop.due_after)}"))
    for more in file.extensions:
        pairs.append(
            ("延长", f"{more.reason}，{day(more.agreed_on)}各方同意，期限改为 {day(more.due_after)}")
        )
    for word, fact in pairs:
        facts.add(word, fact)
    tops_aligned(facts)


def _told_of(risk: Risk) -> str:
    """A danger noted at the counter and to whom it was reported (LR-9)."""
    reported = f"报给{risk.reported_to}" if risk.reported_to else "还没有写报给了谁"
    on = f"（{day(risk.reported_on)}）" if risk.reported_on else ""
    return f"{risk.kind}，{reported}{on}"


def _show_result(facts: FactGrid, view: CaseView) -> None:
    facts.clear()
    file = view.file
    if file.outcome is None:
        return
    form = f"，{file.outcome.form}协议" if file.outcome.form else ""
    facts.add("结果", f"{file.outcome.result}{form}")
    facts.add("日期", day(file.outcome.concluded_on))
    if (ending := file.ending) is not None:
        facts.add("事由", ending.cause)
        facts.add("说明", ending.reason)
        facts.add("告知途径", "；".join(ending.told_remedies))
        facts.add("通知书", f"{ending.notice.title} {ending.notice.number}" if ending.notice else "不需要")
    elif file.agreement is not None:
        facts.add("应付合计", f"{money(file.agreement.total_payable)} 元")
        facts.add("生效", day(file.effective_on) if file.effective_on else "等各方签署")
    if (told := file.feedback_to_source) is not None:
        facts.add("反馈", f"{day(told.on)} 复 {told.to}：{told.content}")
    tops_aligned(facts)
