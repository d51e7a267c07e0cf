"""Who was told of the planned session, and the form that notes a notice or its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from mediation_desk.cases.lifecycle import IN_ROOM, State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.summoning import GiveNotice, ProveDelivery
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.summons import (
    NoticeWay,
    Summons,
    Told,
    called_off,
    newest,
    told,
    way_rule,
    way_rules,
)
from mediation_desk.parties.model import Party
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, short, who
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import line
from ui.widgets.wrapping import WrappingRow

_TONES = {Told.NOT: Tone.SOON, Told.STALE: Tone.SOON, Told.SENT: Tone.ACCENT, Told.DELIVERED: Tone.DONE}


def standing(file: CaseFile, session: Session, party: Party) -> tuple[str, Tone]:
    """``已送达，3月13日（邮寄，母亲接收）：回执``, with its tone."""
    state = told(file.beside.summonses, session, party.ref)
    last = newest(file.beside.summonses, session.no, party.ref)
    if last is None:
        return state.value, _TONES[state]
    on = last.delivered_on if state is Told.DELIVERED and last.delivered_on else last.given_on
    taken = f"，{last.to}接收" if last.to else ""
    proof = f"：{last.proof}" if last.proof else ""
    before = "原通知 " if state is Told.STALE else ""
    return f"{state}，{before}{short(on)}（{last.way}{taken}）{proof}", _TONES[state]


class NoticePanel(QWidget):
    """One line for each party; the form is hidden until asked for."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.form = NoticeForm(page)
        self.card = Card("通知各方")
        self.card.setObjectName("summon.card")
        self._lines: QVBoxLayout = column(gap=4)
        self.note = button("记下通知", self.start, symbol="edit")
        self.note.setObjectName("summon.note")
        show = link("看通知书", self._show_paper, symbol="paper")
        show.setObjectName("summon.paper")
        printed = link("打印通知书", lambda: page.go("papers", "summons"), symbol="print")
        printed.setObjectName("summon.print")
        ways = self.ways = WrappingRow(gap=8)
        for control in (
            self.note,
            show,
            printed,
            *(self._calendar(for_parties) for for_parties in (True, False)),
        ):
            ways.add(control)
        self.card.add(self._lines)
        self.card.add(ways)
        self.setLayout(column(self.card, self.form, gap=12))
        self.form.hide()
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)

    def show_case(self, view: CaseView) -> None:
        """As it is on file; only while there is a session to come."""
        session = view.planned
        here = session is not None and view.state is State.MEDIATING
        off = called_off(view.file.beside.summonses, view.file.sessions) if view.state in IN_ROOM else ()
        self.setVisible(here or bool(off))
        self.ways.setVisible(here)
        if not here or session is None:
            self.form.hide()
            self._show_called_off(off)
            return
        self.form.settle(view)
        clear(self._lines)
        waiting = 0
        for party in view.file.parties:
            words, tone = standing(view.file, session, party)
            waiting += told(view.file.beside.summonses, session, party.ref).open
            label = line(words, tone)
            label.setObjectName(f"summon.standing.{party.ref}")
            self._lines.addLayout(row(line(f"{party.side} {who(party)}"), label, None, gap=12))
        count = len(view.file.parties)
        self.card.remark.setText(f"{count} 方里还有 {waiting} 方要通知" if waiting else "各方都已通知")

    def _show_called_off(self, notices: tuple[Summons, ...]) -> None:
        """Who was told of a session that is not to be."""
        clear(self._lines)
        self.card.remark.setText("这一次已经取消，通知过的各方也要告知" if notices else "")
        name_of = self.page.view.file.name_of
        for one in notices:
            label = line(
                f"{name_of(one.ref)}：通知过 {day(one.date)} {one.start:%H:%M}（{one.way}）", Tone.SOON
            )
            label.setObjectName(f"summon.off.{one.ref}")
            self._lines.addWidget(label)

    def start(self) -> None:
        """Open the form on those who do not know yet."""
        self.form.show()
        self.form.choose_open()
        self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The form while somebody works in it."""
        return self.form.primary()

    def _show_paper(self) -> None:
        self.page.show_stored("summons", None)
        self.page.open_pane()

    def _calendar(self, for_parties: bool) -> QPushButton:
        whom = "当事人" if for_parties else "调解员"
        made = link(f"日历（给{whom}）", lambda: self._write(for_parties), symbol="calendar")
        made.setAccessibleName(f"存成日历文件，给{whom}")
        made.setObjectName(f"summon.file.{'parties' if for_parties else 'staff'}")
        return made

    def _write(self, for_parties: bool) -> None:
        view, context = self.page.view, self.page.context
        session = view.planned
        if session is None:
            return
        services, key, no, on = context.services, view.file.case_key, session.no, session.date
        do: Callable[[], tuple[Path, ...]] = lambda: services.schedules.write_session(  # noqa: E731
            services.actor, key, no, on, services.settings.papers, for_parties=for_parties
        )
        context.desk.command(
            do,
            lambda paths: context.say(f"已存成 {paths[0].name}，在 {paths[0].parent}。", Kind.SUCCESS),
            owner=self,
        )


class NoticeForm(StepForm):
    """Several parties at once; a second button notes the receipt of what was sent before."""

    code = "summon"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "记下通知", "记下通知")
        self._boxes: dict[str, QCheckBox] = {}
        self._rows: QVBoxLayout = column(gap=4)
        self._on = self.field("哪天通知", "on", DateField(), required=True)
        self._way = self.field("方式", "way", ChoiceField(tuple(way_rules()) or tuple(NoticeWay)))
        self._delivered = self.field("哪天送达", "delivered_on", DateField())
        self._to = self.field("谁接收", "to", TextField("本人接收的不用写"))
        self._proof = self.field("证明", "proof", TextField(""))
        self.add(boxed(self._rows))
        self.line(self._on, self._way, self._delivered, None)
        self.line(self._to, self._proof)
        self._hint = PlainLabel("", role="small", tone=Tone.QUIET, wrap=True)
        self.add(self._hint)
        self.arrived = button("记下送达", self._on_arrived_clicked, symbol="check")
        self.arrived.setObjectName("summon.arrived")
        self.deeds.insertWidget(0, self.arrived)
        self.finish()
        self._way.editor.currentIndexChanged.connect(lambda _place: self._explain())

    def subject(self, view: CaseView) -> object:
        """The session as it is arranged now."""
        session = view.planned
        arranged = (session.no, session.date, session.start, session.place) if session else None
        return view.file.case_key, arranged

    def refresh_choices(self, view: CaseView) -> None:
        """A box for each party; ticks stay while the parties are the same."""
        names = {party.ref: f"{party.side} {who(party)}" for party in view.file.parties}
        if list(names) != list(self._boxes):
            clear(self._rows)
            self._boxes = {ref: self.check_box(name, f"ref.{ref}") for ref, name in names.items()}
            for box in self._boxes.values():
                self._rows.addWidget(box)

    def prefill(self, view: CaseView) -> None:
        """Today, in person, nobody ticked."""
        self._on.editor.set_value(view.today)
        self._delivered.editor.set_value(None)
        for field in (self._to, self._proof):
            field.editor.set_value("")
        for box in self._boxes.values():
            box.setChecked(False)
        self._explain()

    def choose_open(self) -> None:
        """Tick those who do not know yet."""
        view, session = self.page.view, self.page.view.planned
        if session is None or self.is_dirty():
            return
        for ref, box in self._boxes.items():
            box.setChecked(told(view.file.beside.summonses, session, ref).open)

    def steps(self) -> Sequence[Step]:
        """One `GiveNotice`."""
        session, on, way = self.page.view.planned, self._on.editor.value(), self._way.editor.value()
        if session is None or on is None or way is None:
            raise InputError("请写明哪天、怎样通知的。", field="on")
        notice = GiveNotice(
            no=session.no,
            refs=self._chosen(),
            on=on,
            way=way,
            to=self._to.editor.value(),
            delivered_on=self._delivered.editor.value(),
            proof=self._proof.editor.value(),
        )
        return (notice,)

    def _chosen(self) -> tuple[str, ...]:
        refs = tuple(ref for ref, box in self._boxes.items() if box.isChecked())
        if not refs:
            raise InputError("请勾选通知了哪些当事人。")
        return refs

    def _on_arrived_clicked(self) -> None:
        self._say("")
        try:
            steps = self._receipts()
        except InputError as error:
            self._on_failed(error)
            return
        self.page.take(steps, self._on_done, self._on_failed, base=self.base)

    def _receipts(self) -> tuple[Step, ...]:
        """One for everybody ticked; day and way of the notice were noted when it was sent."""
        session, on = self.page.view.planned, self._delivered.editor.value()
        if session is None or on is None:
            raise InputError("请写明哪天送达。", field="delivered_on")
        proof, to = self._proof.editor.value(), self._to.editor.value()
        return tuple(
            ProveDelivery(no=session.no, ref=ref, delivered_on=on, proof=proof, to=to)
            for ref in self._chosen()
        )

    def _explain(self) -> None:
        way = self._way.editor.value()
        if way is None:
            return
        rule = way_rule(way)
        must = "必须写明" if rule.needs_proof else "写明"
        arrives = "通知到就算送达" if rule.at_once else "收到了再记送达"
        source = f"（{rule.source}）" if rule.source else ""
        self._hint.setText(f"{way}：{arrives}；证明{must}{rule.proof}{source}。")
