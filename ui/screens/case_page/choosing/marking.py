"""Each party marks on its own, one after the other, every tap stored; nobody sees the marks of the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.shared.errors import DeskError
from ui.screens.case_page.choosing.candidates import of_paper
from ui.screens.case_page.choosing.left_out import LeftOutList
from ui.screens.case_page.choosing.mark_keeper import Marked, MarkKeeper
from ui.screens.case_page.choosing.mark_rows import APPEND, MarkRows
from ui.screens.case_page.choosing.party_bar import PartyBar
from ui.screens.case_page.choosing.published import rule_fold
from ui.screens.case_page.tab import Page
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph

_HOW = "愿意的按先后点“选”，不愿意的点“划去”，其余的不用管。也可以用键盘：1 至 9 排名次，X 划去，0 取消。"
_NOBODY = "{name}一位也没有排名次。这样交上去，这一轮不会有共同的人选。"


class MarkCard(Card):
    """One screen per party, no typing. ``window_wanted`` carries the party that goes to the public window."""

    window_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__("各方自己选")
        self.setObjectName("choice.marking")
        self._page = page
        self._ballot: Ballot | None = None
        self._party, self._name = "", ""
        self._marked: Marked | None = None
        self._wants_focus = False
        self._keeper = MarkKeeper(page, self)
        self._why = paragraph("", Tone.SOON)
        self._people = PartyBar()
        self._hint = paragraph("", Tone.QUIET)
        self._rows = MarkRows()
        self._ready = primary("这一方选好了", self._on_ready_clicked, symbol="check")
        self._ready.setObjectName("choice.ready")
        self._window = button("到自助选择屏上选", self._on_window_clicked)
        self._window.setObjectName("choice.window")
        self._question = self._asking()
        self._trouble = self._failing()
        self._left_out = LeftOutList(page)
        for item in (self._why, self._people, self._hint, self._rows, self._question, self._trouble):
            self.add(item)
        for made in (self._window, self._ready):
            self.header.addWidget(made)
        self.add(self._left_out)
        self.add(rule_fold(page, "choice.rule"))
        self._people.wanted.connect(self._turn_to)
        self._rows.ranked.connect(self._on_ranked)
        self._rows.struck.connect(self._on_struck)
        self._keeper.failed.connect(self._on_save_failed)

    def show_round(self, ballot: Ballot, why: str) -> None:
        """The open round as stored; what the party in turn is marking stays. ``why``: what led to a second round."""
        before = self._ballot
        same = before is not None and (before.case_key, before.no) == (ballot.case_key, ballot.no)
        just_sealed = same and before is not None and self._party in self._silent(before)
        self._ballot = ballot
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._left_out.show_people(ballot.left_out, ())
        if not same:
            self._people.offer(self._page.view.file)
        silent = self._silent(ballot)
        if silent and (not same or (just_sealed and self._party not in silent)):
            self._wants_focus = same or self._wants_focus
            self._turn_to(silent[0])
        self._show_parties()

    def focus_first(self) -> None:
        """The first candidate, as soon as the sheet is there."""
        self._page.bring_into_view(self)
        self._wants_focus = self._marked is None
        self._rows.focus_first()

    def expect_focus(self) -> None:
        """The list was just opened: the first candidate gets the focus when the sheet is there."""
        self._wants_focus = True

    def primary(self) -> QPushButton | None:
        """While parties mark: 这一方选好了, or the answer to the question about an empty sheet."""
        if not self.isVisible() or self._marked is None:
            return None
        return self._nobody if not self._question.isHidden() else self._ready

    def _silent(self, ballot: Ballot) -> tuple[str, ...]:
        return ballot.silent(tuple(party.ref for party in self._page.view.file.parties))

    def _show_parties(self) -> None:
        silent = self._silent(self._ballot) if self._ballot else ()
        self._people.show_turn(self._party, silent)
        self.remark.setText(f"还有 {len(silent)} 方没有选" if silent else "")

    def _turn_to(self, party: str) -> None:
        """The sheet of one party; what another one marked leaves the screen first."""
        if self._ballot is None:
            return
        self._keeper.flush()
        self._party, self._marked = party, None
        self._name = self._page.view.file.name_of(party)
        self._rows.show_marks("", (), ())
        self._question.hide()
        waits = party in self._silent(self._ballot)
        for widget in (self._rows, self._ready, self._window):
            widget.setVisible(waits)
        self._ready.setEnabled(False)
        self._show_parties()
        if not waits:
            self._hint.setText(f"{self._name}已经选好。选了什么，等各方都选好才显示。")
            return
        self._hint.setText(f"请{self._name}自己选，其他各方的选择这时不显示。{_HOW}")
        services, key = self._page.context.services, self._ballot.case_key
        self._page.context.desk.query(
            lambda: services.choosing.ballot_paper(services.actor, key, party),
            self._show_paper,
            owner=self,
            slot="paper",
        )

    def _show_paper(self, paper: BallotPaper) -> None:
        ballot = self._ballot
        if ballot is None or (paper.party, paper.no) != (self._party, ballot.no):
            return
        if paper.mark is not None and paper.mark.sealed:  # at the public window, meanwhile
            self._page.read_again()
            return
        shown = {one.pool_no: one for one in ballot.shown}
        today = self._page.view.today
        self._rows.show_people([of_paper(one, shown[one.public.pool_no], today) for one in paper.cards])
        self._hint.setText(f"请{paper.party_label}自己选，其他各方的选择这时不显示。{_HOW}")
        ranks, strikes = (paper.mark.ranks, paper.mark.strikes) if paper.mark else ((), ())
        self._marked = Marked(ballot.case_key, paper.party, ranks, strikes)
        self._ready.setEnabled(True)
        self._show_marks()
        if self._wants_focus:
            self._wants_focus = False
            self._page.bring_into_view(self)
            self._rows.focus_first()

    def _show_marks(self) -> None:
        if self._marked is not None:
            self._rows.show_marks(self._party, self._marked.ranks, self._marked.strikes)

    def _on_ranked(self, pool_no: str, rank: int) -> None:
        if self._marked is None:
            return
        ranks = [one for one in self._marked.ranks if one != pool_no]
        if rank > 0:
            ranks.insert(min(rank - 1, len(ranks)), pool_no)
        elif rank == APPEND and pool_no not in self._marked.ranks:
            ranks.append(pool_no)
        strikes = tuple(one for one in self._marked.strikes if one != pool_no)
        self._keep(tuple(ranks), strikes)

    def _on_struck(self, pool_no: str) -> None:
        if self._marked is None:
            return
        ranks = tuple(one for one in self._marked.ranks if one != pool_no)
        others = tuple(one for one in self._marked.strikes if one != pool_no)
        self._keep(ranks, others if pool_no in self._marked.strikes else (*others, pool_no))

    def _keep(self, ranks: tuple[str, ...], strikes: tuple[str, ...]) -> None:
        if self._ballot is None:
            return
        self._marked = Marked(self._ballot.case_key, self._party, ranks, strikes)
        self._question.hide()
        self._show_marks()
        self._keeper.keep(self._marked)

    def _on_window_clicked(self) -> None:
        """The sheet leaves this screen, so that nothing old is stored over what is marked there."""
        self._keeper.flush()
        self._marked = None
        self._ready.setEnabled(False)
        self._rows.show_marks("", (), ())
        self._hint.setText(f"{self._name}在自助选择屏上选。要回到这里选，请再点一下姓名。")
        self.window_wanted.emit(self._party)

    def _on_ready_clicked(self) -> None:
        if self._marked is not None and self._marked.ranks:
            self._seal()
        elif self._marked is not None:
            self._asked.setText(_NOBODY.format(name=self._name))
            self._question.show()
            self._page.bring_into_view(self._question)

    def _seal(self) -> None:
        if self._marked is None:
            return
        self._question.hide()
        self._ready.set_busy(True)
        self._keeper.seal(self._marked, self._on_sealed, self._on_seal_failed)

    def _on_sealed(self, _none: object) -> None:
        self._ready.set_busy(False)
        self._on_save_failed("")

    def _on_seal_failed(self, error: BaseException) -> bool:
        self._ready.set_busy(False)
        if not isinstance(error, DeskError):
            return False
        self._on_save_failed(f"{error.message}标记还留在屏幕上。")
        self._page.read_again()
        return True

    def _asking(self) -> QWidget:
        self._asked = PlainLabel("", tone=Tone.SOON, wrap=True)
        self._nobody = button("不选任何人，就这样", self._seal)
        self._nobody.setObjectName("choice.nobody")
        back = link("再看看", self._hide_question)
        made = boxed(row(self._asked, back, self._nobody))
        made.hide()
        return made

    def _hide_question(self) -> None:
        self._question.hide()

    def _failing(self) -> QWidget:
        self._failed = PlainLabel("", tone=Tone.SEAL, wrap=True)
        self._failed.setObjectName("choice.notice")
        again = button("再存一次", self._keeper.again)
        again.setObjectName("choice.save_again")
        made = boxed(row(self._failed, again))
        made.hide()
        return made

    def _on_save_failed(self, sentence: str) -> None:
        self._failed.setText(sentence)
        self._trouble.setVisible(bool(sentence))
