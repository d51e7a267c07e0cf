"""Fields of the intake and of what the dispute is about.

Private talk (LR-22) has no field, and none may be added that reads it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.documents.forms import acceptance
from mediation_desk.documents.forms.substance import claim_sentences
from mediation_desk.documents.templates.field import TO_WRITE, Field
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import capitals, figures


def _day(day: date | None) -> str | None:
    return cn_date(day) if day else None


def _yuan(amount: Decimal | None) -> str | None:
    return figures(amount) if amount is not None else None


def _in_capitals(amount: Decimal | None) -> str | None:
    return capitals(amount) if amount is not None else None


OF_THE_CASE: tuple[Field, ...] = (
    Field(
        name="收到日期",
        meaning="登记来访或收到材料的日期",
        sample="2026年3月10日",
        value=lambda s: _day(s.file.intake.received_on),
        also=("登记日期", "来访日期", "申请日期"),
    ),
    Field(
        name="受理日期",
        meaning="受理的日期",
        sample="2026年3月10日",
        value=lambda s: _day(s.file.intake.accepted_on),
        also=("受理时间",),
    ),
    Field(
        name="登记人",
        meaning="登记的工作人员",
        sample="许宁",
        value=lambda s: s.file.intake.registrar,
        also=("经办人",),
    ),
    Field(
        name="案件来源",
        meaning="当事人申请、主动调解、接受委托移送",
        sample="当事人申请",
        value=lambda s: s.file.intake.source_stat,
        also=("来源",),
    ),
    Field(
        name="来访方式",
        meaning="怎样来的",
        sample="窗口来访",
        value=lambda s: s.file.intake.channel,
    ),
    Field(
        name="移送单位",
        meaning="转来、委托的单位；没有的空着",
        sample="云川市人民法院",
        value=lambda s: s.file.intake.source_org,
        blank="",
        also=("委托单位", "转来单位"),
    ),
    Field(
        name="移送文号",
        meaning="移送、委托的文号；没有的空着",
        sample="（2026）委调12号",
        value=lambda s: s.file.intake.referral_no,
        blank="",
        also=("委托文号",),
    ),
    Field(
        name="受理情况",
        meaning="受理登记表开头的一句：哪天、怎样来、调解谁和谁的纠纷",
        sample="2026年3月10日，测试人民调解委员会依当事人申请……",
        value=lambda s: acceptance.opening(s.file) if s.file.intake.accepted_on else None,
    ),
    Field(
        name="来源选项",
        meaning="三种来源，打勾的一种在前面标■",
        sample="■①当事人申请；□②主动调解；□③接受委托移送",
        value=lambda s: acceptance.source(s.file),
    ),
    Field(
        name="调解期限",
        meaning="到哪天为止，按什么规则；没有约定的空着",
        sample="至2026年4月9日止（30日）",
        value=lambda s: acceptance.period(s.file),
        blank="",
        also=("期限", "调解期限至"),
    ),
    Field(
        name="发生日期",
        meaning="纠纷发生的日期",
        sample="2026年3月8日",
        value=lambda s: _day(s.file.dispute.occurred_on),
        also=("发生时间", "纠纷发生日期"),
    ),
    Field(
        name="发生地点",
        meaning="纠纷发生的地点；没有登记的留横线",
        sample="测试小区3号楼",
        value=lambda s: s.file.dispute.place,
        blank=TO_WRITE,
        also=("地点", "纠纷发生地"),
    ),
    Field(
        name="纠纷经过",
        meaning="主要事实",
        sample="2026年3月8日9时许，401室漏水……",
        value=lambda s: s.file.facts,
        also=("事实", "主要事实", "纠纷事实", "纠纷简要情况", "经过"),
    ),
    Field(
        name="请求事项",
        meaning="谁向谁主张什么，一句一段；没有请求的空着",
        sample="孟兰向测试物业有限公司主张：吊顶重做4,860.00元。",
        value=lambda s: "\n".join(claim_sentences(s.file)),
        blank="",
        also=("请求", "争议事项", "主张"),
    ),
    Field(
        name="请求金额",
        meaning="主张金额合计，小写，不带“元”；没有的留横线",
        sample="4,860.00",
        value=lambda s: _yuan(s.file.claims_total),
        blank=TO_WRITE,
        also=("主张金额", "标的额"),
    ),
    Field(
        name="请求金额大写",
        meaning="主张金额合计，大写；没有的留横线",
        sample="人民币肆仟捌佰陆拾元整",
        value=lambda s: _in_capitals(s.file.claims_total),
        blank=TO_WRITE,
    ),
)
