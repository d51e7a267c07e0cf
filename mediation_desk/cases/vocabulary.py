"""The words of the field a case is described with, each as it stands on paper (domain.md §3, §4.1, §6.1)."""

from __future__ import annotations

from enum import StrEnum


class BodyType(StrEnum):
    """Kinds of mediating body as 表一 and 表二 count them (§3.2, §3.3 columns 6-11)."""

    VILLAGE = "村调委会"
    RESIDENTS = "居调委会"
    TOWNSHIP = "乡镇调委会"
    STREET = "街道调委会"
    ENTERPRISE = "企事业单位调委会"
    SOCIAL = "社会团体和其他组织调委会"
    PROFESSIONAL = "社会团体和其他组织调委会（行业性专业性）"
    AGENCY = "行政机关"
    COURT = "人民法院"

    @property
    def is_committee(self) -> bool:
        """Whether the body is a people's mediation committee, the population of 表二."""
        return self not in (BodyType.AGENCY, BodyType.COURT)


class Category(StrEnum):
    """The 18 kinds of dispute of the justice bureau's list, in its order (§3.5)."""

    FAMILY = "婚姻家庭纠纷"
    NEIGHBOUR = "邻里纠纷"
    HOMESTEAD = "房屋宅基地纠纷"
    CONTRACT = "合同纠纷"
    BUSINESS = "生产经营纠纷"
    DAMAGE = "损害赔偿纠纷"
    LAND = "山林土地纠纷"
    DEMOLITION = "征地拆迁纠纷"
    POLLUTION = "环境污染纠纷"
    WAGES = "拖欠农民工工资纠纷"
    LABOUR = "其他劳动争议纠纷"
    TOURISM = "旅游纠纷"
    E_COMMERCE = "电子商务纠纷"
    CONSUMER = "其他消费纠纷"
    MEDICAL = "医疗纠纷"
    TRAFFIC = "道路交通事故纠纷"
    PROPERTY = "物业纠纷"
    OTHER = "其他纠纷"


class Difficulty(StrEnum):
    """普通 or 疑难复杂 (§3.3 column 4)."""

    ORDINARY = "普通"
    DIFFICULT = "疑难复杂"


class SourceStat(StrEnum):
    """How the case came, as 表二 columns 12-19 group it."""

    OWN_MOTION = "主动"
    APPLICATION = "依申请"
    REFERRED = "接受委托移送"


class Decision(StrEnum):
    """What the body decided on the application."""

    ACCEPTED = "受理"
    REFUSED = "不予受理"


class Result(StrEnum):
    """How a case ended (§4.1)."""

    AGREED = "调解成功"
    PARTLY = "部分达成"
    FAILED = "调解不成"
    TERMINATED = "终止"
    WITHDRAWN = "撤回"
    NOT_ACCEPTED = "不予受理"

    @property
    def success(self) -> bool:
        """§3.3 column 3: an agreement was reached; a partial one counts."""
        return self in (Result.AGREED, Result.PARTLY)


class Cause(StrEnum):
    """Why a case ended without an agreement; the refusal reasons come first (§2.2, T-16)."""

    SUED = "已起诉或者已裁判"
    OTHER_SIDE_REFUSES = "对方拒绝或者多次通知不答复"
    OUT_OF_SCOPE = "不属于受理范围"
    UNCLEAR = "无明确被申请人或者请求"
    INCOMPLETE = "材料不齐"
    RESERVED = "法律禁止或者由专门机关管辖"
    REFUSES_TO_GO_ON = "拒绝继续调解"
    TOO_FAR_APART = "分歧较大"
    UNREACHABLE = "无法联系"
    HIDES_FACTS = "隐瞒事实或者拖延"
    COLLUSION = "恶意串通"
    PERIOD_OVER = "期限届满"
    REFUSES_TO_SIGN = "拒绝签署"
    SETTLED_PRIVATELY = "自行和解"
    WITHDRAWN = "申请人撤回"
    OTHER = "其他"


class EvidenceKind(StrEnum):
    """民事诉讼法 art. 66."""

    STATEMENT = "当事人陈述"
    DOCUMENT = "书证"
    OBJECT = "物证"
    AUDIOVISUAL = "视听资料"
    ELECTRONIC = "电子数据"
    TESTIMONY = "证人证言"
    EXPERT = "鉴定意见"
    INSPECTION = "勘验笔录"


class SuspensionCause(StrEnum):
    """Why the clock stands still (T-10)."""

    APPRAISAL = "鉴定"
    SHAM = "疑似虚假调解"
    FORCE_MAJEURE = "不可抗力"
    DEATH = "当事人死亡"
    OTHER = "其他"


class DayUnit(StrEnum):
    """How a period counts."""

    WORKING_DAYS = "工作日"
    DAYS = "日"


class Retention(StrEnum):
    """Retention class on the volume's cover (§2.4, [K] configuration)."""

    SHORT = "短期"
    LONG = "长期"
    PERMANENT = "永久"


class CourtMode(StrEnum):
    """委派 before filing, 委托 after it (§2.6)."""

    BEFORE_FILING = "立案前委派调解"
    AFTER_FILING = "立案后委托调解"
