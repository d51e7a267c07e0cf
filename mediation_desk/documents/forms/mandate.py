"""F-07 授权委托书 (one for each agent, LR-18) and 代表人推选书 (one for each group, LR-19)."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Column,
    DayLine,
    Heading,
    Label,
    Number,
    Paper,
    PartyBlock,
    Profile,
    SignatureArea,
    SignaturePlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import agent_title, party_block, representatives
from mediation_desk.documents.forms.signing import acting, by_hand, called, party_places
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.documents.house import house, letter_words, mandate_words
from mediation_desk.parties.model import Agent, Authority, Party
from mediation_desk.shared.dates import cn_date, cn_date_or_blank
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "授权委托书、代表人推选书")
_MEMBERS = (
    Column(title="序号", weight=12),
    Column(title="姓名", weight=24),
    Column(title="性别", weight=12),
    Column(title="居民身份证号码", weight=44),
    Column(title="联系方式", weight=32),
    Column(title="签名并按指印", weight=40),
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    some = any(party.agents or party.is_group for party in file.parties)
    return None if some else "本案没有委托代理人，也没有推选代表人的群体。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """Party by party: the letter of a group first, then a mandate for each of its agents."""
    papers: list[Paper] = []
    for party in file.parties:
        if party.is_group:
            papers.append(_letter(file, party))
        papers += [_mandate(file, party, agent) for agent in party.agents]
    return tuple(papers)


def _mandate(file: CaseFile, party: Party, agent: Agent) -> Paper:
    title, number, words = "授权委托书", case_number(file), mandate_words()
    special = agent.authority is Authority.SPECIAL
    own = party_block(file, party, "委托人", agents=False, roll="代表人推选书")
    giver = acting(_without_agents(file, party), house("F-07").act)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        own,
        _agent_block(agent),
        paragraph(
            f"委托人与{_others(file, party)}之间的{file.dispute.category}（{file.title}），由{file.organisation.name}"
            f"调解，现委托{agent.name}为代理人。"
        ),
        Label(text="代理权限："),
        paragraph(f"{_box(not special)}一般授权：{words.general}"),
        paragraph(f"{_box(special)}特别授权：{words.special}"),
        paragraph(words.limits),
        paragraph(words.until, label="代理期限：", keep=True),
        SignatureArea(places=(*giver, by_hand("受委托人", agent.name))),
        DayLine(day=cn_date(agent.poa_on)),
    )
    heading = Heading(form="F-07", title=title, number=number, dated=agent.poa_on, part=party.ref)
    profile = Profile.DENSE if party.is_group else Profile.SMALL
    return Paper(heading=heading, blocks=blocks, profile=profile)


def _letter(file: CaseFile, party: Party) -> Paper:
    title, number, words = "代表人推选书", case_number(file), letter_words()
    chosen, members = representatives(file, party), file.members_of(party.ref)
    count = party.headcount or len(members)
    names = "、".join(member.name for member in chosen)
    rows = tuple(
        (str(place), member.name, member.gender, member.id_no, member.phone, "")
        for place, member in enumerate(members, start=1)
    )
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(f"{file.organisation.name}：", indent=False),
        paragraph(
            f"我们{numeral(count)}人与{_others(file, party)}之间的{file.dispute.category}（{file.title}），"
            f"由你单位调解。现共同推选{names}为代表人，{words.powers}{words.special}。"
        ),
        Label(text="代表人："),
        *(PartyBlock(rows=((("姓名", one.name), ("联系方式", one.phone)),)) for one in chosen),
        Label(text="推选人（全体，各自签名并按指印）："),
        Table(columns=_MEMBERS, rows=rows, tall=True, refs=tuple(member.ref for member in members)),
        SignatureArea(
            places=tuple(by_hand("代表人", one.name, act="同意担任，签名", ref=one.ref) for one in chosen)
        ),
        DayLine(day=cn_date_or_blank(party.representative_letter_on)),
    )
    day = party.representative_letter_on
    heading = Heading(form="F-07", title=title, number=number, dated=day, part=party.ref)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _agent_block(agent: Agent) -> PartyBlock:
    fields = (
        ("受委托人", agent.name),
        ("", agent.gender),
        ("", agent_title(agent)),
        ("单位或者职务", agent.position),
        ("联系方式", agent.phone),
    )
    return PartyBlock(rows=(tuple(field for field in fields if field[1]),))


def _without_agents(file: CaseFile, party: Party) -> tuple[SignaturePlace, ...]:
    """Who gives the power: the party itself, its guardian, head or representatives; never the agent."""
    alone = replace(party, agents=())
    return called(party_places(file, alone), party, "委托人")


def _others(file: CaseFile, party: Party) -> str:
    return "、".join(other.name for other in file.parties if other.side is not party.side) or "他方"


def _box(ticked: bool) -> str:
    return "■" if ticked else "□"


FORM = Form(key="mandate", code="F-07", stage=Stage.INTAKE, titles=TITLES, applies=applies, compose=compose)
