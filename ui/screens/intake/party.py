"""One party in one row: side, kind, name, number, telephone, address; more on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.counter.people import Acquaintance, By
from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.reception import kind_by_name
from mediation_desk.parties.identity import birth_date_in, gender_in, region_in
from mediation_desk.parties.model import PartyKind, Side, age_on
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import show_day
from ui.fields.id_field import IdField, IdKind
from ui.fields.text_field import TextField
from ui.screens.intake.details import Details, details_in
from ui.screens.intake.panel import AnyField, Found, Panel
from ui.screens.intake.people import ID_TYPES
from ui.screens.intake.suggest import born_on, is_minor
from ui.screens.intake.words import Words, filled, part, text
from ui.tokens import Tone
from ui.widgets.buttons import IconButton, link
from ui.widgets.layout import column
from ui.widgets.text import small

_NAME_ROOM, _WAITING_ROOM = (176, 3), (360, 0)


class PartyRow(QWidget):
    """A ``waiting`` row shows only its name; typing there wakes it (``woken``). ``gone`` asks to be removed."""

    edited = Signal()
    woken = Signal()
    gone = Signal()
    file_wanted = Signal(object)

    def __init__(self, side: Side, today: Callable[[], date], *, waiting: bool = False) -> None:
        super().__init__()
        self._today = today
        self._kind_chosen = self._was_minor = False
        self._was_person = True
        self._numbers: dict[bool, str] = {}
        self._side: ChoiceField[Side] = ChoiceField(Side)
        self._kind: ChoiceField[PartyKind] = ChoiceField(PartyKind)
        # Before the panel hears of it: a kind that was chosen is not to be guessed again.
        self._kind.edited.connect(self._on_kind_chosen)
        self._name = TextField("姓名或名称", longest=120)
        self._number = IdField()
        self._main = self._build_main()
        self._details: Details | None = None
        self._names = ("", "")
        self._remark = small(wrap=True)
        self._side.set_value(side)
        self._stack = column(self._main, self._remark, gap=4)
        self.setLayout(self._stack)
        self._set_waiting(waiting)
        self._connect()
        self._settle()

    # Words

    def words(self) -> dict[str, object]:
        """Everything about this party."""
        own = self._main.words() | {"kind_chosen": self._kind_chosen}
        own |= self._details.words(self.kind()) if self._details else self._from_number()
        parked = self._parked()
        return own | ({"parked": parked} if parked else {})

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        self._main.show_words(words)
        self._kind_chosen = words.get("kind_chosen") is True
        parked = part(words, "parked")
        self._numbers = {False: text(parked, "credit_code"), True: text(parked, "id_no")}
        if details_in(words) or details_in(parked):
            self.details.show_words({**parked, **words})
        self._was_person = self.kind() is PartyKind.PERSON
        self._set_waiting(False)
        self._settle()
        if self._details and self._details.has_anything():
            self._open_details(True)

    @property
    def details(self) -> Details:
        """What is asked on demand; built when it is first needed."""
        if self._details is None:
            self._details = made = Details(self._today)
            made.hide()
            made.show_words(self._from_number())
            made.name_as(*self._names)
            made.edited.connect(self._on_edited)
            made.file_wanted.connect(self.file_wanted)
            self._stack.addWidget(made)
        return self._details

    def is_main(self, editor: QWidget) -> bool:
        """Whether this editor stands in the row itself, not in what is asked on demand."""
        return self._main.isAncestorOf(editor)

    def take(self, person: Acquaintance) -> None:
        """Fill the row with somebody met before; what was typed of telephone and address stays."""
        if person.kind is not self.kind():
            self._kind.set_value(person.kind)
            self._kind_chosen = True
            self._swap_number()
        self._main.take(known_words(person))
        if self.kind() is PartyKind.PERSON and not person.id_no and (person.birth_date or person.gender):
            self.details.person.take(known_words(person))
        self._settle()

    def _swap_number(self) -> None:
        """An identity number is put aside when the party turns out to be a company, and comes back with it."""
        person = self.kind() is PartyKind.PERSON
        if person is self._was_person:
            return
        self._numbers[self._was_person] = self._number.value()
        self._number.set_value(self._numbers.get(person, ""))
        self._was_person = person

    def _parked(self) -> dict[str, object]:
        """What was written and does not apply to this kind of party: it comes back when the kind does."""
        found = dict(self._details.parked(self.kind())) if self._details else {}
        person = self.kind() is PartyKind.PERSON
        if self._numbers.get(not person):
            found["credit_code" if person else "id_no"] = self._numbers[not person]
        return found

    def kind(self) -> PartyKind:
        """What kind of party."""
        return self._kind.value() or PartyKind.PERSON

    def side(self) -> Side:
        """On which side."""
        return self._side.value() or Side.RESPONDENT

    def name(self) -> str:
        """The name typed."""
        return self._name.value()

    def is_waiting(self) -> bool:
        """Whether nobody has been typed here yet."""
        return self._waiting

    def name_editor(self) -> TextField:
        """Where typing begins."""
        return self._name

    def name_field(self) -> AnyField:
        """The field of the name."""
        return self._main.field("name")

    def found(self, place: str) -> Found:
        """Fields by place; a credit code stands where an identity number does."""
        yield from self.main_found(place)
        if self._details:
            yield from self._details.found(place)

    def main_found(self, place: str) -> Found:
        """The fields of the row itself."""
        yield from self._main.found(place)
        yield f"{place}/uscc", self._main.field("id_no")

    def is_open(self) -> bool:
        """Whether the details are shown."""
        return self._details is not None and not self._details.isHidden()

    def reveal(self) -> None:
        """Open the details, because something in them needs attention."""
        self._open_details(True)

    # Looks

    def name_as(self, number: int, *, removable: bool) -> None:
        """Stable and accessible names for the party in place ``number``."""
        prefix, who = f"intake.party.{number}", f"第{number + 1}方"
        self._main.name_as(prefix, who)
        self._names = (prefix, who)
        if self._details:
            self._details.name_as(prefix, who)
        self._more.setObjectName(f"{prefix}.more")
        self._cross.setObjectName(f"{prefix}.remove")
        self._cross.setAccessibleName(f"去掉{who}")
        self._cross_field.setVisible(removable and not self._waiting)
        first = number == 0
        for key in ("side", "kind", "name", "id_no", "phone", "address"):
            self._main.field(key).label.setVisible(first)
        for stand in (self._more_field, self._cross_field):
            stand.label.setVisible(first)
        self._show_hints(first)

    def _build_main(self) -> Panel:
        panel = Panel()
        panel.put("side", "哪一方", self._side, width=112, passed_by=True)
        panel.put("kind", "种类", self._kind, width=124, passed_by=True)
        panel.put("name", "姓名或名称", self._name, width=176, stretch=3, offers=By.ANY)
        panel.put("id_no", "证件号码", self._number, width=212, offers=By.ID_NO)
        phone = TextField("电话", longest=20)
        panel.put("phone", "电话", phone, width=132, offers=By.PHONE)
        address = TextField("住址", longest=200)
        panel.put("address", "住址", address, width=130, stretch=4, offers=Phrase.ADDRESS)
        self._more = link("更多")
        self._cross = IconButton("close", "去掉这一方")
        self._more_field = panel.put_button(self._more, 58)
        self._cross_field = panel.put_button(self._cross, 36)
        return panel

    def _connect(self) -> None:
        self._main.edited.connect(self._on_edited)
        self._name.editingFinished.connect(lambda: self._name.setCursorPosition(0))
        self._number.accepted.connect(lambda _number: self._follow_number())
        self._more.clicked.connect(lambda: self._open_details(not self.is_open()))
        self._cross.clicked.connect(self.gone)

    def _on_kind_chosen(self) -> None:
        self._kind_chosen = True
        self._swap_number()
        if self.kind() is PartyKind.GROUP:
            self._open_details(True)

    def _follow_name(self) -> None:
        """A waiting row wakes with its first letter; the kind follows the name until somebody chooses it."""
        if self._waiting and self._name.value():
            self._set_waiting(False)
            self.woken.emit()
        before = self.kind()
        if not self._kind_chosen:
            self._kind.set_value(kind_by_name(self._name.value()))
            self._swap_number()
        if self.kind() is PartyKind.GROUP and before is not PartyKind.GROUP:
            self._open_details(True)

    def _follow_number(self) -> None:
        """A right number tells gender and birth date."""
        if self._details:
            self._details.show_words(self._from_number())
        self._settle()

    def _from_number(self) -> dict[str, object]:
        number = self._number.value()
        if self.kind() is not PartyKind.PERSON or not self._number.is_verified():
            return {}
        return {"gender": gender_in(number).value, "birth_date": show_day(birth_date_in(number))}

    def _on_edited(self) -> None:
        self._follow_name()
        self._follow_number()
        self.edited.emit()

    def _show_hints(self, labelled: bool) -> None:
        """Where labels stand above, the editors need no words inside."""
        waiting = "再加一方：直接写姓名或名称"
        self._name.setPlaceholderText(waiting if self._waiting else "" if labelled else "姓名或名称")
        for key, hint in (("phone", "电话"), ("address", "住址")):
            editor = self._main.editor(key)
            if isinstance(editor, TextField):
                editor.setPlaceholderText("" if labelled else hint)

    def _set_waiting(self, waiting: bool) -> None:
        self._waiting = waiting
        for key in ("side", "kind", "id_no", "phone", "address"):
            self._main.field(key).setVisible(not waiting)
        for button in (self._more_field, self._cross_field):
            button.setVisible(not waiting)
        self._main.give(self._main.field("name"), *(_WAITING_ROOM if waiting else _NAME_ROOM))

    def _open_details(self, is_open: bool) -> None:
        if is_open or self._details:
            self.details.follow(self.kind(), minor=self._was_minor)
            self.details.setVisible(is_open)
        self._more.set_caption("收起" if is_open else "更多")

    def _settle(self) -> None:
        """What the kind and the number typed so far call for."""
        kind = self.kind()
        words = self._main.words() | (self._details.person.words() if self._details else self._from_number())
        minor = is_minor(words, self._today())
        if self._details:
            self._details.follow(kind, minor=minor)
        self._number.set_kind(self._id_kind(kind))
        number = self._main.field("id_no")
        number.setVisible(kind is not PartyKind.GROUP and not self._waiting)
        self._number.setPlaceholderText("身份证号" if kind is PartyKind.PERSON else "统一社会信用代码")
        first_seen, self._was_minor = minor and not self._was_minor, minor
        if first_seen:
            self._open_details(True)
        self._show_remark(words, minor)

    def _id_kind(self, kind: PartyKind) -> IdKind:
        if kind is not PartyKind.PERSON:
            return IdKind.CREDIT_CODE
        chosen = text(self._details.person.words(), "id_type") if self._details else ""
        resident = chosen in ("", ID_TYPES[0].name)
        return IdKind.IDENTITY_CARD if resident else IdKind.FREE

    def _region(self) -> str:
        """Where the number was given; "" until it is right."""
        is_card = self._id_kind(self.kind()) is IdKind.IDENTITY_CARD
        return region_in(self._number.value()) if is_card and self._number.is_verified() else ""

    def _show_remark(self, words: Words, minor: bool) -> None:
        born = born_on(words, self._today()) if self.kind() is PartyKind.PERSON else None
        pieces = [text(words, "gender")] if born else []
        if born is not None:
            pieces += [f"{born.isoformat()} 出生", f"{age_on(born, self._today())} 周岁"]
            if region := self._region():
                pieces.append(region)
        if minor:
            pieces.append("未满十八周岁，请填监护人")
        if aside := filled(self._parked()):
            pieces.append(f"已收起 {aside} 项，种类改回来就还在")
        self._remark.setText("　".join(piece for piece in pieces if piece))
        self._remark.set_tone(Tone.SOON if minor else Tone.QUIET)
        self._remark.setVisible(bool(pieces) and not self._waiting)


def known_words(person: Acquaintance) -> dict[str, object]:
    """What is known of somebody, as words of a row."""
    return {
        "name": person.name,
        "id_no": person.id_no,
        "phone": person.phone,
        "address": person.address,
        "gender": person.gender.value if person.gender else "",
        "birth_date": show_day(person.birth_date) if person.birth_date else "",
    }
