"""The lists whose rows repeat; values from the same functions that write our own forms."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.agreements.model import Clause, Instalment
from mediation_desk.agreements.wording import details, joined_names
from mediation_desk.cases.model import Claim, Evidence
from mediation_desk.documents.content import SignatureArea, SignaturePlace
from mediation_desk.documents.flow import flow
from mediation_desk.documents.forms.people import agent_title, mediator_title, party_block
from mediation_desk.documents.forms.signing import refused
from mediation_desk.documents.forms.substance import numeral
from mediation_desk.documents.templates.field import FieldList, ItemField, Source
from mediation_desk.experts.model import CaseMediator
from mediation_desk.hearings.model import Session
from mediation_desk.parties.model import Agent, GroupMember, Party, age_on
from mediation_desk.shared.dates import cn_date, cn_time
from mediation_desk.shared.money import figures, in_full

Part = tuple[Clause, Instalment]
Represented = tuple[Party, Agent]


def _whole_party(source: Source, party: Party) -> str:
    """The party as our own papers introduce it, a paragraph for each row."""
    only = replace(source.paper, blocks=(party_block(source.file, party),))
    return "\n".join(getattr(line, "text", "") for line in flow(only))


def _age(source: Source, party: Party) -> str:
    return f"{age_on(party.birth_date, source.file.intake.received_on)}" if party.birth_date else ""


def _number_of(party: Party) -> str:
    if party.operator and not party.uscc:
        return party.operator.id_no
    return party.id_no or party.uscc or ""


def _head(party: Party) -> str:
    if party.operator:
        return party.operator.name
    return party.legal_representative.name if party.legal_representative else ""


def _clauses(source: Source) -> tuple[Clause, ...]:
    return source.file.agreement.clauses if source.file.agreement else ()


def _instalments(source: Source) -> tuple[Part, ...]:
    return tuple((clause, part) for clause in _clauses(source) for part in clause.instalments)


def _agents(source: Source) -> tuple[Represented, ...]:
    return tuple((party, agent) for party in source.file.parties for agent in party.agents)


def _members(source: Source) -> tuple[GroupMember, ...]:
    out = refused(source.file)
    return tuple(member for member in source.file.group_members if member.ref not in out)


def _places(source: Source) -> tuple[SignaturePlace, ...]:
    areas = (block for block in source.paper.blocks if isinstance(block, SignatureArea))
    return tuple(place for area in areas for place in area.places)


def _signer(_source: Source, place: SignaturePlace) -> str:
    return "　".join(word for word in (place.party, place.by) if word)


def _mediator_title(source: Source, mediator: CaseMediator) -> str:
    return mediator_title(source.file, mediator)


def _shares(member: GroupMember) -> str:
    return "，".join(f"第{no}期{figures(part)}元" for no, part in enumerate(member.instalments, start=1))


PARTIES = FieldList(
    name="当事人",
    meaning="各方当事人，按登记的先后",
    needed=True,
    also=("双方", "各方"),
    items=lambda s: s.file.parties,
    fields=(
        ItemField(
            name="地位", meaning="申请人、被申请人、第三人", sample="申请人", value=lambda _, p: p.side
        ),
        ItemField(
            name="姓名", meaning="姓名或名称", sample="孟兰", value=lambda _, p: p.name, also=("名称", "名字")
        ),
        ItemField(
            name="全部情况",
            meaning="程序自己的文书里介绍这一方的文字，带代表人、代理人，一项一段",
            sample="申请人：孟兰，女，汉族，57岁……",
            value=_whole_party,
            also=("情况", "基本情况"),
        ),
        ItemField(name="种类", meaning="自然人、法人等", sample="自然人", value=lambda _, p: p.kind),
        ItemField(name="性别", meaning="性别；单位空着", sample="女", value=lambda _, p: p.gender),
        ItemField(name="民族", meaning="民族；单位空着", sample="汉族", value=lambda _, p: p.ethnicity),
        ItemField(name="年龄", meaning="登记那天的周岁数，不带“岁”", sample="57", value=_age),
        ItemField(name="职业", meaning="职业", sample="退休教师", value=lambda _, p: p.occupation),
        ItemField(
            name="证件号码",
            meaning="身份证件号码，单位为统一社会信用代码",
            sample="110101196805172024",
            value=lambda _, p: _number_of(p),
            also=("身份证号", "身份证号码", "信用代码"),
        ),
        ItemField(
            name="电话",
            meaning="联系电话",
            sample="13800000101",
            value=lambda _, p: p.phone,
            also=("联系方式", "联系电话", "手机"),
        ),
        ItemField(
            name="住址",
            meaning="住址或者住所",
            sample="云川市测试路1号",
            value=lambda _, p: p.address,
            also=("地址", "住所"),
        ),
        ItemField(
            name="负责人",
            meaning="法定代表人、负责人或者经营者；个人空着",
            sample="戴国",
            value=lambda _, p: _head(p),
            also=("法定代表人", "经营者"),
        ),
        ItemField(
            name="监护人",
            meaning="未成年人的监护人；没有的空着",
            sample="范晓",
            value=lambda _, p: p.guardian.name if p.guardian else "",
        ),
        ItemField(
            name="代理人",
            meaning="这一方的代理人，用顿号连；没有的空着",
            sample="卢一帆",
            value=lambda _, p: "、".join(agent.name for agent in p.agents),
        ),
    ),
)

AGENTS = FieldList(
    name="代理人",
    meaning="各方的委托代理人；没有的，这一行不印",
    items=_agents,
    fields=(
        ItemField(name="姓名", meaning="代理人姓名", sample="卢一帆", value=lambda _, one: one[1].name),
        ItemField(
            name="代理谁", meaning="代理哪一方", sample="测试物业有限公司", value=lambda _, one: one[0].name
        ),
        ItemField(
            name="称谓", meaning="怎样称呼", sample="委托代理人", value=lambda _, one: agent_title(one[1])
        ),
        ItemField(
            name="权限",
            meaning="一般授权、特别授权",
            sample="特别授权",
            value=lambda _, one: one[1].authority,
        ),
        ItemField(name="职务", meaning="职务", sample="客服主管", value=lambda _, one: one[1].position),
        ItemField(name="电话", meaning="电话", sample="13800000104", value=lambda _, one: one[1].phone),
        ItemField(
            name="委托日期",
            meaning="委托书的日期",
            sample="2026年3月12日",
            value=lambda _, one: cn_date(one[1].poa_on),
        ),
    ),
)

MEDIATORS = FieldList(
    name="调解员",
    meaning="本案的调解员，主持的在前",
    needed=True,
    items=lambda s: s.file.mediators,
    fields=(
        ItemField(name="姓名", meaning="姓名", sample="周敬", value=lambda _, m: m.name),
        ItemField(
            name="称谓",
            meaning="签名处怎样称呼",
            sample="人民调解员",
            value=_mediator_title,
        ),
        ItemField(name="主持或协助", meaning="主持、协助", sample="主持", value=lambda _, m: m.role),
        ItemField(
            name="单位", meaning="所在单位", sample="测试人民调解委员会", value=lambda _, m: m.organisation
        ),
        ItemField(name="等级", meaning="等级", sample="一级人民调解员", value=lambda _, m: m.grade),
    ),
)

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

MEMBERS = FieldList(
    name="群体成员",
    meaning="群体当事人的成员，拒签的不在里面；没有群体的，这一行不印",
    also=("成员", "名单"),
    items=lambda s: tuple(enumerate(_members(s), start=1)),
    fields=(
        ItemField(name="序号", meaning="第几名", sample="1", value=lambda _, one: str(one[0])),
        ItemField(name="姓名", meaning="姓名", sample="组员1", value=lambda _, one: one[1].name),
        ItemField(
            name="证件号码",
            meaning="身份证号码",
            sample="110101198001010010",
            value=lambda _, one: one[1].id_no,
            also=("身份证号", "身份证号码"),
        ),
        ItemField(name="电话", meaning="电话", sample="13800000201", value=lambda _, one: one[1].phone),
        ItemField(
            name="金额",
            meaning="本人的金额，不带“元”",
            sample="300.00",
            value=lambda _, one: figures(one[1].net if one[1].net is not None else one[1].gross),
        ),
        ItemField(
            name="各期金额",
            meaning="分几期、每期多少；没有分期的空着",
            sample="第1期200.00元，第2期100.00元",
            value=lambda _, one: _shares(one[1]),
        ),
    ),
)

SIGNING = FieldList(
    name="签名处",
    meaning="本文书要签名的每一处，谁签按规则排好",
    also=("签名", "签字处", "签字"),
    items=_places,
    fields=(
        ItemField(
            name="谁", meaning="哪一方、由谁签", sample="申请人：孟兰", value=_signer, also=("姓名", "签名人")
        ),
        ItemField(
            name="怎样签",
            meaning="签名、盖章、按指印",
            sample="签名并按指印",
            value=lambda _, place: place.act,
        ),
    ),
)

LISTS: tuple[FieldList, ...] = (
    PARTIES,
    AGENTS,
    MEDIATORS,
    CLAIMS,
    CLAUSES,
    INSTALMENTS,
    EVIDENCE,
    SESSIONS,
    MEMBERS,
    SIGNING,
)


def _claimed(claim: Claim) -> str:
    return figures(claim.amount) if claim.amount is not None else ""


def _original(evidence: Evidence) -> str:
    return "原件" if evidence.original else "复印件"


def _end(session: Session) -> str:
    return cn_time(session.end) if session.end else ""
