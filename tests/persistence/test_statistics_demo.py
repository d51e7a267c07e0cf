"""A synthetic centre written in bulk: stored like any other case, and counted as a recount by hand counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.interchange.writer import write_case
from mediation_desk.practice.demo import fill, generate
from mediation_desk.practice.material import centre
from mediation_desk.practice.sample import fill_sample
from mediation_desk.practice.series import CASE_CODES
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.track import Track
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.service import StatisticsService

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
NUMBER = 250
PERIODS = [
    (Period(first=date(2026, 1, 1), last=date(2026, 12, 31)), TODAY),
    (Period(first=date(2026, 1, 1), last=date(2026, 6, 30)), date(2026, 5, 15)),
    (Period(first=date(2024, 1, 1), last=date(2026, 12, 31)), date(2026, 1, 1)),
]


@pytest.fixture
def files() -> list[CaseFile]:
    return list(generate(NUMBER, 11, TODAY))


@pytest.fixture
def filled(storage: Storage) -> Storage:
    fill(BulkCases(storage), NUMBER, 11, clock=lambda: NOW)
    return storage


def recounted(
    files: list[CaseFile], period: Period, as_of: date
) -> Iterator[tuple[CaseFile, dict[str, Any]]]:
    """The ``statistics`` block of every exported case that ended in the period."""
    for file in files:
        data: Any = write_case(file, as_of=as_of)
        ended = data["outcome"] and date.fromisoformat(data["outcome"]["concluded_on"])
        if ended and period.first <= ended <= period.last:
            yield file, data["statistics"]


def wan(yuan: Decimal) -> Decimal:
    return (yuan / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("period", "as_of"), PERIODS)
def test_three_tracks_agree_with_a_recount(
    filled: Storage, files: list[CaseFile], period: Period, as_of: date
) -> None:
    table = StatisticsService(filled, lambda: NOW).table(COUNTER, "tracks", period, as_of)

    assert violations(table) == ()
    for row in table.rows:
        counts, yuan = Counter[str](), Decimal()
        for file, block in recounted(files, period, as_of):
            if row.label not in (file.track.value, "合计"):
                continue
            yuan += Decimal(block["agreement_amount_yuan"])
            counts["concluded"] += block["total"]
            counts["persons"] += block["people_involved"]
            counts["written"] += block["form"] == "书面"
            counts["oral"] += block["form"] == "口头"
            counts["performed"] += block["fully_performed_by_as_of"]
            counts["confirm_applied"] += block["judicial_applied"]
            counts["confirm_valid"] += block["judicial_confirmed"]
            for code in ("success", "difficult"):
                counts[code] += block[code]
            result = file.outcome.result.value if file.outcome else ""
            words = {
                "not_accepted": "不予受理",
                "failed": "调解不成",
                "terminated": "终止",
                "withdrawn": "撤回",
            }
            for code, word in words.items():
                counts[code] += result == word
        mine = [file for file in files if row.label in (file.track.value, "合计")]
        counts["registered"] = sum(period.first <= file.intake.received_on <= period.last for file in mine)
        accepted = [file.intake.accepted_on for file in mine if file.intake.accepted_on]
        counts["accepted"] = sum(period.first <= day <= period.last for day in accepted)
        for code, count in counts.items():
            assert table.value(row, code) == count, (row.label, code)
        assert (table.value(row, "agreed_yuan"), table.value(row, "agreed_wan")) == (yuan, wan(yuan))
    assert table.value(table.rows[-1], "concluded")


@pytest.mark.parametrize(("period", "as_of"), PERIODS)
def test_committees_agree_with_a_recount(
    filled: Storage, files: list[CaseFile], period: Period, as_of: date
) -> None:
    table = StatisticsService(filled, lambda: NOW).table(COUNTER, "cases", period, as_of)

    assert violations(table) == ()
    columns = {column.name: column.code for column in table.columns}
    for row in table.rows:
        counts = Counter[str]()
        for file, block in recounted(files, period, as_of):
            if not file.organisation.type.is_committee or row.label not in (file.organisation.name, "合计"):
                continue
            counts["concluded"] += block["total"]
            counts[columns[block["category"]]] += block["total"]
            counts[columns[block["host_type"].removesuffix("（行业性专业性）")]] += block["total"]
            source = block["source"].removeprefix("接受委托移送（").removesuffix("）")
            names = {"主动": "主动调解", "依申请": "依申请调解", "其他": "其中：其他部门"}
            counts[columns[names.get(source, f"其中：{source}")]] += block["total"]
            for danger, (cases, persons) in block["prevented_cases_persons"].items():
                counts[f"prevented_{danger}_cases"] += cases
                counts[f"prevented_{danger}_persons"] += persons
            result = file.judicial_confirmation.result
            ruled = file.judicial_confirmation.decided_on
            refused = result.startswith(("裁定驳回", "裁定不予受理")) and ruled is not None and ruled <= as_of
            counts["confirm_refused"] += refused
        for code, count in counts.items():
            assert table.value(row, code) == count, (row.label, code)
    units = {row.label for row in table.rows}
    assert {file.organisation.name for file in files if file.organisation.type is BodyType.AGENCY}.isdisjoint(
        units
    )


def test_bulk_stores_what_an_import_would_store(filled: Storage, files: list[CaseFile]) -> None:
    cases = CaseService(filled, lambda: NOW)
    with filled.read() as work:
        for file in files:
            assert work.cases.find(file.case_key) == replace(file, version=1)
    history = cases.history(COUNTER, files[0].case_key)
    assert [entry.state for entry in history] == [state_of(files[0])]


def test_work_goes_on_where_the_synthetic_centre_ends(filled: Storage, files: list[CaseFile]) -> None:
    last = files[-1]
    year = last.intake.received_on.year
    used = sum(file.intake.received_on.year == year for file in files)
    with filled.write() as work:
        assert work.numbers.next(last.centre, CASE_CODES, year) == used + 1
    stranger = next(file for file in generate(20, 77, TODAY) if not file.group_members)
    stored, new = CaseService(filled, lambda: NOW).take_over(COUNTER, registered_only(stranger, "another"))
    assert new
    assert stored.version == 1


def registered_only(file: CaseFile, key: str) -> CaseFile:
    """``file`` as it was at the counter."""
    return CaseFile(
        case_key=key,
        title=file.title,
        track=Track.PEOPLES,
        centre=file.centre,
        organisation=file.organisation,
        dispute=file.dispute,
        intake=replace(
            file.intake,
            accepted_on=None,
            decision=None,
            mediation_due_rule=None,
            mediation_due_on=None,
            number=None,
        ),
        parties=file.parties,
        facts=file.facts,
    )


def test_only_an_empty_database_is_filled(filled: Storage) -> None:
    with pytest.raises(RuleError, match="空的数据库"):
        fill(BulkCases(filled), 1, 1)
    with pytest.raises(RuleError, match="空的数据库"):
        fill_sample(BulkCases(filled), lambda: NOW)


def test_a_fill_that_is_stopped_leaves_whole_batches(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediation_desk.practice.demo.BATCH", 20)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(BulkCases(storage), 60, 2, stop, clock=lambda: NOW)

    table = StatisticsService(storage, lambda: NOW).table(COUNTER, "tracks", PERIODS[2][0], TODAY)
    assert table.value(table.rows[-1], "registered") == 20
    with storage.write() as work:
        used = [work.numbers.next(centre().name, CASE_CODES, year) - 1 for year in (2024, 2025)]
    assert sum(used) == 20


def test_the_sample_is_stored(storage: Storage) -> None:
    fill_sample(BulkCases(storage), lambda: NOW)

    with storage.read() as work:
        today = work.cases.today(TODAY)
        assert len(work.pool.cards()) >= 24
        assert today.sessions
        assert today.to_sign
        assert today.to_accept
