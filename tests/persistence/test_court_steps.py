"""Court confirmation in steps: replayed from the acceptance cases; wills, papers, requests, rulings, enforcement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.court import FilingWay, Will, WillWay
from mediation_desk.agreements.model import CONFIRMED, Confirmation
from mediation_desk.agreements.signing import Signer
from mediation_desk.cases.court.eligibility import eligibility
from mediation_desk.cases.court.pack import missing, pack
from mediation_desk.cases.court.rules import Verdict
from mediation_desk.cases.court.standing import after_filing, after_ruling, open_requests
from mediation_desk.cases.court.where import courts, enforcement_note, usual_court
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.confirming import (
    ApplyForConfirmation,
    ApplyForEnforcement,
    RecordRuling,
    WithdrawFromCourt,
)
from mediation_desk.cases.steps.court_papers import (
    CompleteForCourt,
    GatherCourtPapers,
    NoteCourtRequest,
    RecordWills,
)
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.signing_cases import all_due, before_court, on_file, recorded, service, taken
from tests.shared_cases import needs_cases

pytestmark = needs_cases
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    return service(storage)


def effective(cases: CaseService, key: str) -> CaseFile:
    """The case with its agreement in force, before anybody went to court."""
    whole = all_due(recorded(key)) if key == "C08" else recorded(key)
    told = Confirmation(advised=True, deadline=whole.judicial_confirmation.deadline)
    return on_file(cases, replace(before_court(whole), judicial_confirmation=told))


def willing(file: CaseFile, on: date, **special: Will) -> RecordWills:
    """Everybody wants it, said face to face."""
    wills = tuple(
        special.get(party.ref) or Will(ref=party.ref, on=on, how=WillWay.FACE_TO_FACE)
        for party in file.parties
    )
    return RecordWills(on=on, wills=wills)


def to_court(file: CaseFile) -> tuple[Step, ...]:
    """The steps of the recorded confirmation."""
    court = recorded(file.case_key[:3]).judicial_confirmation
    assert court.applied_on is not None
    assert court.decided_on is not None
    kind, _, reason = court.result.rstrip("）").partition("（")
    return (
        willing(file, court.applied_on),
        ApplyForConfirmation(on=court.applied_on, court=court.court or "", case_no=court.case_no or ""),
        RecordRuling(on=court.decided_on, result=kind, reason=reason),
    )


@pytest.mark.parametrize("key", ["C02", "C05", "C06", "C08"])
def test_every_confirmation_is_reached_as_it_is_recorded(cases: CaseService, key: str) -> None:
    """C02, C05 and C08 are confirmed; C06 is not accepted for a title in it, which it was told before."""
    wanted = recorded(key).judicial_confirmation
    file = effective(cases, key)
    file = taken(cases, file, *to_court(file))
    if wanted.enforcement is not None:
        asked = ApplyForEnforcement(on=wanted.enforcement.applied_on, by=wanted.enforcement.by)
        file = taken(cases, file, asked)
    assert replace(file.judicial_confirmation, deadline_note=wanted.deadline_note) == wanted


def test_the_loan_is_enforced_for_what_is_overdue(cases: CaseService) -> None:
    """C08: 17,500 + 37,500 + 37,500, by whom it is owed only."""
    file = effective(cases, "C08")
    file = taken(cases, file, *to_court(file))
    with pytest.raises(RuleError, match="没有一项是"):
        cases.perform(COUNTER, file.case_key, ApplyForEnforcement(on=date(2026, 9, 10), by="B2"))
    file = taken(cases, file, ApplyForEnforcement(on=date(2026, 9, 10), by="A1"))
    asked = file.judicial_confirmation.enforcement
    assert asked is not None
    assert asked.outstanding == Decimal("92500.00")
    note = enforcement_note(file)
    assert note is not None
    last = max(row.accelerated_on or row.due_on for row in file.performance)
    assert note.until == last.replace(year=last.year + 2)
    assert "云川市安和区人民法院" in note.court


def refuses(cases: CaseService, file: CaseFile, step: Step, rule: str, words: str) -> None:
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, file.case_key, step, version=file.version)
    assert refused.value.rule == rule
    assert words in refused.value.message
    assert cases.file(COUNTER, file.case_key) == file, "nothing was stored"


APPLY = ApplyForConfirmation(on=date(2026, 2, 3), court="云川市安和区人民法院")


def test_nobody_applies_without_the_will_of_all(cases: CaseService) -> None:
    """LR-15: C02 has four parties; three are not enough, one that changed its mind neither."""
    day = date(2026, 2, 2)
    file = effective(cases, "C02")
    refuses(cases, file, APPLY, "LR-15", "还没有记下")
    everybody = willing(file, day)
    file = taken(cases, file, replace(everybody, wills=everybody.wills[:3]))
    refuses(cases, file, APPLY, "LR-15", "云川兴和置业有限公司")
    against = Will(ref="B3", agrees=False, on=day, how=WillWay.PHONE)
    file = taken(cases, file, RecordWills(on=day, wills=(against,)))
    refuses(cases, file, APPLY, "LR-15", "云川兴和置业有限公司不同意申请")
    file = taken(cases, file, RecordWills(on=date(2026, 2, 3), wills=(replace(against, agrees=True),)))
    assert len(file.beside.wills) == 4, "the later word stands in place of the earlier"
    refuses(cases, file, replace(APPLY, on=day), "LR-15", "云川兴和置业有限公司")
    file = taken(cases, file, replace(APPLY, how=FilingWay.ONLINE))
    assert file.beside.court_filing is not None
    assert file.beside.court_filing.how is FilingWay.ONLINE
    refuses(cases, file, willing(file, day), "T-20", "撤回")


@on_sqlite
def test_an_agent_speaks_only_with_a_letter_for_it(cases: CaseService) -> None:
    """LR-18: the workers' agent has 一般授权; with a letter that names the application he may."""
    day = date(2026, 2, 2)
    file = effective(cases, "C02")
    general = Will(ref="A1", on=day, how=WillWay.IN_WRITING, by=Signer.AGENT, name="汪律涛")
    refuses(cases, file, RecordWills(on=day, wills=(general,)), "LR-18", "代为申请司法确认")
    stranger = replace(general, name="马骁")
    refuses(cases, file, RecordWills(on=day, wills=(stranger,)), "LR-18", "不是")
    special = Will(ref="B2", on=day, how=WillWay.PHONE, by=Signer.AGENT, name="沈毅")
    named = replace(general, authority_on=date(2026, 2, 1))
    file = taken(cases, file, RecordWills(on=day, wills=(named, special)))
    assert [one.name for one in file.beside.wills] == ["汪律涛", "沈毅"]
    assert any("授权委托书" in item.name for item in pack(file))


@on_sqlite
def test_an_application_comes_neither_before_the_effect_nor_after_thirty_days(cases: CaseService) -> None:
    """LR-15: 27 January + 30 days = 26 February."""
    file = effective(cases, "C02")
    file = taken(cases, file, willing(file, date(2026, 1, 27)))
    refuses(cases, file, replace(APPLY, on=date(2026, 1, 26)), "LR-15", "生效")
    refuses(cases, file, replace(APPLY, on=date(2026, 2, 27)), "LR-15", "2026年2月26日")
    with pytest.raises(InputError, match="哪个法院"):
        cases.perform(COUNTER, file.case_key, replace(APPLY, court=" "))
    assert taken(cases, file, replace(APPLY, on=date(2026, 2, 26))).judicial_confirmation.applied_on


@on_sqlite
def test_an_oral_agreement_has_to_be_written_first(cases: CaseService) -> None:
    file = effective(cases, "C09")
    day = date(2026, 7, 22)
    guardian = Will(ref="A1", on=day, how=WillWay.PHONE, by=Signer.STATUTORY)
    file = taken(cases, file, willing(file, day, A1=guardian))
    undone = replace(file, performance=tuple(replace(row, done_on=None) for row in file.performance))
    assert eligibility(file, day).verdict is Verdict.NEEDLESS
    assert eligibility(undone, day).verdict is Verdict.CANNOT
    assert "写成书面" in eligibility(undone, day).findings[0].words


def test_the_pack_says_what_is_missing_until_it_is_there(cases: CaseService) -> None:
    file = effective(cases, "C02")
    assert "身份证明（梁大川等23人）" in missing(pack(file))
    assert "推选书和成员授权" in missing(pack(file))
    assert "财产权利证明" not in missing(pack(file)), "wages need no title"
    ticked = tuple(item.name for item in pack(file) if item.ticked)
    file = taken(cases, file, GatherCourtPapers(on=date(2026, 2, 2), names=ticked[:-1]))
    assert missing(pack(file)) == f"还差：{ticked[-1]}。"
    with pytest.raises(InputError, match="材料里没有"):
        cases.perform(COUNTER, file.case_key, GatherCourtPapers(on=date(2026, 2, 2), names=("护照",)))
    file = taken(cases, file, GatherCourtPapers(on=date(2026, 2, 3), names=ticked))
    assert missing(pack(file)) == ""
    assert [one.on.day for one in file.beside.court_papers] == [2] * (len(ticked) - 1) + [3]
    divorce = effective(cases, "C03")
    assert any(item.name == "财产权利证明" for item in pack(divorce))


def test_what_the_court_wants_completed_is_watched_until_done(cases: CaseService) -> None:
    file = effective(cases, "C02")
    asked = NoteCourtRequest(on=date(2026, 2, 4), what="补交身份证复印件", due_on=date(2026, 2, 8))
    refuses(cases, file, asked, "T-21", "还没有申请")
    file = taken(cases, file, willing(file, date(2026, 2, 3)), APPLY, asked)
    assert open_requests(file) == "法院要求补正：补交身份证复印件，最迟2026年2月8日。"
    assert "2026年3月5日" in after_filing(file)
    with pytest.raises(InputError, match="没有第2项"):
        cases.perform(COUNTER, file.case_key, CompleteForCourt(on=date(2026, 2, 5), no=2))
    file = taken(cases, file, CompleteForCourt(on=date(2026, 2, 5), no=1, note="窗口递交"))
    assert open_requests(file) == ""
    with pytest.raises(InputError, match="早于法院通知"):
        cases.perform(COUNTER, file.case_key, replace(asked, due_on=date(2026, 2, 3)))


def test_unexcused_absence_is_a_withdrawal_and_leaves_time_for_another_try(cases: CaseService) -> None:
    """The first application stays on record; a confirmed one is final."""
    file = effective(cases, "C02")
    file = taken(cases, file, willing(file, date(2026, 2, 3)), APPLY)
    away = WithdrawFromCourt(on=date(2026, 2, 6), by=("B3",), reason="传唤未到", absent=True)
    with pytest.raises(InputError, match="原因"):
        cases.perform(COUNTER, file.case_key, replace(away, reason=" "))
    file = taken(cases, file, away)
    court = file.judicial_confirmation
    assert (court.result, court.decided_on) == ("撤回申请", date(2026, 2, 6))
    assert "无正当理由没有到场" in (court.note or "")
    assert "2026年2月26日以前还可以再申请" in after_ruling(file)
    again = replace(APPLY, on=date(2026, 2, 10))
    refuses(cases, file, again, "LR-15", "云川兴和置业有限公司不同意")
    will = Will(ref="B3", on=date(2026, 2, 9), how=WillWay.PHONE)
    file = taken(cases, file, RecordWills(on=date(2026, 2, 9), wills=(will,)), again)
    assert [one.result for one in file.beside.earlier_applications] == ["撤回申请"]
    assert file.judicial_confirmation.note is None
    ruled = RecordRuling(
        on=date(2026, 2, 12),
        result=CONFIRMED,
        received_on=date(2026, 2, 13),
        case_no="（2026）某0101诉前调确12号",
    )
    file = taken(cases, file, ruled)
    assert file.judicial_confirmation.case_no == "（2026）某0101诉前调确12号"
    assert "2026年2月28日前提出" in after_ruling(file)
    refuses(cases, file, ruled, "T-21", "已经登记过")
    refuses(cases, file, again, "T-20", "不能再申请")


@on_sqlite
def test_a_ruling_against_the_parties_has_a_reason(cases: CaseService) -> None:
    file = effective(cases, "C06")
    file = taken(cases, file, *to_court(file)[:2])
    bare = RecordRuling(on=date(2026, 5, 22), result="裁定不予受理")
    with pytest.raises(InputError) as missing_reason:
        cases.perform(COUNTER, file.case_key, bare)
    assert missing_reason.value.field == "reason"
    with pytest.raises(RuleError, match="司法确认的结果"):
        cases.perform(COUNTER, file.case_key, replace(bare, result="随便"))
    refused = replace(bare, result="裁定驳回申请", reason="内容不明确")
    assert "变更协议" in after_ruling(taken(cases, file, refused))


@on_sqlite
def test_the_court_that_delegated_comes_first_else_that_of_the_body(cases: CaseService) -> None:
    """民事诉讼法 art. 205."""
    assert usual_court(effective(cases, "C08")) == "云川市安和区人民法院"
    assert len(courts(effective(cases, "C08"))) == 1
    wages = courts(effective(cases, "C02"))
    assert "调解组织所在地" in wages[0].reason
    assert any("住所地" in one.reason for one in wages)
