"""Entering evidence (F-09), with the file behind it where there is one."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import CaseFile, Evidence
from mediation_desk.cases.remote_consent import demand_recording_consent
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.file_store import Kept
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_SHORT, _LONG, _MOST = 200, 2000, 9999
_NUMBER = re.compile(r"E(\d{1,2})")
_LAST = 99


@record
class Recorded:
    """The file handed in: already in the store, with who is in it and who of them agreed."""

    kept: Kept
    name: str
    taken_at: datetime.datetime
    by: str
    session_no: int | None = None
    recorded: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


@record
class AddEvidence:
    """添加证据. ``file`` is a recording, screenshot or scan; nobody is kept in it who did not agree."""

    title: ClassVar[str] = "添加证据"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    name: str
    kind: EvidenceKind
    provided_by: str
    copies: int = 1
    pages: int = 1
    original: bool = True
    on: datetime.date
    proves: str = ""
    file: Recorded | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put it at the end of the register, and its file beside."""
        name = canonical(self.name.strip(), "name", multiline=False, longest=_SHORT)
        if not name:
            raise InputError("请写明证据名称。", field="name")
        if file.name_of(self.provided_by) == self.provided_by and self.provided_by != "ORG":
            raise InputError("请选择由谁提供。", field="provided_by")
        for field, number in (("copies", self.copies), ("pages", self.pages)):
            if not 1 <= number <= _MOST:
                raise InputError(f"份数和页数应为1到{_MOST}的整数。", field=field)
        ref = _next_ref(file)
        evidence = Evidence(
            ref=ref,
            name=name,
            kind=self.kind,
            provided_by=self.provided_by,
            copies=self.copies,
            pages=self.pages,
            original=self.original,
            received_on=self.on,
            proves=canonical(self.proves.strip(), "proves", longest=_LONG),
        )
        after = replace(file, evidence=(*file.evidence, evidence))
        if self.file is None:
            return after
        attachment = self._attachment(file, ref, self.file)
        attachments = (*file.beside.attachments, attachment)
        return replace(after, beside=replace(file.beside, attachments=attachments))

    def demand_consent(self, file: CaseFile) -> None:
        """Raise ``RuleError`` before a big file is copied for nothing."""
        if self.file is not None:
            demand_recording_consent(file, self.file.recorded, self.file.consents)

    def sentence(self, file: CaseFile) -> str:
        """What and by whom."""
        kept = f"，文件校验码{self.file.kept.sha256[:12]}……" if self.file else ""
        return f"添加证据：{self.name.strip()}（{self.kind}，{file.name_of(self.provided_by)}提供）{kept}"

    def _attachment(self, file: CaseFile, ref: str, given: Recorded) -> Attachment:
        demand_recording_consent(file, given.recorded, given.consents)
        known = {party.ref for party in file.parties} | {one.pool_no for one in file.mediators}
        if not {*given.recorded, *given.consents} <= known:
            raise InputError("录音录像里的人不是本案的当事人或者调解员。", field="recorded")
        if given.session_no is not None and given.session_no not in {one.no for one in file.sessions}:
            raise InputError(f"没有第{given.session_no}次调解会。", field="session_no")
        if given.taken_at.tzinfo is None:
            raise AssertionError("taken_at must be aware")
        return Attachment(
            evidence_ref=ref,
            name=canonical(given.name.strip(), "file", multiline=False, longest=_SHORT),
            size=given.kept.size,
            sha256=given.kept.sha256,
            taken_at=given.taken_at,
            by=canonical(given.by.strip(), "by", multiline=False, longest=_SHORT),
            session_no=given.session_no,
            recorded=given.recorded,
            consents=given.consents,
        )


def _next_ref(file: CaseFile) -> str:
    used = [int(found[1]) for one in file.evidence if (found := _NUMBER.fullmatch(one.ref))]
    number = max(used, default=0) + 1
    if number > _LAST:
        raise InputError(f"一件案件最多{_LAST}件证据，请把同类的合成一件。", field="name")
    return f"E{number}"
