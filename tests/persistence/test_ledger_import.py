"""Taking an old register in as cases and taking it back, on both databases."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, text

from db.tables.cases import cases
from db.tables.centre import people
from db.unit_of_work import Storage
from db.work import Work
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.lifecycle import State as CaseState
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cli.main import run
from mediation_desk.interchange.ledger import service as ledger_service
from mediation_desk.interchange.ledger.service import LedgerImport
from mediation_desk.interchange.ledger.staging import StagedLedger
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.service import StatisticsService
from tests.unit.register import GOOD, TITLES, made, with_cells
from tests.unit.roster import workbook

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
ID_NO = "110101195904121375"


def number(serial: int) -> str:
    return f"（2024）清平人调字第{serial}号"


def line(serial: int, **wanted: object) -> list[object]:
    day = date(2024, 1, 1) + timedelta(days=serial)
    own = {"编号": number(serial), "登记日期": day, "结案日期": day, "申请人": f"张{chr(0x4E00 + serial)}"}
    return with_cells(**(own | wanted))


def clock() -> datetime:
    return NOW


@pytest.fixture
def ledgers(storage: Storage) -> LedgerImport:
    return LedgerImport(storage, clock)


@pytest.fixture
def desk(storage: Storage) -> CaseService:
    return CaseService(storage, clock)


def staged(
    ledgers: LedgerImport, *rows: list[object] | tuple[object, ...], file: str = "台账.xlsx"
) -> StagedLedger:
    titles = (*TITLES, "身份证号")
    return ledgers.stage(COUNTER, ledgers.read(COUNTER, file, workbook(titles, *rows)))


def everything(desk: CaseService) -> list[CaseFile]:
    keys = [one.case_key for one in desk.summaries(COUNTER, CaseQuery(limit=1000))]
    return [desk.file(COUNTER, key) for key in sorted(keys)]


def counted(storage: Storage) -> dict[str, int]:
    """Rows of every table but the trail, ids of units, small values and the marks of months to count again."""
    with storage.read() as work:
        return {
            table.name: work.connection.scalar(select(func.count()).select_from(table)) or 0
            for table in cases.metadata.sorted_tables
            if table.name
            not in (
                "operations",
                "audit",
                "audit_head",
                "audit_words",
                "settings",
                "ledger_batches",
                "number_series",
                "bodies",
                "touched_months",
            )
        }


def trail(storage: Storage) -> list[tuple[str, dict[str, object]]]:
    with storage.read() as work:
        rows = work.connection.execute(text("SELECT action, details FROM audit ORDER BY seq")).all()
    return [(row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]) for row in rows]


def test_good_rows_become_cases_as_one_batch(
    storage: Storage, ledgers: LedgerImport, desk: CaseService
) -> None:
    result = ledgers.take_in(COUNTER, staged(ledgers, line(1), line(2, 纠纷类型="宇宙"), line(3), line(1)))
    assert (result.taken, result.wrong, result.skipped, result.stopped) == (2, 1, 1, False)
    first, second = everything(desk)
    assert [one.intake.number for one in (first, second)] == [number(1), number(3)]
    assert state_of(first) is CaseState.ON_LEDGER
    kept = first.beside.ledger
    assert kept is not None
    assert (kept.batch, kept.row) == (result.batch, 2)
    assert kept.cells["编号"] == number(1)
    (entry,) = desk.history(COUNTER, first.case_key)
    assert "“台账.xlsx”第2行" in entry.sentence
    action, details = trail(storage)[-1]
    assert action == "ledger.import"
    assert "张" not in json.dumps(details, ensure_ascii=False)


def test_a_case_reads_back_as_it_was_made(ledgers: LedgerImport, desk: CaseService) -> None:
    found = staged(ledgers, (*line(1, 调解结果="达成书面协议，12,000元"), ID_NO))
    ledgers.take_in(COUNTER, found)
    (file,) = everything(desk)
    wanted = made(found)
    assert wanted.beside.ledger is not None
    assert file.beside.ledger is not None
    as_made = replace(
        wanted,
        case_key=file.case_key,
        version=1,
        beside=replace(wanted.beside, ledger=replace(wanted.beside.ledger, batch=file.beside.ledger.batch)),
    )
    assert file == as_made


def test_numbers_of_the_register_are_never_given_again(ledgers: LedgerImport, desk: CaseService) -> None:
    ledgers.take_in(COUNTER, staged(ledgers, line(7), line(41), line(12)))
    with pytest.raises(RuleError, match="台账旧案"):
        desk.perform(COUNTER, everything(desk)[0].case_key, Accept(on=date(2026, 6, 30)))
    open_case = line(1, 调解结果="调解中")
    open_case[0], open_case[-1] = "", None
    ledgers.take_in(COUNTER, staged(ledgers, open_case))
    (case,) = [one for one in everything(desk) if state_of(one) is CaseState.REGISTERED]
    accepted = desk.perform(COUNTER, case.case_key, Accept(on=date(2024, 3, 5)))
    assert accepted.intake.number == number(42)


def test_a_case_under_way_keeps_its_number_when_it_is_accepted(
    ledgers: LedgerImport, desk: CaseService
) -> None:
    ledgers.take_in(COUNTER, staged(ledgers, line(7, 调解结果="调解中")))
    (case,) = everything(desk)
    assert case.intake.number == number(7)
    assert desk.perform(COUNTER, case.case_key, Accept(on=date(2024, 3, 5))).intake.number == number(7)


def test_old_cases_crowd_neither_the_desk_nor_the_counts_of_cases_concluded(
    storage: Storage, ledgers: LedgerImport, desk: CaseService
) -> None:
    ledgers.take_in(COUNTER, staged(ledgers, *(line(serial) for serial in range(1, 30))))
    today = desk.today(COUNTER)
    assert (today.open_cases, today.to_accept, today.deadlines) == (0, (), ())
    year = Period(first=date(2024, 1, 1), last=date(2024, 12, 31))
    table = StatisticsService(storage, clock).table(COUNTER, "tracks", year)
    row = table.rows[0]
    assert table.value(row, "registered") == 29
    assert (table.value(row, "concluded"), table.value(row, "accepted")) == (0, 0)


def test_a_batch_with_cases_out_of_reach_is_not_taken_back(storage: Storage, ledgers: LedgerImport) -> None:
    batch = ledgers.take_in(COUNTER, staged(ledgers, (*line(1), ID_NO), line(2))).batch
    before = counted(storage)
    elsewhere = Actor(account="e", display_name="别处", roles=("值班长",), bodies=("别处的调解委员会",))

    with pytest.raises(PermissionDenied, match="不在您的查看范围"):
        ledgers.undo(elsewhere, batch)
    assert counted(storage) == before
    assert ledgers.stayed(elsewhere, batch) == ()


def test_undo_leaves_nothing_behind(storage: Storage, ledgers: LedgerImport, desk: CaseService) -> None:
    first = ledgers.take_in(COUNTER, staged(ledgers, (*line(1), ID_NO), line(2)))
    before = counted(storage)
    second = ledgers.take_in(COUNTER, staged(ledgers, (*line(3), ID_NO), (*line(4), "110101197002280018")))
    undone = ledgers.undo(COUNTER, second.batch)
    assert (undone.taken, undone.stayed) == (2, 0)
    assert counted(storage) == before
    with storage.read() as work:
        assert work.connection.scalar(select(func.count()).select_from(people)) == 1
    ledgers.undo(COUNTER, first.batch)
    assert everything(desk) == []
    assert not any(counted(storage).values())
    with pytest.raises(InputError, match="已经撤销过"):
        ledgers.undo(COUNTER, first.batch)
    with pytest.raises(InputError, match="没有批次"):
        ledgers.undo(COUNTER, "x")


def test_a_case_worked_on_since_stays_and_is_named(ledgers: LedgerImport, desk: CaseService) -> None:
    result = ledgers.take_in(COUNTER, staged(ledgers, line(1), line(2, 调解结果="调解中"), line(3)))
    (case,) = [one for one in everything(desk) if state_of(one) is CaseState.REGISTERED]
    desk.perform(COUNTER, case.case_key, Accept(on=date(2024, 3, 5)))
    assert ledgers.stayed(COUNTER, result.batch) == (case.case_key,)
    undone = ledgers.undo(COUNTER, result.batch)
    assert (undone.taken, undone.stayed) == (3, 1)
    assert [one.case_key for one in everything(desk)] == [case.case_key]


def test_what_is_on_file_is_named_and_not_taken_twice(ledgers: LedgerImport) -> None:
    ledgers.take_in(COUNTER, staged(ledgers, line(1), line(2)))
    again = staged(ledgers, line(1), line(2), line(3), file="别的.xlsx")
    assert [row.state for row in again.rows] == [State.SKIPPED, State.SKIPPED, State.READY]
    assert f"与库中{number(1)}" in again.rows[0].twin_sentence


def test_a_case_that_came_in_meanwhile_is_a_conflict_and_nothing_is_doubled(
    ledgers: LedgerImport, desk: CaseService
) -> None:
    late = staged(ledgers, line(1), line(2))
    ledgers.take_in(COUNTER, staged(ledgers, line(2)))
    with pytest.raises(ConflictError, match="第3行需要重新核对"):
        ledgers.take_in(COUNTER, late)
    assert len(everything(desk)) == len(ledgers.batches(COUNTER)) == 1
    assert [row.state for row in ledgers.refreshed(COUNTER, late).rows] == [State.READY, State.SKIPPED]


def test_stopped_on_the_way_what_is_in_is_counted_and_one_goes_on(
    ledgers: LedgerImport, desk: CaseService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_service, "_CHUNK", 2)
    found = staged(ledgers, *(line(serial, 编号="") for serial in range(1, 8)))
    found = found.with_choices(dict.fromkeys((row.number for row in found.rows), Choice.NEW))
    result = ledgers.take_in(COUNTER, found, watch=lambda done: done < 4)
    assert (result.taken, result.stopped) == (4, True)
    assert len(everything(desk)) == 4
    (batch,) = ledgers.batches(COUNTER)
    assert (batch.taken, batch.finished_at) == (4, None)
    rest = ledgers.kept(COUNTER)
    assert rest is not None
    assert (rest.count(State.READY), rest.count(State.SKIPPED)) == (3, 4)
    ledgers.take_in(COUNTER, rest)
    assert len(everything(desk)) == 7
    for one in ledgers.batches(COUNTER):
        ledgers.undo(COUNTER, one.id)
    assert everything(desk) == []


class Broken(Exception):
    """The power goes."""


def test_killed_on_the_way_whole_pieces_are_there_and_one_goes_on(
    storage: Storage, ledgers: LedgerImport, desk: CaseService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_service, "_CHUNK", 3)
    found = staged(ledgers, *(line(serial) for serial in range(1, 9)))
    opened = storage.write
    left = iter(range(3))

    @contextmanager
    def failing(actor: Actor) -> Iterator[Work]:
        with opened(actor) as work:
            yield work
            if next(left, None) is None:
                raise Broken

    monkeypatch.setattr(storage, "write", failing)
    with pytest.raises(Broken):
        ledgers.take_in(COUNTER, found)
    monkeypatch.setattr(storage, "write", opened)
    (batch,) = ledgers.batches(COUNTER)
    assert len(everything(desk)) == batch.taken == 6
    rest = ledgers.kept(COUNTER)
    assert rest is not None
    assert ledgers.take_in(COUNTER, rest).taken == 2
    assert len(everything(desk)) == 8


def test_all_or_nothing_takes_nothing_when_a_row_is_wrong(ledgers: LedgerImport, desk: CaseService) -> None:
    with pytest.raises(InputError, match="有1行有问题，一行也没有收入。第3行"):
        ledgers.take_in(COUNTER, staged(ledgers, line(1), line(2, 纠纷类型="宇宙")), only_good=False)
    assert everything(desk) == []
    with pytest.raises(InputError, match="没有可以收入的行"):
        ledgers.take_in(COUNTER, staged(ledgers, line(2, 纠纷类型="宇宙")))


def test_columns_are_remembered_and_a_draft_outlives_the_program(ledgers: LedgerImport) -> None:
    found = staged(ledgers, line(1, 纠纷类型="宇宙")).with_mapping(7, "registrar")
    ledgers.keep(COUNTER, found.with_cell(2, 4, "邻里"))
    kept = ledgers.kept(COUNTER)
    assert kept is not None
    assert (kept.rows[0].state, kept.plan.mapping[7]) == (State.READY, "registrar")
    ledgers.take_in(COUNTER, kept)
    assert ledgers.kept_file(COUNTER) == ""
    assert staged(ledgers, line(2)).plan.mapping[7] == "registrar"


def test_only_who_may_import_may(ledgers: LedgerImport) -> None:
    mediator = Actor(account="m", display_name="调解员", roles=(Role.MEDIATOR,))
    with pytest.raises(PermissionDenied):
        ledgers.read(mediator, "台账.xlsx", workbook(TITLES, GOOD))
    with pytest.raises(PermissionDenied):
        ledgers.undo(mediator, "x")
    with pytest.raises(InputError, match=r"只能导入\.xlsx"):
        ledgers.read(COUNTER, "台账.csv", b"")


# The command line


def commanded(tmp_path: Path, *arguments: str) -> int:
    return run(["--practice", "--data", str(tmp_path / "desk"), *arguments])


def written(tmp_path: Path, *rows: list[object]) -> str:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(workbook(TITLES, *rows))
    assert load_workbook(io.BytesIO(file.read_bytes())).worksheets
    return str(file)


def test_the_command_line_tells_row_column_value_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commanded(tmp_path, "ledger", "import", written(tmp_path, line(9))) == 0
    file = written(tmp_path, line(1), line(2, 纠纷类型="宇宙"))
    capsys.readouterr()
    assert commanded(tmp_path, "ledger", "import", file, "--dry-run") == 0
    told = capsys.readouterr().out.splitlines()
    assert any(one.startswith("第3行\t“纠纷类型”（E列）\t宇宙\t不认识“宇宙”") for one in told)
    assert "可以收入1行，有问题1行，跳过0行" in told
    assert commanded(tmp_path, "case", "list") == 0
    assert number(1) not in capsys.readouterr().out


def test_the_command_line_takes_in_and_takes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, line(1), line(2, 纠纷类型=""))
    assert commanded(tmp_path, "ledger", "import", file, "--set", "纠纷类型=邻里", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["ready"], told["results"]) == (2, 2, {"调解成功": 2})
    assert commanded(tmp_path, "ledger", "undo", told["batch"]) == 0
    assert "撤出2件，留下0件" in capsys.readouterr().out
    assert commanded(tmp_path, "ledger", "undo", told["batch"]) == 2
    assert commanded(tmp_path, "ledger", "import", file, "--column", "没有=编号") == 2
    assert commanded(tmp_path, "ledger", "import", str(tmp_path / "gone.xlsx")) == 2
    assert commanded(tmp_path, "ledger", "import", written(tmp_path, line(3, 申请人="")), "--all") == 2
