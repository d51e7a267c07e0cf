"""Signatures as the paper comes back: one line for each place, and one sentence about what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton

from mediation_desk.agreements.model import Signature
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.shared.errors import DeskError
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, method
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, row
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel


@dataclass(frozen=True, slots=True)
class _Place:
    method: TextField
    on: DateField
    button: DeskButton


class SigningCard(Card):
    """Each open place can be signed alone; 全部收回 takes all of them as they are filled in."""

    print_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("签署")
        self._page = page
        self._places: dict[str, _Place] = {}
        self._case = ""
        self._goes_on = False
        self.setObjectName("sign.card")
        self._missing = PlainLabel(wrap=True)
        self._missing.setObjectName("sign.missing")
        self._picture = Picture("sign", 20, Tone.SEAL)
        self._all = primary("全部收回了，一次登记", self._on_all_clicked, symbol="check")
        self._all.setObjectName("sign.all")
        self._print = button("打印", self.print_wanted.emit, symbol="print")
        self._print.setObjectName("sign.print")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.add(row(self._picture, self._missing, self._print))
        self.add(boxed(self._grid))
        self.add(self._notice)
        self.add(row(None, self._all))

    def show_case(self, view: CaseView) -> None:
        """The places as they stand; methods being typed stay."""
        file = view.file
        if file.agreement is None:
            return
        typed = {ref: (place.method.text(), place.on.text()) for ref, place in self._places.items()}
        if self._case != file.case_key:
            typed = {}
        self._case = file.case_key
        clear(self._grid)
        self._places = {}
        signed = {signature.ref: signature for signature in file.agreement.signatures}
        for line, ref in enumerate(file.signing_places):
            self._grid.addWidget(PlainLabel(_who(file, ref)), line, 0)
            if ref in signed:
                self._add_signed(line, signed[ref])
            elif view.state is State.AGREED_UNSIGNED:
                self._add_open(line, ref, view, typed.get(ref))
        self._show_missing(view)
        if self._goes_on and self._places:
            next(iter(self._places.values())).button.setFocus()
        self._goes_on = False

    def focus_first(self) -> None:
        """The first open place."""
        self._page.bring_into_view(self)
        if self._places:
            next(iter(self._places.values())).method.setFocus()

    def primary(self) -> QPushButton | None:
        """全部收回, once the user works here: nobody signs for all by one key too many."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        return self._all if inside and self._all.isVisible() else None

    def _add_signed(self, line: int, signature: Signature) -> None:
        self._grid.addWidget(PlainLabel(signature.method), line, 1)
        self._grid.addWidget(PlainLabel(day(signature.on), tone=Tone.QUIET), line, 2)
        self._grid.addLayout(
            row(Picture("check", 18, Tone.DONE), PlainLabel("已签", tone=Tone.DONE), None), line, 3
        )

    def _add_open(self, line: int, ref: str, view: CaseView, typed: tuple[str, str] | None) -> None:
        name = _who(view.file, ref)
        how, on = TextField(longest=60), DateField()
        how.set_value(typed[0] if typed else method(view.file, ref))
        on.set_value(_usual_day(view))
        if typed:
            on.setText(typed[1])
        how.setObjectName(f"sign.{ref}.method")
        on.setObjectName(f"sign.{ref}.on")
        how.setAccessibleName(f"{name}的签署方式")
        on.setAccessibleName(f"{name}的签署日期")
        sign = button("签了", lambda: self._sign((ref,)), symbol="sign")
        sign.setObjectName(f"sign.{ref}")
        sign.setAccessibleName(f"{name}签了")
        for column, widget in enumerate((how, on, sign), start=1):
            self._grid.addWidget(widget, line, column)
        self._places[ref] = _Place(how, on, sign)

    def _show_missing(self, view: CaseView) -> None:
        file = view.file
        missing = file.missing_signatures
        if missing:
            words = "、".join(_wanted(file, ref) for ref in missing)
            self._missing.setText(f"还差 {len(missing)} 处：{words}。")
            self._missing.set_tone(Tone.INK)
        else:
            effective = file.effective_on
            self._missing.setText(f"各处都已签署，协议 {day(effective)} 生效。" if effective else "")
            self._missing.set_tone(Tone.DONE)
        self._picture.show_symbol("sign" if missing else "success", Tone.SEAL if missing else Tone.DONE)
        self._all.setVisible(bool(self._places))
        copies = file.agreement.copies if file.agreement else 0
        self._print.set_caption(f"打印 {copies} 份" if copies else "打印")

    def _on_all_clicked(self) -> None:
        self._sign(tuple(self._places))

    def _sign(self, refs: tuple[str, ...]) -> None:
        steps = []
        for ref in refs:
            place = self._places[ref]
            on = place.on.value()
            if on is None or not place.method.value():
                self._say("请写明签署方式和日期。")
                (place.on if on is None else place.method).setFocus()
                return
            steps.append(Sign(ref=ref, method=place.method.value(), on=on))
        self._say("")
        self._set_busy(True)
        self._goes_on = True
        self._page.take(steps, lambda _file: self._set_busy(False), self._on_failed, _told)

    def _on_failed(self, error: BaseException) -> bool:
        self._set_busy(False)
        self._goes_on = False
        if isinstance(error, DeskError) and error.exit_code in (2, 3):
            self._say(error.message)
            self._page.read_again()
            return True
        return False

    def _set_busy(self, busy: bool) -> None:
        self._all.set_busy(busy)
        for place in self._places.values():
            place.button.setEnabled(not busy)

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))


def _told(file: CaseFile) -> str:
    if file.effective_on is not None:
        return f"各处都已签署，协议 {day(file.effective_on)} 生效"
    return f"签署已登记，还差 {len(file.missing_signatures)} 处"


def _who(file: CaseFile, ref: str) -> str:
    party = file.party(ref)
    if party is not None:
        return f"{party.side} {party.name}"
    if ref == "ORG":
        return file.organisation.name
    if file.recorder is not None and file.recorder.pool_no == ref:
        return f"记录员 {file.recorder.name}"
    return f"调解员 {file.name_of(ref)}"


def _wanted(file: CaseFile, ref: str) -> str:
    if ref == "ORG":
        return f"{file.organisation.name}盖章"
    party = file.party(ref)
    return f"{file.name_of(ref)}{method(file, ref)}" if party is not None else f"{_who(file, ref)}签名"


def _usual_day(view: CaseView) -> date:
    concluded = view.file.outcome.concluded_on if view.file.outcome else view.today
    last = view.file.agreement.last_signed_on if view.file.agreement else None
    return last or concluded
