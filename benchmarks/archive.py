"""An archive of any size for measurements: the rows lists and the search read, with invented Chinese text.

The synthetic centre (``demo``) tells whole stories and takes ten minutes for a million; this writes the head,
the parties and the words of each case only, with text of 60 to 200 characters.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from sqlalchemy import func, select, text

from db.bulk import BulkCases
from db.bulk_rows import RowWriter
from db.repositories.flatten import flatten, head_row
from db.repositories.marks import mark_rows
from db.repositories.words import word_rows, word_table
from db.rows import Rows
from db.tables.afterwards import confirmations
from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.marks import case_marks
from db.tables.parties import parties
from db.unit_of_work import Storage
from mediation_desk.cases.finding.said import Group, Kind, Passage, indexed
from mediation_desk.cases.lifecycle import OPEN, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import PartyKind
from mediation_desk.practice.demo import fill, generate
from mediation_desk.shared.clock import local_day, system_clock

YEARS = 10
TEMPLATES = 3_000
BATCH = 5_000
SEED = 4

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国志远文秀珍海燕春梅雪峰鹏飞宇轩子涵欣怡晨曦思源"
SENTENCES = (
    "双方系同一小区楼上楼下邻居，因卫生间防水层破损发生渗水，吊顶和地板受潮起鼓。",
    "申请人称对方在楼道内长期堆放杂物，影响通行，多次协商没有结果。",
    "被申请人认为损失的数额过高，只同意承担其中的一部分。",
    "施工期间挖断了水管，造成三户停水两天，要求赔偿误工损失。",
    "双方签订了书面合同，约定月底付清货款，到期后仍有尾款没有支付。",
    "车辆在路口左转时与直行的电动自行车相撞，骑车人右腿受伤，住院治疗九天。",
    "老人随次子生活，长子两年没有支付赡养费，也没有探望。",
    "工人按日计酬，停工后工资没有结清，负责人称总包尚未拨款。",
    "宠物没有束牵引绳，将路过的小学生咬伤，家长要求支付疫苗和误工费用。",
    "物业公司催交三年的物业费，业主以路灯失修、绿化被占为由拒绝。",
    "承包地的界石被移动，双方对地界各执一词，村委会曾经调处。",
    "消费者认为商品与宣传不符，要求退一赔三，商家只同意退货。",
)
RARE = "渠圳岙埠峁塬畲垸墟镴"


def build(storage: Storage, count: int, progress: Callable[[int], None] = lambda _: None) -> None:
    """``TEMPLATES`` whole cases, then as many light ones as are missing to ``count``."""
    fill(BulkCases(storage), min(TEMPLATES, count), 1)
    archive = _Archive(storage)
    for first in range(TEMPLATES + 1, count + 1, BATCH):
        archive.write(first, min(BATCH, count + 1 - first), count)
        progress(min(first + BATCH - 1, count))
    with storage.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


class _Archive:
    def __init__(self, storage: Storage) -> None:
        self._storage, self._dice = storage, Random(SEED)
        self._writer = RowWriter(storage.engine.dialect)
        self._until = local_day(system_clock())
        plain = [file for file in generate(TEMPLATES, 1, self._until) if _is_plain(file)]
        self._closed = [file for file in plain if state_of(file) not in OPEN]
        self._open = [file for file in plain if state_of(file) in OPEN]
        with storage.read() as work:
            self._bodies = dict(work.connection.execute(select(bodies.c.name, bodies.c.id)).tuples().all())

    def write(self, first: int, number: int, count: int) -> None:
        gc.disable()
        rows: Rows = defaultdict(list)
        for case_id in range(first, first + number):
            self._add(rows, case_id, count)
        with self._storage.write() as work:
            for table, lines in rows.items():
                self._writer.write(work.connection, table, lines)
            if work.connection.dialect.name == "postgresql":
                last = select(func.max(cases.c.id)).scalar_subquery()
                work.connection.execute(select(func.setval(func.pg_get_serial_sequence("cases", "id"), last)))
        gc.enable()

    def _add(self, rows: Rows, case_id: int, count: int) -> None:
        dice = self._dice
        back = (count - case_id) * YEARS * 365 // count
        received = self._until - timedelta(days=back)
        is_open = back < 60 and dice.random() < 0.5
        file = dice.choice(self._open if is_open else self._closed)
        names = [_name(dice) for _ in file.parties]
        facts, title = _facts(dice), f"{names[0]}与{names[-1]}{file.title[-6:]}"
        key, number = f"AJ{received.year}{case_id:07d}", f"（{received.year}）安和人调字第{case_id}号"
        head = head_row(file) | {
            "id": case_id,
            "version": 1,
            "body_id": self._bodies[file.organisation.name],
            "case_key": key,
            "number": number if file.intake.number else None,
            "title": title,
            "facts": facts,
            "party_names": "、".join(names),
            "received_on": received,
            "due_on": received + timedelta(days=30) if is_open else None,
        }
        rows[cases].append(head)
        rows[case_marks] += mark_rows(file, case_id)
        below = flatten(file, case_id)
        rows[confirmations] += below[confirmations]
        for line, name in zip(below[parties], names, strict=True):
            rows[parties].append(
                line | {"name": name, "person_id": None, "phone": f"139{dice.randrange(10**8):08d}"}
            )
        rows[word_table(self._storage.engine.dialect)] += word_rows(
            self._storage.engine.dialect,
            case_id,
            received,
            indexed(_passages(head, rows[parties][-len(names) :])),
        )


def _passages(head: dict[str, object], people: list[dict[str, object]]) -> Iterator[Passage]:
    for label in ("number", "case_key", "title"):
        yield Passage(group=Group.HEAD, label=label, text=str(head[label] or ""))
    for one in people:
        yield Passage(group=Group.PEOPLE, label="", text=str(one["name"]), kind=Kind.NAME)
        for number in ("id_no", "phone"):
            yield Passage(group=Group.PEOPLE, label="", text=str(one[number] or ""), kind=Kind.NUMBER)
    yield Passage(group=Group.FACTS, label="", text=str(head["facts"]))


def _facts(dice: Random) -> str:
    told = "".join(dice.sample(SENTENCES, dice.randint(2, 4)))
    if dice.random() < 0.002:
        told += f"事发地在{dice.choice(RARE)}{dice.choice(RARE)}村。"
    return told


def _name(dice: Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN) + (dice.choice(GIVEN) if dice.random() < 0.7 else "")


def _is_plain(file: CaseFile) -> bool:
    return len(file.parties) == 2 and all(party.kind is PartyKind.PERSON for party in file.parties)
