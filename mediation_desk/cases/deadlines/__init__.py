"""Every deadline of a case: which rule gives it, when it falls, why then, and how near it is (domain.md §1.5)."""

from mediation_desk.cases.deadlines.period import mediation_due, period_rule, period_rules, recounted

__all__ = ["mediation_due", "period_rule", "period_rules", "recounted"]
