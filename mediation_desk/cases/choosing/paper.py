"""What one party sees while choosing: the public cards and its own marks, nothing else (§5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Ballot, Mark
from mediation_desk.experts.mediator import PublicCard
from mediation_desk.shared.record import record


@record
class PaperCard:
    """One candidate as a party may see it; ``told`` is what must be disclosed about this candidate."""

    public: PublicCard
    next_free: datetime | None
    handled: int
    told: tuple[str, ...] = ()


@record
class BallotPaper:
    """The sheet in front of one party. It holds no case datum but the kind of dispute and this party's own label."""

    no: int
    run_off: bool
    party: str
    party_label: str
    matter: str
    rule: tuple[str, ...]
    cards: tuple[PaperCard, ...]
    mark: Mark | None
    still_to_mark: int


def redacted(ballot: Ballot, parties: tuple[str, ...]) -> Ballot:
    """The round without what anybody marked, as long as one party has not sealed; who has sealed stays visible."""
    if not ballot.is_open or not ballot.silent(parties):
        return ballot
    marks = tuple(replace(mark, ranks=(), strikes=()) for mark in ballot.marks)
    return replace(ballot, marks=marks)


def unnamed(told: tuple[str, ...], file: CaseFile) -> tuple[str, ...]:
    """What is disclosed, with sides in place of names: the sheet may stand on a screen anybody passes."""
    said: dict[str, None] = {}
    for sentence in told:
        for party in file.parties:
            sentence = sentence.replace(f"当事人{party.name}", party.side).replace(party.name, party.side)
        said[sentence] = None
    return tuple(said)


def label(file: CaseFile, ref: str) -> str:
    """How a party is addressed on its sheet: side and name; a group through its representatives."""
    party = file.party(ref)
    if party is None:
        return ref
    names = speakers(file, ref)
    return f"{party.side} {party.name}（代表：{names}）" if names else f"{party.side} {party.name}"


def speakers(file: CaseFile, ref: str) -> str:
    """Who marks for a group, by name; empty for a party that marks for itself."""
    party = file.party(ref)
    if party is None or not party.is_group:
        return ""
    return "、".join(file.name_of(one) for one in party.representatives)
