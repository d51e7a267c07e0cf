"""The level of a case: which signals are seen, what they come to as probability and harm, and the matrix of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from mediation_desk.cases.counter.screening import dangers, days_to_festival
from mediation_desk.shared.assets import remembered
from mediation_desk.statistics.warning.model import Assessed, RiskMatrix, Sign, Situation
from mediation_desk.statistics.warning.rules import Band, Signal, WarningRules

_WORDS_SHOWN = 3


def matrix(cases: Iterable[Situation], rules: WarningRules, on: date) -> RiskMatrix:
    """Every case with its level on the day ``on``, the most dangerous first, the longest waiting before others."""
    festival = days_to_festival(on)
    assessed = [assess(one, rules, on, festival) for one in cases]
    assessed.sort(key=_weight)
    return RiskMatrix(
        on=on,
        probability=rules.probability,
        harm=rules.harm,
        levels=tuple(tuple(rules.levels[no] for no in line) for line in rules.matrix),
        cases=tuple(assessed),
    )


def assess(case: Situation, rules: WarningRules, on: date, festival: int | None = None) -> Assessed:
    """The level of one case. Points of probability add up; the harm is that of the worst signal.

    ``festival`` are the days to the next Spring Festival where the caller knows them.
    """
    left = days_to_festival(on) if festival is None else festival
    signs = [sign for signal in rules.signals if (sign := seen(signal, case, on, left)) is not None]
    probability = band(rules.probability, sum(sign.probability for sign in signs))
    harm = band(rules.harm, max((sign.harm for sign in signs), default=0))
    no = rules.matrix[probability][harm]
    return Assessed(
        case=case,
        signs=tuple(sorted(signs, key=lambda sign: (-sign.harm - sign.probability, -sign.harm))),
        probability=rules.probability[probability],
        harm=rules.harm[harm],
        level=rules.levels[no],
    )


def band(bands: Sequence[Band], points: int) -> int:
    """The place of the highest step that ``points`` reach."""
    return max(place for place, one in enumerate(bands) if points >= one.least)


def seen(signal: Signal, case: Situation, on: date, festival: int) -> Sign | None:
    """The signal with its reason where all its conditions hold."""
    if signal.categories and case.category not in signal.categories:
        return None
    if signal.ended and not case.ended_without:
        return None
    if signal.noted and not set(signal.noted) & set(case.noted):
        return None
    words = _words(signal, case)
    if (signal.words or signal.hinted) and not words:
        return None
    numbers = [
        (asked, found(case, on, festival))
        for name, found in _FOUND.items()
        if (asked := getattr(signal, name)) is not None
    ]
    if not all(number is not None and number >= asked for asked, number in numbers):
        return None
    if signal.festival is not None and festival > signal.festival:
        return None
    shown = [number for _asked, number in numbers]
    if signal.festival is not None:
        shown.append(festival)
    if signal.ended and case.concluded_on is not None:
        shown.append((on - case.concluded_on).days)
    number = f"{shown[-1]:,}" if shown and shown[-1] is not None else ""
    return Sign(
        code=signal.code,
        name=signal.name,
        why=signal.why.replace("{n}", number).replace("{words}", "”“".join(words)),
        probability=signal.probability,
        harm=signal.harm,
        source=signal.source,
    )


def _words(signal: Signal, case: Situation) -> list[str]:
    """Words of the facts that the signal looks for; of a risk already noted nothing is hinted."""
    wanted = list(signal.words)
    hinted = [kind for kind in signal.hinted if kind not in case.noted]
    wanted += (word for kind in hinted for word in _hints()[kind])
    return [word for word in wanted if word in case.facts][:_WORDS_SHOWN]


@remembered
def _hints() -> Mapping[str, tuple[str, ...]]:
    """The words that point to each kind of danger."""
    return {danger.kind: danger.words for danger in dangers()}


def _overdue(case: Situation, on: date, _festival: int) -> int | None:
    return (on - case.due_on).days if case.is_open and case.due_on is not None else None


def _waiting(case: Situation, on: date, _festival: int) -> int | None:
    return (on - case.received_on).days if case.is_open and case.accepted_on is None else None


def _broken(case: Situation, on: date, _festival: int) -> int | None:
    return (on - case.broken_since).days if case.broken_since is not None else None


_FOUND: Mapping[str, Callable[[Situation, date, int], int | None]] = {
    "people": lambda case, _on, _festival: case.people,
    "yuan": lambda case, _on, _festival: int(case.claimed_yuan),
    "overdue": _overdue,
    "waiting": _waiting,
    "failed": lambda case, _on, _festival: case.failed,
    "again": lambda case, _on, _festival: len(case.again),
    "broken": _broken,
}


def _weight(one: Assessed) -> tuple[int, int, int, date, str]:
    points = sum(sign.probability for sign in one.signs)
    return (-one.level.no, -one.harm.least, -points, one.case.received_on, one.case.case_key)
