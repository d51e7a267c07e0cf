"""What a case asks of its mediators, as the rule of eligibility wants to know it."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.eligibility import Demand, demand_of
from mediation_desk.experts.model import RecusalResult


def demand(file: CaseFile, on: date, language: str = "") -> Demand:
    """The demand of ``file`` on one day; a ``language`` asked for at the counter is one a party cannot do without."""
    return demand_of(
        on=on,
        track=file.track,
        category=file.dispute.category.value,
        matters=(file.dispute.category_zz.name,),
        language=language,
        insisted=bool(language),
        recused=recused(file),
    )


def recused(file: CaseFile) -> frozenset[str]:
    """Who stepped down in this case and never comes back to it."""
    return frozenset(one.mediator for one in file.recusals if one.result is RecusalResult.GRANTED)
