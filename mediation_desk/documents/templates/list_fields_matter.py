"""Lists of what the case is about: claims, clauses, instalments, evidence, sessions."""

from __future__ import annotations

from mediation_desk.agreements.model import Clause, Instalment
from mediation_desk.agreements.wording import details, joined_names
from mediation_desk.cases.model import Claim, Evidence
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.documents.templates.field import FieldList, ItemField, Source
from mediation_desk.hearings.model import Session
from mediation_desk.shared.dates import cn_date, cn_time
from mediation_desk.shared.money import figures, in_full

Part = tuple[Clause, Instalment]


def _clauses(source: Source) -> tuple[Clause, ...]:
    return source.file.agreement.clauses if source.file.agreement else ()


def _instalments(source: Source) -> tuple[Part, ...]:
    return tuple((clause, part) for clause in _clauses(source) for part in clause.instalments)


def _claimed(claim: Claim) -> str:
    return figures(claim.amount) if claim.amount is not None else ""


def _original(evidence: Evidence) -> str:
    return "原件" if evidence.original else "复印件"


def _end(session: Session) -> str:
    return cn_time(session.end) if session.end else ""


CLAIMS = FieldList(
    name="请求",
    meaning="各项请求",
    items=lambda s: tuple(enumerate(s.file.claims, start=1)),
    fields=(
        ItemField(name="序号", meaning="第几项", sample="1", value=lambda _, one: str(one[0])),
        ItemField(name="谁", meaning="谁主张", sample="孟兰", value=lambda s, one: s.file.name_of(one[1].by)),
        ItemField(
            name="向谁",
            meaning="向谁主张",
            sample="测试物业有限公司",
            value=lambda s, one: "、".join(s.file.name_of(ref) for ref in one[1].against),
        ),
        ItemField(name="内容", meaning="请求什么", sample="吊顶重做", value=lambda _, one: one[1].item),
        ItemField(
            name="金额", meaning="金额，不带“元”", sample="4,860.00", value=lambda _, one: _claimed(one[1])
        ),
        ItemField(name="算法", meaning="怎样算的", sample="32.4㎡×150元", value=lambda _, one: one[1].calc),
    ),
)


CLAUSES = FieldList(
    name="条款",
    meaning="协议的各条",
    needed=True,
    also=("协议条款", "协议内容"),
    items=_clauses,
    fields=(
        ItemField(name="序号", meaning="中文的条次", sample="一", value=lambda _, c: numeral(c.no)),
        ItemField(
            name="内容",
            meaning="这一条的文字",
            sample="……于2026年4月25日前完成检修。",
            value=lambda _, c: c.text,
        ),
        ItemField(
            name="全文",
            meaning="这一条的文字，后面分期的每期一段，金额有大小写",
            sample="……支付赔偿款……",
            value=lambda _, c: "\n".join((c.text, *details(c))),
        ),
        ItemField(name="种类", meaning="支付、行为、放弃等", sample="支付", value=lambda _, c: c.kind),
        ItemField(
            name="谁付",
            meaning="谁付、谁做",
            sample="测试物业有限公司",
            value=lambda s, c: joined_names(c.payer, s.file.name_of),
        ),
        ItemField(
            name="付给谁",
            meaning="付给谁",
            sample="孟兰",
            value=lambda s, c: joined_names(c.payee, s.file.name_of),
        ),
        ItemField(
            name="金额",
            meaning="金额，小写，不带“元”；没有的空着",
            sample="4,050.00",
            value=lambda _, c: figures(c.amount) if c.amount is not None else "",
        ),
        ItemField(
            name="期限",
            meaning="最后的日期；没有的空着",
            sample="2026年5月20日",
            value=lambda _, c: cn_date(c.last_due_on) if c.last_due_on else "",
        ),
    ),
)


INSTALMENTS = FieldList(
    name="分期",
    meaning="各条分期支付的每一期；没有分期的，这一行不印",
    items=_instalments,
    fields=(
        ItemField(name="条", meaning="第几条", sample="一", value=lambda _, one: numeral(one[0].no)),
        ItemField(name="期", meaning="第几期", sample="1", value=lambda _, one: str(one[1].no)),
        ItemField(
            name="日期", meaning="到期日", sample="2026年4月20日", value=lambda _, one: cn_date(one[1].due_on)
        ),
        ItemField(
            name="金额",
            meaning="小写，不带“元”",
            sample="2,025.00",
            value=lambda _, one: figures(one[1].amount),
        ),
        ItemField(
            name="金额大小写",
            meaning="小写和大写",
            sample="人民币2,025.00元（大写：……）",
            value=lambda _, one: in_full(one[1].amount),
        ),
        ItemField(
            name="谁付",
            meaning="谁付",
            sample="测试物业有限公司",
            value=lambda s, one: joined_names(one[0].payer, s.file.name_of),
        ),
        ItemField(
            name="付给谁",
            meaning="付给谁",
            sample="孟兰",
            value=lambda s, one: joined_names(one[0].payee, s.file.name_of),
        ),
    ),
)


EVIDENCE = FieldList(
    name="证据",
    meaning="证据材料；没有的，这一行不印",
    items=lambda s: tuple(enumerate(s.file.evidence, start=1)),
    fields=(
        ItemField(name="序号", meaning="第几件", sample="1", value=lambda _, one: str(one[0])),
        ItemField(name="名称", meaning="名称", sample="现场照片", value=lambda _, one: one[1].name),
        ItemField(name="种类", meaning="种类", sample="书证", value=lambda _, one: one[1].kind),
        ItemField(
            name="提供人",
            meaning="谁提供的",
            sample="孟兰",
            value=lambda s, one: s.file.name_of(one[1].provided_by),
        ),
        ItemField(name="份数", meaning="几份", sample="1", value=lambda _, one: str(one[1].copies)),
        ItemField(name="页数", meaning="每份几页", sample="3", value=lambda _, one: str(one[1].pages)),
        ItemField(
            name="原件或复印件", meaning="原件、复印件", sample="原件", value=lambda _, one: _original(one[1])
        ),
        ItemField(
            name="收到日期",
            meaning="收到的日期",
            sample="2026年3月10日",
            value=lambda _, one: cn_date(one[1].received_on),
        ),
        ItemField(
            name="证明什么", meaning="想证明什么", sample="吊顶脱落", value=lambda _, one: one[1].proves
        ),
    ),
)


SESSIONS = FieldList(
    name="调解会",
    meaning="各次调解会，只有各方都在场时的记录；没有的，这一行不印",
    also=("调解", "会议"),
    items=lambda s: s.file.sessions,
    fields=(
        ItemField(name="次", meaning="第几次", sample="1", value=lambda _, one: str(one.no)),
        ItemField(
            name="日期", meaning="日期", sample="2026年3月24日", value=lambda _, one: cn_date(one.date)
        ),
        ItemField(name="开始", meaning="开始时间", sample="9时30分", value=lambda _, one: cn_time(one.start)),
        ItemField(name="结束", meaning="结束时间；没有的空着", sample="11时", value=lambda _, one: _end(one)),
        ItemField(name="地点", meaning="地点", sample="第二调解室", value=lambda _, one: one.place),
        ItemField(name="方式", meaning="现场、远程等", sample="现场", value=lambda _, one: one.mode),
        ItemField(
            name="主持人",
            meaning="谁主持",
            sample="周敬",
            value=lambda s, one: s.file.name_of(one.presided_by),
        ),
        ItemField(
            name="到场的人",
            meaning="到场的各方，用顿号连",
            sample="孟兰、测试物业有限公司",
            value=lambda s, one: "、".join(s.file.name_of(there.ref) for there in one.attendees),
        ),
        ItemField(
            name="结果", meaning="结果；没有记录的空着", sample="调解成功", value=lambda _, one: one.result
        ),
    ),
)
