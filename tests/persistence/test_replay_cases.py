"""Every shared dispute, replayed step by step, reaches what was recorded of it; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.unit_of_work import Storage
from mediation_desk.agreements.model import Confirmation, Performance
from mediation_desk.agreements.performance import status_of
from mediation_desk.cases.model import CaseFile, Evidence, Outcome
from mediation_desk.cases.numbering import parse_number
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import GroupMember
from tests.persistence.replaying import Replay
from tests.shared_cases import FILES, needs_cases

SAME = (
    "parties", "facts", "claims", "claims_total", "investigations", "sessions", "suspensions", "extensions",
    "agreement", "copies_note", "unresolved", "not_signed",  "followups",
    "undisputed_facts",   "effective_on", "recurring",
    "feedback_to_source",
)  # fmt: skip


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_a_dispute_replays_to_its_agreement_its_money_and_its_end(storage: Storage, path: object) -> None:
    told = read_case(path.read_bytes())  # type: ignore[attr-defined]
    made = Replay(storage, told).run()
    for name in SAME:
        assert getattr(made, name) == getattr(told, name), name
    assert comparable(made.outcome) == comparable(told.outcome)
    assert confirmed(made) == confirmed(told)
    assert sorted(told.evidence, key=str) == sorted(
        (replace(one, ref=old.ref) for one, old in zip(by_name(made), by_name(told), strict=True)), key=str
    )
    assert made.intake.mediation_due_on == told.intake.mediation_due_on
    assert serial(made) == serial(told)
    assert by_part(made) == by_part(told)
    assert before_signing(made) == before_signing(told)
    if told.undisputed_facts_consent is not None:
        assert made.undisputed_facts_consent == told.undisputed_facts_consent
    assert statuses(made, told) == statuses(told, told)


def comparable(outcome: Outcome | None) -> Outcome | None:
    """The outcome without its short reason: an ending's full one stands in its notice."""
    return replace(outcome, reason=None) if outcome is not None else None


def confirmed(file: CaseFile) -> Confirmation:
    """What came of court confirmation; notes beside it are free words of whoever wrote the file."""
    result = file.judicial_confirmation.result
    if result.startswith("不适用（口头协议"):
        result = "不适用（口头协议）"
    return replace(file.judicial_confirmation, deadline_note=None, note=None, result=result)


def serial(file: CaseFile) -> tuple[int, int] | None:
    """Year and serial of the number; the words around them are the body's own."""
    return parse_number(file.intake.number) if file.intake.number else None


def by_part(file: CaseFile) -> list[Performance]:
    """What was paid and done, clause by clause; files list it in whatever order it was heard of."""
    return sorted(
        (replace(row, accelerated_on=None) for row in file.performance),  # the file has it in its parameters
        key=lambda row: (row.clause, row.instalment or 0, row.done_on or date.max, row.payer or ""),
    )


def before_signing(file: CaseFile) -> tuple[GroupMember, ...]:
    """The roll with everybody's parts; who signed how is told beside the exchanged file."""
    return tuple(replace(one, signed=None, signed_on=None) for one in file.group_members)


def by_name(file: CaseFile) -> list[Evidence]:
    """Evidence in an order that does not depend on when each piece was brought."""
    return sorted(file.evidence, key=lambda one: (one.name, one.provided_by, one.received_on))


def statuses(file: CaseFile, told: CaseFile) -> list[str]:
    """How each payment and act stands on the day the recorded file was judged on."""
    on = told.as_of
    assert on is not None
    return [status_of(row, file.performance, on, file.effective_on) for row in by_part(file)]
