"""转办单, 交办单, 协办单, 督办单: what a unit is asked to do, with a place for its receipt and its answer (T-3)."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Card,
    Code,
    Column,
    Heading,
    Number,
    Paper,
    Profile,
    SealPlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import Background
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

CODE_MM = 26
_ASKS = {
    OrderKind.HAND_OVER: "下列事项属于你单位职责，现转你单位办理。请签收后依法处理，并将办理结果反馈本中心。",
    OrderKind.ASSIGN: "下列案件交你单位牵头办理。请签收后按期办结，并将办理结果反馈本中心。",
    OrderKind.ASSIST: "下列案件请你单位协助办理。请签收后按要求协助，并将协助情况反馈本中心。",
    OrderKind.SUPERVISE: "下列事项现予督办。请即办理，并将办理情况书面反馈本中心。",
}
_WORDS = {
    OrderKind.HAND_OVER: "转办理由：",
    OrderKind.ASSIGN: "交办要求：",
    OrderKind.ASSIST: "协办事项：",
    OrderKind.SUPERVISE: "督办事由：",
}
_VOID = (OrderStatus.VOIDED,)


def titles(kind: OrderKind) -> dict[Track, str]:
    """The same on every track: ``交办单``."""
    return dict.fromkeys(Track, f"{kind}单")


def applies_to(kind: OrderKind) -> Callable[[CaseFile], str | None]:
    """Why a case has no slip of this kind, or None."""

    def applies(file: CaseFile) -> str | None:
        return None if _orders(file, kind) else f"本案没有{kind}，不能打印{kind}单。"

    return applies


def compose_of(kind: OrderKind) -> Callable[[CaseFile, Background], tuple[Paper, ...]]:
    """A slip for every order of this kind, the oldest first."""

    def compose(file: CaseFile, _background: Background) -> tuple[Paper, ...]:
        return tuple(_slip(file, order) for order in _orders(file, kind))

    return compose


def case_code(file: CaseFile) -> Code:
    """The case code as a QR code: nothing else, so that a slip lost tells nobody anything."""
    return Code(text=file.case_key, height=CODE_MM)


def _orders(file: CaseFile, kind: OrderKind) -> tuple[Order, ...]:
    found = (order for order in file.beside.orders if order.kind is kind)
    return tuple(order for order in found if order.status not in _VOID)


def _slip(file: CaseFile, order: Order) -> Paper:
    title, number = f"{order.kind}单", f"{file.case_key}-{order.no}"
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"单号：{number}"),
        Card(picture=case_code(file), name=order.to, rows=_head(file, order)),
        paragraph(_ASKS[order.kind]),
        paragraph(f"{file.title}（{file.dispute.category}）。", label="案由："),
        *(paragraph(_party(party), label=f"{party.side}：") for party in file.parties),
        paragraph(file.facts, label="事情经过："),
        paragraph(order.task, label=_WORDS[order.kind], keep=True),
        _answers(order),
        SealPlace(body=file.centre, day=cn_date(order.given_on)),
    )
    heading = Heading(form=title, title=title, number=number, dated=order.given_on, part="")
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _head(file: CaseFile, order: Order) -> tuple[tuple[str, str], ...]:
    about = f"第{order.about}号" if order.about is not None and order.kind is OrderKind.SUPERVISE else ""
    rows = (
        ("责任人", order.person),
        ("协办单位", "、".join(order.helpers)),
        ("督办", about),
        ("办理期限", f"{cn_date(order.due_on)}前" if order.due_on else ""),
        ("案件代码", file.case_key),
        ("案号", file.intake.number or ""),
        ("值班长决定", order.decided_by or ""),
    )
    return tuple(row for row in rows if row[1])


def _party(party: Party) -> str:
    phone = f"，电话{party.phone}" if party.phone else ""
    return f"{party.name}{phone}。"


def _answers(order: Order) -> Table:
    """Filled in where it is on file, open for the pen where it is not."""
    received = cn_date(order.received_on) if order.received_on else BLANK_DATE
    replied = cn_date(order.replied_on) if order.replied_on else BLANK_DATE
    return Table(
        columns=(
            Column(title="", weight=18),
            Column(title="情况", weight=90, centred=False),
            Column(title="签名、日期", weight=48),
        ),
        rows=(
            ("签收", "", f"{order.received_by}　{received}" if order.received_by else received),
            ("办理结果", order.reply, replied),
        ),
        tall=True,
        hands=(("签收人",), ("办理人",)),
    )


FORMS = tuple(
    Form(
        key=key,
        code=f"{kind}单",
        stage=Stage.ROUTING,
        titles=titles(kind),
        applies=applies_to(kind),
        compose=compose_of(kind),
    )
    for key, kind in (
        ("handover", OrderKind.HAND_OVER),
        ("assignment", OrderKind.ASSIGN),
        ("assistance", OrderKind.ASSIST),
        ("supervision", OrderKind.SUPERVISE),
    )
)
