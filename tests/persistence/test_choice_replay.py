"""Every recorded choice is taken again through the service, from the accepted case on, and ends the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.choosing.disclosing import DisclosureService
from mediation_desk.cases.model import Archive, CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.choosing import Designate, RecordChoice
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.model import Choice, MediatorCard, SelectionMode
from mediation_desk.interchange.reader import read_case
from tests.shared_cases import FILES, needs_cases

COMMON = (SelectionMode.PARTIES, SelectionMode.COURT_ROSTER)
NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


def only_accepted(file: CaseFile) -> CaseFile:
    """The file as it stood when it had been accepted and nobody was chosen."""
    bare = CaseFile(
        **{
            name: getattr(file, name)
            for name in (
                "case_key",
                "fictitious",
                "as_of",
                "title",
                "track",
                "centre",
                "organisation",
                "dispute",
                "intake",
                "court_referral",
                "parties",
                "group_members",
                "related_persons",
                "facts",
                "claims",
                "claims_total",
            )
        }
    )
    return replace(
        bare, archive=Archive(volume_no="", retention=file.archive.retention) if file.archive else None
    )


def recorded() -> list[CaseFile]:
    """Files in which somebody was chosen."""
    files = [read_case(path.read_bytes()) for path in FILES]
    return [file for file in files if file.selection is not None]


def everybody() -> list[MediatorCard]:
    """The pool all files together know."""
    cards = {}
    for file in recorded():
        for one in file.mediators:
            cards[one.pool_no] = MediatorCard(
                **{name: getattr(one, name) for name in MediatorCard.__dataclass_fields__}
            )
    return list(cards.values())


def marks(file: CaseFile, choice: Choice) -> dict[str, tuple[str, ...]]:
    """What every party marked; one that is not recorded marked nothing."""
    return {party.ref: tuple(choice.choices.get(party.ref, ())) for party in file.parties}


@needs_cases
@pytest.mark.parametrize("key", [path.stem for path in FILES])
def test_a_recorded_choice_replays_to_its_result(storage: Storage, key: str) -> None:
    file = next((one for one in recorded() if one.case_key == key), None)
    if file is None or file.selection is None:
        pytest.skip("nobody was chosen in this case")
    cases = CaseService(storage, lambda: NOW)
    disclosures = DisclosureService(storage, cases, lambda: NOW)
    with storage.write() as work:
        work.pool.learn(everybody())
    cases.take_over(COUNTER, only_accepted(file))
    for past in file.selection_history:
        step = RecordChoice(on=past.on, candidates=past.candidates, marks=marks(file, past))
        assert cases.perform(COUNTER, key, step).selection == replace_round(past)
        recusal = next(one for one in file.recusals if one.mediator in past.result)
        disclosures.disclose(COUNTER, key, recusal.mediator, "双方选择时均未说明的关系", past.on)
        objection = Answer(
            party=recusal.by, on=recusal.on, accepts=False, ground=recusal.ground, detail=recusal.detail
        )
        vacated = disclosures.answer(COUNTER, key, recusal.mediator, objection)
        assert vacated.mediators == ()
    last, on = file.selection, min(one.selected_on for one in file.mediators)
    if last.mode in COMMON:
        done = cases.perform(
            COUNTER, key, RecordChoice(on=on, candidates=last.candidates, marks=marks(file, last))
        )
    else:
        accepted = tuple(ref for ref, ranked in last.choices.items() if ranked)
        if last.choices and len(last.candidates) > 1:  # a choice was tried before the designation
            tried = RecordChoice(on=on, candidates=last.candidates, marks=marks(file, last))
            assert cases.perform(COUNTER, key, tried).mediators == ()
        done = cases.perform(COUNTER, key, Designate(on=on, presiding=last.result[0], accepted_by=accepted))
    assert done.presiding is not None
    assert file.presiding is not None
    assert done.presiding.pool_no == file.presiding.pool_no
    assert done.selection is not None
    assert done.selection.result == last.result
    assert [one.replaced_by for one in done.recusals] == [one.replaced_by for one in file.recusals]


def replace_round(past: Choice) -> Choice:
    """The round without the words about its end."""
    return Choice(mode=past.mode, candidates=past.candidates, choices=dict(past.choices), result=past.result)
