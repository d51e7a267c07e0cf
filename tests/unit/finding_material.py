"""A small dispute to be found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from mediation_desk.cases.model import Body, CaseFile, Coded
from mediation_desk.cases.registering import Register, open_file
from mediation_desk.cases.vocabulary import BodyType, Category, SourceStat
from mediation_desk.parties.model import RESIDENT_ID, Gender, Party, PartyKind, Side
from mediation_desk.shared.track import Track


def party(ref: str, side: Side, name: str, id_no: str, phone: str) -> Party:
    """A person with an invented identity."""
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone=phone,
        address="锦园小区3号楼",
        gender=Gender.MALE if int(id_no[16]) % 2 else Gender.FEMALE,
        ethnicity="汉族",
        birth_date=date.fromisoformat(f"{id_no[6:10]}-{id_no[10:12]}-{id_no[12:14]}"),
        id_type=RESIDENT_ID,
        id_no=id_no,
        occupation="教师",
    )


PARTIES = (
    party("A1", Side.APPLICANT, "孟庆兰", "110101199001010023", "13800000101"),
    party("B1", Side.RESPONDENT, "田志远", "110101196805172024", "13800000102"),
)


BODY = Body(name="安和县人民调解委员会", short="安和人调", type=BodyType.TOWNSHIP, address="安和县一路1号")


def intake(**other: Any) -> Register:
    """What a counter asks for; ``other`` replaces fields."""
    values: dict[str, Any] = {
        "title": "锦园小区渗水纠纷",
        "track": Track.PEOPLES,
        "centre": "安和县矛盾纠纷调处化解中心",
        "organisation": BODY,
        "category": Category.NEIGHBOUR,
        "category_zz": Coded(code="0201", name="邻里纠纷"),
        "occurred_on": date(2026, 3, 1),
        "received_on": date(2026, 3, 5),
        "channel": "窗口来访",
        "source_stat": SourceStat.APPLICATION,
        "parties": PARTIES,
        "facts": "楼上漏水，吊顶和地板泡坏，停在楼下的京A·12345轿车也被淋湿。",
    }
    return Register(**(values | other))


def dispute(*, case_key: str = "AJ2026000001", **other: Any) -> CaseFile:
    """A registered case."""
    return open_file(intake(**other), case_key=case_key, registrar="周敬安")


PIECES = (
    '"',
    "'",
    "*",
    "(",
    ")",
    "^",
    ":",
    "{",
    "}",
    "-",
    "+",
    ",",
    ";",
    "--",
    "/*",
    "\\",
    "%",
    "_",
    "\0",
    "&",
    "|",
    "!",
)
WORDS = (
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "people",
    "<->",
    ":*",
    "rowid",
    "DROP TABLE",
    "渗",
    "水",
    "张三",
    "音",
    "尾",
    "𫖮",
    " ",
)


def hostile(count: int) -> Iterator[str]:
    """Questions made of the syntax of both databases, the same every time."""
    dice = Random(7)
    for _ in range(count):
        yield "".join(dice.choice(PIECES + WORDS) for _ in range(dice.randint(1, 12)))
