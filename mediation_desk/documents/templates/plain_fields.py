"""The fields that stand alone, from the same functions that write our own forms.

Private talk (LR-22) has no field, and none may be added that reads it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Clause,
    DayLine,
    Label,
    Number,
    Paragraph,
    PartyBlock,
    SealPlace,
    SignatureArea,
    Title,
)
from mediation_desk.documents.flow import Line, flow
from mediation_desk.documents.forms import acceptance
from mediation_desk.documents.forms import agreement as agreement_form
from mediation_desk.documents.forms.people import names
from mediation_desk.documents.forms.signing import body_word
from mediation_desk.documents.forms.substance import case_number, claim_sentences
from mediation_desk.documents.templates.field import TO_WRITE, Field, Source
from mediation_desk.parties.model import Side
from mediation_desk.shared.dates import BLANK_DATE, cn_date, cn_date_or_blank
from mediation_desk.shared.money import capitals, figures

_WORDS = (Label, Paragraph, PartyBlock, Clause)
_AROUND = (Title, Number, SignatureArea, SealPlace, DayLine)


def _day(day: date | None) -> str | None:
    return cn_date(day) if day else None


def _yuan(amount: Decimal | None) -> str | None:
    return figures(amount) if amount is not None else None


def _in_capitals(amount: Decimal | None) -> str | None:
    return capitals(amount) if amount is not None else None


def _payable(file: CaseFile) -> Decimal | None:
    return file.agreement.total_payable if file.agreement else None


def _body_text(source: Source) -> str | None:
    """What the desk's own paper says between its number and its signatures; None where it holds a table."""
    inner = tuple(block for block in source.paper.blocks if not isinstance(block, _AROUND))
    if not all(isinstance(block, _WORDS) for block in inner):
        return None
    lines = flow(replace(source.paper, blocks=inner))
    return "\n".join(line.text for line in lines if isinstance(line, Line))


def _number_line(source: Source) -> str:
    return "　".join(block.text for block in source.paper.blocks if isinstance(block, Number))


def _seal_line(source: Source) -> str:
    return "、".join(f"{block.body}（盖章）" for block in source.paper.blocks if isinstance(block, SealPlace))


def _heading_day(source: Source) -> str:
    return cn_date_or_blank(source.paper.heading.dated)


def _effect(source: Source) -> str | None:
    return "\n".join(agreement_form.effect(source.file)) if source.file.agreement else None


def _copies(source: Source) -> str | None:
    return agreement_form.copies(source.file) if source.file.agreement else None


def _mediators(source: Source) -> str:
    return "、".join(mediator.name for mediator in source.file.mediators)


PLAIN: tuple[Field, ...] = (
    Field(
        name="文书标题",
        meaning="本文书的名称，随调解种类变",
        sample="人民调解协议书",
        value=lambda s: s.paper.heading.title,
        also=("标题", "文书名称"),
    ),
    Field(
        name="编号",
        meaning="案件和协议的编号；还没有编号的空着",
        sample="（2026）测人调字第31号",
        value=lambda s: case_number(s.file),
        blank="",
        also=("案号", "案件编号", "协议编号", "协议书编号"),
    ),
    Field(
        name="文书编号",
        meaning="本文书自己的编号（通知书的文号）；没有的空着",
        sample="测调不〔2026〕2号",
        value=lambda s: s.paper.heading.number,
        blank="",
        also=("文号", "通知书编号"),
    ),
    Field(
        name="编号行",
        meaning="程序自己的这种文书里，标题下面编号的整行；没有的空着",
        sample="编号：（2026）测人调字第31号（第1次）",
        value=_number_line,
        blank="",
    ),
    Field(
        name="文书日期",
        meaning="落款的日期；还没有定的，留出手写的地方",
        sample="2026年3月24日",
        value=_heading_day,
        also=("落款日期", "日期"),
    ),
    Field(
        name="盖章处",
        meaning="谁在这里盖章；这种文书不盖章的空着",
        sample="测试人民调解委员会（盖章）",
        value=_seal_line,
        blank="",
        also=("落款", "落款单位"),
    ),
    Field(
        name="文书正文",
        meaning="程序自己的同一种文书，从编号以下到签名以上的全部文字；里面有表格的没有这一项",
        sample="申请人：孟兰，女……",
        value=_body_text,
        also=("正文", "内容"),
    ),
    Field(name="案件代码", meaning="程序里的代码", sample="AJ2026000031", value=lambda s: s.file.case_key),
    Field(
        name="案件名称",
        meaning="案件的名称",
        sample="测试小区渗水纠纷",
        value=lambda s: s.file.title,
        also=("案名", "案由"),
    ),
    Field(
        name="纠纷类型",
        meaning="统计用的纠纷类型",
        sample="邻里纠纷",
        value=lambda s: s.file.dispute.category,
        also=("纠纷类别", "案件类型"),
    ),
    Field(
        name="调解种类",
        meaning="人民调解、行政调解、司法调解",
        sample="人民调解",
        value=lambda s: s.file.track,
        also=("调解类型",),
    ),
    Field(
        name="中心名称",
        meaning="本中心的名称",
        sample="云川市矛盾纠纷调解中心",
        value=lambda s: s.file.centre,
        also=("本中心",),
    ),
    Field(
        name="调解组织",
        meaning="调解组织的全称，盖章用",
        sample="测试人民调解委员会",
        value=lambda s: s.file.organisation.name,
        also=("调委会", "调解委员会", "组织名称", "单位"),
    ),
    Field(
        name="调解组织地址",
        meaning="调解组织的地址",
        sample="测试路2号",
        value=lambda s: s.file.organisation.address,
        blank=TO_WRITE,
        also=("地址",),
    ),
    Field(
        name="调解组织称谓",
        meaning="句子里怎样称呼调解组织",
        sample="人民调解委员会",
        value=lambda s: body_word(s.file),
    ),
    Field(
        name="各方姓名",
        meaning="全部当事人的姓名或名称，用顿号连",
        sample="孟兰、测试物业有限公司",
        value=lambda s: names(s.file),
        also=("当事人姓名", "当事人", "双方当事人"),
    ),
    Field(
        name="申请人姓名",
        meaning="申请人的姓名或名称",
        sample="孟兰",
        value=lambda s: names(s.file, Side.APPLICANT),
        also=("申请人", "甲方"),
    ),
    Field(
        name="被申请人姓名",
        meaning="被申请人的姓名或名称",
        sample="测试物业有限公司",
        value=lambda s: names(s.file, Side.RESPONDENT),
        also=("被申请人", "乙方"),
    ),
    Field(
        name="第三人姓名",
        meaning="第三人的姓名或名称；没有的空着",
        sample="",
        value=lambda s: names(s.file, Side.THIRD),
        blank="",
        also=("第三人",),
    ),
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
