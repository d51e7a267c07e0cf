"""One judged case into the centre: its key and number here, its files, its past, what both now have in common."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mediation_desk.access.actor import Actor
from mediation_desk.cases.around import Surroundings
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.exchanges import Exchange, Way
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import CASE_CODES
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.step import looped
from mediation_desk.cases.texts import kept
from mediation_desk.interchange.packages.content import contents_of, digest_of
from mediation_desk.interchange.packages.judging import Judged
from mediation_desk.interchange.packages.model import CaseLine, Outcome, Standing
from mediation_desk.interchange.packages.package import Package
from mediation_desk.interchange.packages.ports import PackageWork
from mediation_desk.interchange.plain import plain
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.uploads.guard import checked_data
from mediation_desk.shared.uploads.kinds import HEAD, SCANS, kind_of

_CODE = "AJ"
_CODE_LENGTH = len("AJ2026000001")


class Joining:
    """Puts cases of one package into storage, each in a unit of its own that whoever calls opens."""

    def __init__(
        self, package: Package, cases: CaseService, store: FileStore, clock: Clock, actor: Actor
    ) -> None:
        self._package = package
        self._cases = cases
        self._store = store
        self._now: datetime = clock()
        self._actor = actor

    def joined(self, work: PackageWork, judged: Judged) -> CaseLine:
        """The line with what became of the case. Raises ``InputError`` and ``RuleError``; then nothing was stored."""
        line = judged.line
        if line.standing is Standing.NEW:
            self._keep_files(judged.record.file)
            return self._added(work, judged)
        if judged.after is None or judged.here is None:
            same = line.standing is Standing.SAME
            return replace(line, outcome=Outcome.UNTOUCHED if same else Outcome.WAITING)
        self._keep_files(judged.after)
        if judged.redone is not None:
            return self._looked_at_again(work, judged, judged.redone)
        stored = self._stored(work, judged.after, judged.here, self._sentence(judged.here, line))
        self._remember(work, judged, stored)
        return replace(line, outcome=Outcome.WAITING if judged.waiting else Outcome.UPDATED)

    def _added(self, work: PackageWork, judged: Judged) -> CaseLine:
        theirs = judged.record.file
        file = self._named_here(work, theirs)
        lock = file.beside.lock
        if lock is not None:
            named = replace(lock, named=(self._actor.account,))
            file = replace(file, beside=replace(file.beside, lock=named))
        stored = self._stored(work, file, None, self._sentence(theirs, judged.line))
        self._remember(work, judged, stored)
        line = replace(judged.line, key=stored.case_key, number=stored.intake.number or "")
        told = "" if line.key == theirs.case_key else f"这个代码在本处是另一件案件，改为{line.key}"
        if stored.intake.number != theirs.intake.number:
            told = f"{told}；" if told else ""
            told += f"编号{theirs.intake.number}本处已经用了，改为{stored.intake.number}"
        return replace(line, reason=told, outcome=Outcome.NEW)

    def _looked_at_again(self, work: PackageWork, judged: Judged, before: Exchange) -> CaseLine:
        here, after = judged.here, judged.after
        assert here is not None and after is not None  # noqa: PT018, S101  # as `joined` asked
        left, decided = judged.waiting, [one for one in judged.line.differences if one.take is not None]
        if decided and replace(after, as_of=here.as_of) != here:
            self._stored(work, after, here, self._sentence(here, judged.line))
        if left != before.waiting:
            work.exchanges.settle(here.case_key, before.no, left)
            work.audit.write(
                at=self._now,
                account=self._actor.account,
                action="package.settle",
                case_key=here.case_key,
                details={"package": self._package.manifest.package, "count": len(decided)},
            )
        done = Outcome.UPDATED if decided else Outcome.UNTOUCHED
        return replace(judged.line, outcome=Outcome.WAITING if left else done)

    def _stored(self, work: PackageWork, file: CaseFile, before: CaseFile | None, sentence: str) -> CaseFile:
        return self._cases.join_within(work, self._actor, file, before, sentence)

    def _named_here(self, work: PackageWork, theirs: CaseFile) -> CaseFile:
        """Under its own key and number where they are free, else under this centre's next; the old stay on file."""
        centre, file = read_centre().name, theirs
        if work.cases.find(theirs.case_key) is not None:
            year = theirs.intake.received_on.year
            while work.cases.find(file.case_key) is not None:
                serial = work.numbers.next(centre, CASE_CODES, year)
                file = replace(file, case_key=f"{_CODE}{year}{serial:06d}")
        elif theirs.case_key.startswith(_CODE) and len(theirs.case_key) == _CODE_LENGTH:
            code = theirs.case_key[len(_CODE) :]
            if code.isdecimal() and code.isascii():
                work.numbers.reserve(centre, CASE_CODES, int(code[:4]), int(code[4:]))
        number = theirs.intake.number
        if number and work.cases.find(number) is not None:
            file = self._renumbered(work, file)
        if (file.case_key, file.intake.number) == (theirs.case_key, number):
            return file
        note = f"{self._package.manifest.centre}的代码{theirs.case_key}" + (
            f"、编号{number}" if number else ""
        )
        loop = looped(file, local_day(self._now), "并入", self._actor.display_name, note)
        return replace(file, closed_loop=loop)

    def _renumbered(self, work: PackageWork, file: CaseFile) -> CaseFile:
        around = Surroundings(work, self._actor, self._now)
        year = (file.intake.accepted_on or file.intake.received_on).year
        number = around.number(file.track.value, file, year)
        agreement = file.agreement
        if agreement is not None and agreement.number is not None:
            agreement = replace(agreement, number=number)
        return replace(file, intake=replace(file.intake, number=number), agreement=agreement)

    def _keep_files(self, file: CaseFile) -> None:
        """What is not here yet, through the gate where the gate knows its kind."""
        for sha256, name in contents_of(file).items():
            if sha256 not in self._package.manifest.files or self._store.holds(sha256):
                continue
            data = self._package.file(sha256)
            kind = kind_of(data[:HEAD])
            if kind in SCANS and name:
                checked_data(data, f"{name}.{kind.endings[0]}", SCANS, deed="并入")
            self._store.put_bytes(data)

    def _remember(self, work: PackageWork, judged: Judged, stored: CaseFile) -> None:
        key, brought, manifest = stored.case_key, judged.record, self._package.manifest
        known = {(one.at, one.step, one.sentence) for one in work.cases.history(key)}
        for line in brought.history:
            if (line.at, line.step, line.sentence) not in known:
                work.cases.note(key, kept(line))
        printed = {(one.sha256, one.at) for one in work.cases.papers(key)}
        papers = [kept(one) for one in brought.papers if (one.sha256, one.at) not in printed]
        if papers:
            work.cases.note_papers(key, papers)
        work.exchanges.add(
            key,
            Exchange(
                no=0,
                package=manifest.package,
                way=Way.IN,
                at=self._now,
                digest=digest_of(judged.text),
                content=judged.text,
                partner=self._package.fingerprint,
                base=judged.base,
                their_key=brought.file.case_key,
                their_number=brought.file.intake.number or "",
                waiting=judged.waiting,
                evidence=json.dumps(plain(brought.audit), ensure_ascii=False),
            ),
        )

    def _sentence(self, file: CaseFile, line: CaseLine) -> str:
        return f"并入{self._package.manifest.centre}的数据包：{'，'.join(_told(file, line))}"


def _told(file: CaseFile, line: CaseLine) -> Iterator[str]:
    if line.standing is Standing.NEW:
        yield file.title
        return
    if line.fields:
        yield f"采用{'、'.join(line.fields[:20])}"
    waits = [one.name for one in line.differences if one.take is None]
    decided = [one.name for one in line.differences if one.take is not None]
    if decided:
        yield f"核对后定下{'、'.join(decided[:20])}"
    if waits:
        yield f"两边都改、待看{'、'.join(waits[:20])}"
