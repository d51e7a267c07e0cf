"""What the lists of the archive room show of a volume, and the one thing to do with a line of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.archiving.lists import OralLine, VolumeLine, VolumeList
from mediation_desk.cases.summary import MOST_COUNTED
from ui.tables.record_model import Column
from ui.tokens import Tone

ORAL, DESTROYING, FOUND = "口头协议登记卷", "销毁清册", "搜索结果"

DEEDS: dict[str, tuple[str, str]] = {
    VolumeList.TO_FILE: ("去归档", "papers.archive"),
    VolumeList.UNSHELVED: ("上架", "papers.shelf"),
    VolumeList.SHELVED: ("借出", "papers.lend"),
    VolumeList.LENT: ("登记归还", "papers.return"),
    VolumeList.OVERDUE: ("登记归还", "papers.return"),
    VolumeList.ENDED: ("鉴定", "papers.appraise"),
    VolumeList.TO_DESTROY: ("登记销毁", "papers.destroy"),
}
"""Word of the button and the form of the case page it opens."""

EMPTY: dict[str, str] = {
    VolumeList.TO_FILE: "没有要归档的案件。",
    VolumeList.SHELVED: "还没有上架的卷宗。",
    VolumeList.UNSHELVED: "归了档的都已经上架。",
    VolumeList.LENT: "没有借出的卷宗。",
    VolumeList.OVERDUE: "借出的都没有过期。",
    VolumeList.ENDED: "没有保管期满的卷宗。",
    VolumeList.TO_DESTROY: "没有鉴定为销毁、等着登记的卷宗。",
    FOUND: "没有找到。只找已经归档的卷宗；别的案件在“案件”里找。",
}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list on the left with its length."""

    name: str
    count: int = 0

    @property
    def words(self) -> str:
        """The number, ``999+`` for a long list, nothing for an empty one."""
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count or "")


def list_columns() -> tuple[Column[ListRow], ...]:
    """Name and number; what is late in red."""
    return (
        Column("清单", lambda one: one.name),
        Column("卷", lambda one: one.words, width=56, number=True, tone=_list_tone),
    )


def _list_tone(one: ListRow) -> Tone:
    return Tone.SEAL if one.name == VolumeList.OVERDUE else Tone.INK


def volume_columns(which: str, today: date) -> tuple[Column[VolumeLine], ...]:
    """Columns of one list: what it is about, then what it goes by."""
    title: Column[VolumeLine] = Column("案由", lambda one: one.title, explain=lambda one: one.title)
    number: Column[VolumeLine] = Column(
        "卷号", lambda one: one.volume_no or one.number or one.case_key, width=190
    )
    shelf: Column[VolumeLine] = Column("架号", lambda one: one.shelf or "未上架", width=116)
    ends: Column[VolumeLine] = Column("保管到", _ends, width=112, optional=True)
    if which == VolumeList.TO_FILE:
        due: Column[VolumeLine] = Column(
            "最迟归档", lambda one: _day(one.day), width=112, tone=lambda one: _late(one, today)
        )
        left: Column[VolumeLine] = Column(
            "",
            lambda one: "逾期未归档" if one.day < today else "",
            width=96,
            tone=lambda one: _late(one, today),
        )
        why: Column[VolumeLine] = Column(
            "为什么", lambda one: one.filing_why, explain=lambda one: one.filing_why
        )
        return number, title, due, left, why
    if which in (VolumeList.LENT, VolumeList.OVERDUE):
        return (
            number,
            title,
            Column("借阅人", _borrower, width=150),
            Column("借出", lambda one: _day(one.lent_on), width=112, optional=True),
            Column("应还", lambda one: _day(one.day), width=112, tone=lambda one: _late(one, today)),
            Column("事由", lambda one: one.loan_why, width=150, optional=True),
        )
    filed: Column[VolumeLine] = Column("归档", lambda one: _day(one.archived_on), width=112)
    out: Column[VolumeLine] = Column("在谁那里", lambda one: _borrower(one) or "—", width=110, optional=True)
    return number, title, filed, shelf, ends, out


def oral_columns() -> tuple[Column[OralLine], ...]:
    """The register of a period."""
    return (
        Column("序号", lambda one: str(one.no), width=56, number=True),
        Column("编号", lambda one: one.number or one.case_key, width=190),
        Column("案由", lambda one: one.title),
        Column("当事人", lambda one: one.party_names, width=180, optional=True),
        Column("达成", lambda one: one.concluded_on.isoformat(), width=112),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _ends(one: VolumeLine) -> str:
    return one.ends_on.isoformat() if one.ends_on else "永久"


def _borrower(one: VolumeLine) -> str:
    return "，".join(part for part in (one.borrower, one.borrower_unit) if part)


def _late(one: VolumeLine, today: date) -> Tone:
    return Tone.SEAL if one.day < today else Tone.INK
