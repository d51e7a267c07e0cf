"""当事人: everybody in the case, with who speaks for whom; numbers and telephones masked."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.masks import mask_id, mask_phone
from mediation_desk.parties.model import GroupMember, Party, RelatedPerson, Side
from ui.screens.case_page.numbers import covered_number
from ui.screens.case_page.privacy_card import PrivacyCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money, tops_aligned
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.facts import FactGrid
from ui.widgets.layout import clear, column, row
from ui.widgets.text import heading, small

_MOST_ROWS = 10
_MASKED = "证件号码和电话只显示一部分；看完整的号码要写明理由，文书上印完整的号码。"
_TONES = {Side.APPLICANT: Tone.ACCENT, Side.RESPONDENT: Tone.SOON, Side.THIRD: Tone.QUIET}


class PeopleTab(Tab):
    """One card for each party, group members as a table beneath their group."""

    code = "people"
    papers = ("rights", "privacy_notice", "application", "notice")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._cards = column(gap=12)
        self.body.addLayout(self._cards)
        self.body.addWidget(small(_MASKED, wrap=True))
        self.privacy = PrivacyCard(page)
        self.body.addWidget(self.privacy)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Lay the cards out anew."""
        clear(self._cards)
        for party in view.file.parties:
            self._cards.addWidget(_card(self.page, party, view.file))
        for person in view.file.related_persons:
            self._cards.addWidget(_related(self.page, view.file.case_key, person))
        self.privacy.show_case(view)

    def start(self, form: str) -> None:
        """Open the form for a consent."""
        if form == "privacy_notice":
            self.privacy.consent.show()
            self.privacy.consent.focus_first()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self.privacy.primary()


def _card(page: Page, party: Party, file: CaseFile) -> Card:
    card = Card()
    card.setObjectName(f"people.{party.ref}")
    card.setAccessibleName(f"{party.side}{party.name}")
    card.body.setContentsMargins(theme().px(16), theme().px(12), theme().px(16), theme().px(14))
    kind = Chip(party.kind.value, Tone.QUIET)
    card.add(row(Chip(party.side.value, _TONES[party.side]), heading(party.name), kind, None))
    facts = FactGrid(columns=2)
    contact = file.name_of(party.contact_person) if party.contact_person else ""
    for word, fact in (*_facts(page, file.case_key, party), ("联系人", contact)):
        if fact:
            facts.add(word, fact)
    card.add(tops_aligned(facts))
    members = file.members_of(party.ref)
    if members:
        card.add(_members(party, members))
    return card


def _facts(page: Page, key: str, party: Party) -> list[tuple[str, str | QWidget]]:
    person = "，".join(part for part in (party.gender or "", party.ethnicity or "", _born(party)) if part)
    document = party.id_type.name if party.id_type else "证件"
    return [
        ("基本情况", person),
        (document, covered_number(page, key, document, party.id_no or "", mask_id)),
        ("信用代码", mask_id(party.uscc)),
        ("电话", covered_number(page, key, "电话", party.phone, mask_phone)),
        ("职业", party.occupation or ""),
        ("住所", party.address),
        *_speakers(party),
        ("人数", f"{party.headcount} 人" if party.headcount else ""),
        ("推选书", day(party.representative_letter_on) if party.representative_letter_on else ""),
    ]


def _speakers(party: Party) -> list[tuple[str, str]]:
    found = []
    if (head := party.legal_representative) is not None:
        found.append(("法定代表人", f"{head.name}，{head.position}"))
    if (owner := party.operator) is not None:
        found.append(("经营者", f"{owner.name}，{mask_id(owner.id_no)}，{mask_phone(owner.phone)}"))
    if (guardian := party.guardian) is not None:
        words = (
            f"{guardian.name}（{guardian.relation}），{mask_id(guardian.id_no)}，{mask_phone(guardian.phone)}"
        )
        found.append(("法定代理人", f"{words}，{day(guardian.consent_on)}同意"))
    for agent in party.agents:
        position = f"，{agent.position}" if agent.position else ""
        words = f"{agent.name}{position}，{agent.authority}，{mask_phone(agent.phone)}，委托书 {agent.poa_on}"
        found.append((agent.kind, words))
    return found


def _born(party: Party) -> str:
    return f"{party.birth_date.year}年生" if party.birth_date else ""


def _members(party: Party, members: tuple[GroupMember, ...]) -> RecordTable[GroupMember]:
    table: RecordTable[GroupMember] = RecordTable(
        f"{party.name}的成员", _columns(members), key=lambda member: member.ref, empty="没有成员。"
    )
    table.setObjectName(f"people.{party.ref}.members")
    table.show_records(members)
    table.setFixedHeight(table.content_height(min(len(members), _MOST_ROWS)))
    return table


def _columns(members: tuple[GroupMember, ...]) -> tuple[Column[GroupMember], ...]:
    signs = any(member.signed is not None for member in members)
    columns: tuple[Column[GroupMember], ...] = (
        Column("序号", lambda member: member.ref.split("-")[-1], width=56),
        Column("姓名", lambda member: f"{member.name}{'（代表）' if member.is_representative else ''}"),
        Column("证件", lambda member: mask_id(member.id_no), width=176, private=True),
        Column("电话", lambda member: mask_phone(member.phone), width=120, private=True),
        Column("金额（元）", lambda member: money(_sum(member)), width=110, number=True, sort=_sum),
    )
    if not signs:
        return columns
    return (*columns, Column("签署", _signed, width=96, tone=_signed_tone))


def _sum(member: GroupMember) -> Decimal:
    return next(one for one in (member.owed, member.net, member.gross) if one is not None)


def _signed(member: GroupMember) -> str:
    if member.signed is None:
        return ""
    return "已签" if member.signed else "未签"


def _signed_tone(member: GroupMember) -> Tone:
    return Tone.INK if member.signed is not False else Tone.SEAL


def _related(page: Page, key: str, person: RelatedPerson) -> Card:
    card = Card()
    card.body.setContentsMargins(theme().px(16), theme().px(12), theme().px(16), theme().px(14))
    card.add(row(Chip("相关人员", Tone.QUIET), heading(person.name), small(person.relation), None))
    facts = FactGrid(columns=2)
    facts.add("基本情况", f"{person.gender}，{person.birth_date.year}年生")
    facts.add("证件", covered_number(page, key, "证件", person.id_no or "", mask_id))
    if person.note:
        facts.add("说明", person.note)
    card.add(facts)
    return card
