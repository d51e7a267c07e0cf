"""Signatures as the paper comes back: one line for each place, and one sentence about what is missing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton

from mediation_desk.agreements.model import Signature
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.annex import annex_gap, last_act, somebody_signed
from mediation_desk.shared.errors import DeskError, InputError
from ui.screens.case_page.declining import DeclineForm, VoidForm
from ui.screens.case_page.signing_annex import AnnexPart
from ui.screens.case_page.signing_place import PlaceLine
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, method
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_MOST_NAMED = 6
_NAMES = 132
"""Desk pixels for names beside the places; longer ones wrap."""


class SigningCard(Card):
    """Each open place can be signed alone; 全部收回 takes all of them as they are filled in."""

    print_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("签署")
        self._page = page
        self._places: dict[str, PlaceLine] = {}
        self._annexes: dict[str, AnnexPart] = {}
        self._case = ""
        self._goes_on = self._waits = False
        self.setObjectName("sign.card")
        self._missing = PlainLabel(wrap=True)
        self._missing.setObjectName("sign.missing")
        self._picture = Picture("sign", 20, Tone.SEAL)
        self._all = primary("全部收回了，一次登记", self._on_all_clicked, symbol="check")
        self._all.setObjectName("sign.all")
        self._print = button("打印", self.print_wanted.emit, symbol="print")
        self._print.setObjectName("sign.print")
        self._declined = link("有人拒签", lambda: self._open(self.decline))
        self._declined.setObjectName("sign.decline")
        self._void = link("作废重签", lambda: self._open(self.void))
        self._void.setObjectName("sign.void")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName("sign.notice")
        self._notice.hide()
        self._voided = small(wrap=True)
        self._voided.setObjectName("sign.voided")
        self._groups = column(gap=8)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(6))
        for place, share in enumerate((2, 7)):
            self._grid.setColumnStretch(place, share)
        self.decline, self.void = DeclineForm(page), VoidForm(page)
        self.add(row(self._picture, self._missing, self._print))
        self.add(boxed(self._groups))
        self.add(boxed(self._grid))
        self.add(self._notice)
        self.add(row(self._declined, self._void, None, self._all))
        for form in (self.decline, self.void):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
            self.add(form)
        self.add(self._voided)

    def show_case(self, view: CaseView) -> None:
        """The places as they stand; what is being typed stays."""
        file = view.file
        if file.agreement is None:
            return
        typed = {ref: place.words() for ref, place in self._places.items() if place.is_typed()}
        if self._case != file.case_key:
            typed = {}
            self._drop_annexes()
        self._case = file.case_key
        clear(self._grid)
        self._places = {}
        self._waits = False
        signed = {signature.ref: signature for signature in file.agreement.signatures}
        open_ = view.state is State.AGREED_UNSIGNED
        line = 0
        for ref in file.signing_places:
            who = PlainLabel(_who(file, ref), wrap=True)
            who.setMaximumWidth(theme().px(_NAMES))
            self._grid.addWidget(who, line, 0)
            if ref in signed:
                self._add_signed(line, signed[ref])
                line += 1
            elif open_:
                line = self._add_open(line, ref, view, typed.get(ref))
        self._show_annexes(view, open_)
        for form in (self.decline, self.void):
            form.settle(view)
        self._declined.setVisible(open_)
        self._void.setVisible(open_ and somebody_signed(file))
        if not open_:
            self.decline.hide()
            self.void.hide()
        self._voided.setText(_voided_words(file))
        self._voided.setVisible(bool(self._voided.text()))
        self._show_missing(view)
        if self._goes_on and self._places:
            next(iter(self._places.values())).button.setFocus()
        elif self._goes_on:
            self._page.bring_into_view(self)  # the last place is signed: the card is short now
        self._goes_on = False

    def focus_first(self) -> None:
        """The first open place, or the annex it waits for."""
        self._page.bring_into_view(self)
        if self._annexes:
            next(iter(self._annexes.values())).focus_first()
        elif self._places:
            next(iter(self._places.values())).manner.setFocus()

    def primary(self) -> QPushButton | None:
        """全部收回, once the user works here: nobody signs for all by one key too many."""
        for form in (self.decline, self.void):
            if (wanted := form.primary()) is not None:
                return wanted
        for annex in self._annexes.values():
            if (wanted := annex.primary()) is not None:
                return wanted
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        return self._all if inside and self._all.isVisible() else None

    def _add_signed(self, line: int, signature: Signature) -> None:
        flow = WrappingRow(gap=8)
        flow.add(PlainLabel(signature.method, wrap=True), 260, 1)
        flow.add(PlainLabel(day(signature.on), tone=Tone.QUIET))
        flow.add(boxed(row(Picture("check", 18, Tone.DONE), PlainLabel("已签", tone=Tone.DONE))))
        self._grid.addWidget(flow, line, 1)

    def _add_open(self, line: int, ref: str, view: CaseView, typed: tuple[str, ...] | None) -> int:
        file = view.file
        party = file.party(ref)
        if party is not None and party.is_group and (gap := annex_gap(file, ref)):
            why = PlainLabel(f"{gap}（LR-19）", tone=Tone.SOON, wrap=True)
            why.setObjectName(f"sign.{ref}.why")
            self._grid.addWidget(why, line, 1)
            self._waits = True
            return line + 1
        place = PlaceLine(file, ref, _who(file, ref), _usual_day(view, ref), lambda one: self._sign((one,)))
        following = place.put_into(self._grid, line)
        if typed is not None:
            place.put_words(typed)
        self._places[ref] = place
        return following

    def _show_annexes(self, view: CaseView, open_: bool) -> None:
        wanted = [
            party.ref
            for party in view.file.parties
            if party.is_group and open_ and party.ref in view.file.missing_signatures
        ]
        for ref in [ref for ref in self._annexes if ref not in wanted]:
            self._drop_annex(ref)
        for ref in wanted:
            if ref not in self._annexes:
                self._annexes[ref] = AnnexPart(self._page, ref)
                self._groups.addWidget(self._annexes[ref])
            self._annexes[ref].show_case(view)

    def _drop_annexes(self) -> None:
        for ref in list(self._annexes):
            self._drop_annex(ref)

    def _drop_annex(self, ref: str) -> None:
        part = self._annexes.pop(ref)
        self._groups.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _show_missing(self, view: CaseView) -> None:
        file = view.file
        missing = file.missing_signatures
        if missing:
            named = "、".join(_wanted(file, ref) for ref in missing[:_MOST_NAMED])
            more = "等" if len(missing) > _MOST_NAMED else ""
            self._missing.setText(f"还差 {len(missing)} 处：{named}{more}。")
            self._missing.set_tone(Tone.INK)
        else:
            effective = file.effective_on
            self._missing.setText(f"各处都已签署，协议 {day(effective)} 生效。" if effective else "")
            self._missing.set_tone(Tone.DONE)
        self._picture.show_symbol("sign" if missing else "success", Tone.SEAL if missing else Tone.DONE)
        self._all.setVisible(bool(self._places))
        self._all.set_caption("能签的都收回了，一次登记" if self._waits else "全部收回了，一次登记")
        copies = file.agreement.copies if file.agreement else 0
        self._print.set_caption(f"打印 {copies} 份" if copies else "打印")

    def _on_all_clicked(self) -> None:
        self._sign(tuple(self._places))

    def _open(self, form: DeclineForm | VoidForm) -> None:
        other = self.void if form is self.decline else self.decline
        other.hide()
        form.show()
        form.focus_first()

    def _sign(self, refs: tuple[str, ...]) -> None:
        steps = []
        for ref in refs:
            try:
                steps.append(self._places[ref].step())
            except InputError as error:
                self._say(error.message)
                self._places[ref].first_wrong(error).setFocus()
                return
        self._say("")
        self._set_busy(True)
        self._goes_on = True
        self._page.take(steps, lambda _file: self._set_busy(False), self._on_failed, _told)

    def _on_failed(self, error: BaseException) -> bool:
        self._set_busy(False)
        self._goes_on = False
        if isinstance(error, DeskError) and error.exit_code in (2, 3):
            rule = getattr(error, "rule", "")
            self._say(f"{error.message}（{rule}）" if rule and rule not in error.message else error.message)
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


def _usual_day(view: CaseView, ref: str) -> date:
    concluded = view.file.outcome.concluded_on if view.file.outcome else view.today
    last = view.file.agreement.last_signed_on if view.file.agreement else None
    return max(last or concluded, last_act(view.file, ref) or concluded)


def _voided_words(file: CaseFile) -> str:
    rounds = {one.round: one for one in file.beside.voided_signatures}
    told = []
    for number, one in rounds.items():
        count = sum(each.round == number for each in file.beside.voided_signatures)
        told.append(f"{day(one.voided_on)} {one.by}作废{count}处签署：{one.reason}")
    return "；".join(told)
