"""A case whose volume is filed, reviewed, on its shelf, and was lent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.cases.archiving.model import Loan, Shelf
from mediation_desk.cases.archiving.quality import filled
from mediation_desk.cases.model import Archive, CaseFile, Evidence
from mediation_desk.cases.vocabulary import EvidenceKind, Retention
from tests.documents.dispute import case

FILED = date(2026, 6, 30)


def evidence(no: int, name: str, kind: EvidenceKind, *, original: bool = True) -> Evidence:
    """A piece of evidence."""
    return Evidence(
        ref=f"E{no}", name=name, kind=kind, provided_by="A1", original=original, received_on=date(2026, 3, 12)
    )


def shelved() -> CaseFile:
    """The invented dispute as the archive room knows it; the second loan is still out."""
    base = case(
        evidence=(
            evidence(1, "房屋买卖合同", EvidenceKind.DOCUMENT),
            evidence(2, "漏水的水管接头", EvidenceKind.OBJECT),
            evidence(3, "渗水照片", EvidenceKind.DOCUMENT, original=False),
        ),
        archive=Archive(
            archived_on=FILED,
            volume_no="（2026）测人调字第31号",
            retention=Retention.LONG,
            pages=42,
            documents=("卷宗封面", "卷内目录", "人民调解协议书"),
            access="涉及隐私，查阅须经批准",
        ),
    )
    review = filled(
        base, on=date(2026, 6, 26), by="甄世平", ticked=("binding.bound",), note="装订线松。", missing=None
    )
    loans = (
        Loan(
            no=1,
            who="顾凡",
            unit="云川市测试区人民法院",
            why="核对协议原件",
            on=date(2026, 7, 2),
            due_on=date(2026, 7, 17),
            approved_by="范主任",
            lent_by="窗口",
            returned_on=date(2026, 7, 10),
            condition="完好",
            received_by="窗口",
        ),
        Loan(
            no=2,
            who="贾明",
            why="写典型案例",
            on=date(2026, 8, 3),
            due_on=date(2026, 8, 18),
            approved_by="范主任",
            lent_by="窗口",
        ),
    )
    shelf = Shelf(place="A2-03-4-12", on=FILED, by="窗口")
    return replace(base, beside=replace(base.beside, reviews=(review,), loans=loans, shelf=shelf))
