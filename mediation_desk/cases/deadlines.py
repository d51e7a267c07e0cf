"""The mediation period: which rule of the centre applies to a case, and the day it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.cases.checks.period import due_on, in_order, moved
from mediation_desk.cases.model import CaseFile, Suspension
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record


@record
class PeriodRule:
    """One rule of ``resources/rules/deadlines.toml``; an empty condition fits every case."""

    track: str = ""
    categories: tuple[str, ...] = ()
    court_mode: str = ""
    procedure: str = ""
    length: int
    unit: DayUnit
    basis: str
    article: str

    @property
    def text(self) -> str:
        """As the file of the case quotes it: ``30日（人民调解工作若干规定第三十三条）``."""
        unit = "个工作日" if self.unit is DayUnit.WORKING_DAYS else "日"
        return f"{self.length}{unit}（{self.basis}）"

    def fits(self, file: CaseFile) -> bool:
        """Whether the rule speaks of this case."""
        referral = file.court_referral
        return all(
            (
                self.track in ("", file.track),
                not self.categories or file.dispute.category in self.categories,
                not self.court_mode or (referral is not None and referral.mode == self.court_mode),
                not self.procedure or (referral is not None and referral.procedure == self.procedure),
            )
        )


def period_rules() -> tuple[PeriodRule, ...]:
    """All rules in their order; the first that fits counts. Raises ``InputError`` for a faulty rule file."""
    return built("deadlines", _period_rules)


def _period_rules(data: Mapping[str, Any]) -> tuple[PeriodRule, ...]:
    return tuple(
        PeriodRule(
            track=entry.get("track", ""),
            categories=tuple(entry.get("categories", ())),
            court_mode=entry.get("court_mode", ""),
            procedure=entry.get("procedure", ""),
            length=entry["length"],
            unit=DayUnit(entry["unit"]),
            basis=entry["basis"],
            article=entry["article"],
        )
        for entry in data["rule"]
    )


def period_rule(file: CaseFile) -> PeriodRule:
    """The rule for this case. Raises ``RuleError`` when the centre's rules have none."""
    for rule in period_rules():
        if rule.fits(file):
            return rule
    raise RuleError("期限规则里没有适用于本案的一条，请在 rules/deadlines.toml 补上。")


def mediation_due(file: CaseFile, accepted_on: date) -> tuple[str, date | None]:
    """Rule text and last day of the period for a case accepted on ``accepted_on`` (§1.5 counting engine)."""
    text = period_rule(file).text
    due = due_on(replace(file.intake, accepted_on=accepted_on, mediation_due_rule=text), file.court_referral)
    return text, due.on if due else None


def recounted(file: CaseFile) -> CaseFile:
    """``file`` with its period counted anew, suspensions and extensions after it, because what it rests on changed."""
    accepted = file.intake.accepted_on
    if accepted is None or file.intake.mediation_due_on is None:
        return file
    text, due = mediation_due(file, accepted)
    if (text, due) == (file.intake.mediation_due_rule, file.intake.mediation_due_on):
        return file
    promised = replace(file.intake, mediation_due_rule=text, mediation_due_on=due)
    return _chained(replace(file, intake=promised), due)


def _chained(file: CaseFile, due: date | None) -> CaseFile:
    """Every suspension and extension moves the day the one before it left."""
    stops, longer = list(file.suspensions), list(file.extensions)
    for change in in_order(file):
        if due is None:
            break
        days = change.days_excluded if isinstance(change, Suspension) else change.days
        after = moved(due, days, change.unit).on
        renewed = replace(change, due_before=due, due_after=after)
        if isinstance(renewed, Suspension):
            stops[renewed.no - 1] = renewed
        else:
            longer[renewed.no - 1] = renewed
        due = after
    return replace(file, suspensions=tuple(stops), extensions=tuple(longer))
