"""恢复单: the recovery code of a centre on one sheet, to be folded, sealed and locked away."""

from __future__ import annotations

from datetime import date

from mediation_desk.documents.content import Block, Heading, Paper, Profile, SignatureArea, Title, paragraph
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.shared.dates import cn_date

TITLE = "数据恢复单"
_GROUPS_A_LINE = 4
_WHY = "忘记了全部管理员的口令，或者换了电脑，只有本单能打开本中心的数据；谁拿到本单，谁就能打开数据。"
_KEEP = "本单只打印这一次，程序里没有底稿。打印后当场对折装袋，封口处两人签名，存入保险柜，不拍照，不另抄。"
_USE = (
    "拆封须两人在场并登记。打开调解台，在登录页按“忘了口令，用恢复单”，照抄恢复码，给管理员设新口令；"
    "程序随即给出新的恢复码，本单作废，应当销毁，另打一张封存。"
)


def compose(centre: str, code: str, made_on: date) -> tuple[Paper, ...]:
    """One sheet for ``code`` as it is typed, in groups."""
    groups = code.split("-")
    lines = ["　".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    grid = FormGrid(
        columns=(34, 122),
        rows=(
            row(caption("中心"), value(centre)),
            row(caption("打印日期"), value(cn_date(made_on))),
            row(caption("恢复码"), value("\n".join(lines)), height=24),
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        grid,
        paragraph(_WHY, label="用处　"),
        paragraph(_KEEP, label="封存　"),
        paragraph(_USE, label="使用　"),
        SignatureArea(places=(by_hand("封存人"), by_hand("监封人"))),
    )
    heading = Heading(form="数据恢复", title=TITLE, dated=made_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)
