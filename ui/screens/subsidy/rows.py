"""The lists of a month and what each shows of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.shared.money import figures
from mediation_desk.subsidy.model import Batch, BatchSheet, Claim, ClaimStatus, Difference
from mediation_desk.subsidy.sharing import Share
from mediation_desk.subsidy.worksheet import Worksheet
from ui.tables.record_model import Column
from ui.tokens import Tone

READY, LATER, NEVER, BACK, CHANGED = "可以列入", "暂不计补", "不计补", "待冲减", "有更正"
EMPTY = {
    READY: "没有可以列入的案件。",
    LATER: "没有等着归档或者履行的案件。",
    NEVER: "没有不能计补的案件。",
    BACK: "没有要冲减的。",
    CHANGED: "列入清单的案件都没有更正过。",
}
_TONES = {
    ClaimStatus.WAITING: Tone.SOON,
    ClaimStatus.APPROVED: Tone.ACCENT,
    ClaimStatus.PAID: Tone.DONE,
    ClaimStatus.REFUSED: Tone.SEAL,
    ClaimStatus.VOIDED: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list on the left with its length; ``batch`` where it was prepared."""

    name: str
    count: int
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a list. ``about`` is the clause, or why there is nothing; amounts in words of figures."""

    case_key: str
    name: str
    concluded_on: date | None
    about: str
    who: str
    amount: str
    state: str = ""
    tone: Tone = Tone.INK
    takes_back: bool = False


def list_name(batch: Batch) -> str:
    """``第1号　已批准``."""
    return f"第{batch.no}号　{batch.status}"


def of_worksheet(sheet: Worksheet) -> Line:
    """A case that is not claimed yet."""
    reasons = "；".join(one.sentence for one in sheet.refusals)
    return Line(
        case_key=sheet.case_key,
        name=sheet.number or sheet.case_key,
        concluded_on=sheet.concluded_on,
        about=reasons or sheet.clause,
        who=_who(sheet.shares),
        amount=figures(sheet.amount),
    )


def of_claim(claim: Claim, refusal: str = "") -> Line:
    """A line of a list; ``refusal`` is a reason not sent off yet."""
    status = ClaimStatus.REFUSED if refusal else claim.status
    told = refusal or claim.reason
    about = f"冲减：{told}" if claim.corrects is not None else told or claim.clause
    return Line(
        case_key=claim.case_key,
        name=claim.number or claim.case_key,
        concluded_on=claim.concluded_on,
        about=about,
        who=_who(claim.shares),
        amount=figures(claim.amount),
        state=status,
        tone=_TONES[status],
        takes_back=claim.corrects is not None,
    )


def of_difference(one: Difference) -> Line:
    """A claim whose case was changed since."""
    return Line(
        case_key=one.claim.case_key,
        name=one.claim.number or one.claim.case_key,
        concluded_on=one.claim.concluded_on,
        about=f"原 {figures(one.claim.amount)} 元，现 {figures(one.amount)} 元：{one.why}",
        who=_who(one.claim.shares),
        amount=figures(one.change),
        state=one.claim.status,
        tone=_TONES[one.claim.status],
    )


def list_columns() -> tuple[Column[ListRow], ...]:
    """Name and number."""
    return (
        Column("清单", lambda one: one.name),
        Column(
            "件",
            lambda one: str(one.count or ""),
            width=52,
            number=True,
            tone=lambda one: Tone.SEAL if one.name == CHANGED else Tone.INK,
        ),
    )


def line_columns(which: str, *, prepared: bool) -> tuple[Column[Line], ...]:
    """What a list shows."""
    about = "依据的条款" if which == READY or prepared else "差在哪里" if which == CHANGED else "为什么"
    state: tuple[Column[Line], ...] = ()
    if prepared or which == CHANGED:
        state = (Column("状态", lambda one: one.state, width=92, tone=lambda one: one.tone),)
    return (
        Column("编号", lambda one: one.name, width=222),
        Column(about, lambda one: one.about, explain=lambda one: one.about),
        Column("调解员（元）", lambda one: one.who, width=190, explain=lambda one: one.who, optional=True),
        Column(
            "差额（元）" if which == CHANGED else "金额（元）", lambda one: one.amount, width=106, number=True
        ),
        *state,
        Column(
            "办结",
            lambda one: one.concluded_on.isoformat() if one.concluded_on else "—",
            width=108,
            optional=True,
        ),
    )


def lines_of(sheet: BatchSheet, refused: dict[str, str]) -> tuple[Line, ...]:
    """The lines of a prepared list."""
    return tuple(
        of_claim(claim, refused.get(claim.case_key, "") if claim.corrects is None else "")
        for claim in sheet.claims
    )


def _who(shares: tuple[Share, ...]) -> str:
    return "，".join(f"{one.name} {figures(one.amount)}" for one in shares if one.amount)
