"""Reads a draft of an agreement (``case agree``): clauses with what they are made of, annex, ticks, what stays open."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from mediation_desk.agreements.library import entry
from mediation_desk.agreements.model import AgreementForm, Clause, ClauseKind, Instalment, Unresolved
from mediation_desk.agreements.terms import MemberParts, Share, Term
from mediation_desk.agreements.wording import composed
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.copies import copies_needed
from mediation_desk.cases.steps.agreeing import AgreeOrally, Compose
from mediation_desk.interchange.derived import SCHEMA
from mediation_desk.interchange.parse import parse
from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.interchange.wording import reason
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@record
class DueOn:
    """One instalment; numbers follow from the order."""

    due_on: date
    amount: Decimal


@record
class NewClause:
    """One clause; without ``text`` the text is composed. The keys after ``instalments`` are those of ``Term``."""

    kind: ClauseKind
    text: str = ""
    payer: str | None = None
    payee: str | None = None
    amount: Decimal | None = None
    due_on: date | None = None
    instalments: tuple[DueOn, ...] = ()
    offer: int | None = None
    entry: str = ""
    covers: tuple[str, ...] = ()
    what: str = ""
    refrain: bool = False
    purpose: str = ""
    manner: str = ""
    place: str = ""
    interest: Decimal | None = None
    interest_from: date | None = None
    interest_base: str = ""
    lent_on: date | None = None
    grace_days: int | None = None
    penalty: Decimal | None = None
    set_off: str = ""
    set_off_amount: Decimal | None = None
    monthly: Decimal | None = None
    first_month: str = ""
    months: int | None = None
    pay_day: int | None = None
    articles: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()


@record
class NewAgreement:
    """The keys of the file."""

    form: AgreementForm = AgreementForm.WRITTEN
    clauses: tuple[NewClause, ...]
    copies: int | None = None
    copies_note: str | None = None
    unresolved: tuple[Unresolved, ...] = ()
    annex: tuple[MemberParts, ...] | None = None
    looked: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    reason: str | None = None


def read_agreement(text: str | bytes, file: CaseFile) -> Compose | AgreeOrally:
    """The step ``text`` holds for ``file``.

    Raises ``InputError`` with the JSON pointer of the first place that is unknown, missing or of a wrong type.
    """
    data = parse(text)
    if data.pop("schema", SCHEMA) != SCHEMA:
        raise refusal("/schema", f"应为“{SCHEMA}”，别的格式读不了")
    given = _validated(data)
    made = [_made(number, one, file) for number, one in enumerate(given.clauses, start=1)]
    clauses, terms = tuple(one[0] for one in made), tuple(one[1] for one in made)
    if given.form is AgreementForm.ORAL:
        everybody = tuple(party.ref for party in file.parties)
        return AgreeOrally(
            clauses=clauses,
            terms=terms,
            confirmed_by=given.confirmed_by or everybody,
            reason=given.reason,
            unresolved=given.unresolved,
            annex=given.annex,
            looked=given.looked,
        )
    return Compose(
        clauses=clauses,
        terms=terms,
        copies=copies_needed(file).least if given.copies is None else given.copies,
        copies_note=given.copies_note,
        unresolved=given.unresolved,
        annex=given.annex,
        looked=given.looked,
    )


def _made(number: int, given: NewClause, file: CaseFile) -> tuple[Clause, Term]:
    if given.entry and entry(given.entry) is None:
        raise refusal(f"/clauses/{number - 1}/entry", "条款库里没有这一条")
    clause = Clause(
        no=number,
        kind=given.kind,
        text=given.text,
        payer=given.payer,
        payee=given.payee,
        amount=given.amount,
        due_on=given.due_on,
        instalments=tuple(
            Instalment(no=no, due_on=part.due_on, amount=part.amount)
            for no, part in enumerate(given.instalments, start=1)
        ),
    )
    known = {field.name for field in fields(Term)} - {"clause", "edited"}
    term = Term(clause=number, **{name: getattr(given, name) for name in known})
    words = composed(clause, term, file.name_of)
    if not given.text and not words:
        raise refusal(f"/clauses/{number - 1}/text", "没有条文，内容也不够生成条文")
    text = given.text or words
    return replace(clause, text=text), replace(term, edited=text != words)


def _validated(data: dict[str, Any]) -> NewAgreement:
    from pydantic import ValidationError  # loaded late: only an import needs it

    try:
        return _adapter().validate_json(json.dumps(data))
    except ValidationError as trouble:
        first: Any = trouble.errors(include_url=False, include_input=False)[0]
        raise refusal(pointer(step for step in first["loc"] if step != "[key]"), reason(first)) from None


@cache
def _adapter() -> TypeAdapter[NewAgreement]:
    from pydantic import TypeAdapter

    return TypeAdapter(NewAgreement)
