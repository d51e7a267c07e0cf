"""``Mediator``: everything the pool keeps about one mediator (domain.md §5.1).

Class (``tracks`` and fields), grade and layer are three separate attributes (调解员分类分级分层).
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from mediation_desk.experts.model import MediatorCard
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Standing(StrEnum):
    """Life of a record. On leave and out of term are no standings: they follow from days on file."""

    ENGAGED = "在聘"
    SUSPENDED = "暂停"
    LEFT = "离任"


class Layer(StrEnum):
    """At which level a mediator serves (分层)."""

    CITY = "市"
    DISTRICT = "区县"
    TOWNSHIP = "乡镇（街道）"
    VILLAGE = "村（社区）"


class BodyKind(StrEnum):
    """What kind of body a mediator belongs to."""

    COMMITTEE = "人民调解委员会"
    PROFESSIONAL = "行业性专业性人民调解委员会"
    STUDIO = "个人调解工作室"
    COURT = "人民法院"
    AGENCY = "行政机关"
    LAW_FIRM = "律师事务所"
    MEDICAL = "医疗卫生机构"
    PSYCHOLOGY = "心理服务机构"
    OTHER = "其他组织"


class Post(StrEnum):
    """Post in the committee (人民调解法 art. 8)."""

    CHAIR = "主任"
    VICE_CHAIR = "副主任"
    MEMBER = "委员"
    MEDIATOR = "调解员"


class PostSource(StrEnum):
    """How the post came about (LR-4, 人民调解法 art. 13)."""

    ELECTED = "推选"
    ENGAGED = "聘任"


class Fault(StrEnum):
    """The four faults of 人民调解法 art. 15."""

    PARTIAL = "偏袒一方当事人"
    INSULT = "侮辱当事人"
    BENEFIT = "索取、收受财物或者牟取其他不正当利益"
    LEAK = "泄露当事人的个人隐私、商业秘密"


class Measure(StrEnum):
    """What followed a fault (人民调解法 art. 15)."""

    CRITICISM = "批评教育"
    ORDER = "责令改正"
    DISMISSAL = "罢免或者解聘"


class TieKind(StrEnum):
    """What is kept on file so that a conflict shows by itself (§5.1 row conflict, §1.6)."""

    KIN = "近亲属"
    EMPLOYER = "任职单位"
    FORMER_EMPLOYER = "曾任职单位"
    SHAREHOLDING = "持股企业"
    CLIENT = "代理过的当事人"
    OTHER = "其他关系"


@record
class Grade:
    """等级: belongs to a scheme (``rules/grades.toml``), given by a body on a day, until an expiry if there is one."""

    scheme: str
    level: str
    body: str = ""
    on: datetime.date | None = None
    expires_on: datetime.date | None = None


@record
class Credential:
    """资格或证书: lawyer, doctor, counsellor, cost engineer, insurance, mediator's certificate."""

    kind: str
    number: str = ""
    body: str = ""
    on: datetime.date | None = None
    expires_on: datetime.date | None = None


@record
class Training:
    """培训; ``hours`` in class hours (学时)."""

    on: datetime.date
    hours: Decimal
    topic: str = ""
    before_start: bool = False


@record
class Honour:
    """荣誉, e.g. 首席调解员, 金牌调解员, 全国模范."""

    title: str
    body: str = ""
    on: datetime.date | None = None


@record
class Duty:
    """值班: every week on ``weekday`` (1 Monday … 7 Sunday), local time."""

    weekday: int
    start: datetime.time
    end: datetime.time


@record
class Slot:
    """可预约时段 on one day beside the duty roster, local time."""

    on: datetime.date
    start: datetime.time
    end: datetime.time


@record
class Leave:
    """请假, both days included. ``override`` says why it may overlap a session already arranged."""

    from_on: datetime.date
    to: datetime.date
    reason: str = ""
    override: str = ""


@record
class Discipline:
    """奖惩登记: a fault of art. 15 and what was done about it."""

    fault: Fault
    on: datetime.date
    measure: Measure
    body: str = ""
    detail: str = ""


@record
class Tie:
    """A person or organisation this mediator is bound to. ``id_no`` is an identity number or a credit code."""

    kind: TieKind
    name: str
    id_no: str = ""
    relation: str = ""
    until: datetime.date | None = None


@record
class Mediator:
    """专家档案. ``card`` is what papers and cases quote; only :func:`public_card` may be shown to the public."""

    card: MediatorCard
    standing: Standing = Standing.ENGAGED
    standing_on: datetime.date | None = None
    standing_reason: str = ""
    body_kind: BodyKind = BodyKind.COMMITTEE
    tracks: tuple[Track, ...] = (Track.PEOPLES,)
    layer: Layer | None = None
    major: str = ""
    professional_title: str = ""
    address: str = ""
    household: str = ""
    post: Post = Post.MEDIATOR
    post_source: PostSource | None = None
    term_from: datetime.date | None = None
    term_to: datetime.date | None = None
    started_on: datetime.date | None = None
    filed_on: datetime.date | None = None
    court_roster_on: datetime.date | None = None
    studio: str = ""
    case_limit: int | None = None
    introduction: str = ""
    has_photo: bool = False
    grades: tuple[Grade, ...] = ()
    credentials: tuple[Credential, ...] = ()
    trainings: tuple[Training, ...] = ()
    honours: tuple[Honour, ...] = ()
    duties: tuple[Duty, ...] = ()
    slots: tuple[Slot, ...] = ()
    leaves: tuple[Leave, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    ties: tuple[Tie, ...] = ()
    batch: str | None = None
    version: int = 0

    @property
    def pool_no(self) -> str:
        """The number everything else refers to."""
        return self.card.pool_no

    @property
    def name(self) -> str:
        """姓名."""
        return self.card.name

    def on_leave(self, on: datetime.date) -> Leave | None:
        """The leave that covers this day."""
        return next((leave for leave in self.leaves if leave.from_on <= on <= leave.to), None)

    def in_term(self, on: datetime.date) -> bool:
        """Whether the day lies inside the term; open ends count as inside."""
        begun = self.term_from is None or self.term_from <= on
        return begun and (self.term_to is None or on <= self.term_to)

    def grade_on(self, on: datetime.date) -> Grade | None:
        """The newest grade not yet expired."""
        valid = [grade for grade in self.grades if grade.expires_on is None or on <= grade.expires_on]
        return max(valid, key=lambda grade: grade.on or datetime.date.min, default=None)


@record
class PublicCard:
    """What the public may see of a mediator (§5.1 last row, 行业性专业性意见 21): never ID, phone or address."""

    pool_no: str
    name: str
    organisation: str
    specialties: tuple[str, ...]
    years: int | None
    grade: str | None
    languages: tuple[str, ...]
    introduction: str
    has_photo: bool


def public_card(mediator: Mediator, on: datetime.date) -> PublicCard:
    """The public face of a mediator on this day."""
    card = mediator.card
    years = card.years_mediating
    if mediator.started_on is not None:
        years = on.year - mediator.started_on.year
    return PublicCard(
        pool_no=card.pool_no,
        name=card.name,
        organisation=card.organisation,
        specialties=card.specialties,
        years=years,
        grade=card.grade,
        languages=card.languages or ("普通话",),
        introduction=mediator.introduction,
        has_photo=mediator.has_photo,
    )
