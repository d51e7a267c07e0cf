"""Acts of the services with personal words in them: one dispute from the counter to the archive, and around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.counter.visits import Consult, VisitQuery
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.minutes.model import Reading
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.hearings.board.notes import Wall
from mediation_desk.parties.model import Gender
from tests.persistence.lifecycle_stories import WAYS
from tests.persistence.scanning_acts import VOUCHER
from tests.persistence.test_board import line
from tests.persistence.test_case_steps import BODY, PARTIES, PLAN, REGISTER

NAME, ID_NO, PHONE, SECRET = PARTIES[0].name, PARTIES[0].id_no or "", PARTIES[0].phone, "藏锋墨隐"
Act = Callable[[Desk], object]


def acts(folder: Path) -> Iterator[tuple[str, Act]]:
    """Name and act, in an order in which each can follow the one before; papers go to ``folder``."""
    yield "draft", lambda desk: desk.cases.keep_draft(COUNTER, "new", {"name": NAME, "id_no": ID_NO})
    yield "register", lambda desk: desk.cases.register(COUNTER, REGISTER, despite=ANYWAY)
    yield from _around()
    for step in WAYS[State.ARCHIVED]:
        if step is PLAN:
            yield from _step(step)
            yield from _in_session()
        else:
            yield from _step(step)
    yield "papers", lambda desk: desk.printing.write_all(COUNTER, key(desk), ("pdf",), folder, ("agreement",))
    yield from _step(PutInBin(reason=f"{NAME}要求"))
    yield from _step(TakeOut(override_reason=f"{NAME}要求"))
    yield from _reading()


def key(desk: Desk) -> str:
    """The one case of the database, be it in the bin."""
    found = desk.cases.summaries(COUNTER, CaseQuery(limit=1)) or desk.registers.binned(COUNTER)
    return found[0].case_key


def _step(step: Step) -> Iterator[tuple[str, Act]]:
    yield type(step).__name__, lambda desk: desk.cases.perform(COUNTER, key(desk), step)


def _around() -> Iterator[tuple[str, Act]]:
    """What is no step of a case."""
    visit = Consult(name=NAME, phone=PHONE, matter=REGISTER.facts, answer=f"{NAME}可以申请调解")
    card = MediatorCard(
        pool_no="M77",
        name=SECRET,
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    )
    yield "visit", lambda desk: desk.visits.consult(COUNTER, visit)
    yield "engage", lambda desk: desk.experts.engage(COUNTER, card)
    yield (
        "standing",
        lambda desk: desk.experts.set_standing(COUNTER, "M77", Standing.SUSPENDED, date(2026, 6, 30), SECRET),
    )
    yield "view", lambda desk: desk.views.save(COUNTER, "我的", CaseQuery(search=NAME))
    yield "export", lambda desk: desk.experts.note_export(COUNTER, SECRET)


def _in_session() -> Iterator[tuple[str, Act]]:
    note = line("k1", REGISTER.facts)
    private = replace(line("k2", SECRET), wall=Wall.MEDIATORS)
    yield "note", lambda desk: desk.boards.write(COUNTER, key(desk), note)
    yield "private note", lambda desk: desk.boards.write(COUNTER, key(desk), private)
    yield "strike", lambda desk: desk.boards.strike(COUNTER, key(desk), 1, f"{NAME}收回")
    yield "opening", lambda desk: desk.boards.open(COUNTER, key(desk), 1, "recusal")
    yield "opening", lambda desk: desk.boards.open(COUNTER, key(desk), 1, "rights")
    yield (
        "read out",
        lambda desk: desk.minutes.read_out(
            COUNTER, key(desk), 1, Reading.ALOUD, by=NAME, text=_text_of_record(desk)
        ),
    )


def _text_of_record(desk: Desk) -> str:
    found = desk.minutes.minutes(COUNTER, key(desk), 1)
    assert found is not None
    return found.working.text


def _reading() -> Iterator[tuple[str, Act]]:
    yield "search", lambda desk: desk.finding.look(COUNTER, ID_NO)
    yield "list", lambda desk: desk.cases.summaries(COUNTER, CaseQuery(search=NAME))
    yield "recognise", lambda desk: desk.counter.recognise(COUNTER, ID_NO)
    yield "visits", lambda desk: desk.visits.listed(COUNTER, VisitQuery())
    yield "file", lambda desk: desk.cases.file(COUNTER, key(desk))
    yield "shortlist", lambda desk: desk.choosing.shortlist(COUNTER, key(desk))
    yield "scanned", lambda desk: desk.cases.printed(COUNTER, sha256=VOUCHER.sha256)
