"""Lists made of several others, covered as a whole: the desk of a day, what a search finds, who is recognised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.access.actor import Actor
from mediation_desk.cases.counter.alike import Alike
from mediation_desk.cases.counter.people import Acquaintance
from mediation_desk.cases.finding.found import Hit
from mediation_desk.cases.summary import Today
from mediation_desk.parties.covering import Cover, NamedIn, NamesWork, covered, covering


def today_covered(actor: Actor, work: NamesWork, today: Today) -> Today:
    """The desk of a day as ``actor`` may see it."""
    if actor.in_full:
        return today
    return replace(
        today,
        sessions=covered(actor, work, today.sessions),
        deadlines=covered(actor, work, today.deadlines),
        to_sign=covered(actor, work, today.to_sign),
        due_items=covered(actor, work, today.due_items),
        to_accept=covered(actor, work, today.to_accept),
    )


def hit_covered(hit: Hit, cover: Cover) -> Hit:
    """A hit with the people in it covered, its marks where the words now are."""
    text, marks = cover.marked(hit.text, hit.marks)
    return replace(hit, title=cover.text(hit.title), label=cover.text(hit.label), text=text, marks=marks)


def met_covered(actor: Actor, work: NamesWork, people: Iterable[Acquaintance]) -> tuple[Acquaintance, ...]:
    """Those recognised, with enough left to tell them apart: surname, age, the ends of numbers, the case."""
    found = tuple(people)
    cover = covering(actor, work, (one.case.case_key for one in found))
    if cover is None:
        return found
    return tuple(_met(one, cover) for one in found)


def alike_covered(actor: Actor, work: NamesWork, cases: Iterable[Alike]) -> tuple[Alike, ...]:
    """Cases that resemble the one at the counter."""
    found = tuple(cases)
    cover = covering(actor, work, (one.case.case_key for one in found))
    if cover is None:
        return found
    return tuple(
        replace(one, case=cover.line(one.case), reason=cover.text(one.reason)) for one in found
    )  # the pairs of refs are no names


def _met(one: Acquaintance, cover: Cover) -> Acquaintance:
    mine = Cover([NamedIn(name=one.name, kind=one.kind)])
    return cover.line(mine.line(one))
