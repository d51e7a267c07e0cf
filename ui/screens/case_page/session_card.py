"""One session for reading: when, where, who came, what was said; private talk clearly apart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.cases.lifecycle import State
from mediation_desk.hearings.model import PrivateNote, Session, SessionResult
from ui.screens.case_page.inviting import consent_words
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, tops_aligned, with_names
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.facts import FactGrid
from ui.widgets.layout import column, row
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading, paragraph, small

_TONES = {
    SessionResult.AGREED: Tone.DONE,
    SessionResult.PARTLY: Tone.DONE,
    SessionResult.TO_CONTINUE: Tone.ACCENT,
    SessionResult.FAILED: Tone.QUIET,
}
PRIVATE = "session.private"
"""Object name of the locked place where private talk is shown."""


class SessionCard(Card):
    """``opened(part)`` asks for the printed record of this session, ``adding(no)`` for a place to add to it."""

    opened = Signal(int)
    adding = Signal(int)


def session_card(session: Session, view: CaseView) -> SessionCard:
    """The card of one session."""
    card = SessionCard()
    card.setObjectName(f"session.{session.no}")
    card.setAccessibleName(f"{ordinal(session.no)}调解")
    px = theme().px
    card.body.setContentsMargins(px(16), px(12), px(16), px(14))
    kept = view.file.beside.arrangement(session.no)
    end = session.end or kept.adjourned_at or kept.until
    until = f"–{end:%H:%M}" if end else ""
    when = f"{day(session.date)} {session.start:%H:%M}{until}"
    result = (
        Chip(session.result.value, _TONES[session.result])
        if session.result
        else Chip("已休会，待记录" if kept.adjourned_at else "已安排", Tone.SOON)
    )
    head = row(
        heading(f"{ordinal(session.no)}调解"), small(when), Chip(session.mode.value, Tone.QUIET), result, None
    )
    if session.held:
        part = [one.no for one in view.file.sessions if one.held].index(session.no)
        show = link("看记录", lambda: card.opened.emit(part), symbol="paper")
        show.setObjectName(f"session.{session.no}.paper")
        head.addWidget(show)
        if view.state is not State.ARCHIVED:
            add = link("补记", lambda: card.adding.emit(session.no), symbol="add")
            add.setObjectName(f"session.{session.no}.add")
            head.addWidget(add)
    card.add(head)
    card.add(tops_aligned(_facts(session, view)))
    if session.record:
        card.add(paragraph(session.record))
    for one in view.file.beside.additions_to(session.no):
        card.add(paragraph(f"补记（{day(one.on)}，{one.by}）：{one.text}", Tone.QUIET))
    if session.private_notes:
        card.add(_private(session.private_notes, view))
    return card


def _facts(session: Session, view: CaseView) -> FactGrid:
    name_of = view.card_name
    facts = FactGrid(columns=2)
    facts.add("地点", session.place)
    recorder = f"，记录 {name_of(session.recorder)}" if session.recorder else ""
    facts.add("主持", name_of(session.presided_by) + recorder)
    if session.attendees:
        facts.add("到场", "；".join(f"{name_of(one.ref)}（{one.how}）" for one in session.attendees))
    if session.absent:
        facts.add("未到场", "、".join(with_names(one, name_of) for one in session.absent), Tone.SOON)
    if session.held and session.invited:
        facts.add("邀请", "、".join(session.invited))
    for guest in () if session.held else view.file.beside.guests_of(session.no):
        words = consent_words(view.file, guest.called)
        facts.add("邀请", f"{guest.called}（{words}）", Tone.INK if words == "各方已同意" else Tone.SOON)
    if session.public:
        facts.add("公开", "公开进行")
    if session.rights_notice_given:
        facts.add("告知", "已告知权利义务")
    return facts


def _private(notes: tuple[PrivateNote, ...], view: CaseView) -> QFrame:
    """Amber ground and lock: for the mediators' eyes only (LR-22)."""
    frame = QFrame()
    frame.setObjectName(PRIVATE)
    frame.setProperty("chip", "true")
    frame.setProperty("tone", Tone.SOON.value)
    lines = column(
        row(
            Picture("lock", 16, Tone.SOON),
            PlainLabel("单方谈话，只给调解员看，不进记录和卷宗", role="small", tone=Tone.SOON),
            None,
        ),
        gap=4,
    )
    for note in notes:
        shared = "（本人同意向对方转达）" if note.share_consent else ""
        lines.addWidget(
            paragraph(f"{view.card_name(note.of)}对{view.card_name(note.by)}说{shared}：{note.text}")
        )
    pad = theme().px(10)
    lines.setContentsMargins(pad, pad, pad, pad)
    frame.setLayout(lines)
    return frame
