"""The people of a case as the conflict engine compares them with the pool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.conflicts.model import Part, Person
from mediation_desk.experts.conflicts.rules import conflict_rules
from mediation_desk.parties.model import Agent, GroupMember, Party, PartyKind


def people_of(file: CaseFile) -> tuple[Person, ...]:
    """Everybody in the file but its mediators: each party followed by those who stand with it, then the others.

    Who appears twice under one party (a sole trader is legal representative and operator) is there once, with
    the fuller data. Raises ``InputError`` for a faulty rule file.
    """
    employers = conflict_rules().employer_words
    people: list[Person] = []
    for party in file.parties:
        members = file.members_of(party.ref)
        people.append(_party(party, members))
        people += _acting(party)
        people += (_agent(party.ref, agent, employers) for agent in party.agents)
        people += (_member(member, party) for member in members)
    people += (
        Person(ref=related.ref, part=Part.RELATED, name=related.name, id_no=related.id_no)
        for related in file.related_persons
    )
    return tuple(people)


def _party(party: Party, members: tuple[GroupMember, ...]) -> Person:
    """A group has no home of its own, and its telephone is mostly that of a member."""
    of_a_member = any(party.phone == member.phone for member in members)
    return Person(
        ref=party.ref,
        part=Part.PARTY,
        name=party.name,
        id_no=party.id_no or party.uscc or "",
        phone="" if of_a_member else party.phone,
        address="" if party.is_group else party.address,
        is_organisation=party.kind not in (PartyKind.PERSON, PartyKind.GROUP),
    )


def _acting(party: Party) -> Iterator[Person]:
    operator, representative, guardian = party.operator, party.legal_representative, party.guardian
    if representative is not None and (operator is None or operator.name != representative.name):
        yield Person(ref=party.ref, part=Part.LEGAL_REPRESENTATIVE, name=representative.name)
    if operator is not None:
        yield Person(
            ref=party.ref,
            part=Part.OPERATOR,
            name=operator.name,
            id_no=operator.id_no,
            phone=operator.phone,
        )
    if guardian is not None:
        yield Person(
            ref=party.ref,
            part=Part.GUARDIAN,
            name=guardian.name,
            id_no=guardian.id_no,
            phone=guardian.phone,
        )


def _agent(ref: str, agent: Agent, words: tuple[str, ...]) -> Person:
    employer = employer_in(agent.position, words) or employer_in(agent.kind, words)
    return Person(ref=ref, part=Part.AGENT, name=agent.name, phone=agent.phone, employer=employer)


def _member(member: GroupMember, group: Party) -> Person:
    """A member lives where the group does; only a room on file makes that an address to the door."""
    return Person(
        ref=member.ref,
        part=Part.MEMBER,
        name=member.name,
        id_no=member.id_no,
        phone=member.phone,
        address=group.address + member.room if member.room else group.address,
    )


def employer_in(text: str, words: tuple[str, ...]) -> str:
    """The organisation a post names (``某某律师事务所律师``): all up to the last of ``words``; else empty.

    Two characters at least must stand before the word: ``律师事务所主任`` and ``本公司`` name nobody.
    """
    ends = "|".join(re.escape(word) for word in words)
    found = re.match(rf".*[^\s，。；、]{{2}}(?:{ends})", text)
    return re.split("[\\s，。；、：:]", found[0])[-1] if found else ""
