"""What one case holds about one person: everybody else covered, nobody else's private words (art. 45, LR-22)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mediation_desk.agreements.model import Clause, Performance, Signature
from mediation_desk.cases.beside import Correction
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile, Claim, Evidence, Investigation, Outcome
from mediation_desk.cases.privacy.model import PersonalConsent, Transfer
from mediation_desk.cases.privacy.transfers import transfers_of
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.experts.conflicts.sameness import id_key, name_key, phone_keys
from mediation_desk.hearings.board.notes import Note
from mediation_desk.hearings.board.walls import between, shared
from mediation_desk.parties.covering import Cover, NamedIn
from mediation_desk.parties.model import Party
from mediation_desk.parties.standing import Capacity
from mediation_desk.shared.record import record


@record
class OwnRecord:
    """The person as the case has them: ``words`` are the record of a party, member, guardian, agent …"""

    capacity: Capacity
    ref: str
    words: Any


@record
class HeldSession:
    """A session: the common record, and what this person said alone."""

    no: int
    date: date
    place: str
    mode: str
    there: bool
    record: str
    own_talks: tuple[str, ...] = ()


@record
class BoardLine:
    """A line of the session board this person may see."""

    at: datetime
    kind: str
    by_this_person: bool
    text: str


@record
class Made:
    """A paper printed from the case."""

    at: datetime
    title: str


@record
class HeldCase:
    """One case. Whoever only speaks for somebody, or is only spoken of, gets ``own`` and not the matter."""

    case_key: str
    number: str | None
    title: str
    track: str
    body: str
    received_on: date
    state: str
    binned: bool
    own: tuple[OwnRecord, ...]
    facts: str = ""
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    sessions: tuple[HeldSession, ...] = ()
    board: tuple[BoardLine, ...] = ()
    clauses: tuple[Clause, ...] = ()
    signatures: tuple[Signature, ...] = ()
    performance: tuple[Performance, ...] = ()
    outcome: Outcome | None = None
    consents: tuple[PersonalConsent, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    papers: tuple[Made, ...] = ()
    corrections: tuple[Correction, ...] = ()


_ITS_PARTIES = frozenset({Capacity.PARTY, Capacity.OPERATOR, Capacity.MEMBER})


def standing_in(file: CaseFile, who: Named) -> tuple[OwnRecord, ...]:
    """Every place of the file in which this person stands: by number, else by name and telephone."""
    everybody = tuple(_everybody(file))
    same = _same(who, [one.words for one in everybody])
    return tuple(one for one in everybody if same(one.words))


def identity_of(file: CaseFile, ref: str) -> Named | None:
    """Who stands behind a ref of the case; None for an organisation or nobody."""
    for one in _everybody(file):
        if one.ref == ref and one.capacity in _ITS_PARTIES | {Capacity.RELATED}:
            return Named(
                name=one.words.name,
                id_no=getattr(one.words, "id_no", "") or "",
                phone=getattr(one.words, "phone", "") or "",
            )
    return None


def held_in(
    file: CaseFile,
    who: Named,
    named: Iterable[NamedIn],
    papers: Iterable[PrintedPaper],
    notes: Iterable[Note],
    *,
    talks: bool,
) -> HeldCase:
    """The part of ``file`` that is about this person; ``named`` is everybody in the case.

    ``talks``: with what this person said alone, which only who mediates may hand out (LR-22).
    """
    own = standing_in(file, who)
    cover = Cover(one for one in named if name_key(one.name) != name_key(who.name))
    places = frozenset(one.ref for one in own)
    head = HeldCase(
        case_key=file.case_key,
        number=file.intake.number,
        title=cover.text(file.title),
        track=file.track.value,
        body=file.organisation.name,
        received_on=file.intake.received_on,
        state=state_of(file).value,
        binned=file.beside.binned is not None,
        own=tuple(replace(one, words=_own_words(one.words, cover)) for one in own),
        consents=tuple(cover.line(one) for one in file.beside.personal_consents if one.ref in places),
        corrections=tuple(map(cover.line, _corrections(file, own))),
    )
    refs = frozenset(one.ref for one in own if one.capacity in _ITS_PARTIES)
    if not refs:  # whom the person speaks for is somebody else
        return head
    return replace(
        head,
        facts=cover.text(file.facts),
        claims=tuple(cover.line(one) for one in file.claims if one.by in refs or refs & set(one.against)),
        evidence=tuple(cover.line(one) for one in file.evidence if one.provided_by in refs),
        investigations=tuple(cover.line(one) for one in file.investigations if refs & set(one.of)),
        sessions=tuple(_sessions(file, refs, cover, talks=talks)),
        board=tuple(
            BoardLine(
                at=one.at,
                kind=one.kind.value,
                by_this_person=one.speaker in refs,
                text=cover.text(one.text),
            )
            for one in (_between(notes, refs) if talks else shared(notes))
        ),
        clauses=tuple(map(cover.line, file.agreement.clauses)) if file.agreement else (),
        signatures=tuple(one for one in file.agreement.signatures if one.ref in refs)
        if file.agreement
        else (),
        performance=tuple(
            cover.line(one) for one in file.performance if refs & {*_refs(one.payer), *_refs(one.payee)}
        ),
        outcome=cover.line(file.outcome) if file.outcome else None,
        transfers=tuple(map(cover.line, transfers_of(file))),
        papers=tuple(Made(at=one.at, title=one.title) for one in papers),
    )


def _everybody(file: CaseFile) -> Iterator[OwnRecord]:
    for party in file.parties:
        if party.is_person:
            yield OwnRecord(capacity=Capacity.PARTY, ref=party.ref, words=party)
        if party.operator is not None:
            yield OwnRecord(capacity=Capacity.OPERATOR, ref=party.ref, words=party.operator)
        if party.guardian is not None:
            yield OwnRecord(capacity=Capacity.GUARDIAN, ref=party.ref, words=party.guardian)
        if party.legal_representative is not None:
            yield OwnRecord(capacity=Capacity.LEGAL, ref=party.ref, words=party.legal_representative)
        for agent in party.agents:
            yield OwnRecord(capacity=Capacity.AGENT, ref=party.ref, words=agent)
    for member in file.group_members:
        yield OwnRecord(capacity=Capacity.MEMBER, ref=member.ref, words=member)
    for person in file.related_persons:
        yield OwnRecord(capacity=Capacity.RELATED, ref=person.ref, words=person)


def _same(who: Named, everybody: Iterable[Any]) -> Callable[[Any], bool]:
    """A name alone is nobody's where a number is asked: a record without one shares a telephone as well."""
    number, name = id_key(who.id_no), name_key(who.name)
    numbered = [words for words in everybody if number and _number(words) == number]
    phones = frozenset(phone_keys(who.phone)).union(*map(_phones, numbered))

    def same(words: Any) -> bool:
        if number and (theirs := _number(words)):
            return number == theirs
        if name_key(words.name) != name:
            return False
        return bool(phones & _phones(words)) or not (number or phones)

    return same


def _number(words: Any) -> str:
    return id_key(getattr(words, "id_no", "") or "")


def _phones(words: Any) -> frozenset[str]:
    return frozenset(phone_keys(getattr(words, "phone", "") or ""))


def _between(notes: Iterable[Note], refs: frozenset[str]) -> tuple[Note, ...]:
    """The joint lines and those of the private talks of every side the person is."""
    lines = tuple(notes)
    seen = {note.no: note for ref in refs for note in between(lines, ref)}
    return tuple(seen[no] for no in sorted(seen))


def _own_words(words: Any, cover: Cover) -> Any:
    """The record as it is; only who speaks for the person is covered in it."""
    if not isinstance(words, Party):
        return words
    guardian = cover.line(words.guardian) if words.guardian else None
    return replace(words, guardian=guardian, agents=tuple(map(cover.line, words.agents)))


def _sessions(file: CaseFile, refs: frozenset[str], cover: Cover, *, talks: bool) -> Iterator[HeldSession]:
    for one in file.sessions:
        yield HeldSession(
            no=one.no,
            date=one.date,
            place=one.place,
            mode=one.mode.value,
            there=any(person.ref in refs for person in one.attendees),
            record=cover.text(one.record),
            own_talks=tuple(cover.text(note.text) for note in one.private_notes if talks and note.of in refs),
        )


def _corrections(file: CaseFile, own: tuple[OwnRecord, ...]) -> Iterator[Correction]:
    """Those of this person's own record, with the former words."""
    places = {
        f"/parties/{line}/"
        for line, party in enumerate(file.parties)
        if any(one.words in (party, party.operator) for one in own)
    }
    places |= {
        f"/group_members/{line}/"
        for line, member in enumerate(file.group_members)
        if any(one.words == member for one in own)
    }
    for one in file.beside.corrections:
        mine = tuple(change for change in one.changes if change.place.startswith(tuple(places)))
        if places and mine:
            yield replace(one, changes=mine)


def _refs(joined: str | None) -> tuple[str, ...]:
    return tuple((joined or "").split("+"))
