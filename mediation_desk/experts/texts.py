"""The typed texts of a pool record: their names on screen, and the one form in which they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical, fold_width

T = TypeVar("T")

LABELS = {
    "pool_no": "编号",
    "name": "姓名",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "id_no": "身份证号",
    "phone": "电话",
    "education": "学历",
    "political_status": "政治面貌",
    "occupation": "职业",
    "organisation": "单位",
    "employment": "专兼职",
    "grade": "等级",
    "specialties": "擅长领域",
    "languages": "语言",
    "years_mediating": "从业年限",
    "certificate_no": "工号证号",
    "standing": "聘任状态",
    "standing_on": "状态日期",
    "standing_reason": "状态原因",
    "body_kind": "单位类型",
    "tracks": "调解种类",
    "layer": "层级",
    "major": "专业",
    "professional_title": "职称",
    "address": "住址",
    "household": "户籍",
    "post": "职务",
    "post_source": "产生方式",
    "term_from": "聘期开始",
    "term_to": "聘期截止",
    "started_on": "开始从业时间",
    "filed_on": "备案日期",
    "court_roster_on": "入册日期",
    "studio": "个人工作室",
    "case_limit": "在办件数上限",
    "introduction": "简介",
    "grades": "等级评定",
    "credentials": "资格证书",
    "trainings": "培训",
    "honours": "荣誉",
    "duties": "值班",
    "slots": "可预约时段",
    "leaves": "请假",
    "disciplines": "奖惩",
    "ties": "利害关系",
    "batch": "导入批次",
}
"""What each field of a card or a record is called."""

LONGEST = 200
_LENGTHS = {"name": 50, "introduction": 2_000, "detail": 5_000}
_MULTILINE = ("introduction", "detail")
_FOLDED = ("pool_no", "id_no", "phone", "certificate_no", "number")


def tidied(value: T) -> T:
    """``value`` with every text in its canonical form, without blanks around it; a text that has none stays.

    Numbers are made half width and letters of an identity number upper case; empty list items go.
    """
    changed = {
        item.name: _tidied(getattr(value, item.name), item.name)
        for item in fields(value)  # type: ignore[arg-type]  # records only
    }
    return replace(value, **changed)  # type: ignore[type-var]  # records only


def text_problems(value: Any) -> Iterator[tuple[str, str]]:
    """Field and sentence for every text that cannot be kept (invisible characters, too long)."""
    for item in fields(value):
        inner = getattr(value, item.name)
        if is_dataclass(inner):
            yield from text_problems(inner)
            continue
        for name, text in _texts(inner, item.name):
            try:
                _canonical(text, name, LABELS.get(item.name, item.name))
            except InputError as error:
                yield item.name, error.message


def _tidied(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        items = (_tidied(item, name) for item in value)
        return tuple(item for item in items if item != "")
    if is_dataclass(value):
        return tidied(value)
    if not isinstance(value, str) or isinstance(value, Enum):
        return value
    try:
        text = _canonical(value, name, name).strip()
    except InputError:
        return value
    text = fold_width(text) if name in _FOLDED else text
    return text.upper() if name in ("id_no", "pool_no") else text


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item, name)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _texts(getattr(value, item.name), item.name)
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield name, value


def _canonical(text: str, name: str, label: str) -> str:
    longest = _LENGTHS.get(name, LONGEST)
    return canonical(text, label, multiline=name in _MULTILINE, longest=longest)
