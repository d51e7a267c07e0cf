"""What clauses were made of: kept beside the agreement through saving, signing and reopening; refused where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.model import ClauseKind, Unresolved
from mediation_desk.agreements.terms import MemberParts, Share, Term
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import AgreeOrally, Compose
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.parties.model import Gender, GroupMember, Party, PartyKind, Side
from mediation_desk.shared.errors import DeskError, InputError, RuleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import MET, brought
from tests.persistence.test_case_steps import CLAUSES, cases

__all__ = ["cases"]

TERM = Term(
    clause=1,
    entry="pay.damages",
    covers=("Q1",),
    purpose="赔偿款",
    manner="银行转账",
    place="试验镇",
    edited=True,
    interest=Decimal("3.45"),
    interest_from=date(2026, 4, 10),
    interest_base="未付款项",
    lent_on=date(2025, 1, 2),
    grace_days=10,
    penalty=Decimal("2.00"),
    set_off="Q1",
    set_off_amount=Decimal("100.00"),
    articles=("《民法典》第二百八十八条",),
    shares=(Share(ref="A1", amount=Decimal("900.00")),),
)
TERMS = (TERM, Term(clause=2, entry="waiver.usual", what="双方再无其他争议。"))
SILENT = replace(CLAUSES[0], text="不得起诉。")
FEW = (Share(ref="A1", amount=Decimal(1)),)
DRAFT = Compose(clauses=CLAUSES, copies=3, terms=TERMS)


@pytest.fixture
def agreed(cases: CaseService) -> CaseFile:
    """A case in which the last session ended in agreement."""
    return brought(cases, told.HELD_AND_AGREED)


@pytest.fixture
def take(cases: CaseService) -> Callable[[CaseFile, Step], CaseFile]:
    return lambda file, step: cases.perform(COUNTER, file.case_key, step, version=file.version)


Take = Callable[[CaseFile, Step], CaseFile]


def test_terms_survive_saving_signing_and_reopening(cases: CaseService, agreed: CaseFile, take: Take) -> None:
    file = take(agreed, DRAFT)
    for ref in file.missing_signatures:
        file = take(file, Sign(ref=ref, method="签名并按指印", on=MET))
    assert state_of(file) is not State.AGREED_UNSIGNED
    assert cases.file(COUNTER, file.case_key).beside.terms == TERMS


def test_another_draft_brings_other_terms(cases: CaseService, agreed: CaseFile, take: Take) -> None:
    file = take(take(agreed, DRAFT), replace(DRAFT, terms=(TERMS[1],)))
    assert cases.file(COUNTER, file.case_key).beside.terms == (TERMS[1],)
    ended = take(
        file,
        End(
            kind=Result.FAILED,
            cause=Cause.REFUSES_TO_SIGN,
            on=MET,
            reason="不签",
            told_remedies=("起诉",),
            by=("A1",),
        ),
    )
    assert cases.file(COUNTER, ended.case_key).beside.terms == ()


def test_a_look_needs_somebody_who_answers_for_it(cases: CaseService, agreed: CaseFile, take: Take) -> None:
    vague = replace(CLAUSES[1], text="乙方尽快清理水沟，双方再无其他争议。")
    draft = replace(DRAFT, clauses=(CLAUSES[0], vague), terms=())
    with pytest.raises(RuleError, match=r"尽快.*民诉法解释第三百五十八条"):
        take(agreed, draft)
    file = take(agreed, replace(draft, looked=("unclear/2",)))
    [looked] = cases.file(COUNTER, file.case_key).beside.looked
    assert (looked.code, looked.by) == ("unclear/2", COUNTER.display_name)
    assert "尽快" in looked.says


@pytest.mark.parametrize(
    ("draft", "kind", "rule", "words"),
    [
        (replace(DRAFT, clauses=(SILENT,), terms=()), RuleError, "LR-1", "第三条第三项"),
        (replace(DRAFT, clauses=(replace(CLAUSES[0], payer="C7"),), terms=()), RuleError, "T-12", "不是本案当事人"),
        (replace(DRAFT, terms=(replace(TERM, clause=3),)), InputError, "", "没有第3条"),
        (replace(DRAFT, terms=(TERM, TERM)), InputError, "", "两次"),
        (replace(DRAFT, terms=(replace(TERM, offer=4),)), RuleError, "T-12", "第1条出自方案4"),
        (replace(DRAFT, terms=(replace(TERM, shares=FEW),)), RuleError, "T-12", "合计"),
        (replace(DRAFT, terms=(replace(TERM, set_off_amount=Decimal(5000)),)), RuleError, "T-12", "抵销"),
        (replace(DRAFT, annex=(MemberParts(ref="A1-01", parts=(Decimal(1),)),)), InputError, "", "群体成员"),
        (
            replace(DRAFT, clauses=(replace(CLAUSES[0], instalments=(), due_on=date(2026, 3, 15)),), terms=()),
            RuleError,
            "T-12",
            "早于达成协议",
        ),
    ],
)  # fmt: skip
def test_refused_with_the_rule_and_nothing_stored(
    cases: CaseService,
    agreed: CaseFile,
    take: Take,
    draft: Compose,
    kind: type[DeskError],
    rule: str,
    words: str,
) -> None:
    with pytest.raises(kind, match=words) as refused:
        take(agreed, draft)
    assert getattr(refused.value, "rule", "") == rule
    assert cases.file(COUNTER, agreed.case_key) == agreed


def test_an_oral_agreement_passes_the_same_checks_and_keeps_what_stays_open(
    cases: CaseService, agreed: CaseFile, take: Take
) -> None:
    left = Unresolved(claim="Q1", amount=Decimal("100.00"), told_remedies=("起诉",), told_on=MET)
    plain = (
        CLAUSES[0],
        replace(CLAUSES[1], kind=ClauseKind.ACT, text="双方各自清理水沟，于2026年5月1日前完成。"),
    )
    oral = AgreeOrally(clauses=plain, confirmed_by=("A1", "B1"), terms=TERMS[:1], unresolved=(left,))
    with pytest.raises(RuleError, match="起诉"):
        take(agreed, replace(oral, clauses=(SILENT,)))
    file = cases.file(COUNTER, take(agreed, oral).case_key)
    assert file.beside.terms == TERMS[:1]
    assert file.unresolved == (left,)
    assert file.agreement is not None
    assert file.agreement.oral_record is not None


def test_members_take_their_parts_from_the_draft() -> None:
    from mediation_desk.cases.composing import with_annex
    from mediation_desk.cases.registering import open_file
    from tests.persistence.test_case_steps import REGISTER

    group = Party(ref="A1", side=Side.APPLICANT, kind=PartyKind.GROUP, name="工人", headcount=2)
    members = tuple(
        GroupMember(
            ref=f"A1-0{number}", name=f"工人{number}", gender=Gender.MALE, birth_date=date(1990, 1, 1),
            id_no="", phone="", gross=Decimal(100), discount=discount,
        )
        for number, discount in ((1, None), (2, Decimal(0)))
    )  # fmt: skip
    file = replace(open_file(REGISTER, case_key="X", registrar="某"), parties=(group,), group_members=members)
    first, second = with_annex(
        file,
        (
            MemberParts(ref="A1-01", parts=(Decimal(60), Decimal(40))),
            MemberParts(ref="A1-02", parts=(Decimal(50), Decimal(30))),
        ),
    )
    assert (first.instalments, first.net) == ((Decimal(60), Decimal(40)), None)
    assert (second.net, second.discount) == (Decimal(80), Decimal(20)), (
        "less than asked for is told in the file"
    )
