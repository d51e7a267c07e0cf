"""The lists of the record form: grades, certificates, honours, time, training, discipline, ties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.experts.grades import schemes
from mediation_desk.experts.mediator import (
    Credential,
    Discipline,
    Duty,
    Fault,
    Grade,
    Honour,
    Leave,
    Measure,
    Slot,
    Tie,
    TieKind,
    Training,
)
from mediation_desk.parties.masks import mask_id
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.hours_field import HoursField
from ui.fields.masked_field import MaskedTextField
from ui.fields.rows_line import Cell
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import TimeField
from ui.screens.experts.record.binding import Bindings
from ui.screens.experts.words import WEEKDAYS
from ui.widgets.text import small


def ability(make: Bindings) -> Iterator[QWidget]:
    """Grades and certificates."""
    known = {scheme.code: scheme.name for scheme in schemes()}
    levels = tuple(dict.fromkeys(level for scheme in schemes() for level in scheme.levels))
    yield make.rows(
        "grades",
        Grade,
        (
            Cell("scheme", "评定办法", partial(_scheme_field, known), 200, 1, required=True),
            Cell("level", "等级", partial(ChoiceField, levels, empty="选等级"), 150, required=True),
            Cell("on", "授予日", DateField, 168),
            Cell("expires_on", "到期日", DateField, 168),
            Cell("body", "评定单位", TextField, 150, 1),
        ),
        add="添加等级",
    )
    yield make.rows(
        "credentials",
        Credential,
        (
            Cell("kind", "资格或证书", partial(TextField, "例如 律师、心理咨询师"), 180, 1, required=True),
            Cell("number", "证号", TextField, 140, 1),
            Cell("body", "发证单位", TextField, 140, 1),
            Cell("on", "发证日", DateField, 168),
            Cell("expires_on", "到期日", DateField, 168),
        ),
        add="添加证书",
    )


def honours(make: Bindings) -> Iterator[QWidget]:
    """Honours."""
    yield make.rows(
        "honours",
        Honour,
        (
            Cell("title", "荣誉", partial(TextField, "例如 金牌调解员"), 200, 1, required=True),
            Cell("body", "授予单位", TextField, 180, 1),
            Cell("on", "授予日", DateField, 168),
        ),
        add="添加荣誉",
    )


def time(make: Bindings) -> Iterator[QWidget]:
    """Limit, leave, duty, slots."""
    limit = make.number("case_limit")
    limit.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    yield limit
    yield make.rows(
        "leaves",
        Leave,
        (
            Cell("from_on", "从", DateField, 168, required=True),
            Cell("to", "到（含）", DateField, 168, required=True),
            Cell("reason", "原因", TextField, 140, 1),
            Cell("override", "与已排调解会冲突仍请假的理由", partial(TextField, "一般不填"), 220, 1),
        ),
        add="添加请假",
    )
    yield make.rows(
        "duties",
        Duty,
        (
            Cell("weekday", "每周", partial(ChoiceField, range(1, 8), word=_weekday), 100),
            Cell("start", "从", TimeField, 90, required=True),
            Cell("end", "到", TimeField, 90, required=True),
        ),
        add="添加值班",
    )
    yield make.rows(
        "slots",
        Slot,
        (
            Cell("on", "日期", DateField, 168, required=True),
            Cell("start", "从", TimeField, 90, required=True),
            Cell("end", "到", TimeField, 90, required=True),
        ),
        add="添加可预约时段",
    )
    yield small("没有登记值班和可预约时段的，按中心办公时间计算空闲。", wrap=True)


def training(make: Bindings) -> Iterator[QWidget]:
    """Class hours."""
    yield make.rows(
        "trainings",
        Training,
        (
            Cell("on", "日期", DateField, 168, required=True),
            Cell("hours", "学时", HoursField, 80, required=True),
            Cell("topic", "内容", TextField, 200, 1),
            Cell("before_start", "岗前", partial(CheckField, "岗前培训"), 110),
        ),
        add="添加培训",
    )


def discipline(make: Bindings) -> Iterator[QWidget]:
    """The register of article 15, to which one only adds."""
    yield make.rows(
        "disciplines",
        Discipline,
        (
            Cell("on", "日期", DateField, 168, required=True),
            Cell("fault", "情形", partial(ChoiceField, Fault), 200, 1),
            Cell("measure", "处理", partial(ChoiceField, Measure), 140),
            Cell("body", "处理单位", TextField, 150, 1),
            Cell("detail", "事实", TextField, 200, 2),
        ),
        add="登记一条",
        add_only=True,
    )
    yield small("人民调解法第十五条。只能增加，已登记的不能改，也不能删。", wrap=True)


def ties(make: Bindings) -> Iterator[QWidget]:
    """What the conflict check knows."""
    yield make.rows(
        "ties",
        Tie,
        (
            Cell("kind", "关系", partial(ChoiceField, TieKind), 140),
            Cell("name", "姓名或单位名称", TextField, 180, 1, required=True),
            Cell("relation", "说明", partial(TextField, "例如 妻子、顾问"), 130, 1),
            Cell("id_no", "身份证号或信用代码", partial(MaskedTextField, mask_id), 200, 1),
            Cell("until", "到何时为止", DateField, 168),
        ),
        add="添加关系",
    )
    yield small("只用来在选调解员时查回避，不公示、不打印。", wrap=True)


def _scheme_field(known: dict[str, str]) -> ChoiceField[str]:
    return ChoiceField(tuple(known), word=lambda code: known[code])


def _weekday(number: int) -> str:
    return f"周{WEEKDAYS[number - 1]}"
