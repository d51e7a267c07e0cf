"""Scans as the counter files them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.steps.scanning import (
    Arrived,
    FileScans,
    OrderScans,
    RefileScan,
    ReturnOriginals,
    VoidScan,
)

AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
VOUCHER = Arrived(
    kind=ScanKind.VOUCHER,
    title="转账凭证",
    sha256="ab" * 32,
    name="扫描0001.jpg",
    media="image/jpeg",
    size=120_000,
    pages=1,
    original="cd" * 32,
)
SECOND = Arrived(
    kind=ScanKind.VOUCHER,
    title="收条",
    sha256="ef" * 32,
    name="扫描0002.pdf",
    media="application/pdf",
    size=9_000,
    pages=2,
)
FILED = FileScans(scans=(VOUCHER, SECOND), at=AT)
TURNED = OrderScans(numbers=(2, 1))
REFILED = RefileScan(no=1, kind=ScanKind.COURT, name="法院收条")
VOIDED = VoidScan(no=2, reason="别的案件的")
RETURNED = ReturnOriginals(evidence_refs=("E1",), to="甄有理", on=date(2026, 3, 17), receipt="甄有理")
