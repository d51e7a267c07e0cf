"""Identity numbers, credit codes and telephones of everybody in a case (domain.md §6.4-6.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.identity import id_problems, phone_problem, uscc_problem
from mediation_desk.parties.model import RESIDENT_ID, Gender, Party, age_on

Person = tuple[str, str | None, date | None, Gender | None]
"""Where a person stands, identity number, birth date, gender."""


def check(file: CaseFile) -> Iterator[Problem]:
    """All identity numbers beside birth date and gender, all credit codes, all telephones, all ages."""
    for place, id_no, born, gender in _persons(file):
        if id_no:
            for key, reason in id_problems(id_no, born=born, gender=gender):
                yield Problem(pointer=f"{place}/{key}", message=reason)
    for number, party in enumerate(file.parties):
        yield from _born_before_intake(f"/parties/{number}", party.birth_date, file)
        reason = uscc_problem(party.uscc) if party.uscc else ""
        if reason:
            yield Problem(pointer=f"/parties/{number}/uscc", message=reason)
    for place, phone in _phones(file):
        reason = phone_problem(phone) if phone else ""
        if reason:
            yield Problem(pointer=f"{place}/phone", message=reason)
    yield from _ages(file)


def _persons(file: CaseFile) -> Iterator[Person]:
    for number, party in enumerate(file.parties):
        yield from _persons_of(f"/parties/{number}", party)
    for number, member in enumerate(file.group_members):
        yield f"/group_members/{number}", member.id_no, member.birth_date, member.gender
    for number, person in enumerate(file.related_persons):
        yield f"/related_persons/{number}", person.id_no, person.birth_date, person.gender
    for number, mediator in enumerate(file.mediators):
        yield f"/mediators/{number}", mediator.id_no, mediator.birth_date, mediator.gender


def _persons_of(place: str, party: Party) -> Iterator[Person]:
    if party.id_type is None or party.id_type.code == RESIDENT_ID.code:
        yield place, party.id_no, party.birth_date, party.gender
    for key, other in (("guardian", party.guardian), ("operator", party.operator)):
        if other is not None:
            yield f"{place}/{key}", other.id_no, other.birth_date, other.gender


def _phones(file: CaseFile) -> Iterator[tuple[str, str | None]]:
    for number, party in enumerate(file.parties):
        place = f"/parties/{number}"
        yield place, party.phone
        yield f"{place}/guardian", party.guardian.phone if party.guardian else None
        yield f"{place}/operator", party.operator.phone if party.operator else None
        yield from ((f"{place}/agents/{which}", agent.phone) for which, agent in enumerate(party.agents))
    yield from ((f"/group_members/{number}", one.phone) for number, one in enumerate(file.group_members))
    yield from ((f"/mediators/{number}", card.phone) for number, card in enumerate(file.mediators))


def _ages(file: CaseFile) -> Iterator[Problem]:
    for number, person in enumerate(file.related_persons):
        given, place = person.age_at_intake, f"/related_persons/{number}"
        if given is not None and given != age_on(person.birth_date, file.intake.received_on):
            yield Problem(pointer=f"{place}/age_at_intake", message="年龄与出生日期、登记日期不符")
    for number, member in enumerate(file.group_members):
        yield from _born_before_intake(f"/group_members/{number}", member.birth_date, file)


def _born_before_intake(place: str, born: date | None, file: CaseFile) -> Iterator[Problem]:
    if born is not None and born > file.intake.received_on:
        yield Problem(pointer=f"{place}/birth_date", message="出生日期晚于登记日期")
