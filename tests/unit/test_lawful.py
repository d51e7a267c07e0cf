"""The checklist: what is refused, what is to be looked at, and that the recorded agreements pass it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mediation_desk.agreements.lawful.items import items
from mediation_desk.agreements.lawful.judging import TESTS, forbidden, judge, to_look_at
from mediation_desk.agreements.lawful.model import Claimed, Finding, Level, Matter
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.agreements.terms import MemberParts, Share, Term
from mediation_desk.cases.composing import matter_of
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.track import Track
from tests.persistence.test_case_steps import PARTIES
from tests.shared_cases import FILES, needs_cases

DAY = date(2026, 3, 16)
PAY = Clause(
    no=1,
    kind=ClauseKind.PAY,
    text="贾讲理于2026年4月10日前以银行转账方式向甄有理支付赔偿款人民币900.00元。",
    payer="B1",
    payee="A1",
    amount=Decimal("900.00"),
    due_on=date(2026, 4, 10),
)
MATTER = Matter(
    clauses=(PAY,),
    parties=PARTIES,
    claims=(Claimed(ref="Q1", by="A1", against=("B1",), item="修墙费", amount=Decimal("1000.00")),),
    track=Track.PEOPLES,
    category="邻里纠纷",
    occurred_on=date(2026, 3, 1),
    settled_on=DAY,
)


def saying(text: str, kind: ClauseKind = ClauseKind.CONFIRM, **more: object) -> Matter:
    clause = Clause(no=1, kind=kind, text=text)
    return replace(MATTER, clauses=(clause,), **more)  # type: ignore[arg-type]  # names of fields


def codes(matter: Matter, level: Level) -> set[str]:
    return {one.code for one in judge(matter) if one.level is level}


def test_a_plain_payment_is_fine_in_every_respect() -> None:
    findings = judge(MATTER)
    assert {one.level for one in findings} == {Level.FINE}
    assert len(findings) == len([item for item in items() if not item.categories])
    assert all(one.article for one in findings), "fine or not, the article is named"


@pytest.mark.parametrize(
    ("text", "item", "rule"),
    [
        ("甲方今后不得就此事向人民法院起诉。", "sue", "LR-1"),
        ("甲方放弃申请仲裁的权利。", "sue", "LR-1"),
        ("一方不履行本协议的，另一方可以请求人民法院作出判决。", "court_decides", "T-12"),
        ("调解费200元由乙方承担。", "fee", "LR-2"),
        ("甲方承诺不向公安机关报案。", "report", "LR-9"),
        ("双方婚姻关系自本协议签订之日起解除。", "marriage", "T-12"),
        ("争议宅基地使用权归甲方。", "title", "T-12"),
        ("乙方付清以前，由甲方扣留身份证。", "freedom", "T-12"),
        ("由＿＿（谁）修好。", "blank", "T-12"),
        ("  ", "content", "T-12"),
    ],
)
def test_what_may_not_be_agreed_is_refused_with_its_rule(text: str, item: str, rule: str) -> None:
    wrong = forbidden(judge(saying(text)))
    assert [(one.item, one.rule) for one in wrong] == [(item, rule)]
    assert wrong[0].article in wrong[0].sentence


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("乙方尽快修好围墙。", "unclear"),
        ("双方自愿离婚，到婚姻登记机关办理。", "divorce"),
        ("甲方不追究乙方刑事责任。", "crime"),
        ("甲方承诺不再上访。", "petition"),
        ("房屋归甲方所有。", "house"),
        ("欠债权人的款由乙方还。", "harm"),
    ],
)
def test_what_needs_a_look_asks_for_a_tick(text: str, item: str) -> None:
    asked = [one for one in to_look_at(judge(saying(text))) if one.tick]
    assert [one.item for one in asked] == [item]
    assert not forbidden(judge(saying(text)))


@pytest.mark.parametrize(
    "text",
    [
        "未达成一致的请求，各方可以依法另行起诉。",
        "逾期的，申请人可以申请强制执行。",
        "以界桩连线为日常使用分界，不替代有权机关对宅基地使用权归属的确认。",
        "被申请人承担物业服务费。",
        "双方互相谅解，不再就此事追究。",
    ],
)
def test_words_that_only_sound_alike_pass(text: str) -> None:
    assert {one.level for one in judge(saying(text))} == {Level.FINE}


def test_sums_days_and_people_are_checked() -> None:
    parts = (
        Instalment(no=1, due_on=DAY, amount=Decimal(400)),
        Instalment(no=2, due_on=DAY, amount=Decimal(400)),
    )
    wrong = replace(PAY, due_on=None, instalments=parts)
    assert codes(replace(MATTER, clauses=(wrong,)), Level.FORBIDDEN) == {"instalments/1"}
    assert codes(replace(MATTER, clauses=(replace(PAY, payer="C9"),)), Level.FORBIDDEN) == {"party/1"}
    assert codes(replace(MATTER, clauses=(replace(PAY, payer="A1"),)), Level.FORBIDDEN) == {"same/1"}
    early = replace(PAY, due_on=date(2026, 3, 15))
    assert codes(replace(MATTER, clauses=(early,)), Level.FORBIDDEN) == {"early/1"}
    more = replace(PAY, amount=Decimal("1000.01"))
    assert codes(replace(MATTER, clauses=(more,)), Level.LOOK) == {"over/0"}
    shared = Term(clause=1, shares=(Share(ref="A1", amount=Decimal(899)),))
    assert codes(replace(MATTER, terms=(shared,)), Level.FORBIDDEN) == {"shares/1"}


def test_set_off_may_not_exceed_what_is_owed() -> None:
    claims = (*MATTER.claims, Claimed(ref="Q2", by="B1", against=("A1",), item="树", amount=Decimal(50)))
    matter = replace(MATTER, claims=claims)
    fits = Term(clause=1, set_off="Q2", set_off_amount=Decimal(50))
    assert not forbidden(judge(replace(matter, terms=(fits,))))
    over = replace(fits, set_off_amount=Decimal("50.01"))
    assert codes(replace(matter, terms=(over,)), Level.FORBIDDEN) == {"setoff/1"}
    nowhere = replace(fits, set_off="")
    assert codes(replace(matter, terms=(nowhere,)), Level.LOOK) == {"setoff_unknown/1"}


def test_the_annex_of_a_group_adds_up_to_its_clause() -> None:
    group = replace(MATTER, groups=(("A1", ("A1-01", "A1-02")),))
    annex = (MemberParts(ref="A1-01", parts=(Decimal(500),)), MemberParts(ref="A1-02", parts=(Decimal(400),)))
    assert not forbidden(judge(replace(group, annex=annex)))
    found = forbidden(judge(replace(group, annex=annex[:1])))
    assert [(one.item, one.rule) for one in found] == [("members", "LR-19")]


def loan(lent: date | None, rate: str, **more: object) -> tuple[Finding, ...]:
    term = Term(clause=1, interest=Decimal(rate), lent_on=lent, **more)  # type: ignore[arg-type]
    return judge(replace(MATTER, terms=(term,), category="合同纠纷", category_zz="0804"))


def test_interest_of_a_loan_is_capped_by_the_rate_of_its_day() -> None:
    in_2024 = date(2024, 12, 1)  # LPR 3.10 %, four times 12.40 %
    assert not forbidden(loan(in_2024, "12.40"))
    assert [one.item for one in forbidden(loan(in_2024, "12.41"))] == ["interest"]
    assert not forbidden(loan(date(2023, 1, 1), "14.60")), "an older contract, a higher rate"
    assert [one.item for one in forbidden(loan(in_2024, "6", penalty=Decimal(2)))] == ["interest"]
    unsure = loan(None, "15")
    assert not forbidden(unsure)
    assert [one.item for one in to_look_at(unsure) if one.tick] == ["interest_unsure"]


def test_interest_is_found_in_words_too() -> None:
    text = "乙方归还借款，按年利率36%支付利息。"
    found = judge(saying(text, category_zz="0804"))
    assert [one.item for one in to_look_at(found) if one.tick] == ["interest_unsure"]


def test_a_partial_agreement_does_not_say_that_nothing_is_left() -> None:
    waiver = Clause(no=2, kind=ClauseKind.WAIVE, text="上述款项付清后，各方再无其他争议。")
    partly = replace(MATTER, clauses=(PAY, waiver), unresolved=("Q1",))
    assert "waiver_open/2" in codes(partly, Level.LOOK)


def test_claims_nobody_settles_are_told_where_clauses_say_what_they_settle() -> None:
    claims = (*MATTER.claims, Claimed(ref="Q2", by="A1", against=("B1",), item="误工费"))
    matter = replace(MATTER, claims=claims, terms=(Term(clause=1, covers=("Q1",)),))
    assert codes(matter, Level.LOOK) == {"uncovered/0"}
    assert not codes(replace(matter, unresolved=("Q2",)), Level.LOOK)


def test_oral_agreements_that_wait_are_better_written() -> None:
    assert codes(replace(MATTER, oral=True), Level.LOOK) == {"writing/0"}


def test_every_item_has_a_test_an_article_and_a_mark() -> None:
    for item in items():
        assert item.article
        assert item.mark in ("S", "K", "I")
        assert item.check in TESTS if item.check != "words" else item.patterns
    assert {item.check for item in items()} - {"words"} == set(TESTS), "no test lies idle"


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_nothing_forbidden_stands_in_the_recorded_agreements(path: Path) -> None:
    file = read_case(path.read_bytes())
    if file.agreement is None:
        return
    oral = file.agreement.oral_record is not None
    found = judge(matter_of(file, file.agreement.clauses, unresolved=file.unresolved, oral=oral))
    assert not forbidden(found)
