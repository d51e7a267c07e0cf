"""What the lines of a table can be made of, and the words for the values of each."""

from __future__ import annotations

from mediation_desk.cases.routing.reading import unit_tree

UNKNOWN = "未填"
"""A value nobody wrote."""

DIMENSIONS = {
    "track": "调解种类",
    "body": "调解组织",
    "body_type": "组织类型",
    "category": "纠纷类型",
    "source": "案件来源",
    "channel": "来访方式",
    "difficulty": "难易",
    "result": "结果",
    "form": "协议形式",
    "month": "月份",
    "presiding": "主持调解员",
    "area": "地区",
    "zz": "综治类别",
    "unit": "填报单位",
}
"""What lines can be made of, by the words of the command line, and how screens call it."""

UNIT = "unit"
"""Lines by reporting unit; the bodies of each unit together."""


def label_of(dimension: str, value: str | int | None) -> str:
    """The word for a value of a dimension."""
    if value is None or value == "":
        return UNKNOWN
    if dimension == "area":
        return next((unit.short for unit in unit_tree().units if unit.code == value), str(value))
    if dimension == "month":
        number = int(value)
        return f"{number // 100}年{number % 100}月"
    return str(value)
