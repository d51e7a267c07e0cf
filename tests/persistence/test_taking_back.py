"""撤销: the step just taken is taken back, and only that, by whoever took it, while nothing rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.shared.errors import ConflictError, RuleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought
from tests.persistence.test_case_steps import CHOICE, PLAN, REGISTER, cases
from tests.persistence.test_lifecycle import MOVE

__all__ = ["cases"]
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def back(cases: CaseService, file: CaseFile) -> CaseFile:
    return cases.take_back(COUNTER, file.case_key, version=file.version)


def numbers(storage: Storage) -> list[tuple[int, bool]]:
    """Serial and whether it is voided, in the series of the cases."""
    with storage.read() as work:
        return [
            (one.serial, one.voided_on is not None)
            for one in work.numbers.given(REGISTER.organisation.name, "人民调解", 2026)
        ]


def test_acceptance_is_taken_back_and_its_number_stays_voided(cases: CaseService, storage: Storage) -> None:
    before = brought(cases, ())
    accepted = cases.perform(COUNTER, before.case_key, told.ACCEPT)
    after = back(cases, accepted)

    assert after == replace(before, version=3)
    assert cases.file(COUNTER, before.case_key) == after
    assert [entry.sentence for entry in cases.history(COUNTER, before.case_key)][-1].startswith("撤销：受理")
    assert len(cases.history(COUNTER, before.case_key)) == 3, "the diary keeps both"
    again = cases.perform(COUNTER, before.case_key, told.ACCEPT)
    assert again.intake.number == "（2026）试验人调字第2号"
    assert numbers(storage) == [(1, True), (2, False)]


def test_steps_are_taken_back_one_after_the_other(cases: CaseService) -> None:
    planned = brought(cases, (told.ACCEPT, CHOICE, PLAN))
    cancelled = cases.perform(COUNTER, planned.case_key, CancelSession(no=1, reason="改期"))
    assert back(cases, cancelled) == replace(planned, version=cancelled.version + 1)
    without = back(cases, cases.file(COUNTER, planned.case_key))
    assert (without.sessions, state_of(without)) == ((), State.PREPARING)
    with pytest.raises(RuleError, match="选定、披露和回避"):
        back(cases, without)


def test_a_session_cancelled_by_mistake_takes_its_time_again(cases: CaseService, storage: Storage) -> None:
    planned = brought(cases, (told.ACCEPT, CHOICE, PLAN))
    cancelled = cases.perform(COUNTER, planned.case_key, CancelSession(no=1, reason="改期"))

    def taken() -> int:
        with storage.read() as work:
            return len(
                work.bookings.takings(datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 3, 17, tzinfo=UTC))
            )

    assert taken() == 0
    back(cases, cancelled)
    assert taken() == 4, "mediator, recorder and both parties"


def test_a_move_taken_back_revives_the_old_number(cases: CaseService, storage: Storage) -> None:
    accepted = brought(cases, (told.ACCEPT,))
    moved = cases.perform(COUNTER, accepted.case_key, MOVE)
    assert numbers(storage) == [(1, True)]
    assert back(cases, moved).intake.number == accepted.intake.number
    assert numbers(storage) == [(1, False)]


def test_the_bin_taken_back_is_out_of_the_bin(cases: CaseService) -> None:
    before = brought(cases, (told.ACCEPT,))
    binned = cases.perform(COUNTER, before.case_key, PutInBin(reason="点错了"))
    assert back(cases, binned).beside.binned is None


def test_a_correction_taken_back_is_gone_from_the_record_and_told_in_the_diary(cases: CaseService) -> None:
    before = brought(cases, ())
    step = Correct(to=replace(REGISTER, facts="另一回事。"), reason="笔误")
    after = back(cases, cases.perform(COUNTER, before.case_key, step))
    assert (after.facts, after.beside.corrections) == (before.facts, ())
    assert cases.history(COUNTER, before.case_key)[-1].sentence == "撤销：更正纠纷经过，理由：笔误"


def test_what_somebody_else_has_built_on_is_not_taken_back(cases: CaseService, storage: Storage) -> None:
    accepted = brought(cases, (told.ACCEPT,))
    other = CaseService(storage, lambda: NOW)
    other.perform(COUNTER, accepted.case_key, CHOICE)
    with pytest.raises(ConflictError):
        back(cases, accepted)
    now = cases.file(COUNTER, accepted.case_key)
    with pytest.raises(RuleError, match="没有可以撤销的一步"):
        back(cases, now)
    assert cases.file(COUNTER, accepted.case_key) == now


def test_another_account_takes_nothing_back(cases: CaseService) -> None:
    accepted = brought(cases, (told.ACCEPT,))
    somebody = Actor(account="b", display_name="另一位", roles=(Role.DUTY_MANAGER,))
    with pytest.raises(RuleError, match="没有可以撤销的一步"):
        cases.take_back(somebody, accepted.case_key, version=accepted.version)


def test_a_new_start_of_the_program_takes_nothing_back(cases: CaseService, storage: Storage) -> None:
    accepted = brought(cases, (told.ACCEPT,))
    with pytest.raises(RuleError, match="上次打开程序"):
        back(CaseService(storage, lambda: NOW), accepted)


def test_a_printed_paper_holds_the_step_it_shows(cases: CaseService) -> None:
    accepted = brought(cases, (told.ACCEPT,))
    paper = PrintedPaper(
        at=NOW,
        account="窗口",
        form="acceptance",
        title="受理登记表",
        file_name="a.pdf",
        pages=1,
        sha256="0" * 64,
    )
    cases.note_papers(COUNTER, accepted.case_key, [paper])
    with pytest.raises(RuleError, match="已经印过文书"):
        back(cases, accepted)


def test_an_open_round_of_choosing_holds_the_acceptance(cases: CaseService, storage: Storage) -> None:
    accepted = brought(cases, (Accept(on=date(2026, 6, 25)),))
    choosing = ChoosingService(storage, cases, lambda: NOW)
    choosing.open_round(COUNTER, accepted.case_key)
    with pytest.raises(RuleError, match="正在选择"):
        back(cases, accepted)
    with pytest.raises(RuleError, match="中止这一轮"):
        cases.perform(COUNTER, accepted.case_key, PutInBin(reason="重复"))
