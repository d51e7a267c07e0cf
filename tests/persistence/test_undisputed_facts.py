"""Undisputed facts: replayed from C12 and C14; everybody's consent or nothing, and never an offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.feedback import parts
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.reception import ReplyPart
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.facts import RecordFacts
from mediation_desk.documents.service import compose
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.signing_cases import on_file, recorded, service, taken
from tests.shared_cases import needs_cases

pytestmark = needs_cases
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    return service(storage)


def without_facts(cases: CaseService, key: str) -> CaseFile:
    file = replace(recorded(key), undisputed_facts=(), undisputed_facts_consent=None, archive=None)
    return on_file(cases, file)


def refuses(cases: CaseService, file: CaseFile, step: RecordFacts, words: str) -> None:
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, file.case_key, step, version=file.version)
    assert refused.value.rule == "LR-10"
    assert words in refused.value.message
    assert cases.file(COUNTER, file.case_key) == file, "nothing was stored"


def test_a_failed_case_keeps_what_both_sides_agreed_to_record(cases: CaseService) -> None:
    """C12, line by line as it is written down."""
    wanted = recorded("C12")
    file = without_facts(cases, "C12")
    step = RecordFacts(facts=wanted.undisputed_facts, by=("A1", "B1"), on=date(2026, 3, 12), signed=True)
    refuses(cases, file, replace(step, by=("A1",)), "安")
    file = taken(cases, file, step)
    assert file.undisputed_facts == wanted.undisputed_facts
    assert file.undisputed_facts_consent == wanted.undisputed_facts_consent
    (paper,) = compose(file, "facts")
    assert paper.heading.title == "无争议事实记载"


def test_one_refusal_and_nothing_is_recorded_or_printed(cases: CaseService) -> None:
    """C14: the patient refuses."""
    file = without_facts(cases, "C14")
    step = RecordFacts(
        facts=("患者于2026年6月2日手术",), by=("B1",), refused_by=("A1",), on=date(2026, 9, 21)
    )
    refuses(cases, file, step, "孟庆兰不同意")
    file = taken(cases, file, replace(step, facts=()))
    assert file.undisputed_facts_consent == recorded("C14").undisputed_facts_consent
    assert file.undisputed_facts == ()
    with pytest.raises(RuleError, match="孟庆兰不同意"):
        compose(file, "facts")


@on_sqlite
@pytest.mark.parametrize("offer", ["公司愿意支付5,000元", "申请人最多让到6,000元", "双方同意赔偿方案"])
def test_an_offer_is_no_fact(cases: CaseService, offer: str) -> None:
    file = without_facts(cases, "C12")
    step = RecordFacts(facts=("入职于2021年6月1日", offer), by=("A1", "B1"), on=date(2026, 3, 12))
    refuses(cases, file, step, "第2项")


@on_sqlite
def test_empty_or_foreign_words_are_told(cases: CaseService) -> None:
    file = without_facts(cases, "C12")
    step = RecordFacts(facts=(" ",), by=("A1", "B1"), on=date(2026, 3, 12))
    for wrong, field in (
        (step, "facts"),
        (replace(step, by=("A9",)), "by"),
        (replace(step, signed=True), "signed"),
    ):
        with pytest.raises(InputError) as told:
            cases.perform(COUNTER, file.case_key, wrong)
        assert told.value.field == field


@on_sqlite
def test_facts_go_to_the_court_only_when_all_have_signed_them(cases: CaseService) -> None:
    """The channel's reply asks for them (§4.4); consent alone is not enough."""
    referred = recorded("C08")
    file = replace(recorded("C12"), court_referral=referred.court_referral, undisputed_facts=(), archive=None)
    file = replace(
        file,
        undisputed_facts_consent=None,
        intake=replace(file.intake, channel="法院委派"),
    )
    by = tuple(party.ref for party in file.parties)
    consented = replace(
        file,
        undisputed_facts=("入职于2021年6月1日",),
        undisputed_facts_consent=recorded("C12").undisputed_facts_consent,
    )
    assert consented.undisputed_facts_consent is not None
    assert set(by) == set(consented.undisputed_facts_consent.by)
    assert dict(parts(consented))[ReplyPart.FACTS].startswith("无争议事实（各方同意记载并签名）")
    unsigned = replace(
        consented, undisputed_facts_consent=replace(consented.undisputed_facts_consent, signed=False)
    )
    assert dict(parts(unsigned)).get(ReplyPart.FACTS, "") == ""
