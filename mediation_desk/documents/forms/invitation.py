"""远程调解邀请卡: how one person gets into a remote session; a stranger who finds it learns nothing of the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mediation_desk.cases.meetings import Invitation
from mediation_desk.documents.content import (
    Block,
    Card,
    Clause,
    Code,
    DayLine,
    Heading,
    Label,
    Paper,
    Profile,
    Title,
    paragraph,
)
from mediation_desk.hearings.remote.rules import RemoteRules
from mediation_desk.shared.dates import cn_date, cn_time, weekday

TITLE = "远程调解邀请卡"
CODE_MM = 62.0  # a code with a token has about a hundred modules in a row; a phone still reads it from a hand's breadth
_BY_HAND = "　" * 12
_NUMBERS = "一二三四五六七八九"


def compose(centre: str, invited: Sequence[Invitation], rules: RemoteRules) -> tuple[Paper, ...]:
    """A page for each."""
    return tuple(_page(centre, one, rules) for one in invited)


def _page(centre: str, one: Invitation, rules: RemoteRules) -> Paper:
    heading = Heading(form="邀请卡", title=TITLE, dated=one.day, part=one.guest.ref)
    return Paper(heading=heading, blocks=tuple(_blocks(centre, one, rules)), profile=Profile.POSTER)


def _blocks(centre: str, one: Invitation, rules: RemoteRules) -> Iterator[Block]:
    yield Title(text=TITLE)
    end = f"至{cn_time(one.until)}" if one.until else ""
    yield Card(
        picture=Code(text=one.link, height=CODE_MM),
        name="扫码参加",
        rows=(
            ("", f"{one.addressee}"),
            ("日期", cn_date(one.day)),
            ("", weekday(one.day)),
            ("时间", f"{cn_time(one.start)}{end}"),
        ),
    )
    yield Label(text="怎样参加")
    for number, line in zip(_NUMBERS, rules.how, strict=False):
        yield Clause(number=f"{number}、", text=line)
    yield paragraph(rules.phone or _BY_HAND, label="电话：", indent=False)
    yield paragraph(rules.prepare, label="请准备：", indent=False)
    yield from _address(one.page)
    if one.personal:
        yield paragraph("二维码只给您一个人用，请不要转给别人。", indent=False)
    yield DayLine(day=centre)


def _address(page: str) -> Iterator[Block]:
    """To be read out on the telephone: the server, and the name of the room on a line of its own."""
    server, slash, room = page.rpartition("/")
    if "://" in server and not server.endswith("/") and slash and room and "?" not in room:
        yield paragraph(server, label="网址：", indent=False)
        yield paragraph(room, label="会议号：", indent=False)
    else:
        yield paragraph(page, label="网址：", indent=False)
