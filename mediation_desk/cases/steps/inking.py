"""待签: what was put on the copies of a printed paper, taken back, corrected by hand, or compared with its scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.ink.mark import WHOLE, Ink, InkCorrection, InkDeed
from mediation_desk.cases.ink.place import InkKind
from mediation_desk.cases.ink.tray import Tray, TrayState, missing, open_trays, trays
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import INK, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST_NAME, _LONGEST_REASON = 60, 200


@record
class InkPaper:
    """Which printed paper: the ``no``-th of ``form`` in the wording of ``version``."""

    form: str
    no: int
    version: str


@record
class Spot:
    """A place of it on these copies."""

    place: str
    copies: tuple[int, ...]


@record
class MarkInk:
    """登记签名: these places were signed, fingerprinted or sealed, or somebody refused before a witness."""

    title: ClassVar[str] = "登记签名"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    paper: InkPaper
    spots: tuple[Spot, ...]
    on: date
    deed: InkDeed = InkDeed.MADE
    by: str = ""
    witness: str = ""
    reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add a mark for each place; places already settled stay as they are."""
        if self.deed in (InkDeed.SCANNED, InkDeed.DROPPED):
            raise InputError("这一种登记用于整份文书。", field="deed")
        tray = paper_to_sign(file, around, self.paper, self.on)
        by = _words(self.by, "签名的人", _LONGEST_NAME)
        witness = _words(self.witness, "见证人", _LONGEST_NAME)
        reason = _words(self.reason, "原因", _LONGEST_REASON)
        if self.deed is not InkDeed.MADE:
            what = "拒签" if self.deed is InkDeed.REFUSED else "以按指印代替签名"
            _demand(witness, "witness", f"{what}要有见证人，请写明见证人的姓名。")
            _demand(reason, "reason", f"{what}请写明原因。")
        last = max((one.no for one in file.beside.inks), default=0)
        fresh: list[Ink] = []
        for spot in self.spots:
            copies = self._open(tray, spot)
            place = tray.place(spot.place)
            if not copies or place is None:
                continue
            fresh.append(
                Ink(
                    no=last + len(fresh) + 1,
                    form=tray.form,
                    paper_no=tray.paper_no,
                    version=tray.version,
                    place=spot.place,
                    copies=copies,
                    deed=self.deed,
                    by=by or place.hands[0],
                    on=self.on,
                    witness=witness,
                    reason=reason,
                    noted_by=around.actor_name,
                )
            )
        if not fresh:
            raise InputError("这些位置都已经登记过，没有再登记。", field="spots")
        return replace(file, beside=replace(file.beside, inks=(*file.beside.inks, *fresh)))

    def sentence(self, file: CaseFile) -> str:
        """How many places of how many humans."""
        keys = {one.place for one in self.spots}
        marks = [one for one in file.beside.inks if _about(one, self.paper) and one.place in keys]
        names = tuple(dict.fromkeys(one.by for one in marks))
        shown = "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")
        word = "" if self.deed is InkDeed.MADE else f"（{self.deed}）"
        return f"登记纸上的签名：{shown}，{len(self.spots)}处{word}"

    def _open(self, tray: Tray, spot: Spot) -> tuple[int, ...]:
        place = tray.place(spot.place)
        if place is None:
            raise InputError(f"《{tray.title}》没有这一处。", field="spots")
        if any(not 1 <= copy <= tray.copies for copy in spot.copies):
            raise InputError(f"《{tray.title}》一式{tray.copies}份，没有这一份。", field="copies")
        if self.deed is InkDeed.INSTEAD and place.kind is not InkKind.SIGNATURE:
            raise InputError("按指印只能代替签名。", field="deed")
        marked = {copy for copy in spot.copies if (place.key, copy) in tray.marks}
        return tuple(sorted(set(spot.copies) - marked))


@record
class VoidInk:
    """撤去登记: marks set wrongly are voided with the reason; they stay on record."""

    title: ClassVar[str] = "撤去签名登记"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    nos: tuple[int, ...] = ()
    corrections: tuple[int, ...] = ()
    handwritings: tuple[int, ...] = ()
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Void marks, corrections or names written on a screen."""
        reason = _words(self.reason, "理由", _LONGEST_REASON)
        _demand(reason, "reason", "请写明撤去的理由。")
        beside = file.beside
        known = (
            (self.nos, {one.no for one in beside.inks if not one.void_reason}),
            (self.corrections, {one.no for one in beside.ink_corrections if not one.void_reason}),
            (self.handwritings, {one.no for one in beside.handwritings if not one.void_reason}),
        )
        if not any(asked for asked, _there in known):
            raise InputError("请选要撤去的登记。", field="nos")
        if any(set(asked) - there for asked, there in known):
            raise InputError("要撤去的登记不存在，或者已经撤去。", field="nos")
        return replace(
            file,
            beside=replace(
                beside,
                inks=tuple(
                    replace(one, void_reason=reason) if one.no in self.nos else one for one in beside.inks
                ),
                ink_corrections=tuple(
                    replace(one, void_reason=reason) if one.no in self.corrections else one
                    for one in beside.ink_corrections
                ),
                handwritings=tuple(
                    replace(one, void_reason=reason) if one.no in self.handwritings else one
                    for one in beside.handwritings
                ),
            ),
        )

    def sentence(self, file: CaseFile) -> str:
        """How many and why."""
        count = len(self.nos) + len(self.corrections) + len(self.handwritings)
        return f"撤去{count}项签名登记：{self.reason.strip()}"


@record
class AddCorrection:
    """更正处: a change made by hand on every copy, beside which these people sign (§2.3)."""

    title: ClassVar[str] = "登记更正处"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    paper: InkPaper
    page: int
    what: str
    initials: tuple[str, ...]
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add it; the paper waits for these hands from now on."""
        tray = paper_to_sign(file, around, self.paper, self.on, finished_too=True)
        what = _words(self.what, "更正的内容", _LONGEST_REASON)
        _demand(what, "what", "请写明更正了什么，例如“第二条‘五千’改为‘六千’”。")
        names = tuple(dict.fromkeys(name for one in self.initials if (name := _words(one, "签名的人", 60))))
        if not names:
            raise InputError("请写明谁要在更正处签名。", field="initials")
        if self.page < 1:
            raise InputError("请写明更正处在第几页。", field="page")
        if tray.whole is not None:
            raise InputError("这份文书的扫描件已经核对；先撤去核对，再登记更正处。", field="page")
        added = InkCorrection(
            no=max((one.no for one in file.beside.ink_corrections), default=0) + 1,
            form=tray.form,
            paper_no=tray.paper_no,
            version=tray.version,
            page=self.page,
            what=what,
            initials=names,
            on=self.on,
            noted_by=around.actor_name,
        )
        kept = (*file.beside.ink_corrections, added)
        return replace(file, beside=replace(file.beside, ink_corrections=kept))

    def sentence(self, file: CaseFile) -> str:
        """Where and what."""
        return f"第{self.page}页更正：{self.what.strip()}，由{'、'.join(self.initials)}签名"


@record
class ConfirmScan:
    """核对扫描件: somebody looked at the scan of the signed paper and found every place filled."""

    title: ClassVar[str] = "核对扫描件"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    paper: InkPaper
    scan: int
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """The whole paper is done."""
        tray = paper_to_sign(file, around, self.paper, self.on)
        found = next((one for one in file.beside.scans if one.no == self.scan and one.stands), None)
        same = found is not None and found.kind is ScanKind.FORM
        if found is None or not same or (found.form, found.paper_no) != (tray.form, tray.paper_no):
            raise InputError(f"没有《{tray.title}》的这份扫描件。", field="scan")
        if found.version and found.version != tray.version:
            raise RuleError(f"扫描件是《{tray.title}》的另一版，不能作为这一版签齐的依据。", rule="待签")
        return _with_whole(file, around, tray, InkDeed.SCANNED, self.on, scan=self.scan)

    def sentence(self, file: CaseFile) -> str:
        """Which scan."""
        return f"已核对签齐的扫描件（第{self.scan}号）"


@record
class DropPaper:
    """不用签: this printing is not for signing; an older wording counts again."""

    title: ClassVar[str] = "不用签"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    paper: InkPaper
    reason: str
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take the paper out of the tray, with the reason."""
        tray = paper_to_sign(file, around, self.paper, self.on)
        reason = _words(self.reason, "理由", _LONGEST_REASON)
        _demand(reason, "reason", "请写明为什么不用签，例如“只供当事人看”。")
        return _with_whole(file, around, tray, InkDeed.DROPPED, self.on, reason=reason)

    def sentence(self, file: CaseFile) -> str:
        """Why."""
        return f"这份文书不用签：{self.reason.strip()}"


def paper_to_sign(
    file: CaseFile, around: Around, paper: InkPaper, on: date, *, finished_too: bool = False
) -> Tray:
    """The printed paper, while it waits for hands. Raises ``InputError`` or ``RuleError`` saying why not."""
    wanted = (paper.form, paper.no, paper.version)
    found = trays(file, around.papers(file))
    tray = next((one for one in found if (one.form, one.paper_no, one.version) == wanted), None)
    if tray is None:
        raise InputError("没有印过这份文书，或者它没有要签的地方。", field="paper")
    if tray.state is TrayState.VOIDED:
        raise RuleError(f"《{tray.title}》已按新的文字重印，这一版作废了，请签新印的一版。", rule="待签")
    if tray.state is TrayState.DROPPED:
        raise RuleError(f"《{tray.title}》的这一版登记为不用签；先撤去那项登记。", rule="待签")
    if tray.state is TrayState.SURPLUS:
        raise RuleError(f"《{tray.title}》的原件已经签齐，这一版是重印件，不用再签。", rule="待签")
    if tray.state is TrayState.COMPLETE and not finished_too:
        raise RuleError(f"《{tray.title}》已经签齐。", rule="待签")
    if on < tray.printed_on:
        raise InputError(f"日期早于这一版印出的{cn_date(tray.printed_on)}。", field="on")
    return tray


def demand_signed(file: CaseFile, around: Around, deed: str, *, forms: Sequence[str] = ()) -> None:
    """Refuse ``deed`` while a printed paper (of these forms; any) waits for a hand. Raises ``RuleError``."""
    waiting = [one for one in open_trays(file, around.papers(file)) if not forms or one.form in forms]
    if waiting:
        more = f"；另有{len(waiting) - 1}份文书待签" if len(waiting) > 1 else ""
        raise RuleError(f"还不能{deed}，还差：{missing(waiting[0])}{more}。", rule="待签")


def _with_whole(
    file: CaseFile, around: Around, tray: Tray, deed: InkDeed, on: date, *, reason: str = "", scan: int = 0
) -> CaseFile:
    """The file with a mark on the paper as a whole."""
    added = Ink(
        no=max((one.no for one in file.beside.inks), default=0) + 1,
        form=tray.form,
        paper_no=tray.paper_no,
        version=tray.version,
        place=WHOLE,
        deed=deed,
        on=on,
        reason=reason,
        scan=scan,
        noted_by=around.actor_name,
    )
    return replace(file, beside=replace(file.beside, inks=(*file.beside.inks, added)))


def _about(mark: Ink, paper: InkPaper) -> bool:
    return mark.of(paper.form, paper.no, paper.version)


def _words(text: str, name: str, longest: int) -> str:
    return canonical(text, name, multiline=False, longest=longest).strip()


def _demand(text: str, field: str, sentence: str) -> None:
    if not text:
        raise InputError(sentence, field=field)
