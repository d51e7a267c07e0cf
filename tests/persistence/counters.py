"""C1: several counters at the same few cases, each a process of its own, through the services a window uses.

Every save writes words nobody else writes, so that it can be told afterwards where they are: on file, with the
corrections that replaced them, or kept for whoever wrote them. A refused save must show all its words.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from db.engine import open_engine
from db.tables.centre import drafts
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.cases.comparing import Choice
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.evidence import AddEvidence
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.errors import DeskError, StorageError
from tests.every_field import texts_in
from tests.persistence.everyday import Done, Everyday, wrong
from ui.screens.taking import Overlapping, Taking

HOT_SECONDS = 10.0
"""After so long the counters turn to the next cases: one file with thousands of corrections measures nothing."""
_SAVES_AGAIN = 20
_BESIDE = 1 / 3


@dataclass
class Tally:
    """What one counter did: words it was told are saved, and what happened on the way."""

    saved: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    wordless: list[str] = field(default_factory=list)
    """Refused saves whose comparison did not hold every typed word."""
    done: Done = field(default_factory=Done)
    """What it did beside, in cases of its own."""


def work(
    url: str,
    number: int,
    keys: Sequence[Sequence[str]],
    seconds: float,
    most: int,
    *,
    guarded: bool = True,
    folder: Path | None = None,
) -> Tally:
    """One counter for so long or until it has saved ``most``, beginning with all others.

    ``guarded`` false is the control that saves without looking at the version. With a ``folder`` every third act is
    one of everyday work beside.
    """
    chance, tally = random.Random(number), Tally()
    storage = Storage(open_engine(url))
    beside = folder and Everyday(
        storage, _actor(number), random.Random(-number), folder / f"{number}", tally.done
    )
    services: Any = SimpleNamespace(cases=CaseService(storage, system_clock), actor=_actor(number))
    _together()
    begun = time.monotonic()
    done = 0
    while (spent := time.monotonic() - begun) < seconds and len(tally.saved) < most:
        if beside and chance.random() < _BESIDE:
            beside.one()
            continue
        hot = keys[min(int(spent / HOT_SECONDS), len(keys) - 1)]
        key, done = chance.choice(list(hot)), done + 1
        words = f"窗口{number}第{done}次写的话，别处没有〔{number}-{done}〕"
        try:
            seen = services.cases.file(services.actor, key)
            step = _step(chance, seen, words)
            time.sleep(chance.uniform(0, 0.03 if guarded else 0.3))  # somebody types
            if guarded:
                _save(services, Taking(services, seen, (step,)), step, key, words, chance, tally)
            else:
                _overwrite(storage, services.actor, seen, step)
                tally.saved.append((key, words))
        except StorageError:
            tally.told["a sentence about the server"] += 1
            time.sleep(0.2)
        except DeskError as error:
            tally.told[f"refused: {error.message[:40]}"] += 1
    storage.close()
    return tally


_begin: Barrier | None = None


def _wait_for_all(begin: Barrier) -> None:
    global _begin  # noqa: PLW0603  # once in each process
    _begin = begin


def _together() -> None:
    if _begin is not None:
        _begin.wait(120)


def _actor(number: int) -> Actor:
    return replace(COUNTER, display_name=f"窗口{number}")


def _step(chance: random.Random, seen: CaseFile, words: str) -> Step:
    registered = registration_of(seen)
    match chance.randrange(4):
        case 0:
            return Correct(to=replace(registered, facts=words), reason=words)
        case 1:
            return Correct(to=replace(registered, place=words), reason=words)
        case 2:
            first, *others = registered.parties
            return Correct(
                to=replace(registered, parties=(replace(first, address=words), *others)), reason=words
            )
    kind = next(iter(EvidenceKind))
    return AddEvidence(name=words, kind=kind, provided_by="A1", on=date(2026, 3, 10))


def _save(
    services: Any, taking: Taking, step: Step, key: str, words: str, chance: random.Random, tally: Tally
) -> None:
    """As the window does: together by itself, or chosen by a person, until it is saved."""
    for _time in range(_SAVES_AGAIN):
        try:
            _answered(taking, key, words, tally)
        except Overlapping as error:
            found = error.collision
            tally.told["compared"] += 1
            if not any(words in line.mine for line in found.lines):
                tally.wordless.append(words)
            choices = {
                line.place: chance.choice([one for one in Choice if one is not Choice.BOTH or line.joins])
                for line in found.open
            }
            taking = Taking(services, found.base, (step,), found.chosen(choices), found.version)
        else:
            tally.told["put together by itself"] += bool(taking.met)
            tally.saved.append((key, words))
            return
    tally.told["given up"] += 1


def _answered(taking: Taking, key: str, words: str, tally: Tally) -> None:
    """A save whose answer was lost is repeated with its own number until it is known how it ended."""
    for _time in range(60):
        try:
            taking()
        except StorageError:
            tally.told["a sentence about the server"] += 1
            time.sleep(0.2)
        else:
            return
    tally.unsure.append((key, words))
    raise StorageError("the server did not come back")


def _overwrite(storage: Storage, actor: Actor, seen: CaseFile, step: Step) -> None:
    """What a program without a version counter does."""
    from mediation_desk.cases.around import Surroundings

    with storage.write(actor) as unit:
        now = unit.cases.find(seen.case_key)
        assert now is not None
        after = step.apply(seen, Surroundings(unit, actor, system_clock()))
        unit.cases.save(now, replace(after, version=now.version))


def lost(url: str, tallies: Sequence[Tally]) -> list[str]:
    """Words that were told to be saved and stand nowhere any more."""
    storage = Storage(open_engine(url))
    try:
        return [words for key, said in _by_case(tallies).items() for words in _missing(storage, key, said)]
    finally:
        storage.close()


def _by_case(tallies: Sequence[Tally]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tally in tallies:
        for key, words in tally.saved:
            found.setdefault(key, []).append(words)
    return found


def _missing(storage: Storage, key: str, said: Sequence[str]) -> Iterator[str]:
    with storage.read() as unit:
        file = unit.cases.find(key)
        assert file is not None
        kept = unit.connection.scalars(select(drafts.c.content).where(drafts.c.key.contains(key))).all()
        reasons = {one.reason for one in file.beside.corrections}
        bare = replace(
            file,
            beside=replace(
                file.beside, corrections=tuple(replace(one, reason="x") for one in file.beside.corrections)
            ),
        )
        everything = "\n".join((*(text for _place, text in texts_in(bare)), repr(kept)))
    names = {one.name for one in file.evidence}
    for words in said:
        as_evidence = words not in reasons
        if words not in (names if as_evidence else everything):
            yield words


def run(
    url: str,
    counters: int,
    keys: Sequence[Sequence[str]],
    seconds: float,
    most: int = 1_000_000,
    *,
    guarded: bool = True,
    folder: Path | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> list[Tally]:
    """All counters at once; ``meanwhile`` runs beside them. The rest as in :func:`work`."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # loaded once for all counters
    with context.Pool(counters, _wait_for_all, (context.Barrier(counters),)) as pool:
        jobs = [
            pool.apply_async(work, (url, number, keys, seconds, most), {"guarded": guarded, "folder": folder})
            for number in range(1, counters + 1)
        ]
        if meanwhile is not None:
            meanwhile()
        return [job.get(seconds + 300) for job in jobs]


def not_as_told(url: str, tallies: Sequence[Tally], folder: Path) -> list[str]:
    """Everyday work that is not as its counter was told, numbers that are missing or double."""
    storage = Storage(open_engine(url))
    try:
        named = {_actor(number).display_name: tally.done for number, tally in enumerate(tallies, start=1)}
        return list(wrong(storage, named, folder))
    finally:
        storage.close()


def counted(tallies: Sequence[Tally]) -> Counter[str]:
    """Everything that happened."""
    total: Counter[str] = Counter()
    for tally in tallies:
        total += tally.told
        total += tally.done.told
        total["saved"] += len(tally.saved)
        total["comparisons without a typed word"] += len(tally.wordless)
        total["unsure"] += len(tally.unsure)
    return total
