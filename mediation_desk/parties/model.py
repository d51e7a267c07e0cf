"""Parties of a case as they stood when the case was taken in (domain.md §1.7, §2.2, §6.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.shared.record import omitted, record


class Side(StrEnum):
    """On which side a party stands; nothing in the desk is ever "party A / party B"."""

    APPLICANT = "申请人"
    RESPONDENT = "被申请人"
    THIRD = "第三人"


class PartyKind(StrEnum):
    """What kind of subject a party is."""

    PERSON = "自然人"
    COMPANY = "法人"
    UNINCORPORATED = "非法人组织"
    SOLE_TRADER = "个体工商户"
    GROUP = "自然人群体"


class Gender(StrEnum):
    """GB/T 2261.1, the two values papers print."""

    MALE = "男"
    FEMALE = "女"


class Authority(StrEnum):
    """Power of an agent; only 特别授权 may settle (LR-18, 民事诉讼法 art. 62)."""

    SPECIAL = "特别授权"
    GENERAL = "一般授权"


@record
class IdType:
    """Kind of identity document, GA/T 517."""

    code: str
    name: str


RESIDENT_ID = IdType(code="111", name="居民身份证")


@record
class LegalRepresentative:
    """法定代表人 of an organisation."""

    name: str
    position: str


@record
class Operator:
    """经营者 of a 个体工商户."""

    name: str
    gender: Gender
    birth_date: date
    id_no: str
    phone: str


@record
class Guardian:
    """Who acts for a party under 18 (民法典 art. 19, 20)."""

    name: str
    gender: Gender
    relation: str
    birth_date: date
    id_no: str
    phone: str
    consent_on: date
    statutory_agent: bool


@record
class Agent:
    """委托代理人, at most two for a party (民事诉讼法 art. 61)."""

    name: str
    gender: Gender
    phone: str
    kind: str = "委托代理人"
    position: str = ""
    authority: Authority = Authority.GENERAL
    poa_on: date


@record
class Party:
    """One party. ``ref`` (A1, B1 …) is a label; ``side`` decides. Which keys are filled follows from ``kind``."""

    ref: str
    side: Side
    kind: PartyKind
    name: str
    phone: str = ""
    address: str = ""
    gender: Gender | None = omitted(default=None)
    ethnicity: str | None = omitted(default=None)
    birth_date: date | None = omitted(default=None)
    id_type: IdType | None = omitted(default=None)
    id_no: str | None = omitted(default=None)
    occupation: str | None = omitted(default=None)
    uscc: str | None = omitted(default=None)
    operator: Operator | None = omitted(default=None)
    headcount: int | None = omitted(default=None)
    representatives: tuple[str, ...] = omitted(default=())
    representative_letter_on: date | None = omitted(default=None)
    contact_person: str | None = omitted(default=None)
    legal_representative: LegalRepresentative | None = None
    guardian: Guardian | None = None
    agents: tuple[Agent, ...] = ()

    @property
    def persons(self) -> int:
        """How many people this party stands for: a group by its members, everybody else one (§3.3 column 2)."""
        return self.headcount or 1

    @property
    def is_person(self) -> bool:
        """Whether the party is one human being."""
        return self.kind is PartyKind.PERSON

    @property
    def is_group(self) -> bool:
        """Whether the party is a group of persons acting through representatives (LR-19)."""
        return self.kind is PartyKind.GROUP


@record
class GroupMember:
    """One member of a group with what is owed to or by this person; ``gross`` and how it came about, in yuan."""

    ref: str
    name: str
    gender: Gender
    birth_date: date
    id_no: str
    phone: str
    trade: str | None = omitted(default=None)
    daily_wage: Decimal | None = omitted(default=None)
    days: int | None = omitted(default=None)
    paid: Decimal | None = omitted(default=None)
    owed: Decimal | None = omitted(default=None)
    room: str | None = omitted(default=None)
    area_m2: Decimal | None = omitted(default=None)
    months: int | None = omitted(default=None)
    discount: Decimal | None = omitted(default=None)
    price: Decimal | None = omitted(default=None)
    days_late: int | None = omitted(default=None)
    household_no: str | None = omitted(default=None)
    area_mu: Decimal | None = omitted(default=None)
    unit_price: Decimal | None = omitted(default=None)
    gross: Decimal
    net: Decimal | None = omitted(default=None)
    instalments: tuple[Decimal, ...] = ()
    is_representative: bool = False
    signed: bool | None = omitted(default=None)
    signed_on: date | None = omitted(default=None)

    @property
    def party_ref(self) -> str:
        """The group this member belongs to: ``A1`` for ``A1-07``."""
        return self.ref.split("-", 1)[0]


@record
class RelatedPerson:
    """Somebody the dispute is about who is not a party: a child, a deceased person."""

    ref: str
    relation: str
    name: str
    gender: Gender
    birth_date: date
    id_no: str
    age_at_intake: int | None = None
    note: str


def age_on(born: date, on: date) -> int:
    """Full years between ``born`` and ``on`` (周岁: the birthday itself counts, 民法典 art. 1259)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
