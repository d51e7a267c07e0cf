"""Two people change one case: nothing typed is lost, and it does not matter who of them was first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.agreements.model import Agreement
from mediation_desk.cases.comparing import Choice, compared, joined
from mediation_desk.cases.model import CaseFile, Evidence
from mediation_desk.cases.registering import open_file
from mediation_desk.cases.vocabulary import EvidenceKind
from tests.every_field import texts_in
from tests.persistence.test_case_steps import CLAUSES, REGISTER


def piece(ref: str, name: str) -> Evidence:
    """A piece of evidence."""
    kind = next(iter(EvidenceKind))
    return Evidence(ref=ref, name=name, kind=kind, provided_by="A1", received_on=date(2026, 3, 10))


BASE = replace(
    open_file(REGISTER, case_key="AJ2026000001", registrar="试验窗口"),
    evidence=(piece("E1", "照片"), piece("E2", "收据")),
    undisputed_facts=("墙是共有的",),
)
WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=30)


@st.composite
def edits(draw: st.DrawFn) -> CaseFile:
    """``BASE`` after somebody wrote into some of its places."""
    file = BASE
    if draw(st.booleans()):
        file = replace(file, facts=draw(WORDS))
    if draw(st.booleans()):
        file = replace(file, dispute=replace(file.dispute, place=draw(WORDS)))
    parties = [replace(one, address=draw(WORDS)) if draw(st.booleans()) else one for one in file.parties]
    file = replace(file, parties=tuple(parties))
    pieces = [replace(one, proves=draw(WORDS)) if draw(st.booleans()) else one for one in file.evidence]
    if draw(st.booleans()):
        pieces.pop()
    pieces += [piece(f"E{no}", draw(WORDS)) for no in range(3, 3 + draw(st.integers(0, 2)))]
    said = draw(st.lists(WORDS, max_size=2, unique=True))
    return replace(file, evidence=tuple(pieces), undisputed_facts=(*file.undisputed_facts, *said))


@settings(max_examples=40, deadline=None)
@given(edits(), edits(), st.sampled_from([None, *Choice]))
def test_no_typed_word_is_lost(mine: CaseFile, theirs: CaseFile, wanted: Choice | None) -> None:
    first = compared(BASE, mine, theirs)
    choices = {
        line.place: wanted
        for line in first.open
        if wanted is not None and (line.joins or wanted is not Choice.BOTH)
    }
    found = compared(BASE, mine, theirs, choices=choices)
    stands = [text for _place, text in texts_in(found.merged)]
    for line in found.lines:  # an open line still shows both
        stands += [line.mine, line.theirs] if line in found.open else line.unadopted(choices.get(line.place))
    known = {text for _place, text in texts_in(BASE)}
    for written in (mine, theirs):
        for place, text in texts_in(written):
            assert text in known or any(text in one for one in stands), f"{place}: {text}"


@settings(max_examples=40, deadline=None)
@given(edits(), edits())
def test_it_does_not_matter_who_was_first(mine: CaseFile, theirs: CaseFile) -> None:
    one, other = compared(BASE, mine, theirs), compared(BASE, theirs, mine)
    assert {line.place for line in one.open} == {line.place for line in other.open}
    choose = dict.fromkeys((line.place for line in one.open), Choice.MINE)
    back = dict.fromkeys((line.place for line in one.open), Choice.THEIRS)
    assert _sorted(compared(BASE, mine, theirs, choices=choose).merged) == _sorted(
        compared(BASE, theirs, mine, choices=back).merged
    )


@settings(max_examples=20, deadline=None)
@given(edits())
def test_equal_changes_do_not_conflict(mine: CaseFile) -> None:
    assert compared(BASE, mine, mine).merged == mine
    assert compared(BASE, mine, mine).lines == ()
    for lonely in (compared(BASE, mine, BASE), compared(BASE, BASE, mine)):
        assert lonely.merged == mine
        assert lonely.open == ()


def test_parties_and_evidence_are_put_together_by_their_reference() -> None:
    mine = replace(BASE, parties=(replace(BASE.parties[0], phone="13900000001"), BASE.parties[1]))
    theirs = replace(
        BASE,
        parties=(BASE.parties[0], replace(BASE.parties[1], phone="13900000002")),
        evidence=(BASE.evidence[1],),
    )
    found = compared(BASE, mine, theirs)
    assert [one.phone for one in found.merged.parties] == ["13900000001", "13900000002"]
    assert [one.ref for one in found.merged.evidence] == ["E2"]
    assert found.open == ()


def test_what_was_added_twice_is_numbered_twice() -> None:
    """The step taken once more on theirs gives the next number: two pieces, no question."""
    mine = replace(BASE, evidence=(*BASE.evidence, piece("E3", "我的")))
    theirs = replace(BASE, evidence=(*BASE.evidence, piece("E3", "她的")))
    again = replace(theirs, evidence=(*theirs.evidence, piece("E4", "我的")))
    found = compared(BASE, mine, theirs, again)
    assert found.open == ()
    assert [one.name for one in found.merged.evidence[2:]] == ["她的", "我的"]


def test_what_i_did_not_touch_stays_theirs_though_my_form_carried_the_old() -> None:
    """A form that writes a whole registration writes back what it read: that is no change of mine."""
    mine = replace(BASE, title="改过的名称")
    theirs = replace(BASE, facts="她补充的经过。")
    found = compared(BASE, mine, theirs, mine)
    assert (found.merged.title, found.merged.facts) == ("改过的名称", "她补充的经过。")


def test_two_drafts_of_an_agreement_are_one_choice() -> None:
    mine = replace(BASE, agreement=Agreement(copies=3, clauses=CLAUSES))
    theirs = replace(BASE, agreement=Agreement(copies=2, clauses=CLAUSES[1:]))
    found = compared(BASE, mine, theirs)
    assert [line.place for line in found.open] == ["/agreement"]
    chosen = compared(BASE, mine, theirs, choices={"/agreement": Choice.MINE}).merged
    assert chosen.agreement == mine.agreement


def _sorted(file: CaseFile) -> CaseFile:
    """The order of what both added is that of the saves."""
    return replace(
        file,
        evidence=tuple(sorted(file.evidence, key=lambda one: one.ref)),
        undisputed_facts=tuple(sorted(file.undisputed_facts)),
    )


@pytest.mark.parametrize(
    ("theirs", "whole"),
    [
        ("墙面返潮。", "墙面返潮。顶棚开裂"),
        ("墙面返潮", "墙面返潮；顶棚开裂"),
        ("返潮\n漏水", "返潮\n漏水\n顶棚开裂"),
    ],
)
def test_two_texts_stand_one_after_the_other_as_sentences_do(theirs: str, whole: str) -> None:
    assert joined(theirs, "顶棚开裂") == whole
