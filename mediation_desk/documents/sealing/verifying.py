"""``Verifying``: is this paper ours, and is it what we printed? Answers in sentences, without a network."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.content import Paper
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.sealing.check_code import CODED, version_in
from mediation_desk.documents.sealing.foreign import seals_in, words_in
from mediation_desk.documents.sealing.reading import FileWords
from mediation_desk.documents.sealing.trust import SealState, trusted_roots
from mediation_desk.documents.service import compose
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import DeskError, InputError
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record
from mediation_desk.shared.text import folded
from mediation_desk.shared.uploads.guard import checked
from mediation_desk.shared.uploads.kinds import UploadKind
from mediation_desk.shared.uploads.whole import read_whole

NOT_OURS = "不是本中心的文书：没有打印过这个文件，里面也没有本中心的校验码。"
_UNREAD = "没有核对这份文件"
_MOST_REVISIONS = 20
_SHOWN = 12  # characters around the first difference


class Finding(StrEnum):
    """What came out; only the first is good."""

    UNCHANGED = "没有改动"
    CHANGED = "有改动"
    SUPERSEDED = "已被取代"
    FOREIGN = "不是本中心的"


@record
class Verdict:
    """``sentence`` answers, ``notes`` tell what else must be known; ``case_key`` is the case, where there is one."""

    finding: Finding
    sentence: str
    notes: tuple[str, ...] = ()
    case_key: str = ""

    @property
    def good(self) -> bool:
        """Whether the paper may be relied on as it lies there."""
        return self.finding is Finding.UNCHANGED


class Verifying:
    """Compares what comes back with what was printed and with the case as it stands."""

    def __init__(self, cases: CaseService, trust: Path) -> None:
        self._cases = cases
        self._trust = trust

    def path(self, actor: Actor, path: Path) -> Verdict:
        """The same for a file on disk, which first goes through the gate for files from outside."""
        actor.require(Permission.CASE_READ)
        upload = checked(path, (UploadKind.PDF, UploadKind.DOCX), deed="核对")
        data = read_whole(path, upload.size)
        if _hash(data) != upload.sha256:
            raise InputError(f"没有核对“{upload.name}”：文件正在被改动，请等存好以后再试。", field="file")
        return self.file(actor, data)

    def file(self, actor: Actor, data: bytes) -> Verdict:
        """A file somebody brings. Raises ``InputError`` for one that cannot be read at all."""
        actor.require(Permission.CASE_READ)
        known = self._cases.printed(actor, sha256=_hash(data))
        seals = self._seals(data)
        if known:
            return _with(self._same_bytes(actor, *known[-1]), seals)
        with told(_UNREAD):
            words = workshop.run(words_in, data=data)
        earlier = self._revision(actor, data)
        if earlier is not None:
            return _with(self._added_to(actor, words, *earlier), seals)
        for version in words.versions:
            printed = self._cases.printed(actor, version=version)
            if printed:
                return _with(self._same_words(actor, words, *printed[-1]), seals)
        return _with(Verdict(finding=Finding.FOREIGN, sentence=NOT_OURS), seals)

    def typed(self, actor: Actor, number: str, code: str) -> Verdict:
        """A number and code read off a paper. Raises ``InputError`` for a code that is none."""
        actor.require(Permission.CASE_READ)
        version = version_in(code)
        try:
            file = self._cases.file(actor, number.strip())
        except InputError:
            sentence = f"不是本中心的文书：本中心没有编号“{number.strip()}”的协议。"
            return Verdict(finding=Finding.FOREIGN, sentence=sentence)
        state = _state(file)
        if any(version == paper.mark.version for paper in _drafts(file) if paper.mark is not None):
            return _judged(file, "编号和校验码相符，纸上的内容应当与案卷里的协议一致。", state)
        printed = [
            paper for key, paper in self._cases.printed(actor, version=version) if key == file.case_key
        ]
        if printed:
            return Verdict(
                finding=Finding.SUPERSEDED,
                sentence=f"是本中心{_day(printed[-1])}打印的一稿，但是案卷里的协议后来改过，请以现在的为准。",
                notes=state,
                case_key=file.case_key,
            )
        return Verdict(
            finding=Finding.CHANGED,
            sentence="编号是本中心的，校验码与案卷里的协议不符：内容有改动，或者不是本中心打印的。",
            notes=state,
            case_key=file.case_key,
        )

    def _same_bytes(self, actor: Actor, key: str, paper: PrintedPaper) -> Verdict:
        """The very file that was written; whether the case still says so is another question."""
        file = self._found(actor, key)
        said = f"没有改动：与本中心{_day(paper)}写出的《{paper.title}》一个字节也不差。"
        if file is None:
            return Verdict(finding=Finding.UNCHANGED, sentence=said, case_key=key)
        if paper.form in CODED and paper.version and paper.version not in _versions(file):
            return Verdict(
                finding=Finding.SUPERSEDED,
                sentence=f"文件没有改动（{_day(paper)}打印），但是案卷里的协议后来改过，请以现在的为准。",
                notes=_state(file),
                case_key=file.case_key,
            )
        return _judged(file, said, _state(file) if paper.form in CODED else ())

    def _same_words(self, actor: Actor, words: FileWords, key: str, paper: PrintedPaper) -> Verdict:
        """Another file that bears the code of a paper of ours."""
        file = self._found(actor, key)
        draft = next((one for one in _drafts(file) if _version(one) == paper.version), None) if file else None
        if file is None or draft is None:
            return Verdict(
                finding=Finding.SUPERSEDED,
                sentence=f"标着本中心{_day(paper)}打印的一稿，案卷里的协议后来改过，无法逐字核对，请以现在的为准。",
                notes=_state(file) if file else (),
                case_key=key,
            )
        ours = folded(plain_text(draft))
        if words.words != ours:
            return Verdict(
                finding=Finding.CHANGED,
                sentence=f"有改动：与案卷里的《{paper.title}》不同，{_difference(words.words, ours)}。",
                notes=_state(file),
                case_key=file.case_key,
            )
        about = (
            "DOCX 谁都能改，这里只核对了文字。" if words.kind == "DOCX" else "文件另存过，这里核对的是文字。"
        )
        return _judged(file, f"文字没有改动：与案卷里的《{paper.title}》逐字相同。", (about, *_state(file)))

    def _added_to(self, actor: Actor, words: FileWords, key: str, paper: PrintedPaper) -> Verdict:
        """A file of ours with something behind it: a signature, or other words laid over the old ones."""
        added = f"{_day(paper)}打印以后，文件后面加过内容，例如数字签名。"
        if paper.form not in CODED:
            sentence = f"是本中心打印的《{paper.title}》，但是文件后面加过内容，这里核对不了加了什么。"
            return Verdict(finding=Finding.CHANGED, sentence=sentence, case_key=key)
        same = self._same_words(actor, words, key, paper)
        return replace(same, notes=(added, *same.notes))

    def _revision(self, actor: Actor, data: bytes) -> tuple[str, PrintedPaper] | None:
        """The paper a PDF was before something was written behind it."""
        end = -1
        for _ in range(_MOST_REVISIONS):
            end = data.find(b"%%EOF", end + 1)
            if end < 0:
                return None
            for tail in (b"", b"\n", b"\r\n"):
                if data.startswith(b"%%EOF" + tail, end):
                    known = self._cases.printed(actor, sha256=_hash(data[: end + 5 + len(tail)]))
                    if known:
                        return known[-1]
        return None

    def _seals(self, data: bytes) -> tuple[str, ...]:
        if b"/ByteRange" not in data:
            return ()  # the signature library takes seconds to load, in the worker too
        with told(_UNREAD):
            found = workshop.run(seals_in, pdf=data, trusted=trusted_roots(self._trust))
        return tuple(_seal_words(seal) for seal in found)

    def _found(self, actor: Actor, key: str) -> CaseFile | None:
        with suppress(InputError):
            return self._cases.file(actor, key)
        return None


def _drafts(file: CaseFile | None) -> Iterator[Paper]:
    """The agreement as it stands, and as it was printed to be signed: the day is empty until somebody signs."""
    if file is None or file.agreement is None:
        return
    unsigned = replace(file, agreement=replace(file.agreement, signatures=()))
    for one in (file, unsigned):
        for form in sorted(CODED):
            with suppress(DeskError):
                yield from compose(one, form)


def _versions(file: CaseFile) -> frozenset[str]:
    return frozenset(_version(paper) for paper in _drafts(file))


def _version(paper: Paper) -> str:
    return paper.mark.version if paper.mark is not None else ""


def _state(file: CaseFile) -> tuple[str, ...]:
    """What stands against relying on an agreement whose words are right."""
    beside, notes = file.beside, []
    if beside.binned is not None:
        notes.append(f"本案{cn_date(beside.binned.on)}移入了回收站，编号已经作废。")
    if file.agreement is None:
        return (*notes, "案卷里现在没有协议。")
    if beside.voided_signatures:
        day = max(one.voided_on for one in beside.voided_signatures)
        notes.append(f"{cn_date(day)}有签名作废、重新签署过，请看清手里是不是后来签的一份。")
    if file.effective_on is None:
        notes.append("协议还没有签齐，没有生效。")
    return tuple(notes)


def _judged(file: CaseFile, sentence: str, notes: tuple[str, ...]) -> Verdict:
    """Right in its words; a case in the bin is no ground to rely on it all the same."""
    finding = Finding.SUPERSEDED if file.beside.binned is not None else Finding.UNCHANGED
    return Verdict(finding=finding, sentence=sentence, notes=notes, case_key=file.case_key)


def _with(verdict: Verdict, seals: tuple[str, ...]) -> Verdict:
    broken = any("不完好" in seal for seal in seals)
    finding = Finding.CHANGED if broken and verdict.good else verdict.finding
    return replace(verdict, finding=finding, notes=(*verdict.notes, *seals))


def _seal_words(seal: SealState) -> str:
    at = (
        f"，{cn_date(local_day(seal.at))}{'（时间戳）' if seal.stamped else '（签名电脑的时间）'}"
        if seal.at
        else ""
    )
    trust = "证书可信" if seal.trusted else "证书没有列入本中心的信任"
    whole = "签名完好" if seal.whole else "签名不完好，签名以后改动过"
    return f"数字签名：{seal.name}{at}，{whole}，{trust}。"


def _difference(theirs: str, ours: str) -> str:
    place = next(
        (n for n, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), min(len(theirs), len(ours))
    )
    start = max(0, place - _SHOWN // 2)
    here, there = theirs[start : place + _SHOWN] or "（没有）", ours[start : place + _SHOWN] or "（没有）"
    return f"第一处：文件里是“{here}”，案卷里是“{there}”"


def _day(paper: PrintedPaper) -> str:
    return cn_date(local_day(paper.at))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
