"""The parties of an invented case: people, firms, shops, groups with their members' sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mediation_desk.parties.model import (
    RESIDENT_ID,
    Agent,
    Authority,
    GroupMember,
    LegalRepresentative,
    Operator,
    Party,
    PartyKind,
    Side,
)
from mediation_desk.practice.dice import Dice
from mediation_desk.practice.people import Person, firm, person, words
from mediation_desk.practice.plan import Plan
from mediation_desk.shared.money import distribute

LONGEST_GROUP = 24
_OF_AGE, _STEP = 18, 16
_WORKERS = "拖欠农民工工资纠纷"


@dataclass(slots=True, frozen=True)
class Sides:
    """All parties, the members of a group among them, and what the members are owed together."""

    parties: tuple[Party, ...]
    members: tuple[GroupMember, ...] = ()
    parts: tuple[Decimal, ...] = ()


class Register:
    """Who lives and trades in the district: ``population`` people and the firms named so far."""

    def __init__(self, dice: Dice, population: int) -> None:
        self._dice = dice
        self._population = population
        self._firms: dict[str, int] = {}

    def sides(self, plan: Plan) -> Sides:
        """The parties of one case; nobody stands in it twice."""
        dice, story = self._dice, plan.story
        if story.group and dice.chance(0.12):
            return self._group(plan)
        place = dice.between(0, self._population - 1)
        extra = dice.roll()
        applicants = 2 if extra < 0.1 else 1
        respondents = 3 if extra > 0.97 else 2 if extra > 0.85 else 1
        day = plan.received
        parties = [self._person(f"A{no + 1}", Side.APPLICANT, place + no, day) for no in range(applicants)]
        for no in range(respondents):
            ref = f"B{no + 1}"
            if story.opponent == "person" or no:
                parties.append(self._person(ref, Side.RESPONDENT, place + 7 + no, day))
            else:
                parties.append(self._opponent(ref, plan))
        if story.third:
            parties.append(self._insurer("C1", plan))
        return Sides(parties=tuple(parties))

    def _person(self, ref: str, side: Side, place: int, on: date) -> Party:
        who = self._grown_up(place, on)
        return Party(
            ref=ref,
            side=side,
            kind=PartyKind.PERSON,
            name=who.name,
            phone=who.phone,
            address=who.address,
            gender=who.gender,
            ethnicity="汉族",
            birth_date=who.birth_date,
            id_type=RESIDENT_ID,
            id_no=who.id_no,
            occupation=who.occupation,
        )

    def _grown_up(self, place: int, on: date) -> Person:
        """Whoever lives at ``place``; for one who was a child on that day somebody ``_STEP`` places on."""
        who = person(place % (self._population + _STEP))
        while who.birth_date.year >= on.year - _OF_AGE:
            place += _STEP
            who = person(place % (self._population + _STEP))
        return who

    def _opponent(self, ref: str, plan: Plan) -> Party:
        dice, story = self._dice, plan.story
        name = f"临江{dice.pick(words().brands)}{dice.pick(story.company)}"
        if story.opponent != "trader":
            return self._company(ref, Side.RESPONDENT, name, plan)
        shop, owner = firm(name, self._place(name), trader=True), person(self._place(name))
        return Party(
            ref=ref,
            side=Side.RESPONDENT,
            kind=PartyKind.SOLE_TRADER,
            name=name,
            uscc=shop.uscc,
            phone=shop.phone,
            address=shop.address,
            operator=Operator(
                name=owner.name,
                gender=owner.gender,
                birth_date=owner.birth_date,
                id_no=owner.id_no,
                phone=owner.phone,
            ),
        )

    def _company(self, ref: str, side: Side, name: str, plan: Plan) -> Party:
        company = firm(name, self._place(name))
        return Party(
            ref=ref,
            side=side,
            kind=PartyKind.COMPANY,
            name=name,
            uscc=company.uscc,
            phone=company.phone,
            address=company.address,
            legal_representative=_head(company.head, company.position),
            agents=(self._agent(plan),) if self._dice.chance(0.5) else (),
        )

    def _agent(self, plan: Plan) -> Agent:
        who = person(self._dice.between(0, self._population - 1))
        return Agent(
            name=who.name,
            gender=who.gender,
            phone=who.phone,
            position=self._dice.pick(("法务专员", "客服主管", "行政经理")),
            authority=Authority.SPECIAL,
            poa_on=plan.received,
        )

    def _insurer(self, ref: str, plan: Plan) -> Party:
        name = f"{self._dice.pick(words().brands[:6])}{plan.story.third}"
        return self._company(ref, Side.THIRD, name, plan)

    def _place(self, name: str) -> int:
        return self._firms.setdefault(name, len(self._firms))

    def _group(self, plan: Plan) -> Sides:
        dice = self._dice
        size, parts = dice.between(5, LONGEST_GROUP), dice.between(1, 3)
        place = dice.between(0, self._population - LONGEST_GROUP)
        chosen = tuple(f"A1-{no:02d}" for no in range(1, dice.between(2, 3) + 1))
        members = tuple(
            self._member(f"A1-{no + 1:02d}", place + no, plan, parts, chosen=chosen) for no in range(size)
        )
        group = Party(
            ref="A1",
            side=Side.APPLICANT,
            kind=PartyKind.GROUP,
            name=f"{members[0].name}等{size}人",
            phone=members[0].phone,
            headcount=size,
            representatives=chosen,
            representative_letter_on=plan.received,
            contact_person=chosen[0],
        )
        columns = zip(*(member.instalments for member in members), strict=True)
        sums = tuple(sum(column, Decimal("0.00")) for column in columns)
        return Sides(parties=(group, self._opponent("B1", plan)), members=members, parts=sums)

    def _member(
        self, ref: str, place: int, plan: Plan, parts: int, *, chosen: tuple[str, ...]
    ) -> GroupMember:
        dice, who = self._dice, person(place)
        common: dict[str, Any] = {
            "ref": ref,
            "name": who.name,
            "gender": who.gender,
            "birth_date": who.birth_date,
            "id_no": who.id_no,
            "phone": who.phone,
            "is_representative": ref in chosen,
        }
        if plan.story.category == _WORKERS:
            wage, worked = dice.between(220, 380), dice.between(20, 90)
            gross = wage * worked
            paid = gross * dice.between(30, 60) // 100
            return GroupMember(
                trade=dice.pick(words().trades),
                daily_wage=yuan(wage),
                days=worked,
                gross=yuan(gross),
                paid=yuan(paid),
                owed=yuan(gross - paid),
                instalments=distribute(yuan(gross - paid), parts),
                **common,
            )
        gross = dice.between(plan.story.low, plan.story.low * 5)
        return GroupMember(gross=yuan(gross), instalments=distribute(yuan(gross), parts), **common)


@lru_cache(maxsize=100_000)
def yuan(whole: int) -> Decimal:
    """Whole yuan with two places."""
    return Decimal(whole).quantize(Decimal("0.01"))


@lru_cache(maxsize=10_000)
def _head(name: str, position: str) -> LegalRepresentative:
    return LegalRepresentative(name=name, position=position)
