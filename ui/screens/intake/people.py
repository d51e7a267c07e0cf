"""Reads the parties of an intake: who they are, who speaks for them, who stands behind a group."""

from __future__ import annotations

from decimal import Decimal

from mediation_desk.parties.model import (
    RESIDENT_ID,
    Agent,
    Authority,
    Gender,
    GroupMember,
    Guardian,
    IdType,
    LegalRepresentative,
    Operator,
    Party,
    PartyKind,
    Side,
)
from ui.screens.intake.reading import Reading
from ui.screens.intake.words import Words, part, parts, text, ticked

ID_TYPES = (
    RESIDENT_ID,
    IdType(code="112", name="临时身份证"),
    IdType(code="113", name="户口簿"),
    IdType(code="414", name="普通护照"),
    IdType(code="511", name="台胞证"),
    IdType(code="516", name="港澳通行证"),
    IdType(code="990", name="其他"),
)
AGENT_KINDS = (
    "委托代理人",
    "法律援助律师",
    *(f"近亲属代理人（{kin}）" for kin in ("配偶", "父母", "子女", "兄弟姐妹", "其他近亲属")),
)
LETTERS = {Side.APPLICANT: "A", Side.RESPONDENT: "B", Side.THIRD: "C"}
FEWEST_DIGITS = 2
FEWEST_PARTIES = 2
Read = tuple[tuple[Party, ...], tuple[GroupMember, ...]]


def refs(sides: tuple[Side, ...]) -> tuple[str, ...]:
    """A1, A2, B1 …: the letter of the side and a running number on it."""
    seen = dict.fromkeys(Side, 0)
    made = []
    for side in sides:
        seen[side] += 1
        made.append(f"{LETTERS[side]}{seen[side]}")
    return tuple(made)


def read_parties(reading: Reading, words: Words) -> Read:
    """All parties and all group members of an intake."""
    rows = parts(words, "parties")
    sides = tuple(reading.member(Side, row, "side") or Side.RESPONDENT for row in rows)
    found: list[Party] = []
    members: list[GroupMember] = []
    for number, (row, side, ref) in enumerate(zip(rows, sides, refs(sides), strict=True)):
        place = f"/parties/{number}"
        kind = reading.member(PartyKind, row, "kind") or PartyKind.PERSON
        if kind is PartyKind.GROUP:
            own = _members(reading, row, ref, len(members))
            found.append(_group(reading, row, place, side, ref, own))
            members.extend(own)
        else:
            found.append(_single(reading, row, place, side, ref, kind))
    if len(found) < FEWEST_PARTIES:
        reading.wrong("/parties", "至少要有两方当事人，请写下另一方的姓名或名称。")
    return tuple(found), tuple(members)


def _single(reading: Reading, row: Words, place: str, side: Side, ref: str, kind: PartyKind) -> Party:
    common = Party(
        ref=ref,
        side=side,
        kind=kind,
        name=reading.required(row, "name", place, "姓名或名称"),
        phone=reading.folded(row, "phone", place),
        address=reading.text(row, "address", place),
        agents=_agents(reading, row, place),
    )
    fields = {
        name: getattr(common, name) for name in ("ref", "side", "kind", "name", "phone", "address", "agents")
    }
    number = reading.folded(row, "id_no", place)
    if kind is not PartyKind.PERSON:
        legal = part(row, "legal")
        legal_name = reading.text(legal, "name", f"{place}/legal_representative")
        position = reading.text(legal, "position", f"{place}/legal_representative")
        return Party(
            **fields,
            uscc=number or None,
            legal_representative=LegalRepresentative(name=legal_name, position=position)
            if legal_name
            else None,
            operator=_operator(reading, row, place) if kind is PartyKind.SOLE_TRADER else None,
        )
    id_type = next((one for one in ID_TYPES if one.name == text(row, "id_type")), RESIDENT_ID)
    return Party(
        **fields,
        gender=reading.member(Gender, row, "gender"),
        birth_date=reading.day(row, "birth_date", place),
        ethnicity=reading.text(row, "ethnicity", place) or None,
        occupation=reading.text(row, "occupation", place) or None,
        id_type=id_type if number else None,
        id_no=number or None,
        guardian=_guardian(reading, row, place),
    )


def _group(
    reading: Reading, row: Words, place: str, side: Side, ref: str, members: tuple[GroupMember, ...]
) -> Party:
    typed = reading.folded(row, "headcount", place).removesuffix("人")
    if typed and not typed.isdecimal():
        reading.wrong(f"{place}/headcount", "人数应为整数。")
    chosen = tuple(member.ref for member in members if member.is_representative)
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.GROUP,
        name=reading.required(row, "name", place, "群体的名称"),
        phone=reading.folded(row, "phone", place),
        address=reading.text(row, "address", place),
        headcount=len(members) or (int(typed) if typed.isdecimal() else None),
        representatives=chosen,
        representative_letter_on=reading.day(row, "letter_on", place) if chosen else None,
        contact_person=chosen[0] if chosen else None,
        agents=_agents(reading, row, place),
    )


def _members(reading: Reading, row: Words, ref: str, before: int) -> tuple[GroupMember, ...]:
    lines = parts(row, "members")
    digits = max(FEWEST_DIGITS, len(str(len(lines))))
    made = []
    for number, line in enumerate(lines):
        place = f"/group_members/{before + number}"
        id_no, gender, born = reading.born(line, place, "成员")
        made.append(
            GroupMember(
                ref=f"{ref}-{number + 1:0{digits}d}",
                name=reading.required(line, "name", place, "姓名"),
                gender=gender,
                birth_date=born,
                id_no=id_no,
                phone=reading.folded(line, "phone", place),
                gross=reading.amount(line, "amount", place) or Decimal("0.00"),
                is_representative=ticked(line, "representative"),
            )
        )
    return tuple(made)


def _operator(reading: Reading, row: Words, place: str) -> Operator | None:
    words, place = part(row, "operator"), f"{place}/operator"
    name = reading.text(words, "name", place)
    if not name:
        return None
    id_no, gender, born = reading.born(words, place, "经营者")
    phone = reading.folded(words, "phone", place)
    return Operator(name=name, gender=gender, birth_date=born, id_no=id_no, phone=phone)


def _guardian(reading: Reading, row: Words, place: str) -> Guardian | None:
    words, place = part(row, "guardian"), f"{place}/guardian"
    name = reading.text(words, "name", place)
    if not name:
        return None
    id_no, gender, born = reading.born(words, place, "监护人")
    return Guardian(
        name=name,
        gender=gender,
        relation=reading.required(words, "relation", place, "与未成年人的关系"),
        birth_date=born,
        id_no=id_no,
        phone=reading.folded(words, "phone", place),
        consent_on=reading.required_day(words, "consent_on", place, "监护人同意调解的日期"),
        statutory_agent=ticked(words, "statutory_agent"),
    )


def _agents(reading: Reading, row: Words, place: str) -> tuple[Agent, ...]:
    made = []
    for number, words in enumerate(parts(row, "agents")):
        where = f"{place}/agents/{number}"
        name = reading.required(words, "name", where, "代理人姓名")
        gender = reading.member(Gender, words, "gender")
        if gender is None:
            reading.wrong(f"{where}/gender", "请选代理人的性别。")
        made.append(
            Agent(
                name=name,
                gender=gender or Gender.MALE,
                phone=reading.folded(words, "phone", where),
                kind=reading.text(words, "kind", where) or AGENT_KINDS[0],
                position=reading.text(words, "position", where),
                authority=reading.member(Authority, words, "authority") or Authority.GENERAL,
                poa_on=reading.required_day(words, "poa_on", where, "授权委托书的日期"),
            )
        )
    return tuple(made)
