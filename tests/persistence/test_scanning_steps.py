"""Scans in a case: filed, put in order, refiled, voided, and originals given back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.scanning import FileScans, OrderScans, RefileScan, ReturnOriginals, VoidScan
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from tests.persistence import remote_acts as remote
from tests.persistence.lifecycle_stories import WAYS, brought
from tests.persistence.scanning_acts import AT, FILED, REFILED, RETURNED, SECOND, TURNED, VOIDED, VOUCHER
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]

MET = WAYS[State.MEDIATING]
ORIGINAL = replace(remote.PAPER, original=True)
PAGE = replace(VOUCHER, kind=ScanKind.FORM, form="record", paper_no=1, version="K3Q7ZB2M5A", title="调解记录")


def test_scans_and_returns_come_back_as_they_were_filed(cases: CaseService) -> None:
    file = brought(cases, (*MET, ORIGINAL, FILED, TURNED, VOIDED, RETURNED))

    read = cases.file(COUNTER, file.case_key)
    assert read == file
    first, second = read.beside.scans
    assert (first.no, first.place, first.sha256, first.original) == (1, 2, "ab" * 32, "cd" * 32)
    assert (second.no, second.place, second.stands, second.void_reason) == (2, 1, False, "别的案件的")
    assert (first.at, first.by, first.size, first.pages) == (AT, "窗口", 120_000, 1)
    returned = read.beside.returned("E1")
    assert returned is not None
    assert (returned.to, returned.on, returned.receipt, returned.by) == (
        "甄有理", date(2026, 3, 17), "甄有理", "窗口",
    )  # fmt: skip


def test_pages_with_numbers_lie_in_the_order_of_their_pages(cases: CaseService) -> None:
    pages = tuple(replace(PAGE, page=page) for page in (3, 1, 2))
    file = brought(cases, (*MET, FileScans(scans=pages, at=AT)))

    assert [one.page for one in sorted(file.beside.scans, key=lambda one: one.place)] == [1, 2, 3]
    assert [one.no for one in file.beside.scans] == [1, 2, 3]


def test_a_refiled_scan_lies_last_under_its_new_subject(cases: CaseService) -> None:
    evidence = RefileScan(no=1, kind=ScanKind.EVIDENCE, name="转账记录", evidence_ref="E1")
    file = brought(cases, (*MET, remote.PAPER, FILED, evidence, replace(evidence, no=2)))

    assert [one.no for one in file.beside.scans_of("E1")] == [1, 2]
    assert [one.place for one in file.beside.scans_of("E1")] == [1, 2]
    back = cases.take_back(COUNTER, file.case_key, version=file.version)
    assert [one.no for one in back.beside.scans_of("E1")] == [1]


def test_a_page_refiled_to_another_paper_forgets_its_wording(cases: CaseService) -> None:
    moved = RefileScan(no=1, kind=ScanKind.FORM, name="调解协议书", form="agreement", paper_no=1)
    file = brought(cases, (*MET, FileScans(scans=(PAGE,), at=AT), moved))

    [scan] = file.beside.scans
    assert (scan.form, scan.version) == ("agreement", "")


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (FileScans(scans=(), at=AT), "scans"),
        (FileScans(scans=(replace(VOUCHER, title=" "),), at=AT), "title"),
        (FileScans(scans=(replace(VOUCHER, title="甲\x00"),), at=AT), "title"),
        (FileScans(scans=(replace(VOUCHER, sha256="../x"),), at=AT), "sha256"),
        (FileScans(scans=(replace(VOUCHER, size=0),), at=AT), "size"),
        (FileScans(scans=(replace(VOUCHER, kind=ScanKind.FORM),), at=AT), "form"),
        (FileScans(scans=(replace(VOUCHER, form="record"),), at=AT), "form"),
        (
            FileScans(scans=(replace(VOUCHER, kind=ScanKind.EVIDENCE, evidence_ref="E7"),), at=AT),
            "evidence_ref",
        ),
        (FileScans(scans=(replace(SECOND, evidence_ref="E1"),), at=AT), "evidence_ref"),
        (RefileScan(no=9, kind=ScanKind.OTHER, name="杂项"), "no"),
        (replace(VOIDED, reason=" "), "reason"),
        (VoidScan(no=3, reason="错"), "no"),
        (OrderScans(numbers=(1,)), "numbers"),
        (OrderScans(numbers=(1, 2, 1)), "numbers"),
        (OrderScans(numbers=()), "numbers"),
        (replace(RETURNED, evidence_refs=()), "evidence_refs"),
        (replace(RETURNED, evidence_refs=("E9",)), "evidence_refs"),
        (replace(RETURNED, evidence_refs=("E2",)), "evidence_refs"),
        (replace(RETURNED, to=""), "to"),
        (replace(RETURNED, receipt=" "), "receipt"),
        (replace(RETURNED, on=date(2026, 3, 1)), "on"),
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_makes_no_sense_is_refused_and_nothing_is_stored(
    cases: CaseService, step: Step, field: str
) -> None:
    file = brought(cases, (*MET, ORIGINAL, remote.PAPER, FILED))
    with pytest.raises(InputError) as refused:
        cases.perform(COUNTER, file.case_key, step)

    assert refused.value.field == field
    assert cases.file(COUNTER, file.case_key) == file


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_nothing_is_voided_or_given_back_twice(cases: CaseService) -> None:
    file = brought(cases, (*MET, ORIGINAL, FILED, VOIDED, RETURNED))
    twice: tuple[Any, ...] = (
        VOIDED,
        RETURNED,
        ReturnOriginals(evidence_refs=("E1",), to="乙", on=RETURNED.on, receipt="乙"),
    )
    for step in twice:
        with pytest.raises(InputError):
            cases.perform(COUNTER, file.case_key, step)
    assert REFILED.transition is VOIDED.transition
