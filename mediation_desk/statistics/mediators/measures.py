"""How each indicator is measured over a mediator's cases: which cases it takes, and what it divides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from mediation_desk.shared.record import record
from mediation_desk.statistics.mediators import facts
from mediation_desk.statistics.mediators.model import Handled
from mediation_desk.statistics.ports import Question

Test = Callable[[Handled, Question], bool]


@record
class Found:
    """Keys of the cases behind a figure, and the two numbers it is made of."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    part: int
    whole: int
    notes: Mapping[str, str] = field(default_factory=dict)


@record
class Measure:
    """A way of counting; ``unit`` is 件 for a count, % for a share, 天 for an average."""

    unit: str
    take: Callable[[Iterable[Handled], Question], Found]


def _count(test: Test) -> Measure:
    def take(cases: Iterable[Handled], asked: Question) -> Found:
        keys = tuple(case.case_key for case in cases if test(case, asked))
        return Found(numerator=keys, part=len(keys), whole=0)

    return Measure(unit="件", take=take)


def _share(part: Test, whole: Test, note: Callable[[Handled], str] = lambda _: "") -> Measure:
    def take(cases: Iterable[Handled], asked: Question) -> Found:
        among = [case for case in cases if whole(case, asked)]
        inside = [case for case in among if part(case, asked)]
        notes = {case.case_key: note(case) for case in inside}
        return Found(
            numerator=tuple(case.case_key for case in inside),
            denominator=tuple(case.case_key for case in among),
            part=len(inside),
            whole=len(among),
            notes={key: words for key, words in notes.items() if words},
        )

    return Measure(unit="%", take=take)


def _average_days(cases: Iterable[Handled], asked: Question) -> Found:
    days = {case.case_key: facts.days_taken(case) for case in cases if facts.timed(case, asked)}
    notes = {key: f"{number} 天" for key, number in days.items()}
    keys = tuple(days)
    return Found(numerator=keys, denominator=keys, part=sum(days.values()), whole=len(days), notes=notes)


def _satisfaction(cases: Iterable[Handled], asked: Question) -> Found:
    heard = {case.case_key: facts.visits(case, asked) for case in cases if facts.evaluated(case, asked)}
    content = {key: sum(facts.content(visit) for visit in visits) for key, visits in heard.items()}
    return Found(
        numerator=tuple(key for key, number in content.items() if number),
        denominator=tuple(heard),
        part=sum(content.values()),
        whole=sum(map(len, heard.values())),
        notes={key: "、".join(visit.satisfaction for visit in visits) for key, visits in heard.items()},
    )


MEASURES: Mapping[str, Measure] = {
    "appointed": _count(facts.appointed),
    "concluded": _count(facts.concluded),
    "presided": _count(facts.presided),
    "assisted": _count(facts.assisted),
    "running": _count(facts.running),
    "running_overdue": _count(facts.running_overdue),
    "success_rate": _share(facts.succeeded, facts.concluded),
    "written_rate": _share(facts.written, facts.succeeded),
    "confirmed_rate": _share(facts.confirmed, facts.applied),
    "performed_rate": _share(facts.performed, facts.matured),
    "on_time_rate": _share(facts.on_time, facts.matured),
    "unpressed_rate": _share(facts.unpressed, facts.matured),
    "forgiven": _count(facts.forgiven),
    "in_default": _count(facts.in_default),
    "average_days": Measure(unit="天", take=_average_days),
    "overdue_rate": _share(
        facts.overdue, facts.has_due_day, note=lambda case: f"超 {facts.days_over(case)} 天"
    ),
    "visited_rate": _share(facts.visited, facts.to_visit),
    "satisfaction": Measure(unit="%", take=_satisfaction),
}
"""By the codes ``indicators.toml`` may use."""
