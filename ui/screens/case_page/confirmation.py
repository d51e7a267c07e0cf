"""司法确认: the last day to apply, whether and where, the wills, the papers, the ruling, enforcement (LR-15)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.model import CONFIRMED, NOT_APPLIED, AgreementForm, Confirmation
from mediation_desk.cases.court.eligibility import Eligibility, eligibility
from mediation_desk.cases.court.pack import missing, pack
from mediation_desk.cases.court.rules import Verdict
from mediation_desk.cases.court.standing import after_filing, after_ruling, open_requests
from mediation_desk.cases.court.where import enforcement_note
from mediation_desk.cases.court.wills import lacking_wills
from mediation_desk.cases.deadlines.rules import Stage
from mediation_desk.cases.transitions import APPLY_TO_COURT, ENFORCE, RULING
from ui.screens.case_page.court_forms import (
    ApplyForm,
    CompleteForm,
    EnforceForm,
    RequestForm,
    RulingForm,
    WithdrawForm,
)
from ui.screens.case_page.court_pack import PackForm
from ui.screens.case_page.court_wills import WillsForm
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, short
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph
from ui.widgets.why_line import WhyLine
from ui.widgets.wrapping import WrappingRow

_TONES = {
    Verdict.MAY: Tone.DONE,
    Verdict.ASK: Tone.SOON,
    Verdict.PARTLY: Tone.SOON,
    Verdict.NEEDLESS: Tone.QUIET,
    Verdict.CANNOT: Tone.SEAL,
}


class ConfirmationCard(Card):
    """Where the confirmation stands, what to expect of the court, and the next things to do about it."""

    def __init__(self, page: Page) -> None:
        super().__init__("司法确认")
        self._page = page
        self._line = WhyLine()
        self._verdict = PlainLabel(wrap=True)
        self._verdict.setObjectName("confirm.verdict")
        self._words = paragraph("", Tone.QUIET)
        self._words.setObjectName("confirm.words")
        self._forms: dict[str, StepForm] = {
            "wills": WillsForm(page),
            "pack": PackForm(page),
            "apply": ApplyForm(page),
            "asked": RequestForm(page),
            "completed": CompleteForm(page),
            "ruling": RulingForm(page),
            "withdraw": WithdrawForm(page),
            "enforce": EnforceForm(page),
        }
        self._way = button("登记申请", lambda: self.start("apply"))
        self._way.setObjectName("confirm.way")
        self._ways: dict[str, DeskButton] = {}
        for code, word in (
            ("wills", "申请意愿"),
            ("pack", "申请材料"),
            ("asked", "法院要求补正"),
            ("completed", "补正完成"),
            ("withdraw", "撤回"),
            ("enforce", "申请执行"),
        ):
            made = button(word, partial(self._open, code))
            made.setObjectName(f"confirm.{code}.way")
            self._ways[code] = made
        self.add(row(self._line, self._way))
        self.add(self._verdict)
        self.add(self._words)
        ways = WrappingRow(gap=8)
        for made in self._ways.values():
            ways.add(made)
        self.add(ways)
        for form in self._forms.values():
            form.hide()
            form.given_up.connect(self._close)
            form.done.connect(self._close)
            self.add(form)

    def show_case(self, view: CaseView) -> None:
        """The state of the confirmation."""
        file = view.file
        court = file.judicial_confirmation
        if file.agreement is None or file.effective_on is None:
            return
        verdict = eligibility(file, view.today)
        for form in self._forms.values():
            form.settle(view)
        oral = file.agreement.form is AgreementForm.ORAL
        self._show_line(view, court, oral)
        open_ = set(_open_ways(view, verdict))
        self._way.setVisible(bool({"apply", "ruling"} & open_))
        self._way.set_caption("登记裁定" if "ruling" in open_ else "登记申请")
        for code, way in self._ways.items():
            way.setVisible(code in open_)
        for code, form in self._forms.items():
            if code not in open_:
                form.hide()
        before = court.applied_on is None and court.result == NOT_APPLIED and not _too_late(view, court)
        self._verdict.setText(_verdict_words(verdict) if before else "")
        self._verdict.set_tone(_TONES[verdict.verdict])
        self._verdict.setVisible(before and bool(self._verdict.text()))
        self._words.setText("\n".join(_told(view, verdict)))
        self._words.setVisible(bool(self._words.text()))

    def start(self, form: str) -> None:
        """``apply`` or ``ruling``, whichever is due; before everybody was asked, the wills come first."""
        view = self._page.view
        if view.file.judicial_confirmation.applied_on is not None and "ruling" in set(
            _open_ways(view, eligibility(view.file, view.today))
        ):
            form = "ruling"
        elif form == "apply" and lacking_wills(view.file):
            form = "wills"
        self._open(form)

    def primary(self) -> QPushButton | None:
        """The open form."""
        return next((wanted for form in self._forms.values() if (wanted := form.primary()) is not None), None)

    def _open(self, code: str) -> None:
        self._close()
        self._forms[code].show()
        self._forms[code].focus_first()

    def _show_line(self, view: CaseView, court: Confirmation, oral: bool) -> None:
        if court.decided_on is not None:
            good = court.result == CONFIRMED
            self._line.show_sentence(
                f"{short(court.decided_on)} {court.result}",
                reason=f"{court.court or ''} {court.case_no or ''}",
                tone=Tone.DONE if good else Tone.INK,
            )
        elif court.applied_on is not None:
            reason = f"{court.court or ''} {court.case_no or ''}"
            self._line.show_sentence(f"{short(court.applied_on)} 已申请，等裁定", reason=reason)
        elif court.deadline is not None and court.result == NOT_APPLIED:
            reason = "各方可以自协议生效之日起三十日内共同申请"
            if view.today > court.deadline:
                self._line.show_sentence(f"没有申请，期限 {day(court.deadline)} 已过", reason=reason)
            else:
                counted = next((one for one in view.deadlines if one.what == Stage.CONFIRM), None)
                self._line.show_due(
                    "最后一天",
                    court.deadline,
                    view.today,
                    reason=counted.reason if counted else reason,
                    basis=counted.article if counted else "人民调解法第三十三条",
                )
        else:
            self._line.show_sentence("口头协议，没有申请司法确认" if oral else court.result)

    def _close(self) -> None:
        for form in self._forms.values():
            form.hide()


def _open_ways(view: CaseView, verdict: Eligibility) -> Iterator[str]:
    """What may be done now."""
    file, court = view.file, view.file.judicial_confirmation
    again = court.decided_on is not None and court.result.startswith(("撤回", "裁定不予受理"))
    in_time = court.deadline is not None and view.today <= court.deadline
    free = (court.applied_on is None or again) and view.state in APPLY_TO_COURT.sources
    if free and in_time and verdict.verdict is not Verdict.CANNOT:
        yield from ("wills", "pack", "apply")
    waits = court.applied_on is not None and court.decided_on is None
    if waits and view.state in RULING.sources:
        yield from ("ruling", "asked", "withdraw")
        if open_requests(file):
            yield "completed"
    late = any(row.done_on is None for row in file.performance)
    if court.result == CONFIRMED and court.enforcement is None and late and view.state in ENFORCE.sources:
        yield "enforce"


def _too_late(view: CaseView, court: Confirmation) -> bool:
    return court.deadline is not None and view.today > court.deadline


def _verdict_words(verdict: Eligibility) -> str:
    return f"{verdict.verdict}：" + "".join(one.words for one in verdict.findings) if verdict.findings else ""


def _told(view: CaseView, verdict: Eligibility) -> Iterator[str]:
    """Everything else worth a sentence, in the order of time."""
    file, court = view.file, view.file.judicial_confirmation
    waiting = court.applied_on is None and court.result == NOT_APPLIED
    if waiting and verdict.verdict is not Verdict.CANNOT and court.deadline and view.today <= court.deadline:
        lacking = lacking_wills(file)
        yield f"意愿：{lacking}。" if lacking else "意愿：各方都愿意共同申请。"
        yield f"材料{missing(pack(file)) or '齐全。'}"
    if waiting and verdict.others:
        yield (
            "还可以："
            + "；".join(f"{way.name}——{way.sentence}（{way.basis}）" for way in verdict.others)
            + "。"
        )
    yield from (one for one in (open_requests(file), after_filing(file), after_ruling(file)) if one)
    note = enforcement_note(file)
    if note is not None and any(row.done_on is None for row in file.performance):
        yield f"{note.why}，至{day(note.until)}；向{note.court}申请。"
    if court.enforcement is not None:
        asked = court.enforcement
        number = f"，案号{asked.case_no}" if asked.case_no else ""
        yield f"{day(asked.applied_on)} {file.name_of(asked.by)}申请执行，未履行{asked.outstanding:,.2f}元{number}。"
    yield from (one for one in (court.deadline_note, court.note) if one)
    for one in file.beside.earlier_applications:
        yield f"此前 {day(one.applied_on)} 向{one.court}申请过，{one.result}。"
