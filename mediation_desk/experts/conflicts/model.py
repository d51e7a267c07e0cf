"""The conflict engine: who of the pool is bound to somebody in a case, and what follows from it (§1.6)."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.shared.record import record


class Part(StrEnum):
    """As what somebody appears in a case."""

    PARTY = "当事人"
    AGENT = "代理人"
    GUARDIAN = "监护人"
    LEGAL_REPRESENTATIVE = "法定代表人"
    OPERATOR = "经营者"
    MEMBER = "群体成员"
    RELATED = "相关人员"
    MEDIATOR = "调解员"


@record
class Person:
    """Somebody in a case, person or organisation. ``ref`` is the party this person stands with (A1; members: A1-07)."""

    ref: str
    part: Part
    name: str
    id_no: str = ""
    phone: str = ""
    address: str = ""
    household: str = ""
    employer: str = ""
    is_organisation: bool = False


@record
class Earlier:
    """A mediator of the pool and a person of this case met in an earlier case.

    ``part`` is what the mediator was there; ``opposed`` whether the two stood on different sides there;
    ``person`` is the person of this case, by ref or by name.
    """

    pool_no: str
    case_key: str
    number: str | None
    part: Part
    person: str
    opposed: bool = False


class Relation(StrEnum):
    """Every relation the engine can find; what follows from each is said in ``rules/conflicts.toml``."""

    SAME_PERSON = "本人"
    SAME_NAME = "同名"
    SAME_PHONE = "同一手机号码"
    SAME_LANDLINE = "同一座机号码"
    SAME_HOUSEHOLD = "同一户籍"
    SAME_FAMILY_ADDRESS = "同姓同住址"
    SAME_ADDRESS = "同住址"
    SAME_PLACE = "同姓同地"
    PREMISES = "住址与单位地址相同"
    NEAR_KIN = "近亲属"
    OTHER_KIN = "其他亲属"
    EMPLOYER = "任职单位"
    FORMER_EMPLOYER = "曾任职单位"
    SHAREHOLDING = "持股"
    FORMER_SHAREHOLDING = "曾持股"
    BRANCH = "同一法人的分支机构"
    CLIENT = "代理过的当事人"
    OTHER_TIE = "其他关系"
    COLLEAGUE = "同事"
    EARLIER_OPPONENT = "曾为对方当事人"
    EARLIER_SAME_SIDE = "曾为同一方当事人"
    EARLIER_AGENT_FOR = "曾代理该方"
    EARLIER_AGENT_AGAINST = "曾代理对方"
    EARLIER_GUARDIAN = "曾任监护人"
    EARLIER_REPRESENTATIVE = "曾任负责人"
    EARLIER_RELATED = "曾为相关人员"
    EARLIER_MEDIATOR = "曾调解其纠纷"


class Effect(StrEnum):
    """What a hit means for choosing and appointing."""

    EXCLUDE = "排除"
    DISCLOSE = "须披露"


@record
class Hit:
    """One relation found; ``kind`` is a value of ``Relation``, ``ref`` the party concerned.

    ``sentence`` explains it in full to the counter; ``told`` is what a party may read.
    """

    pool_no: str
    kind: str
    effect: Effect
    ground: str
    ref: str
    sentence: str
    told: str
    basis: str = ""
