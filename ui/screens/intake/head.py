"""How the dispute came in: track and body, channel, sender, day; a court's letter where a court sends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mediation_desk.cases.centre import Centre
from mediation_desk.cases.reception import Channel, channels
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField, show_day
from ui.fields.text_field import TextField
from ui.screens.intake.assemble import channel_named
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.words import Words, part
from ui.theme import theme

PROCEDURES = ("简易程序", "普通程序")
_IN_CASE = ("received_on", "source_org", "referral_no")


class Head(QWidget):
    """Track and channel have defaults; only a day other than today and a sender need typing."""

    edited = Signal()

    def __init__(self, centre: Centre, today: Callable[[], date]) -> None:
        super().__init__()
        self._centre = centre
        self._today = today
        tracks = tuple(dict.fromkeys(track for track, _body in centre.bodies)) or tuple(Track)
        self._tracks: ChoiceField[Track] = ChoiceField(tracks)
        self._bodies: ChoiceField[str] = ChoiceField(())
        self._channels: ChoiceField[str] = ChoiceField(tuple(one.name for one in channels()))
        self._row, self._court = self._head_row(), self._court_row()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(self._row)
        stack.addWidget(self._court)
        for panel in (self._row, self._court):
            panel.edited.connect(self._on_edited)
        self.clear()

    def clear(self) -> None:
        """Defaults, received today."""
        for panel in (self._row, self._court):
            panel.show_words(dict.fromkeys(panel.words(), ""))
        self._row.show_words({"received_on": show_day(self._today())})
        self._settle()

    def words(self) -> dict[str, object]:
        """All of it, the court's part below ``court``."""
        return {**self._row.words(), "court": self._court.words()}

    def show_words(self, words: Words) -> None:
        """Show what was kept; the body last, because the track decides which bodies there are."""
        self._row.show_words(words)
        self._settle()
        self._row.show_words({"body": words.get("body", "")})
        self._court.show_words(part(words, "court"))

    def found(self) -> Found:
        """Fields by their place in the case."""
        for place, field in self._row.found(""):
            yield (f"/intake{place}" if place.removeprefix("/") in _IN_CASE else place), field
        yield "/organisation", self._row.field("body")
        yield from self._court.found("/court_referral")

    def channel(self) -> Channel:
        """The channel chosen."""
        return channel_named(self._channels.currentText())

    def _head_row(self) -> Panel:
        row = Panel()
        row.put("track", "调解种类", self._tracks, width=116, passed_by=True)
        row.put("body", "主持调解的单位", self._bodies, width=190, stretch=2, passed_by=True)
        row.put("channel", "来访方式", self._channels, width=150, passed_by=True)
        row.put("source_org", "移送单位", TextField(longest=80), width=170, stretch=2)
        row.put("referral_no", "文号", TextField(longest=60), width=140, stretch=1)
        received = DateField(today=self._today)
        row.put("received_on", "收到日期", received, width=176, passed_by=True)
        row.name_as("intake")
        return row

    def _court_row(self) -> Panel:
        row = Panel()
        for key, word in (
            ("filed_on", "法院收案日期"),
            ("referred_on", "委派、委托日期"),
            ("received_signed_on", "本中心签收日期"),
        ):
            row.put(key, word, DateField(today=self._today), width=176)
        row.put("court_case_no", "法院案号", TextField(longest=60), width=170, stretch=1)
        row.put("procedure", "程序", ChoiceField(PROCEDURES, empty="未写明"), width=110)
        row.put("parties_consent", "当事人", QCheckBox("同意调解"), width=110)
        row.name_as("intake.court")
        return row

    def _on_edited(self) -> None:
        self._settle()
        self.edited.emit()

    def _settle(self) -> None:
        """Show what the chosen track and channel need."""
        track, channel = self._tracks.value(), self.channel()
        names = tuple(body.name for kind, body in self._centre.bodies if kind is track)
        if names != tuple(self._bodies.itemText(place) for place in range(self._bodies.count())):
            self._bodies.set_values(names)
        self._row.field("source_org").setVisible(channel.asks_sender)
        paper = self._row.field("referral_no")
        paper.setVisible(channel.asks_sender)
        paper.label.setText(f"{channel.paper}文号" if channel.court else channel.paper or "文号")
        paper.editor.setAccessibleName(paper.label.text())
        sender = self._row.field("source_org")
        sender.label.setText("法院" if channel.court else "移送单位")
        sender.editor.setAccessibleName(sender.label.text())
        self._court.setVisible(channel.court is not None)
        after = channel.court is CourtMode.AFTER_FILING
        self._court.field("court_case_no").setVisible(after)
        self._court.field("procedure").setVisible(after)
