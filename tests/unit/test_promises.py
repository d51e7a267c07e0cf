"""Promises as sums: whatever is paid and forgiven in whatever order, everything adds up to what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.agreements.account import Entry, accounts
from mediation_desk.agreements.default import AccelerationRule, Per, charges, terms_in_words
from mediation_desk.agreements.keeping import ProofKind, Urging, Waiver, proof_words
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment, Performance
from mediation_desk.agreements.obligations import obligations
from mediation_desk.agreements.promises import ItemStatus, Promises, standing
from mediation_desk.agreements.settling import Share, shares, still_owed, total
from mediation_desk.shared.money import FEN, distribute

START = date(2026, 3, 16)
SUMS = st.integers(min_value=1, max_value=500_000).map(lambda fen: Decimal(fen) * FEN)


def agreement(amount: Decimal, parts: int) -> Clause:
    shared = distribute(amount + parts, parts)
    return Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="分期支付。",
        payer="B1+B2",
        payee="A1",
        amount=amount + parts,
        instalments=tuple(
            Instalment(no=no, due_on=START + timedelta(days=30 * no), amount=part)
            for no, part in enumerate(shared, start=1)
        ),
    )


@st.composite
def kept(draw: st.DrawFn) -> tuple[Clause, Promises, date]:
    """An agreement of some instalments, payments and waivers of any part of any of them, and a day to look."""
    clause = agreement(draw(SUMS), draw(st.integers(1, 5)))
    rows = list(obligations((clause,)))
    waivers: list[Waiver] = []
    for no in range(draw(st.integers(0, 8))):
        open_rows = [row for row in still_owed(rows, waivers) if row.amount]
        if not open_rows:
            break
        row = draw(st.sampled_from(open_rows))
        assert row.amount is not None
        part = Decimal(draw(st.integers(1, int(row.amount / FEN)))) * FEN
        on = START + timedelta(days=draw(st.integers(0, 200)))
        if draw(st.booleans()):
            waiver = Waiver(
                no=no, clause=1, instalment=row.instalment, amount=part, on=on, by="A1", reason="困难"
            )
            waivers.append(waiver)
        else:
            place = next(
                i for i, one in enumerate(rows) if one.done_on is None and one.instalment == row.instalment
            )
            whole = rows[place]
            assert whole.amount is not None
            done = replace(whole, done_on=on, amount=part, payer=draw(st.sampled_from(("B1", "B2"))))
            rest = replace(whole, amount=whole.amount - part)
            rows[place : place + 1] = [done, rest] if rest.amount else [done]
    promises = Promises(clauses=(clause,), rows=tuple(rows), waivers=tuple(waivers), effective_on=START)
    return clause, promises, START + timedelta(days=draw(st.integers(0, 260)))


@settings(max_examples=200, deadline=None)
@given(kept())
def test_paid_forgiven_and_open_always_add_up_to_the_promise(made: tuple[Clause, Promises, date]) -> None:
    clause, promises, day = made
    for item in standing(promises, day).items:
        promised = next(part.amount for part in clause.instalments if part.no == item.instalment)
        assert item.remaining is not None
        assert item.amount == promised == item.paid + item.waived + item.remaining
        assert item.remaining >= 0
        assert item.status.is_settled == (item.remaining == 0)
    found = shares(promises.rows, promises.waivers)
    assert total(share.row for share in found) == clause.amount


@settings(max_examples=200, deadline=None)
@given(kept())
def test_the_account_ends_with_what_is_due_and_unpaid(made: tuple[Clause, Promises, date]) -> None:
    clause, promises, day = made
    found = standing(promises, day)
    (account,) = accounts(promises, found)
    assert all(line.balance >= 0 for line in account.lines)
    assert [line.on for line in account.lines] == sorted(line.on for line in account.lines)
    due = sum((item.remaining or Decimal() for item in found.items if item.falls_due <= day), Decimal())
    assert account.balance == due
    settled = account.sum_of(Entry.PAID) + account.sum_of(Entry.WAIVED)
    assert account.sum_of(Entry.DUE) - settled == account.balance
    assert account.sum_of(Entry.DUE) + account.to_come == clause.amount
    assert (account.payer, account.payee) == ("B1+B2", "A1")


@settings(max_examples=100, deadline=None)
@given(kept())
def test_seen_from_an_earlier_day_what_came_later_is_still_owed(made: tuple[Clause, Promises, date]) -> None:
    _, promises, day = made
    before = [row for row in promises.rows if row.done_on is not None and row.done_on <= day]
    assert sum((item.paid for item in standing(promises, day).items), Decimal()) == total(before)


@pytest.mark.parametrize(
    ("text", "clause", "grace", "rate", "per"),
    [
        (
            "任一期逾期超过十日或者未足额支付的，剩余款项全部到期，按年利率12%计付逾期利息。",
            1,
            10,
            "0.12",
            Per.YEAR,
        ),
        (
            "任一期逾期的，申请人可就全部未付款项一并主张，并按未付金额每日万分之五计付违约金。",
            1,
            0,
            "0.0005",
            Per.DAY,
        ),
        ("任何一方逾期付款的，自逾期之日起按未付款项每日万分之二支付违约金。", None, None, "0.0002", Per.DAY),
        ("任一期逾期满15日的，其余款项立即到期。", 1, 14, None, None),
        ("逾期三十日以上的，未付款项一并主张，每日千分之0.5。", 1, 30, "0.0005", Per.DAY),
        ("不履行的，另行协商。", None, None, None, None),
    ],
)
def test_the_usual_phrases_of_a_default_clause_are_understood(
    text: str, clause: int | None, grace: int | None, rate: str | None, per: Per | None
) -> None:
    found = terms_in_words((Clause(no=1, kind=ClauseKind.DEFAULT, text=text),))
    assert found.acceleration == (
        None if clause is None else AccelerationRule(clause=clause, grace_days=grace or 0)
    )
    said = found.penalty
    assert (said.rate if said else None) == (Decimal(rate) if rate else None)
    assert (said.per if said else None) == per
    assert found.from_text
    assert terms_in_words((Clause(no=1, kind=ClauseKind.CONFIRM, text=text),)).acceleration is None


def test_the_penalty_counts_from_the_day_after_and_tells_its_formula() -> None:
    row = Performance(clause=1, payer="B1", payee="A1", due_on=START, amount=Decimal("1000.00"))
    late = replace(row, done_on=START + timedelta(days=10))
    rule = terms_in_words((Clause(no=2, kind=ClauseKind.DEFAULT, text="按每日万分之五支付违约金。"),)).penalty
    (one,) = charges((Share(row=late),), rule, START + timedelta(days=90))
    assert (one.days, one.amount) == (10, Decimal("5.00"))
    assert one.formula == "1,000.00元×0.05%×10日＝5.00元"
    assert charges((Share(row=replace(row, done_on=START)),), rule, START + timedelta(days=90)) == ()
    forgiven = Waiver(no=1, clause=1, amount=Decimal("1000.00"), on=START, by="A1", reason="困难")
    assert charges(shares((row,), (forgiven,)), rule, START + timedelta(days=90)) == ()


@pytest.mark.parametrize(
    ("days", "paid", "status", "late"),
    [
        (-1, "0", ItemStatus.NOT_DUE, 0),
        (-1, "10", ItemStatus.PARTLY, 0),
        (0, "10", ItemStatus.TODAY, 0),
        (3, "0", ItemStatus.OVERDUE, 3),
        (3, "10", ItemStatus.PARTLY_OVERDUE, 3),
        (3, "30", ItemStatus.ON_TIME, 0),
    ],
)
def test_an_item_says_in_words_how_it_stands(days: int, paid: str, status: ItemStatus, late: int) -> None:
    due = START + timedelta(days=30)
    row = Performance(clause=1, payer="B1", payee="A1", due_on=due, amount=Decimal("30.00"))
    part = Decimal(paid)
    done = (replace(row, amount=part, done_on=due - timedelta(days=5)),) if part else ()
    rest = (replace(row, amount=row.amount - part),) if row.amount and part < row.amount else ()
    urged = (Urging(no=1, on=due + timedelta(days=2), of="B1", amount=part),)
    clause = Clause(
        no=1, kind=ClauseKind.PAY, text="付。", payer="B1", payee="A1", amount=row.amount, due_on=due
    )
    promises = Promises(clauses=(clause,), rows=(*done, *rest), urgings=urged, effective_on=START)
    (item,) = standing(promises, due + timedelta(days=days)).items
    assert (item.status, item.late_days) == (status, late)
    assert item.urged == (1 if days >= 2 else 0)


def test_proof_is_written_as_kind_and_detail() -> None:
    assert proof_words(ProofKind.TRANSFER, " 尾号0101 ") == "转账回单（尾号0101）"
    assert proof_words(ProofKind.RECEIPT) == "收条"
    assert proof_words(ProofKind.OTHER, "银行流水") == "银行流水"
    assert proof_words(None, " ") is None
