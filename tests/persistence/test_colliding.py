"""A save that met a newer case, through the service on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.colliding import UNADOPTED, unadopted_in
from mediation_desk.cases.comparing import Choice
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.evidence import AddEvidence
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.shared.errors import StaleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]
WANG = replace(COUNTER, display_name="王姐")
MINE, THEIRS = "我写的：水从北墙缝里渗进来，已有两个月。", "她写的：雨天水漫过门槛，灶间积水。"


def facts(file: CaseFile, words: str) -> Correct:
    return Correct(to=replace(registration_of(file), facts=words), reason="补充")


def evidence(name: str) -> AddEvidence:
    return AddEvidence(
        name=name, kind=next(iter(EvidenceKind)), provided_by="A1", on=date(2026, 3, 10), proves="渗水"
    )


def met(cases: CaseService, mine: Step, theirs: Step) -> tuple[CaseFile, CaseFile]:
    """The case as I read it, and what 王姐 saved since; my step is refused."""
    seen = brought(cases, ())
    saved = cases.perform(WANG, seen.case_key, theirs, version=seen.version)
    with pytest.raises(StaleError):
        cases.perform(COUNTER, seen.case_key, mine, version=seen.version)
    return seen, saved


def test_a_refused_save_shows_both_and_keeps_what_was_not_chosen(cases: CaseService) -> None:
    seen = brought(cases, ())
    mine = facts(seen, MINE)
    cases.perform(WANG, seen.case_key, facts(seen, THEIRS), version=seen.version)
    found = cases.compare(COUNTER, seen, mine)
    (line,) = found.open
    assert (line.before, line.mine, line.theirs) == (seen.facts, MINE, THEIRS)
    assert (found.by, line.name, line.joins) == ("王姐", "纠纷经过", True)

    onto = found.chosen({line.place: Choice.THEIRS})
    after = cases.perform(COUNTER, seen.case_key, mine, version=found.version, onto=onto)
    assert after.facts == THEIRS
    kept = {draft.key: draft for draft in cases.drafts(COUNTER)}[f"case:{seen.case_key}:{UNADOPTED}"]
    assert unadopted_in(kept) == (("纠纷经过", MINE),)


def test_both_texts_may_stand_one_after_the_other(cases: CaseService) -> None:
    seen = brought(cases, ())
    cases.perform(WANG, seen.case_key, facts(seen, THEIRS), version=seen.version)
    found = cases.compare(COUNTER, seen, facts(seen, MINE))
    onto = found.chosen({found.open[0].place: Choice.BOTH})
    after = cases.perform(COUNTER, seen.case_key, facts(seen, MINE), version=found.version, onto=onto)
    assert after.facts == THEIRS + MINE
    (change,) = after.beside.corrections[-1].changes
    assert (change.before, change.after) == (THEIRS, after.facts)
    assert not any(draft.key.endswith(UNADOPTED) for draft in cases.drafts(COUNTER))


def test_what_does_not_overlap_needs_no_choice(cases: CaseService) -> None:
    seen, _ = met(cases, evidence("我的照片"), evidence("她的收据"))
    found = cases.compare(COUNTER, seen, evidence("我的照片"))
    assert found.open == ()
    onto = found.chosen({})
    after = cases.perform(COUNTER, seen.case_key, evidence("我的照片"), version=found.version, onto=onto)
    assert [(one.ref, one.name) for one in after.evidence] == [("E1", "她的收据"), ("E2", "我的照片")]


def test_a_third_save_in_between_asks_again(cases: CaseService) -> None:
    seen = brought(cases, ())
    cases.perform(WANG, seen.case_key, facts(seen, THEIRS), version=seen.version)
    found = cases.compare(COUNTER, seen, facts(seen, MINE))
    third = cases.file(COUNTER, seen.case_key)
    cases.perform(WANG, seen.case_key, facts(third, "第三次。"), version=third.version)
    onto = found.chosen({found.open[0].place: Choice.MINE})
    with pytest.raises(StaleError):
        cases.perform(COUNTER, seen.case_key, facts(seen, MINE), version=found.version, onto=onto)
    assert cases.compare(COUNTER, seen, facts(seen, MINE)).open[0].theirs == "第三次。"


def test_comparing_stores_nothing_and_draws_no_number(cases: CaseService, storage: Storage) -> None:
    seen, saved = met(cases, told.ACCEPT, evidence("她的收据"))
    assert cases.compare(COUNTER, seen, told.ACCEPT).open == ()
    assert cases.file(COUNTER, seen.case_key) == saved
    with storage.read() as work:
        assert work.numbers.given(seen.organisation.name, "人民调解", 2026) == ()


def test_a_step_that_came_too_late_says_why_and_shows_both(cases: CaseService) -> None:
    seen, _ = met(cases, told.ACCEPT, told.ACCEPT)
    found = cases.compare(COUNTER, seen, told.ACCEPT)
    assert "受理" in found.refusal
    assert any(line.mine for line in found.lines)
