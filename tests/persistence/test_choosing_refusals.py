"""What the choosing core must refuse, and what it must not: each of these was wrong once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.recusing import DecideRecusal
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.mediator import Tie, TieKind
from mediation_desk.experts.model import RecusalGround, RecusalResult
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.track import Track
from tests.persistence.choosing_world import A1, B1, NOW, Desk, days

COUSIN = Tie(kind=TieKind.KIN, name=B1.name, relation="表弟")
BROTHER = Tie(kind=TieKind.KIN, name=A1.name, relation="弟弟")


@pytest.fixture
def desk(storage: Storage) -> Desk:
    desk = Desk(storage)
    desk.engage()
    return desk


@pytest.fixture
def ruled(desk: Desk) -> str:
    """A case of a track on which somebody rules on objections, with M01 in the chair who has disclosed."""
    key = desk.accepted(track=Track.ADMINISTRATIVE).case_key
    desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M01", disclosure="与一方相识"))
    return key


def says(desk: Desk, key: str, party: str, *, accepts: bool, detail: str = "", ground: str = "") -> CaseFile:
    answer = Answer(party=party, on=desk.today, accepts=accepts, detail=detail, ground=ground)
    return desk.disclosures.answer(COUNTER, key, "M01", answer)


def rules(desk: Desk, key: str, party: str = "", *, granted: bool = False) -> CaseFile:
    return desk.disclosures.rule_on(
        COUNTER, key, "M01", granted=granted, by="主任", on=desk.today, party=party
    )


class TestConsent:
    """Who agreed to keep a mediator agreed to what was known then."""

    def plan(self, desk: Desk, key: str) -> CaseFile:
        step = PlanSession(date=desk.today, start=NOW.time().replace(hour=9), place="第一调解室")
        return desk.cases.perform(COUNTER, key, step)

    def agreed(self, desk: Desk) -> str:
        key = desk.accepted().case_key
        desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M01"))
        desk.change("M01", ties=(COUSIN,))
        self.tell_and_accept(desk, key)
        return key

    def tell_and_accept(self, desk: Desk, key: str, parties: tuple[str, ...] = ("A1", "B1")) -> None:
        desk.disclosures.disclose(COUNTER, key, "M01", "与一方系亲戚", desk.today)
        for party in parties:
            says(desk, key, party, accepts=True)

    def test_it_covers_what_they_were_told(self, desk: Desk) -> None:
        assert self.plan(desk, self.agreed(desk)).sessions

    def test_it_does_not_cover_what_comes_to_light_later(self, desk: Desk) -> None:
        key = self.agreed(desk)
        desk.change("M01", ties=(COUSIN, BROTHER))
        with pytest.raises(RuleError, match=A1.name):
            self.plan(desk, key)
        with pytest.raises(RuleError, match=A1.name):
            desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M01"))

    def test_told_more_in_the_same_words_all_are_asked_again(self, desk: Desk) -> None:
        key = self.agreed(desk)
        desk.change("M01", ties=(COUSIN, BROTHER))
        self.tell_and_accept(desk, key, ("A1",))
        with pytest.raises(RuleError):
            self.plan(desk, key)
        says(desk, key, "B1", accepts=True)
        assert self.plan(desk, key).sessions

    def test_told_less_nobody_need_be_asked_again(self, desk: Desk) -> None:
        key = self.agreed(desk)
        desk.change("M01", ties=())
        desk.disclosures.disclose(COUNTER, key, "M01", "与一方系亲戚", desk.today)
        [told] = desk.choosing.disclosures(COUNTER, key)
        assert [one.party for one in told.answers] == ["A1", "B1"]


class TestObjections:
    """Each objection is ruled on once, and each is ruled on."""

    def test_one_ruling_for_one_objection(self, desk: Desk, ruled: str) -> None:
        says(desk, ruled, "A1", accepts=False, detail="偏袒对方")
        assert len(rules(desk, ruled).recusals) == 1
        with pytest.raises(RuleError, match="已经作出决定"):
            rules(desk, ruled)
        with pytest.raises(RuleError, match="新的理由"):
            says(desk, ruled, "A1", accepts=False, detail="偏袒对方")

    def test_the_next_objection_is_not_ruled_on_by_the_first_ruling(self, desk: Desk, ruled: str) -> None:
        says(desk, ruled, "A1", accepts=False, detail="偏袒对方")
        rules(desk, ruled)
        says(desk, ruled, "B1", accepts=False, detail="系对方亲戚")
        [told] = desk.choosing.disclosures(COUNTER, ruled)
        assert told.ruling == ""
        file = rules(desk, ruled, granted=True)
        assert [(one.by, one.result) for one in file.recusals] == [
            ("A1", RecusalResult.DENIED),
            ("B1", RecusalResult.GRANTED),
        ]

    def test_a_ruling_does_not_outlive_what_it_was_about(self, desk: Desk, ruled: str) -> None:
        says(desk, ruled, "A1", accepts=False, detail="偏袒对方")
        rules(desk, ruled)
        desk.disclosures.disclose(COUNTER, ruled, "M01", "与双方相识", desk.today)
        [told] = desk.choosing.disclosures(COUNTER, ruled)
        assert (told.ruling, told.answers) == ("", ())

    def test_a_ground_the_law_does_not_know(self, desk: Desk, ruled: str) -> None:
        with pytest.raises(InputError, match="近亲属"):
            says(desk, ruled, "A1", accepts=False, detail="偏袒对方", ground="看不顺眼")

    def test_nobody_answers_to_somebody_who_does_not_serve_any_more(self, desk: Desk, ruled: str) -> None:
        says(desk, ruled, "A1", accepts=False, detail="偏袒对方")
        rules(desk, ruled, granted=True)
        with pytest.raises(RuleError, match="不再听取"):
            says(desk, ruled, "B1", accepts=True)
        desk.cases.perform(COUNTER, ruled, Designate(on=desk.today, presiding="M02"))
        with pytest.raises(RuleError, match="现任"):
            says(desk, ruled, "B1", accepts=True)

    def test_nobody_answers_tomorrow(self, desk: Desk, ruled: str) -> None:
        answer = Answer(party="A1", on=desk.today + days(1), accepts=True)
        with pytest.raises(InputError, match="还没有到"):
            desk.disclosures.answer(COUNTER, ruled, "M01", answer)


def test_one_who_assists_by_the_parties_choice_may_step_down(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key, assisting=1)
    for party in ("A1", "B1"):
        desk.seal(key, party, "M01", "M02")
    desk.choosing.conclude(COUNTER, key, on=desk.today)
    step = DecideRecusal(
        by="A1",
        requested_on=desk.today,
        mediator="M02",
        ground=RecusalGround.OTHER,
        detail="系对方亲戚",
        decided_by="主任",
        on=desk.today,
        result=RecusalResult.GRANTED,
    )
    file = desk.cases.perform(COUNTER, key, step)
    assert [one.pool_no for one in file.mediators] == ["M01"]
    assert file.selection is not None
    assert file.selection.result == ("M01", "M02")


def test_nobody_is_designated_while_the_parties_choose(desk: Desk) -> None:
    key = desk.accepted().case_key
    desk.choosing.open_round(COUNTER, key)
    named = Designate(on=desk.today, presiding="M01")
    with pytest.raises(RuleError, match="中止这一轮"):
        desk.cases.perform(COUNTER, key, named)
    desk.choosing.end_round(COUNTER, key, "各方请中心指派")
    assert desk.cases.perform(COUNTER, key, named).presiding is not None


def test_nobody_refuses_somebody_who_does_not_exist(desk: Desk) -> None:
    key = desk.accepted().case_key
    with pytest.raises(InputError, match="M99"):
        desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M99", refused_by=("A1",)))


def ended(desk: Desk, key: str) -> None:
    desk.cases.perform(
        COUNTER,
        key,
        End(
            kind=Result.FAILED,
            cause=Cause.TOO_FAR_APART,
            on=desk.today,
            reason="差距大",
            told_remedies=("向人民法院起诉",),
        ),
    )


def in_session(desk: Desk, key: str) -> None:
    step = PlanSession(date=desk.today, start=NOW.time().replace(hour=9), place="第一调解室")
    desk.cases.perform(COUNTER, key, step)


@pytest.mark.parametrize(("over", "reason"), [(ended, "不能选择"), (in_session, "已经开始")])
def test_nobody_marks_in_a_round_that_cannot_be_concluded_any_more(
    desk: Desk, over: Callable[[Desk, str], None], reason: str
) -> None:
    key = desk.accepted().case_key
    desk.cases.perform(COUNTER, key, Designate(on=desk.today, presiding="M01"))
    desk.choosing.open_round(COUNTER, key)
    over(desk, key)
    with pytest.raises(RuleError, match=reason):
        desk.seal(key, "A1", "M02")
    desk.choosing.end_round(COUNTER, key, "不再选择")


def test_nobody_asks_for_fewer_than_none(desk: Desk) -> None:
    with pytest.raises(InputError, match="小于零"):
        desk.choosing.open_round(COUNTER, desk.accepted().case_key, assisting=-1)
