"""``FindingService``: the one search box, answered while one types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.searching import Searches
from mediation_desk.cases.finding.found import Found, Hit, HitGroup
from mediation_desk.cases.finding.marking import snippet, words_in
from mediation_desk.cases.finding.ports import FindingStorage, FindingWork, Index
from mediation_desk.cases.finding.query import Question, asked, nearly
from mediation_desk.cases.finding.said import Group, Passage
from mediation_desk.cases.privacy.lists import hit_covered
from mediation_desk.cases.summary import CaseSummary
from mediation_desk.parties.covering import Cover
from mediation_desk.shared.clock import Clock

IN_A_GROUP = 3
LOOKED_AT = 2_000
"""Groups are told apart among the newest cases that fit, so that a word of half the archive costs no more."""


class FindingService:
    """Finds cases by any word the user may see; reads the texts of the few hits it shows, and no others."""

    def __init__(self, storage: FindingStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._searches = Searches()

    def look(self, actor: Actor, typed: str, *, in_a_group: int = IN_A_GROUP, settled: bool = True) -> Found:
        """Hits by group, newest first, each case once. Names one character off only where nothing else fits.

        What was searched for stands in the audit trail. ``settled`` False is for words still being typed: whoever
        asks so must ask again as soon as they are not, so that the trail has the words and not their letters.
        """
        actor.require(Permission.CASE_READ)
        question = asked(typed)
        if not question.words:
            return Found()
        now, words = self._clock(), typed.strip()
        if not settled or not self._searches.is_new(actor.account, words, now):
            with self._storage.read(actor) as work:
                return _covered(actor, work, _found(work.index, question, in_a_group))
        with self._storage.write(actor) as work:
            found = _found(work.index, question, in_a_group)
            count = sum(len(group.hits) for group in found.groups)
            self._searches.write(work.audit, actor.account, words, now, where="box", count=count)
            found = _covered(actor, work, found)
        self._searches.done(actor.account, words, now)
        return found


def _found(index: Index, question: Question, in_a_group: int) -> Found:
    groups = _groups(index, question, in_a_group)
    if groups or not question.has_near:
        return Found(groups=groups)
    return Found(groups=_groups(index, nearly(question), in_a_group, near=True), near=True)


def _covered(actor: Actor, work: FindingWork, found: Found) -> Found:
    """Words are looked for in full; what is shown of a hit tells no more than any other list."""
    if actor.in_full or not found.hits:
        return found
    named = work.names.of(sorted({hit.case_key for hit in found.hits}))
    covers = {key: Cover(people) for key, people in named.items()}
    nobody = Cover(())
    groups = (
        replace(group, hits=tuple(hit_covered(hit, covers.get(hit.case_key, nobody)) for hit in group.hits))
        for group in found.groups
    )
    return replace(found, groups=tuple(groups))


def _groups(index: Index, question: Question, in_a_group: int, *, near: bool = False) -> tuple[HitGroup, ...]:
    since = index.day_of_hit(question, LOOKED_AT)
    lines: dict[Group, tuple[CaseSummary, ...]] = {}
    shown: set[str] = set()
    for group in Group:
        newest = index.newest(question, group, limit=in_a_group + 1 + len(shown), since=since)
        fresh = tuple(line for line in newest if line.case_key not in shown)
        if fresh:
            lines[group] = fresh
            shown |= {line.case_key for line in fresh[:in_a_group]}
    passages = index.passages(shown) if shown else {}
    return tuple(
        HitGroup(
            group=group,
            hits=tuple(
                _hit(line, group, passages[line.case_key], question, near=near) for line in found[:in_a_group]
            ),
            more=len(found) > in_a_group,
        )
        for group, found in lines.items()
    )


def _hit(
    line: CaseSummary, group: Group, passages: Iterable[Passage], question: Question, *, near: bool
) -> Hit:
    """The passage that holds the most of the words; of equals the first."""
    best = max(
        ((one, words_in(one, question)) for one in passages if one.group is group),
        key=lambda found: sum(map(bool, found[1])),
    )
    piece = snippet(*best)
    return Hit(
        case_key=line.case_key,
        number=line.number,
        title=line.title,
        state=line.state,
        received_on=line.received_on,
        label=best[0].label,
        text=piece.text,
        marks=piece.marks,
        near=near,
    )
