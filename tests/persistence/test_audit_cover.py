"""S10: every look, search, print, export and change leaves exactly one entry, in its transaction or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.base import metadata
from db.repositories.audit import AuditRepository
from db.tables.centre import audit
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.audit.reading import EntryQuery
from mediation_desk.audit.wording import act_title
from mediation_desk.cases.counter.visits import Consult
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.summary import CaseQuery, PrintedPaper
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.documents.printing import Job
from mediation_desk.experts.mediator import Standing
from mediation_desk.hearings.remote.meeting import ServerKind
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import StorageError
from tests.documents.pool import photo
from tests.persistence.audit_cover import SAYS, SILENT, methods, said_of
from tests.persistence.pool_material import mediator
from tests.persistence.test_case_steps import REGISTER

NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)
DAY = date(2026, 3, 20)


def test_every_method_says_what_it_leaves() -> None:
    known = {f"{service}.{name}" for service, (_why, names) in SILENT.items() for name in names}

    assert [one for one in methods() if said_of(one) is None] == []
    assert {*SAYS, *known} - set(methods()) == set()


def test_a_method_nobody_spoke_about_is_noticed() -> None:
    assert said_of("cases.burn") is None
    assert said_of("statistics.burn") is None


@dataclass
class World:
    """A small desk; every act finds something of its own to act on."""

    desk: Desk
    out: Path
    numbers: Any

    def fresh(self) -> CaseFile:
        """A case that was just registered, of other people than the last one."""
        return self.desk.cases.register(COUNTER, self.command(), despite=_Anything())

    def command(self) -> Any:
        number = next(self.numbers)
        return replace(REGISTER, title=f"第{number}件", occurred_on=date(2026, 3, 1))

    def accepted(self) -> CaseFile:
        file = self.fresh()
        return self.desk.cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 11)))

    def hired(self) -> str:
        number = f"M{next(self.numbers):02}"
        self.desk.experts.engage(COUNTER, mediator(number, f"新聘{number}"))
        return number


class _Anything:
    def __contains__(self, _key: object) -> bool:
        return True


@pytest.fixture
def world(url: str, tmp_path: Path) -> Any:
    database = tmp_path / "desk.db"
    place = Settings(tmp_path, database) if url.startswith("sqlite") else Settings(tmp_path, None, url)
    desk = open_desk(place, clock=lambda: NOW)
    desk.experts.engage(COUNTER, mediator("M01"))
    yield World(desk, tmp_path / "out", count(10))
    desk.close()


Act = Callable[[], object]
Make = Callable[[World], Act]


def _note_papers(world: World) -> Act:
    file = world.fresh()
    paper = PrintedPaper(
        at=NOW, account="窗口", form="rights", title="权利义务", file_name="x.pdf", pages=1, sha256="0" * 64
    )
    return lambda: world.desk.cases.note_papers(COUNTER, file.case_key, [paper])


def _performed(world: World) -> Act:
    file = world.fresh()
    return lambda: world.desk.cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 11)))


def _registered(world: World) -> Act:
    command = world.command()
    return lambda: world.desk.cases.register(COUNTER, command, despite=_Anything())


def _together(world: World) -> Act:
    file = world.accepted()
    step = End(
        on=date(2026, 3, 12),
        kind=Result.WITHDRAWN,
        cause=Cause.WITHDRAWN,
        reason="自行和解",
        told_remedies=("向人民法院起诉",),
        by=("A1",),
    )
    return lambda: world.desk.cases.perform_together(COUNTER, file.case_key, [lambda _file: step])


def _taken_back(world: World) -> Act:
    file = world.accepted()
    return lambda: world.desk.cases.take_back(COUNTER, file.case_key, version=file.version)


def _taken_over(world: World) -> Act:
    file = replace(world.fresh(), case_key="AJ2020000001", version=0)
    return lambda: world.desk.cases.take_over(COUNTER, file)


def _of_case(deed: Callable[[World, str], object]) -> Make:
    def make(world: World) -> Act:
        key = world.fresh().case_key
        return lambda: deed(world, key)

    return make


def _of_accepted(deed: Callable[[World, str], object]) -> Make:
    def make(world: World) -> Act:
        key = world.accepted().case_key
        return lambda: deed(world, key)

    return make


def _of_expert(deed: Callable[[World, str], object]) -> Make:
    def make(world: World) -> Act:
        number = world.hired()
        return lambda: deed(world, number)

    return make


def _changed(world: World, number: str) -> object:
    known = world.desk.experts.mediator(COUNTER, number)
    return world.desk.experts.change(COUNTER, replace(known, card=replace(known.card, phone="13900001111")))


def _consulted(world: World) -> Act:
    visit = world.desk.visits.consult(COUNTER, Consult(matter="问", answer="答"))
    return lambda: world.desk.loose_printing.consultation(COUNTER, visit, ("pdf",), world.out)


def _worklist(world: World) -> Act:
    found = world.desk.routing.worklist(COUNTER)
    return lambda: world.desk.loose_printing.worklist(COUNTER, found, ("pdf",), world.out)


def _left(world: World) -> Act:
    world.desk.window.set_pin(COUNTER, "4711")
    return lambda: world.desk.window.may_leave(COUNTER, "4711")


ACTS: dict[str, Make] = {
    "archive_papers.appraisal": lambda w: lambda: w.desk.archive_papers.appraisal(COUNTER, ("pdf",), w.out),
    "archive_papers.labels": _of_case(
        lambda w, key: w.desk.archive_papers.labels(COUNTER, [key], ("pdf",), w.out)
    ),
    "archive_papers.oral": lambda w: (
        lambda: w.desk.archive_papers.oral(COUNTER, REGISTER.organisation.name, DAY, ("pdf",), w.out)
    ),
    "audit.check": lambda w: lambda: w.desk.audit.check(COUNTER),
    "audit.close": lambda w: lambda: w.desk.audit.close(COUNTER),
    "audit.lines": lambda w: lambda: w.desk.audit.lines(COUNTER, EntryQuery()),
    "audit.note": lambda w: lambda: w.desk.audit.note(COUNTER, "paper.print", form="x"),
    "audit_papers.closing_sheet": lambda w: (
        lambda: w.desk.audit_papers.closing_sheet(COUNTER, ("pdf",), w.out)
    ),
    "audit_papers.note_closing": lambda w: lambda: w.desk.audit_papers.note_closing(COUNTER),
    "audit_papers.note_entries": lambda w: lambda: w.desk.audit_papers.note_entries(COUNTER),
    "cases.export": _of_case(lambda w, key: w.desk.cases.export(COUNTER, key)),
    "cases.note_papers": _note_papers,
    "cases.perform": _performed,
    "cases.perform_together": _together,
    "cases.register": _registered,
    "cases.summaries": lambda w: lambda: w.desk.cases.summaries(COUNTER, CaseQuery(search="排水")),
    "cases.take_back": _taken_back,
    "cases.take_over": _taken_over,
    "cases.view": _of_case(lambda w, key: w.desk.cases.view(COUNTER, key)),
    "experts.change": _of_expert(_changed),
    "experts.engage": lambda w: lambda: w.desk.experts.engage(COUNTER, mediator("M09", "新来")),
    "experts.note_export": lambda w: lambda: w.desk.experts.note_export(COUNTER, "roster"),
    "experts.set_photo": _of_expert(lambda w, number: w.desk.experts.set_photo(COUNTER, number, photo())),
    "experts.set_standing": _of_expert(
        lambda w, number: w.desk.experts.set_standing(COUNTER, number, Standing.SUSPENDED, DAY, "休养")
    ),
    "finding.look": lambda w: lambda: w.desk.finding.look(COUNTER, "甄有理"),
    "loose_printing.consultation": _consulted,
    "loose_printing.notice_cards": lambda w: (
        lambda: w.desk.loose_printing.notice_cards(COUNTER, ["M01"], ("pdf",), w.out)
    ),
    "loose_printing.roster": lambda w: lambda: w.desk.loose_printing.roster(COUNTER, ("pdf",), w.out),
    "loose_printing.worklist": _worklist,
    "meetings.set_secret": lambda w: lambda: w.desk.meetings.set_secret(COUNTER, "x" * 40),
    "meetings.set_server": lambda w: (
        lambda: w.desk.meetings.set_server(COUNTER, ServerKind.LINK, "https://meet.example.cn")
    ),
    "pool_import.export": lambda w: lambda: w.desk.pool_import.export(COUNTER, public_only=False),
    "pool_import.export_json": lambda w: lambda: w.desk.pool_import.export_json(COUNTER),
    "printing.print_batch": _of_accepted(
        lambda w, key: w.desk.printing.print_batch(
            COUNTER, [Job(case_key=key, form="acceptance")], w.out, lambda _pdf, _job: None
        )
    ),
    "printing.write": _of_accepted(
        lambda w, key: w.desk.printing.write(COUNTER, key, "acceptance", ("pdf",), w.out)
    ),
    "printing.write_all": _of_accepted(
        lambda w, key: w.desk.printing.write_all(COUNTER, key, ("pdf",), w.out, ("acceptance",))
    ),
    "schedules.write_calendar": lambda w: lambda: w.desk.schedules.write_calendar(COUNTER, DAY, DAY, w.out),
    "schedules.write_day": lambda w: lambda: w.desk.schedules.write_day(COUNTER, DAY, ("pdf",), w.out),
    "slips.write_calendar": lambda w: lambda: w.desk.slips.write_calendar(COUNTER, None, DAY, w.out),
    "slips.write_case": _of_case(lambda w, key: w.desk.slips.write_case(COUNTER, key, ("pdf",), w.out)),
    "slips.write_case_calendar": _of_case(
        lambda w, key: w.desk.slips.write_case_calendar(COUNTER, key, w.out)
    ),
    "slips.write_days": lambda w: lambda: w.desk.slips.write_days(COUNTER, None, DAY, ("pdf",), w.out),
    "visits.consult": lambda w: lambda: w.desk.visits.consult(COUNTER, Consult(matter="问", answer="答")),
    "window.may_leave": _left,
    "window.set_pin": lambda w: lambda: w.desk.window.set_pin(COUNTER, "4711"),
}


def entries(desk: Desk) -> int:
    with desk.storage.read() as work:
        return work.connection.scalar(select(func.count()).select_from(audit)) or 0


def content(desk: Desk) -> str:
    """A digest of everything in the database."""
    digest = hashlib.sha256()
    with desk.storage.read() as work:
        for table in metadata.sorted_tables:
            for row in work.connection.execute(select(table)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def last(desk: Desk, number: int) -> list[str]:
    with desk.storage.read() as work:
        return list(
            work.connection.scalars(select(audit.c.action).order_by(audit.c.seq.desc()).limit(number))
        )


def judge(world: World, method: str) -> None:
    """The test itself: one entry, of the act that was said."""
    act = ACTS[method](world)
    before = entries(world.desk)
    act()
    written = entries(world.desk) - before
    assert (method, last(world.desk, written)) == (method, [SAYS[method].act])


def test_every_act_has_its_entry_shown_here_or_elsewhere() -> None:
    said = {method for method, one in SAYS.items() if one.act}
    elsewhere = {method for method in said if SAYS[method].elsewhere}

    assert said - set(ACTS) - elsewhere == {"audit_papers.entries"}  # two acts: the look and the print
    assert set(ACTS) - said == set()
    for method in elsewhere:
        assert (Path(__file__).parents[1] / f"{SAYS[method].elsewhere}.py").exists(), method


@pytest.mark.parametrize("method", ACTS)
def test_an_act_leaves_one_entry_or_does_not_happen(
    world: World, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_audit: AuditRepository) -> None:
        raise StorageError("磁盘已满")

    act = ACTS[method](world)
    before, files = content(world.desk), sorted(world.out.rglob("*.*"))
    with monkeypatch.context() as broken:
        broken.setattr(AuditRepository, "append", full)
        broken.setattr(AuditRepository, "demand", full)
        with pytest.raises(StorageError):
            act()
    assert content(world.desk) == before, "the act happened without its entry"
    assert sorted(one for one in world.out.rglob("*.*")) == files, "a file left without its entry"
    number = entries(world.desk)
    act()
    assert last(world.desk, entries(world.desk) - number) == [SAYS[method].act]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_dropped_entry_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(AuditRepository, "write", lambda _audit, **_entry: None)

    with pytest.raises(AssertionError, match=r"cases\.view"):
        judge(world, "cases.view")


def test_a_look_goes_on_for_some_minutes(world: World) -> None:
    key = world.fresh().case_key
    before = entries(world.desk)
    for _ in range(5):
        world.desk.cases.view(COUNTER, key)
        world.desk.finding.look(COUNTER, "甄有理")

    assert entries(world.desk) - before == 2


def test_a_change_tells_before_and_after_to_who_reads_the_case(world: World) -> None:
    file = world.accepted()
    line = world.desk.cases.looks(COUNTER, file.case_key)[0]
    told = {where: (was, now) for where, was, now in line.words["changes"]}

    assert told["/intake/accepted_on"] == ("", "2026-03-11")
    assert "/intake/accepted_on" in line.details["fields"]
    [reviewed] = [one for one in world.desk.audit.lines(COUNTER, EntryQuery()) if one.seq == line.seq]
    assert reviewed.words == {}, "the reviewer sees acts, not what a case says"


def test_every_act_has_a_name_in_the_words_of_the_desk() -> None:
    named = {said.act: act_title(said.act) for said in SAYS.values() if said.act}

    assert {act: title for act, title in named.items() if re.search("[a-z]", title)} == {}
    assert act_title("nobody.named.it") == "nobody：named.it", "the control"
