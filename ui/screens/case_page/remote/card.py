"""远程会议: the room of a remote session, everybody's address, who agreed and who came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from mediation_desk.cases.meetings import Invitation
from mediation_desk.cases.remote_consent import said
from mediation_desk.cases.steps.remote import ArrangeRemote
from mediation_desk.hearings.model import Session
from mediation_desk.shared.errors import DeskError
from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.remote.code_picture import CodePicture
from ui.screens.case_page.remote.forms import remote_session
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import short
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_SAME = "这个链接不分人，知道的人都能进，请只告诉本案的人。"
_OWN = "链接只给这一个人用，开会前后才能进。"


class RemoteCard(Card):
    """``wanted`` carries the form asked for. Nothing here connects but “看谁在会议室里” and “打开”."""

    wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__("远程会议")
        self.setObjectName("remote.card")
        self._page = page
        self._papers: LoosePapers | None = None
        self._session: Session | None = None
        self._again = self._way("remote.again", "换一间会议室", self._on_room_wanted)
        self._other = self._way("remote.other", "自己写链接", partial(self.wanted.emit, "link"))
        self._none = paragraph("这次调解还没有会议室。", Tone.QUIET)
        self._make = button("建会议室", self._on_room_wanted, symbol="session")
        self._make.setObjectName("remote.make")
        self._ways_in = self._build_ways_in(page)
        self._consents = column(gap=4)
        self._joined = column(gap=4)
        self._roll = small("", wrap=True)
        self._roll.setObjectName("remote.roll")
        self._roll.hide()
        ask = link("记下是否同意", partial(self.wanted.emit, "consent"))
        note = link("记下谁进来了", partial(self.wanted.emit, "joined"))
        self._who = link("看谁在会议室里", self._on_roll_wanted)
        for made, name in ((ask, "consent"), (note, "joined"), (self._who, "who")):
            made.setObjectName(f"remote.{name}.way")
        self.add(row(self._none, self._make, None))
        self.add(self._ways_in)
        self.add(row(PlainLabel("是否同意远程参加", role="label"), None, ask))
        self.add(boxed(self._consents, parent=self))
        self.add(row(PlainLabel("进过会议室的人", role="label"), None, self._who, note))
        self.add(boxed(self._joined, parent=self))
        self.add(self._roll)

    def show_case(self, view: CaseView) -> None:
        """The remote session in hand; hidden where there is none."""
        session = remote_session(view)
        if session is None or self._session is None or session.no != self._session.no:
            self._roll.hide()
        self._session = session
        self.setVisible(session is not None)
        if session is None:
            return
        meeting = view.file.beside.meeting(session.no)
        open_yet = not session.held
        kind = f"　{meeting.kind}" if meeting else ""
        self.remark.setText(f"{ordinal(session.no)}调解{kind}")
        self._none.setVisible(meeting is None)
        self._make.setVisible(meeting is None and open_yet)
        self._again.setVisible(meeting is not None and open_yet)
        self._other.setVisible(open_yet)
        self._who.setVisible(meeting is not None and open_yet)
        self._ways_in.setVisible(meeting is not None and open_yet)
        self._show_consents(view, session)
        self._show_joined(view, session)
        if meeting is not None and open_yet:
            services, key, no = self._page.context.services, view.file.case_key, session.no
            self._page.context.desk.query(
                lambda: services.meetings.invitations(services.actor, key, no),
                self._show_invited,
                owner=self,
                slot="invited",
            )

    # Addresses

    def _build_ways_in(self, page: Page) -> Card:
        ground = Card()
        self._code = CodePicture()
        self._guest: ChoiceField[Invitation] = ChoiceField(
            (), word=lambda one: page.view.card_name(one.guest.ref)
        )
        self._guest.setObjectName("remote.guest")
        self._guest.setMinimumWidth(theme().px(180))
        self._guest.setAccessibleName("给谁的链接")
        self._guest.currentIndexChanged.connect(lambda _place: self._show_address())
        self._address = PlainLabel("", role="small")
        self._address.setObjectName("remote.address")
        self._address.setAccessibleName("链接")
        self._remark = small("", wrap=True)
        copy = button("复制链接", self._on_copy_clicked, symbol="copy")
        walk_in = button("打开", self._on_open_clicked)
        cards = button("邀请卡", self._on_cards_clicked, symbol="paper")
        calendars = button("存成日历", self._on_calendars_clicked, symbol="calendar")
        for made, name in ((copy, "copy"), (walk_in, "open"), (cards, "cards"), (calendars, "calendars")):
            made.setObjectName(f"remote.{name}")
        right = column(
            row(PlainLabel("给谁", role="label"), self._guest, None),
            self._address,
            row(copy, walk_in, None),
            row(cards, calendars, None),
            self._remark,
            None,
        )
        ground.add(row(self._code, boxed(right), gap=16))
        return ground

    def _show_invited(self, invited: tuple[Invitation, ...]) -> None:
        before = self._guest.value()
        self._guest.blockSignals(True)
        self._guest.set_values(invited)
        again = [one for one in invited if before is not None and one.guest.ref == before.guest.ref]
        self._guest.set_value(again[0] if again else None)
        self._guest.blockSignals(False)
        self._show_address()

    def _show_address(self) -> None:
        one = self._guest.value()
        if one is None:
            return
        self._address.setText(one.page)
        self._remark.setText(_OWN if one.personal else _SAME)
        services = self._page.context.services
        self._page.context.desk.render(
            lambda: services.invitations.picture(one), self._code.show_code, owner=self, slot="code"
        )

    def _on_copy_clicked(self) -> None:
        one = self._guest.value()
        if one is not None:
            QGuiApplication.clipboard().setText(one.link)
            name = self._page.view.card_name(one.guest.ref)
            self._page.context.say(f"{name}的链接已经复制，可以粘贴到短信里。", Kind.SUCCESS)

    def _on_open_clicked(self) -> None:
        one = self._guest.value()
        if one is not None and not QDesktopServices.openUrl(QUrl(one.link)):
            self._page.context.say("这台电脑打不开网页，请复制链接到别处打开。", Kind.WARN)

    def _on_cards_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        no = self._session.no if self._session else 0
        self._loose().show_paper(
            LoosePaper(
                "远程调解邀请卡",
                lambda: services.invitations.preview_cards(services.actor, key, no),
                lambda formats, folder: services.invitations.write_cards(
                    services.actor, key, no, formats, folder
                ),
            )
        )

    def _on_calendars_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        no = self._session.no if self._session else 0
        self._loose().write(
            lambda folder: services.invitations.write_calendars(services.actor, key, no, folder)
        )

    # Room

    def _on_room_wanted(self) -> None:
        services, session = self._page.context.services, self._session
        if session is None:
            return
        self._page.context.desk.query(
            lambda: services.meetings.proposal(services.actor, session.no),
            self._take,
            self._on_failed,
            owner=self,
            slot="room",
        )

    def _take(self, step: ArrangeRemote) -> None:
        self._page.take((step,), lambda _file: None, self._on_failed)

    def _on_failed(self, error: BaseException) -> bool:
        if isinstance(error, DeskError):
            self._page.context.say(error.message, Kind.WARN)
        return isinstance(error, DeskError)

    def _on_roll_wanted(self) -> None:
        services, key, session = self._page.context.services, self._page.view.file.case_key, self._session
        if session is None:
            return
        self._who.set_busy(True)
        self._page.context.desk.render(  # beside the queue: the network may be slow
            lambda: services.meetings.present(services.actor, key, session.no),
            self._show_roll,
            self._on_roll_failed,
            owner=self,
            slot="roll",
        )

    def _show_roll(self, names: tuple[str, ...] | None) -> None:
        if names is None:
            words = "这个会议服务器不能查谁在会议室里，请人工点名。"
        elif names:
            words = f"现在会议室里有：{'、'.join(names)}。名字是各人自己写的，身份要另外核对。"
        else:
            words = "现在会议室里没有人。"
        self._tell_roll(words)

    def _on_roll_failed(self, error: BaseException) -> bool:
        self._tell_roll(error.message if isinstance(error, DeskError) else "")
        return isinstance(error, DeskError)

    def _tell_roll(self, words: str) -> None:
        self._who.set_busy(False)
        self._roll.setText(words)
        self._roll.setVisible(bool(words))

    # What is on record

    def _show_consents(self, view: CaseView, session: Session) -> None:
        clear(self._consents)
        for party in view.file.parties:
            agreed = said(view.file, session.no, party.ref)
            words = [
                one
                for one in view.file.beside.remote_consents
                if (one.session_no, one.ref) == (session.no, party.ref)
            ]
            when = f"{short(words[-1].on)}，{words[-1].how}" if words else ""
            chip = (
                Chip("还没有表示", Tone.SOON)
                if agreed is None
                else Chip("同意", Tone.DONE)
                if agreed
                else Chip("不同意", Tone.SEAL)
            )
            self._consents.addLayout(row(PlainLabel(party.name), chip, small(when), None))

    def _show_joined(self, view: CaseView, session: Session) -> None:
        clear(self._joined)
        entries = [one for one in view.file.beside.joinings if one.session_no == session.no]
        for one in entries:
            until = f"–{one.left_at:%H:%M}" if one.left_at else " 起"
            party = view.card_name(one.ref)
            behind = "" if party == one.name else f"（{party}）"
            self._joined.addWidget(
                paragraph(f"{one.name}{behind}　{one.joined_at:%H:%M}{until}　{one.identity}")
            )
        if not entries:
            self._joined.addWidget(small("还没有记。开始前先核对身份。"))

    def _way(self, name: str, word: str, on_click: Callable[[], object]) -> DeskButton:
        made = link(word, on_click)
        made.setObjectName(name)
        self.header.addWidget(made)
        return made

    def _loose(self) -> LoosePapers:
        if self._papers is None:
            self._papers = LoosePapers(self._page.context, self)
        return self._papers
