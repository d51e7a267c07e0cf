"""What is asked about a party on demand: it depends on whether it is a person, an organisation or a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from mediation_desk.cases.counter.people import By
from mediation_desk.parties.model import Gender, PartyKind
from mediation_desk.shared.assets import rules
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.id_field import IdField
from ui.fields.text_field import TextField
from ui.screens.intake.agents import Agents
from ui.screens.intake.members import Members
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.people import ID_TYPES
from ui.screens.intake.words import Words, part, parts, text
from ui.theme import theme

_FOLLOWS = ("id_type", "gender", "birth_date")
"""What the identity number tells, and a default."""
_RELATIONS = ("父亲", "母亲", "祖父", "祖母", "外祖父", "外祖母", "其他监护人")


class Details(QFrame):
    """All panels of one party; `follow` shows those its kind has."""

    edited = Signal()
    file_wanted = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.person = self._person()
        self.guardian = self._guardian()
        self.legal = self._legal()
        self.operator = self._operator()
        self.group = self._group()
        self.members = Members()
        self.members.file_wanted.connect(self.file_wanted)
        self.agents = Agents(today)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(theme().px(24), 0, 0, theme().px(4))
        stack.setSpacing(theme().px(6))
        parts_ = (
            self.person,
            self.guardian,
            self.legal,
            self.operator,
            self.group,
            self.members,
            self.agents,
        )
        for widget in parts_:
            stack.addWidget(widget)
            widget.edited.connect(self.edited)

    def follow(self, kind: PartyKind, *, minor: bool) -> None:
        """Show what ``kind`` asks for; a guardian when the person is under 18 or one has been written."""
        person, group = kind is PartyKind.PERSON, kind is PartyKind.GROUP
        self.person.setVisible(person)
        self.guardian.setVisible(person and (minor or bool(text(self.guardian.words(), "name"))))
        self.legal.setVisible(not person and not group)
        head = "法定代表人" if kind is PartyKind.COMPANY else "负责人"
        self.legal.field("name").label.setText(head)
        self.operator.setVisible(kind is PartyKind.SOLE_TRADER)
        self.group.setVisible(group)
        self.members.setVisible(group)
        self.group.field("headcount").setVisible(not self.members.count())

    def words(self, kind: PartyKind) -> dict[str, object]:
        """What the kind of party has, and nothing left over from another kind."""
        found: dict[str, object] = {"agents": self.agents.words()}
        if kind is PartyKind.PERSON:
            return found | self.person.words() | {"guardian": self.guardian.words()}
        if kind is PartyKind.GROUP:
            return found | self.group.words() | {"members": self.members.words()}
        found["legal"] = self.legal.words()
        return found | ({"operator": self.operator.words()} if kind is PartyKind.SOLE_TRADER else {})

    def parked(self, kind: PartyKind) -> dict[str, object]:
        """What stands here and does not apply to ``kind``; defaults that nobody chose say nothing."""
        every = self.person.words() | self.group.words()
        every |= {"guardian": self.guardian.words(), "legal": self.legal.words()}
        every |= {"operator": self.operator.words(), "members": self.members.words()}
        applies = self.words(kind)
        aside = {key: value for key, value in every.items() if key not in applies and key not in _FOLLOWS}
        return {key: value for key, value in aside.items() if _says_something(value)}

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        self.person.show_words(words)
        self.group.show_words(words)
        self.guardian.show_words(part(words, "guardian"))
        self.legal.show_words(part(words, "legal"))
        self.operator.show_words(part(words, "operator"))
        if "members" in words:
            self.members.show_words(parts(words, "members"))
        if "agents" in words:
            self.agents.show_words(parts(words, "agents"))

    def has_anything(self) -> bool:
        """Whether something stands here that nobody should overlook."""
        names = (self.guardian.words(), self.legal.words(), self.operator.words())
        return self.agents.any() or bool(self.members.count()) or any(text(one, "name") for one in names)

    def found(self, place: str) -> Found:
        """Fields by place; members are found by their table."""
        for panel, below in (
            (self.person, ""),
            (self.group, ""),
            (self.guardian, "/guardian"),
            (self.legal, "/legal_representative"),
            (self.operator, "/operator"),
        ):
            yield from panel.found(f"{place}{below}")
        yield f"{place}/guardian", self.guardian.field("name")
        yield f"{place}/representatives", self.group.field("letter_on")
        yield from self.agents.found(place)

    def name_as(self, prefix: str, who: str) -> None:
        """Stable and accessible names."""
        self.person.name_as(prefix, who)
        self.group.name_as(prefix, who)
        self.guardian.name_as(f"{prefix}.guardian", f"{who}监护人")
        self.legal.name_as(f"{prefix}.legal", who)
        self.operator.name_as(f"{prefix}.operator", f"{who}经营者")
        self.members.name_as(prefix, who)
        self.agents.name_as(prefix, who)

    def _person(self) -> Panel:
        panel = Panel()
        panel.put("gender", "性别", ChoiceField(Gender, empty="—"), width=96)
        panel.put("birth_date", "出生日期", DateField(today=self._today), width=176)
        nations = tuple(f"{name}族" for name in rules("categories")["ethnicities"])
        panel.put("ethnicity", "民族", ChoiceField(nations, empty="未写明"), width=120)
        panel.put("occupation", "职业", TextField(longest=60), width=150, stretch=1)
        id_types = tuple(one.name for one in ID_TYPES)
        panel.put("id_type", "证件种类", ChoiceField(id_types), width=150, passed_by=True)
        return panel

    def _guardian(self) -> Panel:
        panel = Panel()
        panel.put("name", "监护人", TextField(longest=50), width=110, offers=By.ANY)
        panel.put("relation", "关系", ChoiceField(_RELATIONS, empty="—"), width=110)
        panel.put("id_no", "监护人身份证号", IdField(), width=214, offers=By.ID_NO)
        panel.put("phone", "监护人电话", TextField(longest=20), width=132)
        panel.put("consent_on", "同意调解的日期", DateField(today=self._today), width=176)
        statutory = QCheckBox("是法定代理人")
        statutory.setChecked(True)
        panel.put("statutory_agent", " ", statutory, width=130)
        return panel

    def _legal(self) -> Panel:
        panel = Panel()
        panel.put("name", "法定代表人", TextField(longest=50), width=130, offers=By.ANY)
        panel.put("position", "职务", TextField(longest=40), width=150)
        return panel

    def _operator(self) -> Panel:
        panel = Panel()
        panel.put("name", "经营者", TextField(longest=50), width=130, offers=By.ANY)
        panel.put("id_no", "经营者身份证号", IdField(), width=214, offers=By.ID_NO)
        panel.put("phone", "经营者电话", TextField(longest=20), width=132)
        return panel

    def _group(self) -> Panel:
        panel = Panel()
        panel.put("headcount", "人数", TextField("没有名单时写", longest=8), width=130)
        panel.put("letter_on", "推选书日期", DateField(today=self._today), width=176)
        return panel


def details_in(words: Words) -> bool:
    """Whether kept words hold more than the row of a party shows by itself."""
    own = ("ethnicity", "occupation", "headcount", "letter_on", "birth_date")
    inner = (part(words, key) for key in ("guardian", "legal", "operator"))
    return (
        any(text(words, key) for key in own)
        or any(text(one, "name") for one in inner)
        or bool(parts(words, "members") or parts(words, "agents"))
    )


def _says_something(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(text(value, "name"))
    return bool(value)
