"""Who can speak in a case, and for whom: parties, those who act for them, mediators, recorder, guests."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import Party
from mediation_desk.shared.record import record

GUEST = "邀请:"
"""A guest has no ref in the file: the speaker is this and the name."""


class Part(StrEnum):
    """In which part somebody speaks."""

    PARTY = "当事人"
    REPRESENTATIVE = "法定代表人"
    GUARDIAN = "监护人"
    AGENT = "代理人"
    MEMBER = "代表人"
    MEDIATOR = "调解员"
    RECORDER = "记录员"
    GUEST = "邀请参加的人"


@record
class Speaker:
    """``ref`` is what a note keeps; ``side`` the party spoken for, None for those who belong to no side."""

    ref: str
    name: str
    part: Part
    side: str | None = None

    @property
    def title(self) -> str:
        """Name and part: ``卢倩（代理人）``; a party is called by its name alone."""
        return self.name if self.part is Part.PARTY else f"{self.name}（{self.part}）"


def speakers(file: CaseFile, guests: tuple[str, ...] = ()) -> tuple[Speaker, ...]:
    """Everybody who can be picked as speaker, parties first; ``guests`` are names of the session at hand."""
    found = [one for party in file.parties for one in _of_party(file, party)]
    found += [Speaker(ref=one.pool_no, name=one.name, part=Part.MEDIATOR) for one in file.mediators]
    if file.recorder is not None:
        found.append(Speaker(ref=file.recorder.pool_no, name=file.recorder.name, part=Part.RECORDER))
    found += [Speaker(ref=GUEST + name, name=name, part=Part.GUEST) for name in guests]
    return tuple(found)


def speaker_of(file: CaseFile, ref: str) -> Speaker:
    """The speaker behind a note; somebody who has left the file since keeps the ref as name."""
    if ref.startswith(GUEST):
        return Speaker(ref=ref, name=ref.removeprefix(GUEST), part=Part.GUEST)
    known = next((one for one in speakers(file) if one.ref == ref), None)
    return known or Speaker(ref=ref, name=file.name_of(ref), part=Part.PARTY, side=side_of(file, ref))


def side_of(file: CaseFile, ref: str) -> str | None:
    """The party somebody speaks for: ``A1`` for ``A1``, ``A1/agent1`` and the member ``A1-07``."""
    head = ref.split("/", maxsplit=1)[0]
    if file.party(head) is not None:
        return head
    return next((member.party_ref for member in file.group_members if member.ref == head), None)


def _of_party(file: CaseFile, party: Party) -> Iterator[Speaker]:
    yield Speaker(ref=party.ref, name=party.name, part=Part.PARTY, side=party.ref)
    if party.legal_representative is not None and party.legal_representative.name != party.name:
        name = party.legal_representative.name
        yield Speaker(ref=f"{party.ref}/head", name=name, part=Part.REPRESENTATIVE, side=party.ref)
    if party.guardian is not None:
        name = party.guardian.name
        yield Speaker(ref=f"{party.ref}/guardian", name=name, part=Part.GUARDIAN, side=party.ref)
    for number, agent in enumerate(party.agents, start=1):
        yield Speaker(ref=f"{party.ref}/agent{number}", name=agent.name, part=Part.AGENT, side=party.ref)
    members = {member.ref: member for member in file.members_of(party.ref)}
    for ref in party.representatives:
        if ref in members:
            yield Speaker(ref=ref, name=members[ref].name, part=Part.MEMBER, side=party.ref)
