"""Two group disputes as people bring them: invented people, the figures of the acceptance cases where they are here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from stdnum.cn import uscc

from mediation_desk.practice.people import resident_id
from tests.shared_cases import FILES

_FAMILY, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏", "安平康宁顺和庆丰"


@dataclass(frozen=True, slots=True)
class Firm:
    """A company of the dispute; ``agent`` has 特别授权."""

    side: str
    name: str
    head: str
    agent: str = ""

    @property
    def code(self) -> str:
        """An invented credit code with a right check digit."""
        body = f"91110101MA{sum(map(ord, self.name)) % 10**7:07d}"
        return body + str(uscc.calc_check_digit(body))


@dataclass(frozen=True, slots=True)
class Shape:
    """``owed`` each member's sum as the roll says, ``agreed`` what is settled on; ``percent`` "" for even parts.

    ``days``: taken in, session, due days; ``paid``: (day, instalment, sum) in order, the last one late.
    """

    key: str
    track: str
    body: str
    category: str
    mediator: str
    group_side: str
    group: str
    chosen: tuple[int, ...]
    firms: tuple[Firm, ...]
    facts: str
    claim: str
    owed: tuple[Decimal, ...]
    agreed: Decimal
    percent: str
    days: tuple[date, ...]
    starts: time
    room: str
    guest: tuple[str, str]
    payers: str
    payees: str
    paid: tuple[tuple[date, int, Decimal], ...]
    members_sign: bool

    @property
    def due(self) -> tuple[date, ...]:
        """When each instalment is due."""
        return self.days[2:]

    @property
    def members(self) -> tuple[tuple[str, str, str], ...]:
        """Name, identity number and telephone of each member."""
        return tuple(_people(len(self.owed)))

    @property
    def group_ref(self) -> str:
        """The ref the group gets at the counter."""
        return "A1" if self.group_side == "申请人" else "B1"


def write_roll(shape: Shape, path: Path) -> Path:
    """The list as somebody from the site brings it, with its heading, its serial numbers and its sum."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{shape.group}名单", None, None, None, None, None])
    sheet.append(["序号", "姓名", "身份证号", "联系电话", "金额（元）", "代表人"])
    for number, (person, owed) in enumerate(zip(shape.members, shape.owed, strict=True), start=1):
        sheet.append([number, *person, float(owed), "是" if number in shape.chosen else None])
    sheet.append([None, "合计", None, None, float(sum(shape.owed)), None])
    book.save(path)
    return path


def wages() -> Shape:
    """23 workers against subcontractor, contractor and developer: 60/20/20 %, all sign, the court confirms."""
    owed = _figures("C02", "owed") or tuple(Decimal("6300.00") + Decimal("277.43") * n for n in range(23))
    total = sum(owed, Decimal())
    return Shape(
        key="wages", track="人民调解", body="清平区人民调解委员会", category="拖欠农民工工资纠纷",
        mediator="阿不都",
        group_side="申请人", group="河湾工地工友23人", chosen=(1, 7, 19),
        firms=(
            Firm("被申请人", "临江顺路建筑劳务有限公司", "毛立业"),
            Firm("被申请人", "临江大筑建设集团有限公司", "江守成", agent="闻一舟"),
            Firm("被申请人", "临江河湾置业有限公司", "费长空", agent="毕若水"),
        ),
        facts="河湾工地停工后，劳务公司以总包没有结算为由没有付清23名工人的工资，各方对考勤和日工资标准没有异议。",
        claim="支付拖欠工资", owed=owed, agreed=total, percent="60 20 20",
        days=(date(2026, 1, 19), date(2026, 1, 27), date(2026, 2, 10), date(2026, 3, 31), date(2026, 4, 30)),
        starts=time(9, 0), room="圆桌调解室", guest=("贺建民", "清平区劳动监察大队"),
        payers="劳务有限公司+建设集团有限公司", payees="工友",
        paid=(
            (date(2026, 2, 9), 1, _part(owed, "0.6")),
            (date(2026, 3, 30), 2, _part(owed, "0.2")),
            (date(2026, 5, 8), 3, total - _part(owed, "0.6") - _part(owed, "0.2")),
        ),
        members_sign=True,
    )  # fmt: skip


def owners() -> Shape:
    """41 owners who owe the property company: 15 % off to the fen, two instalments, representatives with mandates."""
    owed = _figures("C07", "gross") or tuple(Decimal("1891.44") + Decimal("97.31") * n for n in range(41))
    nets = [(one * Decimal("0.85")).quantize(Decimal("0.01"), "ROUND_HALF_UP") for one in owed]
    first = sum(((net / 2).quantize(Decimal("0.01"), "ROUND_HALF_UP") for net in nets), Decimal())
    total, late = sum(nets, Decimal()), nets[10] / 2 + nets[26] / 2
    late = late.quantize(Decimal("0.01"))
    return Shape(
        key="owners", track="行政调解", body="清平区住房和城乡建设局", category="物业纠纷",
        mediator="谷明远",
        group_side="被申请人", group="碧波名苑41户业主", chosen=(1, 9, 22, 35),
        firms=(Firm("申请人", "临江碧波物业管理有限公司", "庄有为", agent="于小满"),),
        facts="41户业主因电梯停运、公共收益没有公示，拒交物业费十二至二十四个月，物业公司要求交纳。",
        claim="交纳物业服务费", owed=owed, agreed=total, percent="",
        days=(date(2026, 6, 5), date(2026, 6, 30), date(2026, 7, 31), date(2026, 9, 30)),
        starts=time(19, 0), room="圆桌调解室", guest=("范小丽", "长安街道办事处"),
        payers="业主", payees="物业",
        paid=(
            (date(2026, 7, 31), 1, first),
            (date(2026, 9, 30), 2, total - first - late),
            (date(2026, 10, 20), 2, late),
        ),
        members_sign=False,
    )  # fmt: skip


SHAPES = {"wages": wages, "owners": owners}


def case(key: str) -> dict[str, Any]:
    """The acceptance case with this number; {} where the cases are not beside this checkout."""
    found = next((file for file in FILES if file.name.startswith(key)), None)
    return json.loads(found.read_text("utf-8")) if found else {}


def _figures(key: str, field: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(member[field]) for member in case(key).get("group_members", ()))


def _part(owed: Sequence[Decimal], share: str) -> Decimal:
    """Each member's part rounded half up by itself."""
    fen, of = Decimal("0.01"), Decimal(share)
    return sum(((one * of).quantize(fen, "ROUND_HALF_UP") for one in owed), Decimal())


def _people(count: int) -> Iterator[tuple[str, str, str]]:
    for number in range(count):
        name = _FAMILY[number % len(_FAMILY)] + _GIVEN[number // 4 % 8] + _GIVEN[number * 3 % 8]
        born = date(1962 + number % 38, 1 + number % 12, 1 + number % 28)
        yield name, resident_id(born, 11 + number), f"139{number:08d}"
