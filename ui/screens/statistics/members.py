"""What a figure of 表一 was counted from: bodies, people of the pool, lines of the work register."""

from __future__ import annotations

from collections.abc import Mapping

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.organisations.rules import Population, organisation_rules
from mediation_desk.statistics.ports import Share
from mediation_desk.statistics.work.model import WorkQuery
from mediation_desk.statistics.work.words import numbers_text
from ui.screens.statistics.behind_lines import BehindLine, Member, Page
from ui.screens.statistics.page import Behind
from ui.services import Services

_NAMED = {Population.BODIES: "调解组织", Population.STATIONS: "调解室、工作室"}


def read_members(services: Services, behind: Behind) -> Page:
    """Every body, person or work entry behind the cell."""
    keys = services.statistics.members(
        services.actor, behind.table, behind.row, behind.column, unit=behind.unit
    )
    shown, rules = behind.table.column(behind.column), organisation_rules()
    figure = rules.figure(shown.code)
    of = rules.figure(figure.wan_of).of if figure.wan_of else figure.of
    known: Mapping[str, Member] = {}
    if of is Population.PEOPLE:
        known = _people(services)
    elif of is Population.WORK:
        known = _work(services, behind)
    value = behind.table.value(behind.table.row(behind.row), shown.code)
    counted = not figure.add and not figure.wan_of
    return Page(
        lines=tuple(
            BehindLine(
                place=place,
                share=Share(case_key=key, adds=1),
                unit=shown.unit if counted else "项",
                member=known.get(key) or Member(kind=_NAMED.get(of, ""), name=key),
            )
            for place, key in enumerate(keys, start=1)
        ),
        expected=value if counted else None,
    )


def _people(services: Services) -> Mapping[str, Member]:
    if not services.actor.can(Permission.EXPERT_READ):
        return {}
    return {
        one.card.pool_no: Member(
            kind="调解员",
            name=f"{one.card.name}（{one.card.pool_no}）",
            screen="experts",
            argument=one.card.pool_no,
        )
        for one in services.experts.pool(services.actor)
    }


def _work(services: Services, behind: Behind) -> Mapping[str, Member]:
    if not services.actor.can(Permission.STATISTICS_READ):
        return {}
    rules, period = services.work.rules, behind.table.period
    may = services.actor.can(Permission.WORK_KEEP)
    query = WorkQuery(first=period.first, last=period.last, voided=False, limit=None)
    return {
        str(one.id): Member(
            kind=rules.name(one.kind),
            name=f"{one.unit_name}，{one.first.isoformat()}至{one.last.isoformat()}",
            words=numbers_text(one, rules),
            screen="work" if may else "",
            argument=f"#{one.id}",
        )
        for one in services.work.listed(services.actor, query)
    }
