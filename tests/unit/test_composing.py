"""Text that follows structure, what was changed by hand, patterns, and offers somebody went back on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.agreements.differences import change_words, differences
from mediation_desk.agreements.lending import lending, yearly
from mediation_desk.agreements.library import BLANK, entries, entries_for, usual_text
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment
from mediation_desk.agreements.offered import accepted, ghosts, made_of
from mediation_desk.agreements.terms import Share, Term
from mediation_desk.agreements.wording import clause_text, composed
from mediation_desk.cases.vocabulary import Category

NAMES = {"A1": "甲某", "A2": "乙某", "B1": "丙公司"}
SET_OFF: dict[str, Any] = {"set_off": "Q2", "set_off_amount": Decimal(100)}
INTEREST: dict[str, Any] = {"interest": Decimal("3.45"), "interest_from": date(2026, 5, 1)}
STATUSES = ("提出", "还价", "撤回", "接受")
PAY = Clause(
    no=1, kind=ClauseKind.PAY, text="", payer="B1", payee="A1", amount=Decimal("900.00"), due_on=date(2026, 4, 20)
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """An offer as the composer sees it."""

    no: int
    status: str = "接受"
    by: str = "B1"
    text: str = "出九百"
    amount: Decimal | None = Decimal("900.00")
    payer: str | None = "B1"
    payee: str | None = "A1"
    due_on: date | None = None
    issue: int | None = None


def text(clause: Clause = PAY, **terms: Any) -> str:
    return composed(clause, Term(clause=1, **terms), NAMES.__getitem__)


def test_a_plain_payment_reads_as_it_always_did() -> None:
    said = clause_text(PAY, NAMES.__getitem__, purpose="赔偿款", manner="银行转账")
    assert text(purpose="赔偿款", manner="银行转账") == said
    assert (
        said
        == "丙公司于2026年4月20日前以银行转账方式向甲某支付赔偿款人民币900.00元（大写：人民币玖佰元整）。"
    )


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"place": "调解室", "manner": "现金"}, "在调解室以现金方式"),
        (SET_OFF, "丙公司应付甲某款项人民币1,000.00元，与甲某应付丙公司的人民币100.00元抵销后，"),
        (INTEREST, "，并自2026年5月1日起以未付款项为基数按年利率3.45%支付利息"),
        ({"penalty": Decimal("2.00")}, "；逾期的，自逾期之日起按未付款项每日万分之二支付违约金。"),
        ({"articles": ("《民法典》第一千一百六十五条",)}, "整）（《民法典》第一千一百六十五条）。"),
    ],
)  # fmt: skip
def test_everything_agreed_stands_in_the_text(terms: dict[str, Any], words: str) -> None:
    assert words in text(**terms)


def test_shares_and_acceleration_stand_where_there_are_several_people_and_parts() -> None:
    parts = tuple(Instalment(no=no, due_on=date(2026, no, 1), amount=Decimal(450)) for no in (4, 5))
    clause = replace(PAY, payee="A1+A2", due_on=None, instalments=parts)
    shares = (Share(ref="A1", amount=Decimal(500)), Share(ref="A2", amount=Decimal(400)))
    said = text(clause, shares=shares, grace_days=10)
    assert (
        "，其中向甲某500.00元、乙某400.00元，分2期支付；任一期逾期超过10日未足额支付的，剩余款项全部到期。"
        in said
    )
    assert "剩余款项" not in text(PAY, grace_days=10), "what is paid at once cannot be accelerated"


def test_too_little_makes_no_text() -> None:
    assert text(replace(PAY, amount=None)) == ""
    assert composed(Clause(no=1, kind=ClauseKind.ACT, text=""), Term(clause=1), NAMES.__getitem__) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.same + piece.out for piece in pieces) == before
    assert "".join(piece.same + piece.new for piece in pieces) == after
    assert (change_words(before, after) == "") is (before == after)


OFFERS = st.dictionaries(st.integers(1, 12), st.sampled_from(STATUSES)).map(
    lambda made: tuple(Proposal(no, status) for no, status in made.items())
)
TERMS = st.lists(st.none() | st.integers(1, 15), max_size=10).map(
    lambda offers: tuple(Term(clause=no, offer=offer) for no, offer in enumerate(offers, start=1))
)


@given(TERMS, OFFERS)
def test_a_clause_is_a_ghost_exactly_when_its_offer_is_not_accepted(
    terms: tuple[Term, ...], offers: tuple[Proposal, ...]
) -> None:
    standing = {offer.no for offer in offers if offer.status == "接受"}
    found = ghosts(terms, offers)
    assert [one.clause for one in found] == [
        term.clause for term in terms if term.offer is not None and term.offer not in standing
    ]
    for one in found:
        assert f"第{one.clause}条" in one.says
        assert f"方案{one.offer}" in one.says


@given(TERMS, OFFERS, st.integers(1, 12))
def test_withdrawing_an_accepted_offer_marks_its_clauses_and_no_others(
    terms: tuple[Term, ...], offers: tuple[Proposal, ...], gone: int
) -> None:
    after = tuple(replace(offer, status="撤回") if offer.no == gone else offer for offer in offers)
    before_ghosts = {one.clause for one in ghosts(terms, offers)}
    marked = {one.clause for one in ghosts(terms, after)} - before_ghosts
    was_accepted = any(offer.no == gone and offer.status == "接受" for offer in offers)
    assert marked == ({term.clause for term in terms if term.offer == gone} if was_accepted else set())
    assert gone not in {offer.no for offer in accepted(after, terms)}


def test_an_accepted_offer_becomes_a_payment_or_keeps_its_words() -> None:
    clause, term = made_of(Proposal(3), "赔偿款", "银行转账")
    assert (clause.kind, clause.amount, clause.payer, clause.payee) == (
        ClauseKind.PAY,
        Decimal("900.00"),
        "B1",
        "A1",
    )
    assert (term.offer, term.purpose) == (3, "赔偿款")
    clause, term = made_of(Proposal(4, amount=None, text="撤回催缴函"))
    assert (clause.kind, term.what, term.offer) == (ClauseKind.ACT, "撤回催缴函", 4)
    assert [
        one.no
        for one in accepted((Proposal(3), Proposal(4, "提出"), Proposal(5)), (term, Term(clause=2, offer=3)))
    ] == [5]


def test_the_library_offers_every_kind_of_dispute_a_payment_default_and_waiver() -> None:
    for category in Category:
        kinds = {one.kind for one in entries_for(category)}
        assert {ClauseKind.DEFAULT, ClauseKind.WAIVE} <= kinds
    assert usual_text(ClauseKind.DEFAULT).startswith("任何一方逾期付款的")
    assert {c for one in entries() for c in one.categories} <= set(Category)
    assert len({one.key for one in entries()}) == len(entries())


def test_a_field_nobody_fills_becomes_a_named_blank() -> None:
    [entry] = [one for one in entries() if one.key == "default.reduction"]
    assert entry.fields == ("乙", "甲")
    said = entry.filled({"甲": "甲某"})
    assert said.startswith(f"{BLANK}（乙）未按期")
    assert "甲某在本协议中的减免" in said


def test_the_rate_of_a_day_is_the_one_published_last() -> None:
    table = lending()
    assert table.lpr(date(2019, 8, 19)) is None
    assert table.lpr(date(2022, 1, 19)) == Decimal("3.80")
    assert table.lpr(date(2022, 1, 20)) == Decimal("3.70")
    assert table.cap(date(2024, 12, 1)) == Decimal("12.40")
    assert yearly(Decimal(2)) == Decimal("7.3")
