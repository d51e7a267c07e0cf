"""A session over the network, as the counter arranges and notes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from mediation_desk.cases.steps.evidence import AddEvidence, Recorded
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.cases.steps.remote import ArrangeRemote, ConsentRemote, NoteJoined
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.hearings.model import Attendance, SessionMode, SessionResult
from mediation_desk.hearings.remote.meeting import IdentityCheck, ServerKind
from mediation_desk.shared.file_store import Kept
from tests.persistence.test_case_steps import PLAN, recorded

DAY = date(2026, 3, 16)
LINK = "https://meet.example.cn/k7mp-x2qe"
REMOTE_PLAN = replace(PLAN, mode=SessionMode.REMOTE)
MIXED_PLAN = replace(PLAN, mode=SessionMode.MIXED)
ARRANGED = ArrangeRemote(session_no=1, kind=ServerKind.JITSI, room="k7mp-x2qe", link=LINK)
AGREED = ConsentRemote(session_no=1, by=("A1", "B1"), on=date(2026, 3, 15), how="电话")
JOINED = NoteJoined(
    session_no=1, ref="A1", name="甄有理", joined_at=time(9, 25), identity=IdentityCheck.COMPARED
)
KEPT = Kept(sha256="ab" * 32, size=5_000_000_000)
RECORDING = AddEvidence(
    name="第1次调解录像",
    kind=EvidenceKind.AUDIOVISUAL,
    provided_by="M01",
    on=DAY,
    proves="调解经过",
    file=Recorded(
        kept=KEPT,
        name="录像.mp4",
        taken_at=datetime(2026, 3, 16, 1, 30, tzinfo=UTC),
        by="窗口",
        session_no=1,
        recorded=("A1", "B1"),
        consents=("A1", "B1"),
    ),
)
PAPER = AddEvidence(
    name="转账记录", kind=EvidenceKind.DOCUMENT, provided_by="A1", pages=3, original=False, on=DAY
)


def held(result: SessionResult, *how: tuple[str, str]) -> RecordSession:
    """A record of the planned session with these ways of attending."""
    return replace(recorded(result), attendees=tuple(Attendance(ref=ref, how=way) for ref, way in how))
