"""When and where of a session: what planning, moving and adjourning ask for alike, and what takes the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.arranging import RoomDay, people_expected
from mediation_desk.hearings.arrangement import Room
from mediation_desk.shared.errors import BookedError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.text import paragraph

ELSEWHERE = Room(code="", name="其他地点……")


class TimedForm(StepForm):
    """Base of the forms that put a session into the calendar.

    ``no`` is the planned session it is about, 0 for a new one. A taking that overlaps is told with what it meets;
    with a reason it can be arranged all the same.
    """

    usual_verb = ""
    no = 0

    def fields_beside_the_time(self) -> Sequence[QWidget]:
        """Fields that stand in the line of the time."""
        return ()

    def place_fields(self) -> None:
        """Day, start, end; room, place; what takes the room."""
        self.date = self.field("日期", "date", DateField(), required=True)
        self.start = self.field("开始", "start", TimeField(), required=True)
        self.until = self.field("预计结束", "until", TimeField())
        self.room = self.field("地点", "room", ChoiceField[Room]((ELSEWHERE,), word=_words))
        self.place = self.field("在哪里", "place", TextField("例如 锦园小区3号楼现场"), required=True)
        self._taken = paragraph("", Tone.QUIET)
        self._taken.setObjectName(f"{self.code}.taken")
        self._crowded = paragraph("", Tone.SOON)
        self._crowded.setObjectName(f"{self.code}.crowded")
        self._crowded.hide()
        self._free = link("找最近的空闲时间", self._ask_free, symbol="calendar")
        self._free.setObjectName(f"{self.code}.free")
        self.line(self.date, self.start, self.until, *self.fields_beside_the_time(), None)
        self.line(self.room, self.place)
        self.add(self._taken)
        self.add(self._crowded)
        self.add(row(self._free, None))
        self.date.editor.edited.connect(self._on_time_changed)
        self.start.editor.edited.connect(self._on_time_changed)
        self.until.editor.edited.connect(self._forget_booking)
        self.room.editor.currentIndexChanged.connect(lambda _place: self._show_room())

    def override_fields(self) -> None:
        """What it overlaps and the reason to arrange it all the same; beneath everything else."""
        self._booked = paragraph("", Tone.SOON)
        self._booked.setObjectName(f"{self.code}.booked")
        self.override = self.field(
            "仍按此安排的理由（留在记录里）",
            "override_reason",
            TextField("例如 各方已同意先后进行"),
            required=True,
        )
        self.add(self._booked)
        self.add(self.override)

    def refresh_choices(self, view: CaseView) -> None:
        """The centre's rooms."""
        self.room.editor.set_values((*view.centre.rooms, ELSEWHERE))

    def show_place(self, on: date, start: time, until: time | None, room: str, place: str) -> None:
        """Fill the fields."""
        view = self.page.view
        self.date.editor.set_value(on)
        self.start.editor.set_value(start)
        self.until.editor.set_value(until)
        self.room.editor.set_value(view.centre.room(room) or view.centre.room_called(place) or ELSEWHERE)
        self.place.editor.set_value("" if self.room_code() else place)
        self._show_room()
        self._forget_booking()

    def room_code(self) -> str:
        """Code of the chosen room, empty elsewhere."""
        room = self.room.editor.value()
        return room.code if room else ""

    def moment(self) -> tuple[date, time]:
        """Day and start. Raises ``InputError`` while one is missing."""
        on, start = self.date.editor.value(), self.start.editor.value()
        if on is None or start is None or not (self.room_code() or self.place.editor.value()):
            raise InputError("请写明日期、时间和地点。", field="date")
        return on, start

    def override_reason(self) -> str:
        """The reason, where one was asked for."""
        return self.override.editor.value() if self.override.isVisibleTo(self) else ""

    def guests_expected(self) -> int:
        """How many invited people must find a seat."""
        return len(self.page.view.file.beside.guests_of(self.no))

    # Inside

    def _show_room(self) -> None:
        self.place.setVisible(not self.room_code())
        self._forget_booking()
        self._show_crowd()
        self._ask_rooms()

    def _show_crowd(self) -> None:
        room = self.room.editor.value()
        people = people_expected(self.page.view.file, self.guests_expected())
        crowded = room is not None and 0 < room.capacity < people
        if room is not None and crowded:
            self._crowded.setText(f"{room.name}只坐得下{room.capacity}人，预计到{people}人，可以换一间大的。")
        self._crowded.setVisible(crowded)

    def _on_time_changed(self) -> None:
        self._forget_booking()
        self._ask_rooms()

    def _ask_rooms(self) -> None:
        on = self.date.editor.value()
        if on is None or not self.room_code():
            self._taken.hide()
            return
        services, key = self.page.context.services, self.page.view.file.case_key
        self.page.context.desk.query(
            lambda: services.arranging.rooms(services.actor, key, on),
            lambda found: self._show_rooms(on, found),
            owner=self,
            slot="rooms",
        )

    def _show_rooms(self, on: date, found: Sequence[RoomDay]) -> None:
        chosen = next((one for one in found if one.room.code == self.room_code()), None)
        if chosen is None or on != self.date.editor.value():
            return
        equipment = f"设备：{'、'.join(chosen.room.equipment)}。" if chosen.room.equipment else ""
        free = [one.room.name for one in found if not one.uses and one is not chosen]
        others = (
            f"{'、'.join(free[:2])}{'等' if len(free) > 2 else ''}这天空着。" if free and chosen.uses else ""
        )
        self._taken.setText(f"{equipment}{day(on)} {_uses(chosen)}{others}")
        self._taken.show()

    def _ask_free(self) -> None:
        on, start, until = self.date.editor.value(), self.start.editor.value(), self.until.editor.value()
        view, services = self.page.view, self.page.context.services
        after = datetime.combine(on or view.today, start or time(0)).astimezone()
        minutes = 0
        if start is not None and until is not None and until > start:
            minutes = (until.hour - start.hour) * 60 + until.minute - start.minute
        key, room, no = view.file.case_key, self.room_code(), self.no
        self.page.context.desk.query(
            lambda: services.arranging.next_free(services.actor, key, room, after, minutes, no),
            lambda found: self._show_free(found, minutes),
            owner=self,
            slot="free",
        )

    def _show_free(self, found: datetime | None, minutes: int) -> None:
        if found is None:
            self._booked.setText("近期没有调解室、调解员和各方都空闲的时间，请换一间或者写明理由。")
            self._booked.show()
            return
        self.date.editor.set_value(found.date())
        self.start.editor.set_value(found.time())
        if minutes:
            last = found.hour * 60 + found.minute + minutes
            self.until.editor.set_value(time(last // 60, last % 60))
        self._on_time_changed()
        self.touch()

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, BookedError):
            return super()._on_failed(error)
        self.submit_button.set_busy(False)
        self._booked.setText(error.message)
        self._booked.show()
        self.override.show()
        self.submit_button.set_caption("仍按此安排")
        self.page.bring_into_view(self.override)
        self.override.editor.setFocus()
        return True

    def _forget_booking(self) -> None:
        self._booked.hide()
        self.override.hide()
        self.override.editor.set_value("")
        self.submit_button.set_caption(self.usual_verb)


def _words(room: Room) -> str:
    if not room.code:
        return room.name
    seats = f"，{room.capacity}人" if room.capacity else ""
    return f"{room.name}（{room.kind}{seats}）"


def _uses(one: RoomDay) -> str:
    if not one.uses:
        return f"{one.room.name}整天空着。"
    told = (
        f"{use.starts:%H:%M}–{use.ends:%H:%M} {'本案' if use.own else use.number or '另一案件'}"
        for use in one.uses
    )
    return f"{one.room.name}已排：{'；'.join(told)}。"
