"""How an invented case comes to the counter: channel, sender, claims, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from mediation_desk.cases.model import Claim, CourtReferral, Evidence, Investigation
from mediation_desk.cases.vocabulary import BodyType, Category, EvidenceKind, SourceStat
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.hearing import Hearing
from mediation_desk.practice.plan import Plan
from mediation_desk.practice.sides import Sides, yuan

REGISTRARS = ("许佳禾", "甄妙言", "裴珊", "秦悦宁")


@dataclass(slots=True, frozen=True)
class Channel:
    """A way in, as the statistics group it (domain.md §4.4)."""

    name: str
    source: SourceStat
    sender: str | None = None
    letter: str = ""


_COURT, _POLICE_TEAM = "临江市清平区人民法院", "清平区公安局交通警察大队"
_DELEGATED = Channel("法院委派", SourceStat.REFERRED, _COURT, "临0101诉前调")
_ENTRUSTED = Channel("法院委托", SourceStat.REFERRED, _COURT, "临0101委调")
_POLICE = Channel("公安交警移送", SourceStat.REFERRED, _POLICE_TEAM, "清公交移")
_WINDOW = Channel("窗口来访", SourceStat.APPLICATION)
_HOTLINE = Channel("12345热线转办", SourceStat.REFERRED, "清平区政务服务热线中心", "12345转")
_WAYS_IN = Weighted(
    (
        (_WINDOW, 52),
        (Channel("网上申请", SourceStat.APPLICATION), 10),
        (Channel("网格员上报", SourceStat.OWN_MOTION), 14),
        (Channel("排查发现", SourceStat.OWN_MOTION), 6),
        (Channel("派出所移送", SourceStat.REFERRED, "清平区公安局长安派出所", "清公长移"), 7),
        (Channel("信访部门转送", SourceStat.REFERRED, "清平区信访局", "清信转"), 5),
        (_HOTLINE, 4),
        (Channel("检察院委托", SourceStat.REFERRED, "清平区人民检察院", "清检委"), 2),
        (Channel("其他部门移送", SourceStat.REFERRED, "清平区妇女联合会", "清妇移"), 1),
        (Channel("上级交办", SourceStat.REFERRED, "中共清平区委政法委员会", "清政法交"), 1),
    )
)
_TO_AGENCIES = Weighted(
    (
        (_WINDOW, 55),
        (Channel("网上申请", SourceStat.APPLICATION), 15),
        (Channel("排查发现", SourceStat.OWN_MOTION), 20),
        (_HOTLINE, 10),
    )
)
_MARKET = "清市监"
_COMPLAINT = Channel("12315平台转办", SourceStat.APPLICATION, "全国12315平台", "12315转")
"""A complaint the regulator deals with itself is an application in its own table (domain.md §4.4)."""

_KINDS = {"照片": EvidenceKind.ELECTRONIC, "录像": EvidenceKind.AUDIOVISUAL, "截图": EvidenceKind.ELECTRONIC}
_KINDS |= {"聊天记录": EvidenceKind.ELECTRONIC, "意见": EvidenceKind.EXPERT, "丈量": EvidenceKind.INSPECTION}


def way_in(plan: Plan, dice: Dice) -> Channel:
    """The court's cases come from the court, most accidents from the police, the rest as it happens."""
    if plan.has_referrer:
        return _DELEGATED if plan.delegated else _ENTRUSTED
    if plan.body.type is BodyType.AGENCY:
        own = plan.body.short == _MARKET and dice.chance(0.4)
        return _COMPLAINT if own else _TO_AGENCIES.pick(dice)
    if plan.story.category is Category.TRAFFIC and dice.chance(0.7):
        return _POLICE
    return _WAYS_IN.pick(dice)


def referral(plan: Plan, dice: Dice) -> CourtReferral | None:
    """The court's letter, where a court sent the case."""
    if not plan.has_referrer:
        return None
    letter = days.court_letter(plan.received, delegated=plan.delegated)
    if not plan.delegated:
        number = f"（{plan.received.year}）临0101民初{dice.between(100, 9999)}号"
        letter = replace(letter, court_case_no=number)
    back = days.office_day(days.later(plan.ended, 1))
    if not (plan.is_accepted and plan.is_ended and plan.past(back)):
        return letter
    return replace(letter, returned_on=back, returned_papers=_sent_back(plan, dice))


def _sent_back(plan: Plan, dice: Dice) -> tuple[str, ...]:
    """What went back to the court; after filing the suit ends by a 调解书 or because it is withdrawn."""
    if not plan.result.success:
        return "委派调解材料" if plan.delegated else "委托调解材料", "终止调解报告"
    if plan.delegated:
        return "委派调解材料", "调解协议"
    return "委托调解材料", "调解协议", "请求制作调解书的申请" if dice.chance(0.6) else "撤诉申请书"


def claims(plan: Plan, dice: Dice, sides: Sides, amount: Decimal) -> tuple[Claim, ...]:
    """What is asked for: somewhat more than the parties will settle on."""
    story = plan.story
    against = tuple([party.ref for party in sides.parties if party.ref[0] == "B"])
    if sides.members:
        total = sum(sides.parts, Decimal("0.00"))
        calc = f"{len(sides.members)}人合计，见名单"
        return (Claim(ref="Q1", by="A1", against=against, item=story.claims[0], amount=total, calc=calc),)
    whole = int(float(amount or story.low) * (1.1 + dice.roll() / 2)) // 10 * 10 + 20 * len(story.claims)
    found: list[tuple[str, Decimal | None]] = []
    for place, item in enumerate(reversed(story.claims)):
        rest = place + 1 == len(story.claims)
        part = whole if rest else max(10, int(whole * (0.1 + dice.roll() / 6)) // 10 * 10)
        whole -= part
        found.append((item, yuan(part)))
    if story.demand:
        found.insert(0, (story.demand, None))
    return tuple(
        [
            Claim(ref=f"Q{no}", by="A1", against=against, item=item, amount=part)
            for no, (item, part) in enumerate(reversed(found), start=1)
        ]
    )


def evidence(plan: Plan, dice: Dice) -> tuple[Evidence, ...]:
    """What the applicant brought to the counter."""
    return tuple(
        [
            Evidence(
                ref=f"E{no}",
                name=name,
                kind=_kind(name),
                provided_by="A1",
                pages=dice.between(1, 12),
                original=no > 1,
                received_on=plan.received,
                proves="纠纷经过和损失",
            )
            for no, name in enumerate(plan.story.evidence, start=1)
        ]
    )


def investigations(
    plan: Plan, dice: Dice, hearing: Hearing, refs: tuple[str, ...]
) -> tuple[Investigation, ...]:
    """A look at the spot, in one case of five."""
    if not hearing.mediators or not dice.chance(0.2):
        return ()
    content = "到现场查看，分别询问各方经过，各方对经过没有异议。"
    by = (hearing.mediators[0].pool_no,)
    return (
        Investigation(on=plan.chosen, place="纠纷现场", by=by, of=refs[:2], content=content, signed=True),
    )


@cache
def _kind(name: str) -> EvidenceKind:
    return next((kind for word, kind in _KINDS.items() if word in name), EvidenceKind.DOCUMENT)
