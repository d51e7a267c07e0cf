"""``Packages``: cases leave this centre in one signed, encrypted file, and those of another are put beside ours."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from mediation_desk import __version__
from mediation_desk.access.accounts.cost import Derive, argon2id
from mediation_desk.access.accounts.passwords import demand_good
from mediation_desk.access.accounts.recovery_code import new_code
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.reading import EntryQuery, of_the_act
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.exchanges import Exchange, Way
from mediation_desk.cases.kept import with_months_due
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.exporting import ExportCounter
from mediation_desk.cases.privacy.unmasking import reason_of
from mediation_desk.cases.service import CaseService, found
from mediation_desk.cases.steps.personal import NoteTransfer
from mediation_desk.cases.walls import walled
from mediation_desk.interchange.packages.content import (
    PastEntry,
    Record,
    contents_of,
    digest_of,
    dump_record,
    read_record,
    state_of,
    text_of,
)
from mediation_desk.interchange.packages.joining import Joining
from mediation_desk.interchange.packages.judging import Judge
from mediation_desk.interchange.packages.limits import package_limits
from mediation_desk.interchange.packages.model import (
    NONE_YET,
    CaseLine,
    Decisions,
    Outcome,
    Standing,
    Told,
)
from mediation_desk.interchange.packages.package import (
    Manifest,
    NewCase,
    Package,
    PackedCase,
    Said,
    read_package,
    write_package,
)
from mediation_desk.interchange.packages.ports import PackageStorage, PackageWork
from mediation_desk.interchange.packages.signing import (
    known_senders,
    note_sender,
    own_key_made,
    same_fingerprint,
)
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.record import record

_MOST_ENTRIES = 5000


class UnknownSender(RuleError):
    """Nobody here compared the fingerprint of whoever signed the package."""

    def __init__(self, manifest: Manifest, fingerprint: str) -> None:
        super().__init__(
            f"签名的是“{manifest.centre}”，指纹 {fingerprint}，本处还没有核对过。"
            "请打电话和对方核对指纹，一致的用 --trust 写明这个指纹再来一次。",
            rule="S9",
        )
        self.centre, self.fingerprint = manifest.centre, fingerprint


@record
class Packed:
    """What was packed. ``code`` is the password made for it, told this once; "" where somebody chose one."""

    package: str
    cases: int
    files: int
    code: str
    fingerprint: str


class Packages:
    """Packs and joins; ``derive`` makes a key of a password."""

    def __init__(
        self,
        storage: PackageStorage,
        cases: CaseService,
        exports: ExportCounter,
        store: FileStore,
        clock: Clock,
        derive: Derive = argon2id,
    ) -> None:
        self._storage = storage
        self._cases = cases
        self._exports = exports
        self._store = store
        self._clock = clock
        self._derive = derive

    # Out

    def fingerprint(self, actor: Actor) -> str:
        """Of this centre, to be compared by telephone; its key is made at the first use."""
        actor.require_any(Permission.CASE_EXPORT, Permission.CASE_IMPORT)
        with self._storage.write(actor) as work:
            return own_key_made(work.notes).fingerprint

    def pack(
        self,
        actor: Actor,
        keys: Sequence[str],
        out: Path,
        *,
        reason: str,
        password: str = "",
        with_private_notes: bool = False,
        transfer: NoteTransfer | None = None,
    ) -> Packed:
        """Write these cases to ``out`` under ``password``, or under a code made for it; all of them or none.

        Raises as `CaseService.export` does, ``InputError`` for a reason that is none, a weak password or an attachment
        that is gone, and ``StorageError``.
        """
        actor.require(Permission.CASE_EXPORT)
        if with_private_notes:
            actor.require(Permission.CASE_MEDIATE)
        why = reason_of(reason)
        if password:
            demand_good(password, actor.account, actor.display_name, access_rules().password)
        said = Said(
            package=secrets.token_hex(16),
            packed_at=self._clock().astimezone().isoformat(timespec="seconds"),
            packed_by=actor.display_name,
            centre=read_centre().name,
            program=__version__,
            reason=why,
            private_notes=with_private_notes,
        )
        with self._storage.write(actor) as work:
            records = self._records(work, actor, keys, said, transfer)
            key = own_key_made(work.notes)
        self._exports.count(actor, "package", len(records))
        code = "" if password else new_code()
        wanted = dict.fromkeys(sha256 for one in records for sha256 in contents_of(one.file))
        write_package(
            out,
            said,
            (self._dumped(one) for one in records),
            ((sha256, self._file(sha256)) for sha256 in wanted),
            key=key,
            password=password or code,
            derive=self._derive,
        )
        return Packed(
            package=said.package,
            cases=len(records),
            files=len(wanted),
            code=code,
            fingerprint=key.fingerprint,
        )

    def _records(
        self,
        work: PackageWork,
        actor: Actor,
        keys: Sequence[str],
        said: Said,
        transfer: NoteTransfer | None,
    ) -> tuple[Record, ...]:
        files = {file.case_key: file for key in keys for file in (found(work, key, Permission.CASE_EXPORT),)}
        if not 0 < len(files) <= package_limits().cases:
            raise InputError(f"一个数据包装1到{package_limits().cases}件案件。", field="keys")
        return tuple(self._record(work, actor, file, said, transfer) for file in files.values())

    def _record(
        self, work: PackageWork, actor: Actor, file: CaseFile, said: Said, transfer: NoteTransfer | None
    ) -> Record:
        if file.beside.binned is not None:
            raise RuleError(f"案件{file.case_key}在回收站里，请先放回再打包。", rule="T-2")
        if transfer is not None:
            file = self._cases.perform_within(work, actor, file.case_key, transfer)
        as_of = max(self._today, file.as_of or self._today)
        file = with_months_due(replace(file, as_of=as_of), as_of)
        written = file if said.private_notes else walled(file)
        text = text_of(state_of(written))
        out = Exchange(
            no=0, package=said.package, way=Way.OUT, at=self._clock(), digest=digest_of(text), content=text
        )
        work.exchanges.add(file.case_key, out)
        work.audit.write(
            at=self._clock(),
            account=actor.account,
            action="case.pack",
            case_key=file.case_key,
            details={"package": said.package, "private_notes": said.private_notes},
            reason=said.reason,
        )
        return Record(
            file=written,
            lineage=tuple(one.digest for one in work.exchanges.of(file.case_key)),
            history=work.cases.history(file.case_key),
            papers=work.cases.papers(file.case_key),
            audit=tuple(_past(work, file.case_key)),
        )

    def _dumped(self, one: Record) -> NewCase:
        """Its bytes, which read back as the very same case."""
        file = one.file
        data = dump_record(one)
        if len(data) > package_limits().record:
            raise InputError(f"案件{file.case_key}太大，装不进数据包。", field="keys")
        if state_of(read_record(data).file) != state_of(file):
            raise AssertionError(f"{file.case_key} does not read back as it was packed")
        return NewCase(key=file.case_key, number=file.intake.number or "", title=file.title, data=data)

    def _file(self, sha256: str) -> bytes:
        data = self._store.read(sha256)
        if len(data) > package_limits().attachment:
            raise InputError(f"有一个附件超过{package_limits().attachment // 2**20}兆字节，装不进数据包。")
        return data

    # In

    def look(
        self,
        actor: Actor,
        path: Path,
        password: str,
        decisions: Decisions = NONE_YET,
        *,
        trust: str = "",
    ) -> Told:
        """What joining would do; nothing is changed, but that somebody looked stands in the audit trail.

        Raises ``BadPackage``, ``UnknownSender`` and ``InputError``.
        """
        actor.require(Permission.CASE_IMPORT)
        with read_package(path, password, self._derive) as package:
            self._demand_known(actor, package, trust, keep=False)
            judge = self._judge(actor, package, decisions)
            with self._storage.write(actor) as work:
                details = {"package": package.manifest.package, "cases": len(package.manifest.cases)}
                work.audit.write(
                    at=self._clock(), account=actor.account, action="package.look", details=details
                )
            with self._storage.read(actor) as work:
                lines = tuple(
                    _judged(package, case, lambda case: judge.judged(work, case).line)
                    for case in package.manifest.cases
                )
            return _told(package, lines)

    def join(
        self,
        actor: Actor,
        path: Path,
        password: str,
        decisions: Decisions = NONE_YET,
        *,
        trust: str = "",
    ) -> Told:
        """Put the cases beside ours, each in a unit of its own; a bad one is told and stops nobody. Raises as `look`.

        ``trust`` is a fingerprint somebody compared: from now on its packages are taken. The same package once more
        changes nothing but what was decided since.
        """
        actor.require(Permission.CASE_IMPORT)
        with read_package(path, password, self._derive) as package:
            self._demand_known(actor, package, trust, keep=True)
            judge = self._judge(actor, package, decisions)
            joining = Joining(package, self._cases, self._store, self._clock, actor)

            def joined(case: PackedCase) -> CaseLine:
                with self._storage.write(actor) as work:
                    return joining.joined(work, judge.judged(work, case))

            told = _told(package, tuple(_judged(package, case, joined) for case in package.manifest.cases))
        with self._storage.write(actor) as work:
            counted = {one.name.lower(): sum(line.outcome is one for line in told.lines) for one in Outcome}
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action="package.join",
                details={"package": told.package, **counted},
            )
        return told

    def waiting(self, actor: Actor) -> tuple[tuple[str, Exchange], ...]:
        """Cases at which words of another centre wait for somebody to look, each before its exchange."""
        actor.require(Permission.CASE_IMPORT)
        with self._storage.read(actor) as work:
            return work.exchanges.waiting()

    def past(self, actor: Actor, key: str) -> tuple[PastEntry, ...]:
        """What the audit trails of other centres said of a case when it came from there: evidence, newest first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            told = (json.loads(one.evidence) for one in work.exchanges.of(file.case_key) if one.evidence)
            entries = dict.fromkeys(PastEntry(**line) for some in told for line in some)
        return tuple(sorted(entries, key=lambda one: one.at, reverse=True))

    @property
    def _today(self) -> date:
        return local_day(self._clock())

    def _judge(self, actor: Actor, package: Package, decisions: Decisions) -> Judge:
        return Judge(package, self._store.holds, decisions, self._today, actor.display_name)

    def _demand_known(self, actor: Actor, package: Package, trust: str, *, keep: bool) -> None:
        mark, manifest = package.fingerprint, package.manifest
        with self._storage.write(actor) as work:
            if mark == own_key_made(work.notes).fingerprint or mark in known_senders(work.notes):
                return
            if not same_fingerprint(trust, mark):
                raise UnknownSender(manifest, mark)
            if keep:
                note_sender(work.notes, mark, name=manifest.centre, at=self._clock(), by=actor.display_name)
                work.audit.write(
                    at=self._clock(),
                    account=actor.account,
                    action="package.trust",
                    details={"fingerprint": mark, "centre": manifest.centre},
                )


def _judged(package: Package, case: PackedCase, do: Callable[[PackedCase], CaseLine]) -> CaseLine:
    """The line of a case, whatever is wrong with it."""
    try:
        _demand_first(package, case)
        return do(case)
    except (InputError, RuleError) as error:
        return CaseLine(
            standing=Standing.BAD,
            key="",
            their_key=case.key,
            number=case.number,
            title=case.title,
            reason=error.message.rstrip("。"),
            outcome=Outcome.BAD,
        )


def _demand_first(package: Package, case: PackedCase) -> None:
    twins = [one for one in package.manifest.cases if one.key == case.key]
    if twins[0] is not case:
        raise InputError(f"数据包里有{len(twins)}件案件都是这个代码，只看第一件。")


def _told(package: Package, lines: tuple[CaseLine, ...]) -> Told:
    manifest = package.manifest
    return Told(
        package=manifest.package,
        fingerprint=package.fingerprint,
        known=True,
        centre=manifest.centre,
        packed_by=manifest.packed_by,
        packed_at=manifest.packed_at,
        reason=manifest.reason,
        lines=lines,
    )


def _past(work: PackageWork, key: str) -> Iterator[PastEntry]:
    """The audit entries of a case, newest first, with reasons but without what the case says."""
    before: int | None = None
    for _ in range(_MOST_ENTRIES):
        lines = work.trail.listed(EntryQuery(case_key=key, before=before))
        for line in lines:
            yield PastEntry(
                at=line.at.isoformat(),
                account=line.account,
                action=line.action,
                result=line.result.value,
                words=json.dumps(dict(of_the_act(line.words)), ensure_ascii=False),
            )
        if not lines:
            return
        before = lines[-1].seq
