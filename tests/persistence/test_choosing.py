"""Choosing from the shortlist to the appointed mediator, on both databases."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.choosing.disclosing import DisclosureService
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile, RelatedCase
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.choice.rule import Step as Following
from mediation_desk.experts.mediator import Leave, Mediator, Standing, Tie, TieKind
from mediation_desk.experts.model import Employment, MediatorCard, RecusalResult, Role
from mediation_desk.parties.model import Agent, Gender, Side
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from mediation_desk.shared.track import Track
from tests.persistence.test_case_steps import BODY, PARTIES, PLAN, RECORDER, REGISTER, person

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 7, 1)
THIRD = person("C1", Side.THIRD, "尤三方", "110101197001010104", date(1970, 1, 1))


def mediator(number: str, name: str, **changes: object) -> Mediator:
    """Somebody fit for a quarrel among neighbours, unless ``changes`` say otherwise."""
    card = MediatorCard(
        pool_no=number,
        name=name,
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    )
    return dataclasses.replace(Mediator(card=card), **changes)  # type: ignore[arg-type]  # any field


POOL = (
    mediator("M01", "钱和"),
    mediator("M02", "孙顺"),
    mediator("M03", "李平"),
    mediator("M04", "周安"),
    mediator("M05", "吴停", standing=Standing.SUSPENDED),
    mediator("M06", "郑休", leaves=(Leave(from_on=TODAY, to=TODAY, reason="事假"),)),
    mediator("M07", "王亲", ties=(Tie(kind=TieKind.KIN, name="贾讲理", relation="表弟"),)),
    mediator("M08", "冯满", case_limit=1, term_to=date(2026, 6, 30)),
)


class Desk:
    """The services on one database with the pool above."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.cases = CaseService(storage, lambda: NOW)
        self.choosing = ChoosingService(storage, self.cases, lambda: NOW)
        self.disclosures = DisclosureService(storage, self.cases, lambda: NOW)
        with storage.write() as work:
            work.pool.add(POOL)

    def accepted(self, *more: object, track: Track = Track.PEOPLES) -> CaseFile:
        """A case that waits for its mediator."""
        command = dataclasses.replace(REGISTER, parties=(*PARTIES, *more), track=track)  # type: ignore[arg-type]
        file = self.cases.register(COUNTER, command, despite=ANYWAY)
        return self.cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 10)))

    def seal(self, key: str, party: str, *ranks: str, strikes: tuple[str, ...] = ()) -> None:
        """One party's last word."""
        self.choosing.mark(COUNTER, key, party, ranks=ranks, strikes=strikes, sealed=True)

    def change(self, pool_no: str, **changes: object) -> None:
        """Change a record of the pool behind the back of whoever is choosing."""
        with self.storage.write() as work:
            before = work.pool.mediator(pool_no)
            assert before is not None
            work.pool.save(before, dataclasses.replace(before, **changes))  # type: ignore[arg-type]


@pytest.fixture
def desk(storage: Storage) -> Desk:
    return Desk(storage)


def test_the_shortlist_says_who_is_in_and_why_everybody_else_is_out(desk: Desk) -> None:
    listed = desk.choosing.shortlist(COUNTER, desk.accepted().case_key)
    assert [one.mediator.pool_no for one in listed.candidates] == ["M01", "M02", "M03", "M04"]
    assert all("擅长邻里" in one.reasons for one in listed.candidates)
    out = {one.pool_no: "；".join(one.reasons) for one in listed.left_out}
    assert set(out) == {"M05", "M06", "M07", "M08"}
    assert "暂停" in out["M05"]
    assert "请假" in out["M06"]
    assert "贾讲理" in out["M07"]
    assert "聘期" in out["M08"]


def test_a_running_case_moves_its_mediator_back_in_the_neutral_order(desk: Desk) -> None:
    first = desk.accepted()
    desk.cases.perform(COUNTER, first.case_key, Designate(on=TODAY, presiding="M01"))
    listed = desk.choosing.shortlist(COUNTER, desk.accepted().case_key)
    assert [one.mediator.pool_no for one in listed.candidates] == ["M02", "M03", "M04", "M01"]


def test_three_sides_choose_and_the_rule_appoints(desk: Desk) -> None:
    key = desk.accepted(THIRD).case_key
    desk.choosing.open_round(COUNTER, key, assisting=1)
    desk.seal(key, "A1", "M02", "M01", "M03")
    desk.seal(key, "B1", "M01", "M02", strikes=("M04",))
    with pytest.raises(RuleError, match="尤三方"):
        desk.choosing.outcome(COUNTER, key)
    desk.seal(key, "C1", "M02", "M01")
    assert desk.choosing.outcome(COUNTER, key).next.result == ("M02", "M01")
    file = desk.choosing.conclude(COUNTER, key, on=TODAY, recorder=RECORDER)
    assert [(one.pool_no, one.role) for one in file.mediators] == [
        ("M02", Role.PRESIDING),
        ("M01", Role.ASSISTING),
    ]
    (ballot,) = desk.choosing.ballots(COUNTER, key)
    assert ballot.result == ("M02", "M01")
    assert ballot.strikes["B1"] == ("M04",)
    assert ballot.closed_at == NOW


def test_nobody_sees_the_marks_of_others_before_all_have_sealed(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M02", strikes=("M03",))
    desk.choosing.mark(COUNTER, key, "B1", ranks=("M01",))
    (ballot,) = desk.choosing.ballots(COUNTER, key)
    assert all(not mark.ranks and not mark.strikes for mark in ballot.marks)
    assert ballot.silent(("A1", "B1")) == ("B1",)
    paper = desk.choosing.ballot_paper(COUNTER, key, "B1")
    assert paper.mark is not None
    assert paper.mark.ranks == ("M01",)
    assert "甄有理" not in repr(paper)
    assert "1101" not in repr(paper)


def test_what_is_disclosed_on_the_sheet_names_nobody(desk: Desk) -> None:
    desk.change("M03", ties=(Tie(kind=TieKind.OTHER, name="甄有理", relation="同学"),))
    key = desk.accepted().case_key
    ballot = desk.choosing.open_round(COUNTER, key)
    (told,) = next(one.disclose for one in ballot.shown if one.pool_no == "M03")
    assert "甄有理" in told
    paper = desk.choosing.ballot_paper(COUNTER, key, "B1")
    (sheet,) = next(card.told for card in paper.cards if card.public.pool_no == "M03")
    assert "申请人" in sheet
    assert "甄有理" not in repr(paper)


def test_a_mark_is_there_again_after_a_restart_and_a_sealed_one_cannot_change(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.choosing.mark(COUNTER, key, "A1", ranks=("M03", "M01"), strikes=("M02",))
    again = ChoosingService(desk.storage, desk.cases, lambda: NOW)
    mark = again.ballot_paper(COUNTER, key, "A1").mark
    assert mark is not None
    assert (mark.ranks, mark.strikes, mark.sealed) == (("M03", "M01"), ("M02",), False)
    desk.seal(key, "A1", "M03")
    with pytest.raises(ConflictError, match="不能再改"):
        desk.choosing.mark(COUNTER, key, "A1", ranks=("M01",))


@pytest.mark.parametrize(
    ("ranks", "strikes"), [(("M01", "M01"), ()), (("M01",), ("M01",)), (("M05",), ()), ((), ("M99",))]
)
def test_a_mark_that_contradicts_itself_is_refused(
    desk: Desk, ranks: tuple[str, ...], strikes: tuple[str, ...]
) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    with pytest.raises(InputError):
        desk.choosing.mark(COUNTER, key, "A1", ranks=ranks, strikes=strikes)
    assert desk.choosing.ballot_paper(COUNTER, key, "A1").mark is None


def test_without_a_common_name_there_is_a_second_round_and_then_designation(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M01", strikes=("M02",))
    desk.seal(key, "B1", "M02")
    file = desk.choosing.conclude(COUNTER, key, on=TODAY)
    assert state_of(file) is State.SELECTING
    second = desk.choosing.ballots(COUNTER, key)[-1]
    assert second.run_off
    assert second.candidates == ("M01", "M03", "M04")
    desk.seal(key, "A1", "M01")
    desk.seal(key, "B1")
    assert desk.choosing.outcome(COUNTER, key).next.step is Following.DESIGNATE
    desk.choosing.conclude(COUNTER, key, on=TODAY)
    named = Designate(on=TODAY, presiding="M04", accepted_by=("A1", "B1"))
    assert desk.cases.perform(COUNTER, key, named).presiding is not None


def test_who_becomes_ineligible_after_being_shown_is_never_appointed(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M02", "M01")
    desk.seal(key, "B1", "M02", "M01")
    desk.change("M02", standing=Standing.SUSPENDED, standing_on=TODAY, standing_reason="投诉核查")
    outcome = desk.choosing.outcome(COUNTER, key)
    assert "暂停" in outcome.withdrawn["M02"]
    file = desk.choosing.conclude(COUNTER, key, on=TODAY)
    assert file.presiding is not None
    assert file.presiding.pool_no == "M01"
    assert "M02" in desk.choosing.ballots(COUNTER, key)[-1].why


def test_a_conflicted_mediator_cannot_be_designated(desk: Desk) -> None:
    key = desk.accepted().case_key
    with pytest.raises(RuleError, match="表弟"):
        desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M07"))


def test_a_conflict_known_to_all_parties_may_be_waived_where_the_track_allows(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M01"))
    desk.change("M01", ties=(Tie(kind=TieKind.KIN, name="贾讲理", relation="表弟"),))
    desk.disclosures.disclose(COUNTER, key, "M01", "与被申请人系表亲", TODAY)
    for party in ("A1", "B1"):
        with pytest.raises(RuleError, match="表弟"):
            desk.cases.perform(COUNTER, key, PLAN)
        desk.disclosures.answer(COUNTER, key, "M01", Answer(party=party, on=TODAY, accepts=True))
    assert desk.cases.perform(COUNTER, key, PLAN).sessions


def test_what_was_disclosed_with_the_appointment_can_be_answered(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M01"))
    accepts = Answer(party="A1", on=TODAY, accepts=True)
    with pytest.raises(RuleError, match="还没有披露"):
        desk.disclosures.answer(COUNTER, key, "M01", accepts)
    told = desk.accepted().case_key
    named = Designate(on=TODAY, presiding="M02", disclosure="与各方无关系")
    desk.cases.perform(COUNTER, told, named)
    desk.disclosures.answer(COUNTER, told, "M02", accepts)
    (kept,) = desk.choosing.disclosures(COUNTER, told)
    assert (kept.text, kept.answers) == ("与各方无关系", (accepts,))


def test_a_denied_objection_lets_the_session_take_place(desk: Desk) -> None:
    key = desk.accepted(track=Track.ADMINISTRATIVE).case_key
    desk.change("M01", tracks=(Track.ADMINISTRATIVE,))
    desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M01"))
    desk.change("M01", ties=(Tie(kind=TieKind.KIN, name="贾讲理", relation="远房表弟"),))
    desk.disclosures.disclose(COUNTER, key, "M01", "与被申请人系远亲", TODAY)
    objects = Answer(party="A1", on=TODAY, accepts=False, ground="近亲属", detail="系对方亲戚")
    desk.disclosures.answer(COUNTER, key, "M01", objects)
    with pytest.raises(RuleError, match="表弟"):
        desk.cases.perform(COUNTER, key, PLAN)
    desk.disclosures.rule_on(COUNTER, key, "M01", granted=False, by="试验机关", on=TODAY)
    assert desk.cases.perform(COUNTER, key, PLAN).sessions


def test_nobody_whom_a_party_struck_is_designated_to_assist(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M01", strikes=("M03",))
    desk.seal(key, "B1", "M01")
    with pytest.raises(RuleError, match="李平"):
        desk.choosing.conclude(COUNTER, key, on=TODAY, assisting=("M03",))
    assert len(desk.choosing.conclude(COUNTER, key, on=TODAY, assisting=("M02",)).mediators) == 2


def test_a_refused_designation_ends_consent_on_the_court_roster_only(desk: Desk) -> None:
    refusal = Designate(on=TODAY, presiding="M01", refused_by=("B1",))
    key = desk.accepted().case_key
    file = desk.cases.perform(COUNTER, key, refusal)
    assert file.presiding is None
    assert desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M02")).presiding is not None


def test_an_objection_vacates_the_seat_and_the_parties_choose_anew(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.cases.perform(COUNTER, key, Designate(on=TODAY, presiding="M01", accepted_by=("A1", "B1")))
    desk.change("M01", ties=(Tie(kind=TieKind.KIN, name="贾讲理", relation="表弟"),))
    assert [hit.pool_no for hit in desk.disclosures.conflicts(COUNTER, key)] == ["M01"]
    with pytest.raises(RuleError, match="表弟"):
        desk.cases.perform(COUNTER, key, PLAN)
    desk.disclosures.disclose(COUNTER, key, "M01", "与被申请人系表亲", TODAY)
    accepts = Answer(party="B1", on=TODAY, accepts=True)
    assert desk.disclosures.answer(COUNTER, key, "M01", accepts).presiding is not None
    objects = Answer(party="A1", on=TODAY, accepts=False, ground="近亲属", detail="系对方表亲")
    file = desk.disclosures.answer(COUNTER, key, "M01", objects)
    assert file.presiding is None
    assert state_of(file) is State.ACCEPTED
    assert file.recusals[0].result is RecusalResult.GRANTED
    assert file.selection_history[0].ended_by == "回避申请准许"
    listed = desk.choosing.shortlist(COUNTER, key)
    assert "M01" not in [one.mediator.pool_no for one in listed.candidates]
    desk.choosing.open_round(COUNTER, key)
    desk.seal(key, "A1", "M02")
    desk.seal(key, "B1", "M02")
    chosen = desk.choosing.conclude(COUNTER, key, on=TODAY)
    assert chosen.recusals[0].replaced_by == "M02"
    (told,) = desk.choosing.disclosures(COUNTER, key)
    assert told.ruling == "准许"


def test_who_mediated_the_case_may_not_come_back_as_an_agent(desk: Desk) -> None:
    file = desk.accepted()
    desk.cases.perform(COUNTER, file.case_key, Designate(on=TODAY, presiding="M01"))
    turned = Agent(name="钱和", gender=Gender.FEMALE, phone="", poa_on=TODAY)
    again = dataclasses.replace(
        desk.cases.register(COUNTER, REGISTER, despite=ANYWAY),
        case_key="C99_next",
        parties=(dataclasses.replace(PARTIES[0], agents=(turned,)), PARTIES[1]),
        related_cases=(RelatedCase(case_key=file.case_key, relation="同一纠纷", party="A1", same_as="A1"),),
        version=0,
    )
    with pytest.raises(RuleError, match="第十六条"):
        desk.cases.take_over(COUNTER, again)
    unrelated = dataclasses.replace(again, related_cases=())
    assert desk.cases.take_over(COUNTER, unrelated)[1]


def test_a_round_is_broken_off_only_with_a_reason_and_stays_on_record(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    with pytest.raises(RuleError, match="还没有结束"):
        desk.choosing.open_round(COUNTER, key)
    with pytest.raises(InputError):
        desk.choosing.end_round(COUNTER, key, " ")
    desk.choosing.end_round(COUNTER, key, "当事人改日再选")
    desk.choosing.open_round(COUNTER, key)
    assert [one.ended_by for one in desk.choosing.ballots(COUNTER, key)] == ["当事人改日再选", ""]
