"""Fields of who mediated, the agreement and the end.

Private talk (LR-22) has no field, and none may be added that reads it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.forms import agreement as agreement_form
from mediation_desk.documents.templates.field import TO_WRITE, Field, Source
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.money import capitals, figures


def _day(day: date | None) -> str | None:
    return cn_date(day) if day else None


def _yuan(amount: Decimal | None) -> str | None:
    return figures(amount) if amount is not None else None


def _in_capitals(amount: Decimal | None) -> str | None:
    return capitals(amount) if amount is not None else None


def _payable(file: CaseFile) -> Decimal | None:
    return file.agreement.total_payable if file.agreement else None


def _effect(source: Source) -> str | None:
    return "\n".join(agreement_form.effect(source.file)) if source.file.agreement else None


def _copies(source: Source) -> str | None:
    return agreement_form.copies(source.file) if source.file.agreement else None


def _mediators(source: Source) -> str:
    return "、".join(mediator.name for mediator in source.file.mediators)


OF_THE_OUTCOME: tuple[Field, ...] = (
    Field(
        name="主持调解员",
        meaning="主持的调解员",
        sample="周敬",
        value=lambda s: s.file.presiding.name if s.file.presiding else None,
        also=("主持人", "首席调解员"),
    ),
    Field(
        name="调解员姓名",
        meaning="全部调解员，用顿号连",
        sample="周敬、苏红",
        value=_mediators,
        also=("调解员", "全体调解员"),
    ),
    Field(
        name="记录人",
        meaning="记录员；没有的留横线",
        sample="赵宁",
        value=lambda s: s.file.recorder.name if s.file.recorder else None,
        blank=TO_WRITE,
        also=("记录员", "书记员"),
    ),
    Field(
        name="协议总额",
        meaning="协议里要支付的合计，小写，不带“元”",
        sample="4,050.00",
        value=lambda s: _yuan(_payable(s.file)),
        also=("协议金额", "支付总额"),
    ),
    Field(
        name="协议总额大写",
        meaning="协议里要支付的合计，大写",
        sample="人民币肆仟零伍拾元整",
        value=lambda s: _in_capitals(_payable(s.file)),
        also=("协议金额大写",),
    ),
    Field(
        name="协议份数",
        meaning="一式几份、各给谁的一句",
        sample="本协议一式三份，当事人各执一份，测试人民调解委员会留存一份。",
        value=_copies,
        also=("份数",),
    ),
    Field(
        name="协议效力",
        meaning="什么时候生效、能不能司法确认，一句一段",
        sample="本协议自各方当事人签名、盖章或者按指印……",
        value=_effect,
        also=("生效说明", "司法确认"),
    ),
    Field(
        name="签署日期",
        meaning="第一个签名的日期；还没有签的，留出手写的地方",
        sample="2026年3月24日",
        value=lambda s: _day(s.file.agreement.signed_on) if s.file.agreement else None,
        blank=BLANK_DATE,
        also=("协议日期", "签订日期"),
    ),
    Field(
        name="生效日期",
        meaning="协议生效的日期；还没有的，留出手写的地方",
        sample="2026年3月24日",
        value=lambda s: _day(s.file.effective_on),
        blank=BLANK_DATE,
    ),
    Field(
        name="调解结果",
        meaning="怎样结束的",
        sample="达成协议",
        value=lambda s: s.file.outcome.result if s.file.outcome else None,
        also=("结果",),
    ),
    Field(
        name="结束日期",
        meaning="调解结束的日期",
        sample="2026年3月24日",
        value=lambda s: _day(s.file.outcome.concluded_on) if s.file.outcome else None,
        also=("终结日期", "调解结束日期"),
    ),
    Field(
        name="结束原因",
        meaning="没有达成协议的原因；达成的没有这一项",
        sample="同一纠纷已由人民法院受理。",
        value=lambda s: s.file.ending.reason if s.file.ending else None,
        also=("终止原因", "不予受理原因"),
    ),
    Field(
        name="司法确认期限",
        meaning="申请司法确认的最后一天；没有的留横线",
        sample="2026年4月23日",
        value=lambda s: _day(s.file.judicial_confirmation.deadline),
        blank=TO_WRITE,
    ),
    Field(
        name="打印日期",
        meaning="打印的当天",
        sample="2026年3月24日",
        value=lambda s: _day(s.background.today),
        blank=BLANK_DATE,
        also=("今天", "当前日期"),
    ),
)
