"""What each case adds to each column of the statistical tables (domain.md §3.3 to §3.6, §5.6), one rule a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from tests.persistence.case_lines import Line

Number = int | Decimal
Value = Number | None

COMMITTEES = {
    "村调委会": "body_village",
    "居调委会": "body_residents",
    "乡镇调委会": "body_township",
    "街道调委会": "body_street",
    "企事业单位调委会": "body_enterprise",
    "社会团体和其他组织调委会": "body_social",
    "社会团体和其他组织调委会（行业性专业性）": "body_social",
}
KINDS = {
    "婚姻家庭纠纷": "kind_family",
    "邻里纠纷": "kind_neighbour",
    "房屋宅基地纠纷": "kind_homestead",
    "合同纠纷": "kind_contract",
    "生产经营纠纷": "kind_business",
    "损害赔偿纠纷": "kind_damage",
    "山林土地纠纷": "kind_land",
    "征地拆迁纠纷": "kind_demolition",
    "环境污染纠纷": "kind_pollution",
    "拖欠农民工工资纠纷": "kind_wages",
    "其他劳动争议纠纷": "kind_labour",
    "旅游纠纷": "kind_tourism",
    "电子商务纠纷": "kind_e_commerce",
    "其他消费纠纷": "kind_consumer",
    "医疗纠纷": "kind_medical",
    "道路交通事故纠纷": "kind_traffic",
    "物业纠纷": "kind_property",
    "其他纠纷": "kind_other",
}
SENDERS = {
    "法院": "referred_court",
    "检察院": "referred_procuratorate",
    "公安机关": "referred_police",
    "信访部门": "referred_petitions",
    "其他部门": "referred_other",
}
DANGERS = ("suicide", "criminal", "mass_petition", "mass_fight")
REFUSED = "不予受理"


@dataclass(slots=True)
class Asked:
    """A period, the day what follows is judged on, and whether a case withdrawn before any session counts."""

    first: date
    last: date
    as_of: date
    unopened: bool = True

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def by(self, day: date | None) -> bool:
        return day is not None and day <= self.as_of


@dataclass(slots=True)
class Cell:
    """A value and what each case behind it adds."""

    value: Value
    parts: dict[str, Number] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.parts))


Adds = Callable[[Line, Asked], Number | None]
"""What a case adds to a figure; None where it does not belong to it."""
Holds = Callable[[Line, Asked], bool]


def is_concluded(line: Line, asked: Asked) -> bool:
    """§3.3 column 1: accepted, ended in the period in whatever way."""
    if line.accepted is None or line.result == REFUSED or not asked.has(line.concluded):
        return False
    return asked.unopened or line.opened or line.result != "撤回"


def _one(holds: Holds, line: Line, asked: Asked) -> Number | None:
    return 1 if holds(line, asked) else None


def _concluded(holds: Holds, line: Line, asked: Asked) -> Number | None:
    return 1 if is_concluded(line, asked) and holds(line, asked) else None


def _added(amount: Callable[[Line, Asked], Number], line: Line, asked: Asked) -> Number | None:
    return amount(line, asked) if is_concluded(line, asked) else None


def counting(holds: Holds) -> Adds:
    """Cases, whether concluded or not."""
    return partial(_one, holds)


def concluded(holds: Holds = lambda _line, _asked: True) -> Adds:
    """Concluded cases of which it holds."""
    return partial(_concluded, holds)


def adding(amount: Callable[[Line, Asked], Number]) -> Adds:
    """A sum over the concluded cases."""
    return partial(_added, amount)


def _ended(result: str) -> Adds:
    """Cases that ended so in the period, the setting about withdrawn ones notwithstanding (statistics.toml)."""
    return counting(lambda line, asked: line.result == result and asked.has(line.concluded))


def _visits(line: Line, asked: Asked) -> int:
    return sum(asked.by(on) for on, _ in line.visits)


def _contents(line: Line, asked: Asked) -> int:
    return sum(asked.by(on) and content for on, content in line.visits)


def _late(line: Line, _asked: Asked) -> bool:
    return line.due is not None and line.concluded is not None and line.concluded > line.due


def _past(day: date | None, asked: Asked) -> bool:
    return day is not None and day < asked.as_of


def _open(line: Line, asked: Asked) -> bool:
    """Registered, neither ended nor closed after another office dealt with it, whatever the period."""
    ended = line.concluded if line.concluded is not None else line.closed
    return asked.by(line.received) and not asked.by(ended)


def _danger(name: str, place: int) -> Adds:
    return adding(lambda line, _: line.prevented[name][place])


MAIN: dict[str, Adds] = {
    "concluded": concluded(),
    "persons": adding(lambda line, _: line.persons),
    "success": concluded(lambda line, _: line.success),
    "difficult": concluded(lambda line, _: line.difficult),
    "agreed_yuan": adding(lambda line, _: line.agreed),
    "oral": concluded(lambda line, _: line.form == "口头"),
    "written": concluded(lambda line, _: line.form == "书面"),
    "performed": concluded(lambda line, asked: asked.by(line.performed)),
    "confirm_applied": concluded(lambda line, asked: asked.by(line.applied)),
    "confirm_valid": concluded(lambda line, asked: asked.by(line.valid)),
}
HOSTS: dict[str, Adds] = {
    code: concluded(lambda line, _, code=code: COMMITTEES.get(line.body_type) == code)  # type: ignore[misc]
    for code in dict.fromkeys(COMMITTEES.values())
}
SOURCES: dict[str, Adds] = {
    "own_motion": concluded(lambda line, _: line.source == "主动"),
    "application": concluded(lambda line, _: line.source == "依申请"),
    "referred": concluded(lambda line, _: line.source in SENDERS),
} | {
    code: concluded(lambda line, _, name=name: line.source == name)  # type: ignore[misc]
    for name, code in SENDERS.items()
}
OF_KIND: dict[str, Adds] = {
    code: concluded(lambda line, _, name=name: line.category == name)  # type: ignore[misc]
    for name, code in KINDS.items()
}
PREVENTED: dict[str, Adds] = {
    f"prevented_{danger}_{what}": _danger(danger, place)
    for danger in DANGERS
    for place, what in enumerate(("cases", "persons"))
}
CAME_AND_WENT: dict[str, Adds] = {
    "registered": counting(lambda line, asked: asked.has(line.received)),
    "accepted": counting(lambda line, asked: asked.has(line.accepted)),
    "not_accepted": _ended(REFUSED),
    "failed": _ended("调解不成"),
    "terminated": _ended("终止"),
    "withdrawn": _ended("撤回"),
    "handed_over": counting(lambda line, asked: asked.has(line.handed)),
}
TIMES: dict[str, Adds] = {
    "groups": concluded(lambda line, _: line.persons >= 10),
    "overdue": concluded(_late),
    "bounded": concluded(lambda line, _: line.due is not None),
    "days_sum": adding(lambda line, _: line.days),
    "evaluations": adding(_visits),
    "contents": adding(_contents),
    "open": counting(_open),
    "open_overdue": counting(lambda line, asked: _open(line, asked) and _past(line.due, asked)),
}
FOUND: dict[str, Adds] = {
    f"found_{code.removeprefix('kind_')}": counting(
        lambda line, asked, name=name: line.category == name and asked.has(line.received)  # type: ignore[misc]
    )
    for name, code in KINDS.items()
}
SUBTOTALS: dict[str, Adds] = {
    "labour": concluded(lambda line, _: line.category in ("拖欠农民工工资纠纷", "其他劳动争议纠纷")),
    "consumer": concluded(lambda line, _: line.category in ("旅游纠纷", "电子商务纠纷", "其他消费纠纷")),
}
