"""日结单: what was done on a day, in numbers, and where the audit trail stood; filed away from the computer."""

from __future__ import annotations

from mediation_desk.audit.closing import Day
from mediation_desk.audit.wording import Kind
from mediation_desk.documents.content import (
    Block,
    Column,
    Heading,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.shared.dates import cn_date

TITLE = "日结单"
_COLUMNS = (
    Column(title="账号", weight=40, centred=False),
    *(Column(title=kind.value, weight=18) for kind in Kind),
    Column(title="合计", weight=18),
)


def compose(centre: str, day: Day) -> tuple[Paper, ...]:
    """One sheet: counts by account and kind of act, and the code that binds them."""
    code = day.anchor.text if day.anchor else "审计记录还是空的"
    blocks: tuple[Block, ...] = (
        Title(text=f"{cn_date(day.on)}{TITLE}"),
        paragraph(f"当日记入审计记录{day.entries}条，其中要留意的{day.flagged}条。", indent=False, keep=True),
        Table(columns=_COLUMNS, rows=tuple(_row(account, counts) for account, counts in day.by_account())),
        paragraph(f"审计码：{code}", indent=False, keep=True),
        paragraph(
            "审计码由到此为止的全部记录算出。以后任何人改动、删除、补写这些记录，都会与本单上的审计码不符。"
            "请签名后与电脑分开存放；核对时用 check --audit --anchor 输入审计码。",
            indent=False,
            keep=True,
        ),
        SignatureArea(places=(by_hand("值班长"), by_hand("见证人"))),
        paragraph(centre, indent=False),
    )
    heading = Heading(form="日结单", title=TITLE, dated=day.on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL, landscape=True),)


def _row(account: str, counts: dict[Kind, int]) -> tuple[str, ...]:
    figures = [counts.get(kind, 0) for kind in Kind]
    return (account, *(str(figure) if figure else "—" for figure in figures), str(sum(figures)))
