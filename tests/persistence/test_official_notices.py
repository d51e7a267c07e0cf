"""Numbered notices: a series for each kind, without gaps; a number taken back stays in it, none is given twice."""

from __future__ import annotations

from datetime import date

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.registers import NumberState, Registers
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.notifying import IssueNotice
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from mediation_desk.cases.vocabulary import SuspensionCause
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import registered
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]
ON = date(2026, 3, 12)
ACCEPTED = IssueNotice(kind=NoticeKind.ACCEPTANCE, on=ON)
MISSING = IssueNotice(
    kind=NoticeKind.COMPLETION, on=ON, what="身份证复印件\n　\n收条", due_on=date(2026, 3, 20)
)


def test_each_kind_is_a_series_and_what_was_taken_back_stays_voided(
    storage: Storage, cases: CaseService
) -> None:
    first = registered(cases)
    cases.perform(COUNTER, first.case_key, told.ACCEPT)
    given = cases.perform(COUNTER, first.case_key, ACCEPTED)
    cases.take_back(COUNTER, first.case_key, version=given.version)
    file = cases.perform(COUNTER, first.case_key, ACCEPTED)
    assert [one.number for one in file.beside.notices] == ["试验人调受〔2026〕2号"]
    assert cases.file(COUNTER, first.case_key).beside.notices == file.beside.notices
    file = cases.perform(COUNTER, first.case_key, MISSING)
    assert file.beside.notices[1].number == "试验人调补〔2026〕1号"
    assert file.beside.notices[1].what == "身份证复印件\n收条"

    registers = Registers(storage)
    (series,) = (one for one in registers.series(COUNTER) if one.kind == "受理")
    register = registers.numbers(COUNTER, series)
    assert not register.fault
    assert [line.state for line in register.lines] == [NumberState.VOIDED, NumberState.GIVEN]


def test_suspension_resumption_and_extension_are_told_once_each(cases: CaseService) -> None:
    key = registered(cases).case_key
    steps: tuple[Step, ...] = (
        told.ACCEPT,
        Suspend(on=ON, cause=SuspensionCause.APPRAISAL, reason="等鉴定"),
        IssueNotice(kind=NoticeKind.SUSPENSION, on=ON),
        Resume(on=date(2026, 3, 16)),
        IssueNotice(kind=NoticeKind.RESUMPTION, on=date(2026, 3, 16)),
        Extend(on=date(2026, 3, 18), days=5, reason="还要谈", consent=("A1", "B1")),
        IssueNotice(kind=NoticeKind.EXTENSION, on=date(2026, 3, 18)),
    )
    for step in steps:
        cases.perform(COUNTER, key, step)
    notices = cases.file(COUNTER, key).beside.notices
    assert [(one.kind.value, one.about) for one in notices] == [
        ("中止", 1),
        ("恢复", 1),
        ("延期", 1),
    ]
    for kind in (NoticeKind.SUSPENSION, NoticeKind.RESUMPTION, NoticeKind.EXTENSION):
        with pytest.raises(RuleError, match="已经发出，文号"):
            cases.perform(COUNTER, key, IssueNotice(kind=kind, on=date(2026, 3, 19)))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (IssueNotice(kind=NoticeKind.COMPLETION, on=ON), "写明要补正哪些材料"),
        (
            IssueNotice(kind=NoticeKind.COMPLETION, on=ON, what="收条", due_on=date(2026, 3, 1)),
            "期限早于通知",
        ),
        (IssueNotice(kind=NoticeKind.ACCEPTANCE, on=date(2026, 3, 1)), "早于所通知的事项"),
        (IssueNotice(kind=NoticeKind.ACCEPTANCE, on=date(2030, 1, 1)), "还没有到"),
        (IssueNotice(kind=NoticeKind.ACCEPTANCE, on=ON, what="收条"), "只有补正"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(cases: CaseService, step: IssueNotice, words: str) -> None:
    key = registered(cases).case_key
    cases.perform(COUNTER, key, told.ACCEPT)
    with pytest.raises(InputError, match=words):
        cases.perform(COUNTER, key, step)
    assert cases.file(COUNTER, key).beside.notices == ()


def test_what_did_not_happen_is_not_told(cases: CaseService) -> None:
    key = registered(cases).case_key
    for kind in (NoticeKind.SUSPENSION, NoticeKind.RESUMPTION, NoticeKind.EXTENSION, NoticeKind.URGING):
        with pytest.raises(RuleError, match=f"没有.*{kind.paper}"):
            cases.perform(COUNTER, key, IssueNotice(kind=kind, on=ON))


def test_a_notice_is_found_by_its_number(storage: Storage, cases: CaseService) -> None:
    key = registered(cases).case_key
    cases.perform(COUNTER, key, told.ACCEPT)
    (sent,) = cases.perform(COUNTER, key, ACCEPTED).beside.notices
    found = FindingService(storage, system_clock).look(COUNTER, sent.number)
    hits = [hit for group in found.groups for hit in group.hits]
    assert [(hit.case_key, hit.label) for hit in hits] == [(key, "通知书")]
