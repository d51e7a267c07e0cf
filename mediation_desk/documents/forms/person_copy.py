"""个人信息副本: what is held about one person, case by case, to be read by that person (个人信息保护法 art. 45)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mediation_desk.cases.counter.visits import ANONYMOUS
from mediation_desk.cases.privacy.consents import said
from mediation_desk.cases.privacy.held import HeldCase, OwnRecord
from mediation_desk.cases.privacy.person import PersonCopy
from mediation_desk.cases.privacy.visited import HeldVisit
from mediation_desk.documents.content import Block, Heading, Label, Paper, Profile, Title, paragraph
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures

TITLE = "个人信息副本"
_CAPTIONS = (
    ("name", "姓名"),
    ("side", "一方"),
    ("relation", "关系"),
    ("gender", "性别"),
    ("ethnicity", "民族"),
    ("birth_date", "出生日期"),
    ("id_no", "证件号码"),
    ("phone", "电话"),
    ("address", "住址"),
    ("occupation", "职业"),
    ("position", "职务"),
    ("authority", "授权"),
    ("trade", "工种"),
    ("room", "房号"),
    ("note", "备注"),
)


def compose(centre: str, copy: PersonCopy) -> Paper:
    """One section a case, then one a visit."""
    told = (
        f"{centre}{cn_date(copy.made_on)}应{copy.name}本人（证件号码{copy.id_no or '未登记'}）的请求制作，"
        f"经办人{copy.made_by}，事由：{copy.reason}。依据{copy.rule}。"
        "其他人的姓名、号码和住址已经遮住；别人单独说的话不在里面。"
    )
    more = f"另有{copy.elsewhere}件不在经办人的查看范围内，没有写在这里。" if copy.elsewhere else ""
    alone = "" if copy.talks else "本人单独对调解员说的话由调解员提供，没有写在这里。"
    blocks = (
        Title(text=TITLE),
        paragraph(told),
        paragraph(f"共{len(copy.cases)}件案件、{len(copy.visits)}次咨询。{more}{alone}"),
        *(block for one in copy.cases for block in _case(one)),
        *(block for one in copy.visits for block in _visit(one)),
    )
    first = copy.cases[0]
    place = first.own[0]  # tells a child's copy from its guardian's without telling a name
    heading = Heading(
        form="个人信息副本",
        title=TITLE,
        dated=copy.made_on,
        part=f"{first.case_key}-{place.ref}-{place.capacity}",
    )
    return Paper(heading=heading, blocks=tuple(blocks), profile=Profile.DENSE)


def _case(one: HeldCase) -> Iterator[Block]:
    number = f"　{one.number}" if one.number else ""
    yield Label(text=f"{one.title}（{one.case_key}{number}）")
    binned = "（在回收站）" if one.binned else ""
    yield paragraph(
        f"{one.track}，{one.body}，{cn_date(one.received_on)}登记，现在：{one.state}{binned}。", indent=False
    )
    for own in one.own:
        yield paragraph(_own(own), label=f"{own.capacity}：", indent=False)
    for caption, lines in _sections(one):
        for no, line in enumerate(lines):
            yield paragraph(line, label="" if no else f"{caption}：")


def _visit(one: HeldVisit) -> Iterator[Block]:
    became = f"，已登记为案件{one.case_key}" if one.case_key else ""
    yield Label(text=f"{cn_date(one.on)}来咨询（第{one.id}次咨询{became}）")
    left = "，".join(filter(None, (one.name or ANONYMOUS, one.phone, one.category)))
    yield paragraph(f"{left}。接待人{one.clerk}。", indent=False)
    yield paragraph(one.matter, label="问的事：")
    yield paragraph(one.answer, label="答复：")
    if one.remedies:
        yield paragraph("、".join(one.remedies), label="告知的途径：")


def _sections(one: HeldCase) -> Iterator[tuple[str, list[str]]]:
    yield "纠纷经过", [one.facts] if one.facts else []
    yield (
        "请求",
        [f"{claim.item}{f'，{figures(claim.amount)}元' if claim.amount else ''}" for claim in one.claims],
    )
    yield "提交的证据", [f"{cn_date(piece.received_on)}　{piece.name}" for piece in one.evidence]
    yield "调查", [f"{cn_date(talk.on)}　{talk.content}" for talk in one.investigations]
    yield (
        "调解会",
        [
            f"第{held.no}次，{cn_date(held.date)}，{held.place}，{'到场' if held.there else '没有到场'}。{held.record}"
            for held in one.sessions
        ],
    )
    yield (
        "本人单独说的",
        [f"第{held.no}次：{talk}" for held in one.sessions for talk in held.own_talks],
    )
    yield (
        "议事板",
        [f"{line.kind}{'（本人）' if line.by_this_person else ''}：{line.text}" for line in one.board],
    )
    yield "协议", [f"第{clause.no}条　{clause.text}" for clause in one.clauses]
    yield "本人的签名", [f"{cn_date(place.on)}　{place.method}" for place in one.signatures]
    yield (
        "履行",
        [
            f"第{row.clause}条，应于{cn_date(row.due_on)}，"
            f"{f'{cn_date(row.done_on)}已履行' if row.done_on else '没有履行'}"
            f"{f'，{figures(row.amount)}元' if row.amount is not None else ''}"
            for row in one.performance
        ],
    )
    yield "结果", [f"{cn_date(one.outcome.concluded_on)}　{one.outcome.result}"] if one.outcome else []
    yield "告知和同意", [said(word) for word in one.consents]
    yield (
        "提供给了谁",
        [f"{cn_date(gift.on)}　{gift.to}：{gift.what}（{gift.ground}）" for gift in one.transfers],
    )
    yield "打印过的文书", [f"{cn_date(local_day(made.at))}　{made.title}" for made in one.papers]
    yield (
        "更正",
        [
            f"{cn_date(done.on)}　{change.name}，原来是“{change.before}”，改为“{change.after}”（{done.reason}）"
            for done in one.corrections
            for change in done.changes
        ],
    )


def _own(own: OwnRecord) -> str:
    found = ((word, getattr(own.words, name, None)) for name, word in _CAPTIONS)
    return "；".join(f"{word}{_plain(value)}" for word, value in found if value)


def _plain(value: Any) -> str:
    return cn_date(value) if hasattr(value, "isoformat") else str(value)
