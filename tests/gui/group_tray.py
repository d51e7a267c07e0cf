"""A tray as large as they come: the agreement of 26 people in 28 copies."""

from __future__ import annotations

from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.ink.tray import Tray, trays
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.shared.clock import system_clock

PEOPLE, COPIES = 26, 28


def group_tray(file: CaseFile) -> Tray:
    """Each of them signs and leaves a fingerprint on every copy."""
    kinds = (InkKind.SIGNATURE, InkKind.FINGERPRINT)
    places = tuple(
        InkPlace(key=str(2 * who + part + 1), page=6, kind=kind, hands=(f"工友{who}",), ref=f"A1-{who:02d}")
        for who in range(PEOPLE)
        for part, kind in enumerate(kinds)
    )
    paper = PrintedPaper(
        at=system_clock(),
        account="窗口",
        form="agreement",
        title="人民调解协议书",
        file_name="a.pdf",
        pages=7,
        sha256="0" * 64,
        version="AAAAAAAAAA",
        copies=COPIES,
        places=places,
    )
    (tray,) = trays(file, (paper,))
    return tray
