"""What a record of the pool becomes before it is stored or shown: complete, tidy, with the grade that counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

from mediation_desk.experts.checking import Fault, change_problems, problems
from mediation_desk.experts.grades import scheme_of
from mediation_desk.experts.mediator import Grade, Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.rules import pool_rules
from mediation_desk.experts.texts import tidied


def from_card(card: MediatorCard) -> Mediator:
    """A record that knows no more than ``card``; track and kind of body follow from the letter of the number."""
    kind = pool_rules().kind_of(card.pool_no)
    if kind is None:
        return Mediator(card=card)
    return Mediator(card=card, tracks=(kind.track,), body_kind=kind.body_kind)


def settled(mediator: Mediator, on: date) -> Mediator:
    """As it is stored: texts in their one form, grades as printed, the card quoting the one that counts."""
    tidy = tidied(mediator)
    grades = tuple(_printed(grade) for grade in tidy.grades)
    return with_grade(replace(tidy, grades=grades), on)


def with_grade(mediator: Mediator, on: date) -> Mediator:
    """The card quotes the newest grade in force; a card without any grade on file keeps what was typed."""
    if not mediator.grades:
        return mediator
    grade = mediator.grade_on(on)
    title = grade.level if grade else None
    if title == mediator.card.grade:
        return mediator
    return replace(mediator, card=replace(mediator.card, grade=title))


def faults_of_change(before: Mediator, after: Mediator, on: date) -> tuple[Fault, ...]:
    """What is wrong with ``after``, less old faults of fields nobody touched: they must not stop other work."""
    old = frozenset(problems(before, on))
    touched = frozenset(changed(before, after))
    new = (fault for fault in problems(after, on) if fault not in old or fault[0] in touched)
    return (*change_problems(before, after), *new)


def changed(before: Mediator, after: Mediator) -> Iterator[str]:
    """Names of the fields that differ, those of the card among them."""
    yield from _differing(before.card, after.card)
    yield from (name for name in _differing(before, after) if name not in ("card", "version"))


def _printed(grade: Grade) -> Grade:
    """``一级`` of the scheme named 广东 becomes 一级人民调解员 of ``guangdong``."""
    scheme = scheme_of(grade)
    return replace(grade, scheme=scheme.code, level=scheme.title(grade.level)) if scheme else grade


def _differing(one: Any, other: Any) -> Iterator[str]:
    return (item.name for item in fields(one) if getattr(one, item.name) != getattr(other, item.name))
