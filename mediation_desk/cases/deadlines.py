"""The mediation period: which rule applies, and the day it ends, with the reason in one sentence."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mediation_desk.cases.model import CaseFile, DayUnit, Track
from mediation_desk.shared.assets import rules
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import add_days, add_working_days


@record
class PeriodRule:
    """One rule of ``resources/rules/deadlines.toml``; ``start`` is accepted, received or court."""

    track: Track
    categories: tuple[str, ...] = ()
    start: str
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
        return self.track is file.track and (not self.categories or file.dispute.category in self.categories)


@lru_cache(maxsize=1)
def period_rules() -> tuple[PeriodRule, ...]:
    """All rules in their order; the first that fits counts."""
    data = rules("deadlines")
    return tuple(
        PeriodRule(
            track=Track(entry["track"]),
            categories=tuple(entry.get("categories", ())),
            start=entry["start"],
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


def mediation_due(file: CaseFile, accepted_on: date) -> tuple[str, date]:
    """Rule text and last day of the period for a case accepted on ``accepted_on`` (§1.5 counting engine)."""
    rule = period_rule(file)
    start = {
        "received": file.intake.received_on,
        "court": file.court_referral.received_signed_on if file.court_referral else accepted_on,
    }.get(rule.start, accepted_on)
    counted = add_working_days if rule.unit is DayUnit.WORKING_DAYS else add_days
    return rule.text, counted(start, rule.length).on
