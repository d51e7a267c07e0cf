"""A small county whose bodies are renamed, merged and closed, as its two files tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.cases.bodies import BodyRegister, read_bodies
from mediation_desk.cases.centre import Centre
from mediation_desk.cases.model import Body
from mediation_desk.cases.routing.reading import read_units
from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.shared.track import Track
from mediation_desk.statistics.model import Period

YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
SECOND_HALF = Period(first=date(2026, 7, 1), last=date(2026, 12, 31))
JUNE_END = date(2026, 6, 30)


def body(name: str, short: str, type_: str = "街道调委会", **more: Any) -> dict[str, Any]:
    return {"name": name, "short": short, "type": type_, "track": "人民调解", "address": "", **more}


def unit(code: str, name: str, kind: str, parent: str = "Z", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": kind, "parent": parent, **more}


BODIES = (
    body("甲街道人民调解委员会", "甲调"),
    body("乙镇人民调解委员会", "乙调", "乡镇调委会"),
    body("丙村人民调解委员会", "丙调", "村调委会"),
    body("某县医疗纠纷人民调解委员会", "医调", "社会团体和其他组织调委会（行业性专业性）", field="医疗"),
    body("某商会人民调解委员会", "商调", "社会团体和其他组织调委会"),
)
UNITS = (
    {"code": "Z", "name": "某县综治中心", "kind": "综治中心"},
    unit("A", "甲街道办事处", "乡镇（街道）", mediates="甲调"),
    unit("B", "乙镇人民政府", "乡镇（街道）", mediates="乙调"),
    unit("B1", "丙村村民委员会", "村（社区）", "B", mediates="丙调"),
    unit("Y", "某县医疗纠纷人民调解委员会", "调解组织", mediates="医调"),
    unit("J", "某县司法局", "部门"),
)


def register(changes: Mapping[str, Mapping[str, Any]] | None = None, **more: Any) -> BodyRegister:
    """The bodies, those named by their short names changed."""
    told = [{**one, **(changes or {}).get(one["short"], {})} for one in BODIES]
    return read_bodies({"body": told, **more})


def units(changes: Mapping[str, Mapping[str, Any]] | None = None) -> UnitTree:
    """The units, those named by their codes changed."""
    centre = Centre(
        name="某县综治中心",
        bodies=tuple(
            (Track.PEOPLES, Body(name=one["name"], short=one["short"], type=BodyType(one["type"])))
            for one in BODIES
        ),
        rooms=(),
        recorders=(),
    )
    told = [{**one, **(changes or {}).get(str(one["code"]), {})} for one in UNITS]
    return read_units({"unit": told}, centre)
