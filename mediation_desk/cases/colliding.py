"""A save that met a newer case: what both wrote side by side, what was chosen, and where the rest is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.comparing import Choice, Comparison, Line, compared
from mediation_desk.cases.corrections import changes
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.own_drafts import key_of
from mediation_desk.cases.ports import STALE, CaseWork
from mediation_desk.cases.summary import Draft
from mediation_desk.cases.walls import walled
from mediation_desk.shared.errors import InputError, RuleError, StaleError

UNADOPTED = "unadopted"
"""The draft of a case that holds what a choice between two texts left out, each author's own words."""

Taking = Callable[[CaseFile], CaseFile]


@dataclass(frozen=True, slots=True)
class Collision:
    """``base`` is the case as I read it, ``mine`` what I made of it; ``version`` what is on file now.

    ``by`` saved last, ``at`` that moment. ``refusal`` says why my step cannot be taken any more, else "".
    """

    base: CaseFile
    mine: CaseFile
    version: int
    lines: tuple[Line, ...]
    by: str
    at: datetime | None
    refusal: str = ""

    @property
    def open(self) -> tuple[Line, ...]:
        """What waits for a choice."""
        return tuple(line for line in self.lines if line.overlapping)

    def chosen(self, choices: Mapping[str, Choice]) -> Settlement:
        """To be saved on the version that was compared."""
        return Settlement(base=self.base, mine=self.mine, choices=choices)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a step made on ``base`` becomes on a newer case."""

    base: CaseFile
    mine: CaseFile
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def settled(self, theirs: CaseFile, again: CaseFile) -> Comparison[CaseFile]:
        """The file of both. Raises ``StaleError`` while a choice is missing."""
        found = compared(self.base, self.mine, theirs, again, self.choices)
        if found.open:
            raise StaleError(STALE)
        return replace(found, merged=_truly_told(theirs, found.merged))


def _truly_told(theirs: CaseFile, merged: CaseFile) -> CaseFile:
    """A correction made here tells what became of the file, not what was typed into it."""
    fresh = merged.beside.corrections[len(theirs.beside.corrections) :]
    if not fresh:
        return merged
    told = tuple(replace(one, changes=changes(theirs, merged)) for one in fresh)
    corrections = (*theirs.beside.corrections, *told)
    return replace(merged, beside=replace(merged.beside, corrections=corrections))


def collided(
    work: CaseWork, actor: Actor, base: CaseFile, on_base: Taking, theirs: CaseFile, on_theirs: Taking
) -> Collision:
    """``base`` is the case as the screen had it; the two functions take the same step on either file.

    What cannot be taken on the older reading cannot overlap with it. Raises what the step says of its own words.
    """
    last = next(reversed(work.cases.history(theirs.case_key)), None)
    by, at = (last.account, last.at) if last is not None else ("", None)
    refusal = ""
    try:
        again = on_theirs(theirs)
    except (InputError, RuleError) as error:
        again, refusal = theirs, error.message
    try:
        mine = on_base(base)
    except (InputError, RuleError):
        if refusal:
            raise
        base, mine = theirs, again
    if refusal:
        again = mine  # shown beside what is on file; there is nothing to save
    seen = (base, mine, theirs, again)
    shown = seen if actor.can(Permission.CASE_MEDIATE) else tuple(map(walled, seen))
    found = compared(shown[0], shown[1], shown[2], shown[3])
    return Collision(base, mine, theirs.version, found.lines, by, at, refusal)


def keep_unadopted(
    work: CaseWork,
    actor: Actor,
    at: datetime,
    case_key: str,
    lines: Iterable[Line],
    settlement: Settlement,
) -> int:
    """Words no place of the record took stay with whoever wrote them; tells how many."""
    count = 0
    other = next(reversed(work.cases.history(case_key)), None)
    for line in lines:
        mine, theirs = line.unadopted(settlement.choices.get(line.place))
        if mine:
            _keep(work, actor.account, at, case_key, line.name, mine)
        if theirs:
            owner = work.accounts.called(other.account) if other is not None else None
            _keep(work, owner.name if owner else actor.account, at, case_key, line.name, theirs)
        count += bool(mine) + bool(theirs)
    return count


def unadopted_in(draft: Draft | None) -> tuple[tuple[str, str], ...]:
    """Names of places and the words left out there, newest last."""
    kept = draft.content.get("words") if draft is not None else None
    return tuple(_pairs(kept)) if isinstance(kept, list) else ()


def _pairs(kept: list[object]) -> Iterator[tuple[str, str]]:
    for one in kept:
        if isinstance(one, dict):
            yield str(one.get("name", "")), str(one.get("text", ""))


def _keep(work: CaseWork, account: str, at: datetime, case_key: str, name: str, text: str) -> None:
    key = key_of(account, f"case:{case_key}:{UNADOPTED}")
    before = work.drafts.find(key)
    words = [{"name": one, "text": said} for one, said in unadopted_in(before)]
    fresh = {"name": name, "text": text}
    content: dict[str, object] = {"words": [*(one for one in words if one != fresh), fresh]}
    draft = Draft(key=key, account=account, content=content, saved_at=at)
    work.drafts.keep(replace(before, content=content, saved_at=at) if before is not None else draft)
