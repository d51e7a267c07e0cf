"""One case of a package beside what is here: what it is, what follows by itself, what somebody has to decide."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.cases.beside import Correction
from mediation_desk.cases.checks import problems
from mediation_desk.cases.exchanges import Exchange, Way
from mediation_desk.cases.kept import with_months_due
from mediation_desk.cases.lifecycle import State as Step
from mediation_desk.cases.lifecycle import state_of as step_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.own import demand_not_own
from mediation_desk.interchange.packages.content import (
    Record,
    State,
    contents_of,
    digest_of,
    read_record,
    state_of,
    text_of,
    walled_state,
    with_notes_of,
    with_state,
)
from mediation_desk.interchange.packages.merging import Clash, Merged, alike, merged
from mediation_desk.interchange.packages.model import CaseLine, Decisions, Difference, Side, Standing
from mediation_desk.interchange.packages.naming import on_record, place_name, words
from mediation_desk.interchange.packages.package import Package, PackedCase
from mediation_desk.interchange.packages.ports import PackageWork
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_OVER = frozenset((Step.CLOSED, Step.ARCHIVED))
_DONE_BEFORE = "这个数据包的这件案件已经并入过"
_NOT_DIVISIBLE = "两边合起来不成立（{why}），逐项核对"
_NO_COMMON = "两边没有共同的底稿，逐项核对"


@record
class Judged:
    """A line with what stands behind it; ``after`` is the file to be stored over ``here``, None where there is none."""

    line: CaseLine
    record: Record
    text: str
    here: CaseFile | None = None
    after: CaseFile | None = None
    base: str = ""
    redone: Exchange | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """Places nobody decided on, and among those of before the ones where both still differ."""
        places = tuple(one.place for one in self.line.differences if one.take is None)
        if self.redone is None:
            return places
        return tuple(one for one in self.redone.waiting if any(_within(place, (one,)) for place in places))


@record
class _Base:
    """What both began with; ``digest`` is empty where they have nothing in common that is known."""

    digest: str
    state: State


class Judge:
    """Judges the cases of one package on one unit of work; writes nothing."""

    def __init__(
        self, package: Package, holds: Callable[[str], bool], decisions: Decisions, today: date, by: str
    ) -> None:
        self._package = package
        self._holds = holds
        self._decisions = decisions
        self._today = today
        self._by = by

    def judged(self, work: PackageWork, case: PackedCase) -> Judged:
        """Raises ``InputError`` and ``RuleError`` for a bad record; the next one is none the worse."""
        brought = read_record(self._package.record(case))
        state = state_of(brought.file)
        text = text_of(state)
        if brought.lineage[-1:] != (digest_of(text),) or brought.file.case_key != case.key:
            raise InputError("记录里的内容和它自己的校验码对不上。")
        self._demand_files(brought.file)
        demand_not_own(work.cases.own(brought.file))
        here = _found_here(work, brought)
        if here is None:
            return self._new(work, case, brought, text)
        demand_not_own(work.cases.own(here))
        return self._beside(work, case, brought, state, here)

    def _new(self, work: PackageWork, case: PackedCase, brought: Record, text: str) -> Judged:
        gone = work.exchanges.destroyed(case.key) and case.key not in self._decisions.bring_back
        line = _line(
            case,
            Standing.ENDED if gone else Standing.NEW,
            brought.file,
            reason="本处已经按清册销毁" if gone else "",
        )
        return Judged(line=line, record=brought, text=text)

    def _beside(
        self, work: PackageWork, case: PackedCase, brought: Record, theirs: State, here: CaseFile
    ) -> Judged:
        text, met = text_of(theirs), work.exchanges.of(here.case_key)
        before = next((one for one in met if one.package == self._package.manifest.package), None)
        made = Judged(line=_line(case, Standing.SAME, here), record=brought, text=text, here=here)
        if before is not None and not before.waiting:
            told = _DONE_BEFORE if before.way is Way.IN else "是本处自己打的包"
            return replace(made, line=replace(made.line, reason=told))
        whole = state_of(with_months_due(here, self._today))
        private = self._package.manifest.private_notes
        ours = whole if private else walled_state(whole)
        base = _common(met, brought.lineage, ours, theirs)
        if not private:
            base = replace(base, state=walled_state(base.state)) if base.digest else base
        judged = self._merged(case, made, base, ours, theirs, whole, before)
        over = here.beside.binned is not None or step_of(here) in _OVER
        if over and judged.line.standing is not Standing.SAME and case.key not in self._decisions.bring_back:
            word = "在回收站里" if here.beside.binned is not None else f"已经{step_of(here)}"
            return replace(
                judged,
                line=replace(judged.line, standing=Standing.ENDED, reason=f"本处{word}，没有并入"),
                after=None,
            )
        return judged

    def _merged(
        self,
        case: PackedCase,
        made: Judged,
        base: _Base,
        ours: State,
        theirs: State,
        whole: State,
        before: Exchange | None,
    ) -> Judged:
        def wanted(place: str) -> bool:
            return self._decisions.on(case.key, place) is Side.THEIRS

        reason = "" if base.digest else _NO_COMMON
        if before is not None:  # looked at once more: only what still waits
            waits = before.waiting
            found = merged(
                alike(ours, theirs), ours, theirs, lambda place: _within(place, waits) and wanted(place)
            )
            clashes = tuple(one for one in found.clashes if _within(one.place, waits))
            found = replace(found, clashes=clashes, taken=())
            return self._judged(case, made, found, whole, base, _DONE_BEFORE, before)
        found = merged(base.state, ours, theirs, wanted)
        why = self._against(made, found, whole)
        if why:
            found, reason = merged(alike(ours, theirs), ours, theirs, wanted), _NOT_DIVISIBLE.format(why=why)
            why = self._against(made, found, whole)
            if why:
                raise InputError(f"选定的写法合起来不成立：{why}。")
        return self._judged(case, made, found, whole, base, reason, None, changed=ours != base.state)

    def _judged(
        self,
        case: PackedCase,
        made: Judged,
        found: Merged,
        whole: State,
        base: _Base,
        reason: str,
        before: Exchange | None,
        *,
        changed: bool = True,
    ) -> Judged:
        if not found.taken and not found.clashes and before is None:
            return replace(made, base=base.digest)
        differences = tuple(self._difference(case.key, one) for one in found.clashes)
        both = changed or bool(differences)
        line = replace(
            made.line,
            standing=Standing.BOTH if both else Standing.NEWER,
            reason=reason,
            fields=tuple(dict.fromkeys(map(place_name, found.taken))),
            differences=differences,
        )
        after = self._with_record(self._file(made, found, whole), differences, again=before is not None)
        return replace(made, line=line, after=after, base=base.digest, redone=before)

    def _difference(self, key: str, clash: Clash) -> Difference:
        return Difference(
            place=clash.place,
            name=place_name(clash.place),
            before=words(clash.before),
            ours=words(clash.ours),
            theirs=words(clash.theirs),
            take=self._decisions.on(key, clash.place),
        )

    def _with_record(self, file: CaseFile, found: tuple[Difference, ...], *, again: bool) -> CaseFile:
        """The words that do not stand lie with the case as a correction does: nobody's are lost."""
        changes: list[Any] = []
        for one in found:
            theirs = one.take is Side.THEIRS
            left, stands = (one.ours, one.theirs) if theirs else (one.theirs, one.ours)
            if left and (theirs or not again):
                changes += on_record(one.place, one.name, left, stands)
        if not changes:
            return file
        correction = Correction(
            no=len(file.beside.corrections) + 1,
            on=self._today,
            by=self._by,
            reason=f"并入{self._package.manifest.centre}的数据包：两边都改了，没有采用的写法留在这里",
            changes=tuple(changes),
        )
        kept = (*file.beside.corrections, correction)
        return replace(file, beside=replace(file.beside, corrections=kept))

    def _against(self, made: Judged, found: Merged, whole: State) -> str:
        """What is wrong with the two put together; "" for nothing."""
        wrong = problems(self._file(made, found, whole))
        return wrong[0].message if wrong else ""

    def _file(self, made: Judged, found: Merged, whole: State) -> CaseFile:
        here = made.here
        assert here is not None  # noqa: S101  # only what is here is merged
        number = here.intake.number or made.record.file.intake.number
        return with_state(with_notes_of(found.value, whole), case_key=here.case_key, number=number, like=here)

    def _demand_files(self, file: CaseFile) -> None:
        brings = self._package.manifest.files
        for sha256, name in contents_of(file).items():
            if sha256 not in brings and not self._holds(sha256):
                raise InputError(f"缺少附件“{name or sha256[:12]}”。")


def _common(met: tuple[Exchange, ...], lineage: tuple[str, ...], ours: State, theirs: State) -> _Base:
    """The newest state both had; where there is none, what both say alike."""
    shared = next((one for one in reversed(met) if one.digest in lineage), None)
    if shared is None:
        return _Base(digest="", state=alike(ours, theirs))
    return _Base(digest=shared.digest, state=json.loads(shared.content))


def _found_here(work: PackageWork, brought: Record) -> CaseFile | None:
    """The same case here, by the states it had, else by its key where it is of the same people and day."""
    known = work.exchanges.known(brought.lineage)
    key = next((known[one] for one in reversed(brought.lineage) if one in known), None)
    if key is not None:
        return work.cases.find(key)
    found = work.cases.find(brought.file.case_key)
    return found if found is not None and same_dispute(found, brought.file) else None


def same_dispute(one: CaseFile, other: CaseFile) -> bool:
    """Whether a key that both bear means the same case: keys of two centres are counted by each for itself."""
    if one.case_key != other.case_key or one.intake.received_on != other.intake.received_on:
        return False
    return not {party.name for party in one.parties}.isdisjoint(party.name for party in other.parties)


def _within(place: str, places: tuple[str, ...]) -> bool:
    return any(place == one or place.startswith(f"{one}/") for one in places)


def _line(case: PackedCase, standing: Standing, file: CaseFile, reason: str = "") -> CaseLine:
    return CaseLine(
        standing=standing,
        key=file.case_key,
        their_key=case.key,
        number=file.intake.number or "",
        title=file.title,
        reason=reason,
    )
