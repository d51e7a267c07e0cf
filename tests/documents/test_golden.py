"""What each form says, word for word. After an intended change: ``UPDATE_GOLDEN=1 pytest tests/documents``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.cases.model import Archive, Body, CaseFile
from mediation_desk.cases.vocabulary import BodyType, Retention
from mediation_desk.documents import service
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms import consultation
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, ended_case, group, oral_case
from tests.documents.filed import shelved
from tests.documents.meeting import planned_case
from tests.documents.offices import (
    UNDER_WAY,
    agency_case,
    delegated_case,
    failed_case,
    market_case,
    police_case,
    signed,
    told_case,
    traffic_case,
)
from tests.documents.promised import promised
from tests.documents.proved import of_a_group, proved, visit, withdrawn
from tests.documents.sent import each_kind, referred

GOLDEN = Path(__file__).with_name("golden")


def _wages(copies: int) -> CaseFile:
    party, members = group("A1", 12)
    base = case()
    assert base.agreement is not None
    return replace(
        base,
        parties=(party, base.parties[1]),
        group_members=members,
        agreement=replace(base.agreement, copies=copies),
    )


def _administrative() -> CaseFile:
    agency = Body(name="测试区住房和城乡建设局", short="测住建", type=BodyType.AGENCY)
    return case(track=Track.ADMINISTRATIVE, organisation=agency)


def _archived() -> CaseFile:
    volume = Archive(
        archived_on=date(2026, 6, 2),
        volume_no="（2026）测人调字第1号",
        retention=Retention.LONG,
        pages=38,
        documents=("卷宗封面", "卷内目录", "人民调解申请书", "人民调解记录", "封底"),
        access="限主办调解员查阅",
    )
    return case(archive=volume)


CASES: dict[str, tuple[Callable[[], CaseFile], str]] = {
    "application": (case, "application"),
    "acceptance": (case, "acceptance"),
    "rights": (case, "rights"),
    "privacy_notice": (case, "privacy_notice"),
    "choice": (case, "choice"),
    "summons": (planned_case, "summons"),
    "summons_told": (lambda: planned_case(told=True), "summons"),
    "record": (case, "record"),
    "agreement": (case, "agreement"),
    "agreement_administrative": (_administrative, "agreement"),
    "agreement_members_sign": (lambda: _wages(15), "agreement"),
    "agreement_representatives_sign": (lambda: _wages(4), "agreement"),
    "oral": (oral_case, "oral"),
    "notice": (ended_case, "notice"),
    "identity": (proved, "identity"),
    "identity_group": (of_a_group, "identity"),
    "mandate": (proved, "mandate"),
    "mandate_group": (of_a_group, "mandate"),
    "investigation": (proved, "investigation"),
    "evidence": (proved, "evidence"),
    "receipt": (proved, "receipt"),
    "payments": (proved, "payments"),
    "closing_report": (proved, "closing_report"),
    "volume_note": (proved, "volume_note"),
    "satisfaction": (proved, "satisfaction"),
    "recusal": (proved, "recusal"),
    "withdrawal": (withdrawn, "withdrawal"),
    "confirmation": (proved, "confirmation"),
    "handover": (each_kind, "handover"),
    "assignment": (each_kind, "assignment"),
    "assistance": (each_kind, "assistance"),
    "supervision": (each_kind, "supervision"),
    "urging": (promised, "urging"),
    "visit": (promised, "visit"),
    "account": (promised, "account"),
    "evidence_bag": (shelved, "evidence_bag"),
    "score_sheet": (shelved, "score_sheet"),
    "score_sheet_empty": (case, "score_sheet"),
    "spine": (shelved, "spine"),
    "borrow_slip": (shelved, "borrow_slip"),
    "reply": (referred, "reply"),
    "notice_failed": (failed_case, "notice"),
    "accepted": (told_case, "accepted"),
    "accepted_open": (lambda: case(mediators=(), selection=None, **UNDER_WAY), "accepted"),
    "completion": (told_case, "completion"),
    "suspended": (told_case, "suspended"),
    "resumed": (told_case, "resumed"),
    "extension": (told_case, "extension"),
    "extension_open": (lambda: case(**UNDER_WAY), "extension"),
    "extended": (told_case, "extended"),
    "served": (failed_case, "served"),
    "filing_approval": (agency_case, "filing_approval"),
    "application_table": (agency_case, "application_table"),
    "consent_request": (agency_case, "consent_request"),
    "closing_approval": (agency_case, "closing_approval"),
    "simple_procedure": (agency_case, "simple_procedure"),
    "public_security": (police_case, "public_security"),
    "public_security_on_the_spot": (police_case, "public_security_on_the_spot"),
    "traffic": (traffic_case, "traffic"),
    "traffic_ended": (lambda: traffic_case(failed_case()), "traffic_ended"),
    "complaint": (market_case, "complaint"),
    "complaint_accepted": (market_case, "complaint_accepted"),
    "consumer": (market_case, "consumer"),
    "referral_receipt": (delegated_case, "referral_receipt"),
    "service_address": (delegated_case, "service_address"),
    "court_report": (delegated_case, "court_report"),
    "court_report_failed": (lambda: delegated_case(failed_case()), "court_report"),
    "filing_letter": (lambda: signed(delegated_case()), "filing_letter"),
    "cover": (case, "cover"),
    "cover_administrative": (_administrative, "cover"),
    "cover_judicial": (lambda: replace(case(), track=Track.JUDICIAL), "cover"),
    "cover_archived": (_archived, "cover"),
    "catalogue": (_archived, "catalogue"),
    "back": (_archived, "back"),
    "reply_told": (lambda: referred(told=True), "reply"),
}


def test_the_sheet_of_a_consultation_says_what_it_said() -> None:
    _compare("consultation", "\f\n".join(map(plain_text, consultation.compose("测试中心", visit()))))


@pytest.mark.parametrize("name", CASES)
def test_the_paper_says_what_it_said(name: str) -> None:
    make, form = CASES[name]
    _compare(name, "\f\n".join(plain_text(paper) for paper in service.compose(make(), form)))


def _compare(name: str, text: str) -> None:
    expected = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
