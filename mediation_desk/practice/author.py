"""Writes the case files of an invented centre, one after the other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Unresolved
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import (
    Calculation,
    CaseFile,
    Claim,
    Dispute,
    Intake,
    Outcome,
    Prevented,
)
from mediation_desk.cases.numbering import number_text
from mediation_desk.cases.registering import claims_total, scale_of
from mediation_desk.cases.vocabulary import Decision, Difficulty, Result
from mediation_desk.practice import days, intake
from mediation_desk.practice.clock import NOTHING, beside, extensions, suspensions
from mediation_desk.practice.closing import close, end, loop
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.hearing import hear
from mediation_desk.practice.material import Story, centre, stories
from mediation_desk.practice.people import words
from mediation_desk.practice.plan import Plan, draw
from mediation_desk.practice.series import CASE_CODES, Series
from mediation_desk.practice.settlement import Settlement, amount_of, settle
from mediation_desk.practice.sides import Register, Sides
from mediation_desk.shared.dates import cn_date

_IN_THE_COUNTRY = ("宅基地", "山林土地", "征地拆迁")
_REMEDIES = ("依法向人民法院起诉",)


class Author:
    """Invents cases as they stand on ``until``, in a district of ``population`` people."""

    def __init__(self, seed: int, until: date, population: int) -> None:
        self.series = Series()
        self._dice = Dice(seed)
        self._until = until
        self._register = Register(self._dice, population)
        self._stories = Weighted([(story, story.weight) for story in stories()])

    def write(
        self,
        received: date,
        *,
        stop: State | None = None,
        story: Story | None = None,
        host: str = "",
        place: str = "",
    ) -> CaseFile:
        """The next case, received on that day; with ``stop`` it stands in this state on the author's day."""
        dice = self._dice
        plan = draw(dice, story or self._stories.pick(dice), received, self._until, stop, host)
        sides = self._register.sides(plan)
        if plan.result is Result.PARTLY and (sides.members or len(plan.story.claims) < 2):
            plan.result = Result.AGREED
        return self._file(plan, sides, place, stop)

    def _file(self, plan: Plan, sides: Sides, where: str, stop: State | None) -> CaseFile:
        dice, parties = self._dice, sides.parties
        refs = tuple([party.ref for party in parties])
        amount = sum(sides.parts, Decimal("0.00")) if sides.members else amount_of(plan, dice)
        occurred, place = days.later(plan.received, -dice.between(1, 40)), where or self._place(plan.story)
        said = {"a": parties[0].name, "b": self._name_of_b(sides), "place": place, "day": cn_date(occurred)}
        claims = intake.claims(plan, dice, sides, amount)
        number = self._number(plan)
        hearing = hear(plan, dice, parties)
        settlement = settle(plan, dice, sides, hearing, number, amount)
        ending = end(plan, dice, self.series, parties)
        way_in = intake.way_in(plan, dice)
        key = self._key(plan)
        notice = ending.notice.number if ending and ending.notice else None
        closing = close(plan, dice, hearing, settlement, way_in.sender, number or notice or key)
        registrar = dice.pick(intake.REGISTRARS)
        persons = sum([party.persons for party in parties])
        ended = plan.is_ended
        return CaseFile(
            case_key=key,
            fictitious=True,
            title=plan.story.title.format_map(said),
            summary_en="Invented for practice.",
            track=plan.track,
            centre=centre().name,
            organisation=plan.body,
            dispute=Dispute(
                category=plan.story.category,
                category_zz=plan.story.zz,
                event_scale=scale_of(persons),
                occurred_on=occurred,
                place=place,
                difficulty=self._difficulty(sides),
            ),
            intake=Intake(
                received_on=plan.received,
                channel=way_in.name,
                source_stat=way_in.source,
                source_org=way_in.sender,
                referral_no=self._letter(way_in.letter, plan),
                registrar=registrar,
                accepted_on=plan.accepted if plan.is_accepted else None,
                decision=_decision(plan),
                mediation_due_rule=plan.rule if plan.is_accepted else None,
                mediation_due_on=plan.promised if plan.is_accepted else None,
                number=number,
            ),
            court_referral=intake.referral(plan, dice),
            parties=parties,
            group_members=sides.members,
            mediators=hearing.mediators,
            recorder=hearing.recorder,
            selection=hearing.selection,
            facts=plan.story.facts.format_map(said),
            claims=claims,
            claims_total=claims_total(claims),
            evidence=intake.evidence(plan, dice),
            investigations=intake.investigations(plan, dice, hearing, refs),
            suspensions=suspensions(plan),
            extensions=extensions(plan, refs),
            sessions=hearing.sessions,
            agreement=settlement.agreement,
            unresolved=_unresolved(plan, claims),
            outcome=_outcome(plan, settlement) if ended else None,
            ending=ending,
            performance=settlement.performance,
            followups=closing.followups,
            judicial_confirmation=settlement.confirmation,
            feedback_to_source=closing.feedback,
            archive=closing.archive,
            closed_loop=loop(plan, hearing, closing, settlement, way_in.name, registrar),
            prevented=self._prevented(plan, sides) if ended else Prevented(),
            arithmetic=_arithmetic(sides),
            beside=beside(plan, dice, way_in.sender) if stop is None else NOTHING,
        )

    def _key(self, plan: Plan) -> str:
        serial = self.series.next(centre().name, CASE_CODES, plan.received.year)
        return f"AJ{plan.received.year}{serial:06d}"

    def _number(self, plan: Plan) -> str | None:
        if not plan.is_accepted:
            return None
        year = plan.accepted.year
        serial = self.series.next(plan.body.name, plan.track.value, year)
        return number_text(plan.track.value, short=plan.body.short, year=year, serial=serial)

    def _letter(self, letter: str, plan: Plan) -> str | None:
        return f"{letter}〔{plan.received.year}〕{self._dice.between(1, 999)}号" if letter else None

    def _place(self, story: Story) -> str:
        dice, stock = self._dice, words()
        if story.specialty in _IN_THE_COUNTRY:
            return f"清平区柳湾镇{dice.pick(stock.villages)}"
        if story.specialty == "交通事故":
            return f"清平区{dice.pick(stock.roads)}路口"
        quarter, estate = dice.pick(stock.quarters), dice.pick(stock.communities)
        return f"清平区{quarter}{estate}小区{dice.between(1, 28)}号楼"

    def _name_of_b(self, sides: Sides) -> str:
        return next(party.name for party in sides.parties if party.ref == "B1")

    def _difficulty(self, sides: Sides) -> Difficulty:
        hard = bool(sides.members) or self._dice.chance(0.06)
        return Difficulty.DIFFICULT if hard else Difficulty.ORDINARY

    def _prevented(self, plan: Plan, sides: Sides) -> Prevented:
        if plan.result is Result.NOT_ACCEPTED:
            return Prevented()
        if sides.members and self._dice.chance(0.3):
            return Prevented(mass_petition=(1, len(sides.members)))
        luck = self._dice.roll()
        if luck < 0.015:
            return Prevented(criminal=(1, 2))
        if luck < 0.018:
            return Prevented(suicide=(1, 1))
        return Prevented(mass_fight=(1, 6)) if luck < 0.02 else Prevented()


def _decision(plan: Plan) -> Decision | None:
    if plan.result is Result.NOT_ACCEPTED:
        return Decision.REFUSED if plan.is_ended else None
    return Decision.ACCEPTED if plan.is_accepted else None


def _outcome(plan: Plan, settlement: Settlement) -> Outcome:
    form = settlement.agreement.form if settlement.agreement else None
    reason = "其余请求分歧较大" if plan.result is Result.PARTLY else None
    return Outcome(result=plan.result, form=form, concluded_on=plan.ended, reason=reason)


def _unresolved(plan: Plan, claims: tuple[Claim, ...]) -> tuple[Unresolved, ...]:
    if plan.result is not Result.PARTLY or not plan.is_ended:
        return ()
    last = claims[-1]
    return (Unresolved(claim=last.ref, amount=last.amount, told_remedies=_REMEDIES, told_on=plan.ended),)


def _arithmetic(sides: Sides) -> tuple[Calculation, ...]:
    if not sides.members:
        return ()
    expression = "+".join([f"{sum(member.instalments, Decimal()):.2f}" for member in sides.members])
    return (Calculation(name="各人合计", expr=expression, equals=f"{sum(sides.parts, Decimal()):.2f}"),)
