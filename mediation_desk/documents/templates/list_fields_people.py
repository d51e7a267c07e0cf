"""Lists of people: parties, agents, mediators, members of a group, places to sign."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.documents.content import SignatureArea, SignaturePlace
from mediation_desk.documents.flow import flow
from mediation_desk.documents.forms.people import agent_title, mediator_title, party_block
from mediation_desk.documents.forms.signing import refused
from mediation_desk.documents.templates.field import FieldList, ItemField, Source
from mediation_desk.experts.model import CaseMediator
from mediation_desk.parties.model import Agent, GroupMember, Party, age_on
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures

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
