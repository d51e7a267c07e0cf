"""限制查看: by which rule or by whom a case is locked, for whom it is open, and what changes that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import role_rules
from mediation_desk.cases.beside import OrderStatus
from mediation_desk.cases.lock import Lock
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.locking import LockCase, NameReaders, UnlockCase
from mediation_desk.cases.steps.step import Step
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, tops_aligned
from ui.widgets.buttons import DeskButton, link
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import column
from ui.widgets.text import small

_BETWEEN = re.compile("[、，,；;]")
_WHO = "另外准许的人（姓名或者账号，用顿号隔开）"


class _LockForm(StepForm):
    """A reason, and where ``named`` also whom the case is open to."""

    told = ""
    heading, verb, named = "", "", True

    def __init__(self, page: Page) -> None:
        super().__init__(page, self.heading, self.verb)
        self.add(small(self.told, wrap=True))
        self._named = self.field(_WHO, "named", TextField("例如 李主任、wang", longest=1000))
        self._reason = self.field("理由", "reason", TextField(), required=True)
        self.add(self._reason)
        self.add(self._named)
        self.finish()
        self._named.setVisible(self.named)  # after it has a parent

    def subject(self, view: CaseView) -> object:
        """Anew for another lock."""
        return view.file.case_key, view.file.beside.lock

    def prefill(self, view: CaseView) -> None:
        """Who is named now; the reason is always given anew."""
        lock = view.file.beside.lock
        self._reason.editor.set_value("")
        self._named.editor.set_value("、".join(lock.named) if lock is not None else "")

    def _names(self) -> tuple[str, ...]:
        return tuple(filter(None, (one.strip() for one in _BETWEEN.split(self._named.editor.value()))))


class LockForm(_LockForm):
    """限制查看."""

    code = "lock"
    heading, verb = "限制查看", "限制"
    told = "从现在起只有经办的人、下面写的人和可以看这类案件的人看得到本案；对其他人，本案如同不存在。"

    def steps(self) -> Sequence[Step]:
        """One `LockCase`."""
        return (LockCase(reason=self._reason.editor.value(), named=self._names()),)


class ReadersForm(_LockForm):
    """调整查看人: names added are let in, names taken out no longer are."""

    code = "readers"
    heading, verb = "调整查看人", "照此调整"
    told = "加上的人从现在起看得到本案，去掉的人不再看得到；经办的人不用写。"

    def steps(self) -> Sequence[Step]:
        """One `NameReaders`."""
        return (NameReaders(reason=self._reason.editor.value(), named=self._names()),)


class UnlockForm(_LockForm):
    """解除限制."""

    code = "unlock"
    heading, verb, named = "解除限制", "解除", False
    told = "本单位可以看案件的人又都看得到本案。"

    def steps(self) -> Sequence[Step]:
        """One `UnlockCase`."""
        return (UnlockCase(reason=self._reason.editor.value()),)


class LockCard(QWidget):
    """The card is there while the case is locked; ``way`` locks it, a button for the tab to place."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._forms: dict[str, StepForm] = {
            form.code: form for form in (LockForm(page), ReadersForm(page), UnlockForm(page))
        }
        self.way = self._way("限制查看", "lock")
        self._card = Card("限制查看")
        self._card.setObjectName("lock.card")
        self._facts = FactGrid()
        self._card.add(self._facts)
        for word, code in (("调整查看人", "readers"), ("解除限制", "unlock")):
            self._card.header.addWidget(self._way(word, code))
        self.setLayout(column(*self._forms.values(), self._card, gap=12))
        for form in self._forms.values():
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)

    def show_case(self, view: CaseView) -> None:
        """Whether, since when, why, and for whom it is open."""
        lock, there = view.file.beside.lock, view.file.beside.binned is None
        self.way.setVisible(lock is None and there)
        self._card.setVisible(lock is not None)
        for code, form in self._forms.items():
            form.settle(view)
            if not there or (code == "lock") is (lock is not None):
                form.hide()
        if lock is not None:
            self._show(view, lock)

    def start(self, form: str) -> None:
        """``lock``, ``readers`` or ``unlock``, one at a time."""
        if form not in self._forms:
            return
        for code, one in self._forms.items():
            one.setVisible(code == form)
        self._forms[form].focus_first()

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return next((found for form in self._forms.values() if (found := form.primary())), None)

    def _show(self, view: CaseView, lock: Lock) -> None:
        self._facts.clear()
        self._facts.add("自", f"{day(lock.on)}，{lock.by}")
        basis = "、".join(lock.grounds)
        self._facts.add("依据", f"登记时按规则自动限制：{basis}（privacy.toml）" if basis else "由人决定")
        self._facts.add("理由", lock.reason)
        self._facts.add("经办的人", "、".join(_at_work(view.file)))
        named = (f"{shown}（{name}）" if shown != name else name for name, shown in view.footing.readers)
        self._facts.add("另外准许", "、".join(named) or "没有")
        self._facts.add("此外看得到", "、".join(_see_locked()) or "没有")
        tops_aligned(self._facts)

    def _way(self, word: str, form: str) -> DeskButton:
        made = link(word, lambda: self.start(form))
        made.setObjectName(f"{form}.way")
        return made


def _at_work(file: CaseFile) -> tuple[str, ...]:
    """As `cases.marks` has them: each once."""
    people = [file.intake.registrar, *(one.name for one in file.mediators)]
    people += [file.recorder.name] if file.recorder is not None else []
    people += [file.name_of(one.recorder) for one in file.sessions if one.recorder]
    gone = (OrderStatus.REFUSED, OrderStatus.TO_DECIDE, OrderStatus.VOIDED)
    for order in file.beside.orders:
        people += [order.person, order.received_by] if order.status not in gone else []
    people += [file.beside.lock.by] if file.beside.lock is not None else []
    return tuple(dict.fromkeys(one for one in people if one))


def _see_locked() -> tuple[str, ...]:
    return tuple(name for name, rule in role_rules().items() if Permission.LOCKED_READ in rule.can)
