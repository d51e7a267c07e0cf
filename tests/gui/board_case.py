"""A case with a planned session and something on its board, some of it private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.inviting import RecordConsents
from mediation_desk.cases.steps.step import Step
from mediation_desk.experts.model import Recorder
from mediation_desk.hearings.arrangement import Guest, Subject
from mediation_desk.hearings.board.notes import Note, NoteKind, Wall
from mediation_desk.hearings.model import SessionMode
from tests.gui.case_page_driver import fill_pool, register

SECRET = "底线是八百块，别告诉他"


def line(key: str, text: str, **more: object) -> Note:
    """A line of the first session, said by the applicant unless told otherwise."""
    made = Note(key=key, session_no=1, speaker="A1", text=text, at=datetime(2026, 1, 1, tzinfo=UTC))
    return replace(made, **more)  # type: ignore[arg-type]


def planned(services: Services, *, mode: SessionMode = SessionMode.ON_SITE) -> CaseFile:
    """Accepted, a mediator named, a session planned today."""
    fill_pool(services)
    file, today = register(services), services.cases.local_today
    recorder = Recorder(pool_no="R01", name="何笔录", organisation=file.organisation.name)
    steps: tuple[Step, ...] = (
        Accept(on=today),
        Designate(on=today, presiding="M01", disclosure="无利害关系", recorder=recorder),
        PlanSession(
            date=today,
            start=time(0, 30),
            place="第一调解室",
            mode=mode,
            guests=(Guest(session_no=0, name="王大妈"),),
        ),
        RecordConsents(about=Subject.GUEST, guest="王大妈", on=today, agreed=("A1", "B1")),
    )
    for step in steps:
        file = services.cases.perform(services.actor, file.case_key, step, version=file.version)
    return file


def with_board(
    services: Services, *, mode: SessionMode = SessionMode.ON_SITE, opened: bool = True
) -> CaseFile:
    """The same with a board: an issue, an offer both agreed to, talks with one side."""
    file = planned(services, mode=mode)
    actor, key, boards = services.actor, file.case_key, services.boards
    for code in ("identities", "recusal", "discipline", "rights") if opened else ():
        boards.open(actor, key, 1, code, answer="不要求更换" if code == "recusal" else "")
    for ref in ("A1", "B1", "邀请:王大妈"):
        boards.attend(actor, key, 1, ref, "到场")
    boards.write(actor, key, line("a", "三月一日下大雨，院子里的水漫到屋里，墙皮都泡坏了"))
    boards.write(actor, key, line("b", "他家的排水口堵了，水才漫过来", speaker="B1"))
    issue = boards.write(actor, key, line("c", "院墙由谁来修", speaker="M01", kind=NoteKind.ISSUE))
    boards.write(actor, key, line("d", "照片五张", kind=NoteKind.EVIDENCE))
    boards.write(actor, key, line("e", "相邻排水应当为对方留出出路", speaker="M01", kind=NoteKind.LAW))
    offer = boards.write(
        actor, key, line("f", "院墙由我来修", speaker="B1", kind=NoteKind.OFFER, issue=issue.no)
    )
    boards.accept(actor, key, offer.no, ("A1",), services.cases.local_today)
    boards.write(actor, key, line("g", SECRET, wall=Wall.SIDE, side="A1"))
    return services.cases.file(actor, key)
