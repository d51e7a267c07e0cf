"""Filing scans in a case, putting them right, and giving originals back."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ReturnedOriginals, Scan, ScanKind
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_SHORT, _MOST = 200, 2000
_HASH = re.compile(r"[0-9a-f]{64}")


@record
class Arrived:
    """One file already in the store, and what it shows; the words mean the same as in ``Scan``."""

    kind: ScanKind
    title: str
    sha256: str
    name: str
    media: str
    size: int
    pages: int
    form: str = ""
    paper_no: int = 0
    version: str = ""
    page: int = 0
    evidence_ref: str = ""
    original: str = ""


@record
class FileScans:
    """扫描入卷: one or more files of one go."""

    title: ClassVar[str] = "扫描入卷"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    scans: tuple[Arrived, ...]
    at: datetime.datetime

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Each behind what lies there of its subject; a numbered page before the pages that follow it."""
        if not self.scans:
            raise InputError("没有可以入卷的扫描件。", field="scans")
        if self.at.tzinfo is None:
            raise AssertionError("at must be aware")
        filed = file.beside.scans
        for one in self.scans:
            filed = _with(filed, self._scan(file, len(filed) + 1, one, around))
        if len(filed) > _MOST:
            raise InputError(f"一件案件最多{_MOST}份扫描件，请把同类的合成一份PDF。", field="scans")
        return _keeping(file, filed)

    def sentence(self, file: CaseFile) -> str:
        """How many, and what they are."""
        titles = "、".join(dict.fromkeys(one.title.strip() for one in self.scans))
        short = titles if len(titles) <= 80 else f"{titles[:80]}……"
        return f"扫描入卷{len(self.scans)}份：{short}"

    def _scan(self, file: CaseFile, no: int, one: Arrived, around: Around) -> Scan:
        title, name = _title(one.title), canonical(one.name, "name", multiline=False, longest=_SHORT)
        if not _HASH.fullmatch(one.sha256) or not (one.original == "" or _HASH.fullmatch(one.original)):
            raise InputError("文件的校验码不对。", field="sha256")
        if one.size < 1 or one.pages < 1:
            raise InputError("文件是空的。", field="size")
        _demand_subject(file, one.kind, one.form, one.paper_no, one.evidence_ref)
        return Scan(
            no=no,
            kind=one.kind,
            title=title,
            sha256=one.sha256,
            name=name,
            media=one.media,
            size=one.size,
            pages=one.pages,
            at=self.at,
            by=around.actor_name,
            form=one.form,
            paper_no=one.paper_no,
            version=one.version,
            page=one.page,
            evidence_ref=one.evidence_ref,
            original=one.original,
        )


@record
class RefileScan:
    """改归: it shows something else than it was filed as. The former place stays in the diary."""

    title: ClassVar[str] = "改归扫描件"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    no: int
    kind: ScanKind
    name: str
    form: str = ""
    paper_no: int = 0
    page: int = 0
    evidence_ref: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """The same file under its new subject, last there; a wording it was matched with goes with its paper."""
        was = _standing(file, self.no)
        _demand_subject(file, self.kind, self.form, self.paper_no, self.evidence_ref)
        same_paper = (was.form, was.paper_no) == (self.form, self.paper_no)
        now = replace(
            was,
            kind=self.kind,
            title=_title(self.name),
            form=self.form,
            paper_no=self.paper_no,
            page=self.page,
            evidence_ref=self.evidence_ref,
            version=was.version if same_paper else "",
        )
        others = tuple(one for one in file.beside.scans if one.no != self.no)
        return _keeping(file, tuple(sorted(_with(others, now), key=lambda one: one.no)))

    def sentence(self, file: CaseFile) -> str:
        """Which, and where it lies now."""
        return f"扫描件{self.no}改归{self.kind}：{self.name.strip()}"


@record
class VoidScan:
    """作废: it does not belong here; file and line stay, with the reason."""

    title: ClassVar[str] = "作废扫描件"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    no: int
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Mark it."""
        was = _standing(file, self.no)
        reason = canonical(self.reason.strip(), "reason", longest=_SHORT)
        if not reason:
            raise InputError("请写明作废的原因。", field="reason")
        return _exchanged(file, replace(was, void_reason=reason))

    def sentence(self, file: CaseFile) -> str:
        """Which and why."""
        scan = file.beside.scan(self.no)
        return f"作废扫描件{self.no}（{scan.title if scan else ''}）：{self.reason.strip()}"


@record
class OrderScans:
    """调整顺序: all standing scans of one subject, by number, as they are to lie."""

    title: ClassVar[str] = "调整扫描件顺序"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    numbers: tuple[int, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Give them their places."""
        moved = [_standing(file, no) for no in self.numbers]
        if not moved:
            raise InputError("没有可以调整顺序的扫描件。", field="numbers")
        together = {one.no for one in file.beside.scans if one.stands and one.subject == moved[0].subject}
        if together != set(self.numbers) or len(self.numbers) != len(together):
            raise InputError("只能在同一份材料里调整顺序，而且每一份都要在。", field="numbers")
        places = {no: place for place, no in enumerate(self.numbers, start=1)}
        return _keeping(
            file,
            tuple(
                replace(one, place=places[one.no]) if one.no in places else one for one in file.beside.scans
            ),
        )

    def sentence(self, file: CaseFile) -> str:
        """Of what."""
        scan = file.beside.scan(self.numbers[0])
        return f"调整顺序：{scan.kind if scan else ''}，{len(self.numbers)}份扫描件"


@record
class ReturnOriginals:
    """原件退还: to whom, on which day, and who signed for it."""

    title: ClassVar[str] = "退还原件"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    evidence_refs: tuple[str, ...]
    to: str
    on: datetime.date
    receipt: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Only originals that came in, each once."""
        if not self.evidence_refs:
            raise InputError("请选择要退还的证据。", field="evidence_refs")
        known = {one.ref: one for one in file.evidence}
        for ref in self.evidence_refs:
            piece = known.get(ref)
            if piece is None:
                raise InputError(f"没有证据{ref}。", field="evidence_refs")
            if not piece.original:
                raise InputError(f"“{piece.name}”收的是复印件，没有原件可退。", field="evidence_refs")
            if file.beside.returned(ref) is not None:
                raise InputError(f"“{piece.name}”的原件已经退还。", field="evidence_refs")
            if self.on < piece.received_on:
                raise InputError(f"“{piece.name}”{piece.received_on}才收到，退还日期早于这一天。", field="on")
        to, receipt = (
            canonical(text.strip(), field, multiline=False, longest=_SHORT)
            for field, text in (("to", self.to), ("receipt", self.receipt))
        )
        if not to:
            raise InputError("请写明退还给谁。", field="to")
        if not receipt:
            raise InputError("请写明谁签收的。", field="receipt")
        line = ReturnedOriginals(
            no=len(file.beside.returned_originals) + 1,
            evidence_refs=tuple(dict.fromkeys(self.evidence_refs)),
            to=to,
            on=self.on,
            receipt=receipt,
            by=around.actor_name,
        )
        returned = (*file.beside.returned_originals, line)
        return replace(file, beside=replace(file.beside, returned_originals=returned))

    def sentence(self, file: CaseFile) -> str:
        """What, to whom, and who signed."""
        names = "、".join(one.name for one in file.evidence if one.ref in self.evidence_refs)
        return f"退还原件：{names}，退给{self.to.strip()}，{self.receipt.strip()}签收"


def _title(title: str) -> str:
    clean = canonical(title.strip(), "title", multiline=False, longest=_SHORT)
    if not clean:
        raise InputError("请写明这是什么材料。", field="title")
    return clean


def _standing(file: CaseFile, no: int) -> Scan:
    scan = file.beside.scan(no)
    if scan is None or not scan.stands:
        raise InputError(f"没有编号为{no}的扫描件，或者已经作废。", field="no")
    return scan


def _demand_subject(file: CaseFile, kind: ScanKind, form: str, paper_no: int, evidence_ref: str) -> None:
    if kind is ScanKind.FORM:
        if not form or paper_no < 1:
            raise InputError("请选择是哪一份文书。", field="form")
    elif form or paper_no:
        raise InputError("只有种类是文书的，才对应一份文书。", field="form")
    if kind is ScanKind.EVIDENCE:
        if evidence_ref not in {one.ref for one in file.evidence}:
            raise InputError("请选择是哪一件证据；还没有登记的，先添加证据。", field="evidence_ref")
    elif evidence_ref:
        raise InputError("只有种类是证据的，才对应一件证据。", field="evidence_ref")


def _with(scans: tuple[Scan, ...], new: Scan) -> tuple[Scan, ...]:
    """The scans with a new one put behind its own, or before the first page that follows its page."""
    together = sorted((one for one in scans if one.stands and one.subject == new.subject), key=_place)
    at = len(together)
    if new.page:
        later = (place for place, one in enumerate(together) if one.page > new.page)
        at = next(later, at)
    ordered = [*together[:at], new, *together[at:]]
    places = {one.no: place for place, one in enumerate(ordered, start=1)}
    return tuple(replace(one, place=places.get(one.no, one.place)) for one in (*scans, new))


def _place(scan: Scan) -> int:
    return scan.place


def _exchanged(file: CaseFile, scan: Scan) -> CaseFile:
    return _keeping(file, tuple(scan if one.no == scan.no else one for one in file.beside.scans))


def _keeping(file: CaseFile, scans: tuple[Scan, ...]) -> CaseFile:
    return replace(file, beside=replace(file.beside, scans=scans))
