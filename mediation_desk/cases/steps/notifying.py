"""A notice goes out: it gets its number, once for each thing it tells of (§2.1, §2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind, OfficialNotice
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_NOTHING = {
    NoticeKind.SUSPENSION: "本案没有中止过，没有中止通知书。",
    NoticeKind.RESUMPTION: "本案没有中止以后恢复的，没有恢复调解通知书。",
    NoticeKind.EXTENSION: "本案没有延长过期限，没有延期通知书。",
    NoticeKind.URGING: "还没有督促过履行，没有督促履行通知书。",
}


@record
class IssueNotice:
    """发出通知: ``about`` is the suspension, extension or urging meant, the newest without it."""

    title: ClassVar[str] = "发出通知"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    kind: NoticeKind
    on: date
    about: int | None = None
    what: str = ""
    due_on: date | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Give the notice its number. Raises ``RuleError`` where there is nothing to tell or it was told before."""
        about, since = self._subject(file)
        if self.on > around.today:
            raise InputError("通知的日期还没有到。", field="on")
        if since is not None and self.on < since:
            raise InputError(f"通知的日期早于所通知的事项（{cn_date(since)}）。", field="on")
        earlier = issued(file, self.kind, about)
        if earlier is not None and self.kind is not NoticeKind.COMPLETION:
            raise RuleError(f"{self.kind.paper}已经发出，文号{earlier.number}。")
        notice = OfficialNotice(
            no=len(file.beside.notices) + 1,
            kind=self.kind,
            about=about,
            number=around.number(self.kind.value, file, self.on.year),
            on=self.on,
            by=around.actor_name,
            what=self._what(),
            due_on=self.due_on,
        )
        return replace(file, beside=replace(file.beside, notices=(*file.beside.notices, notice)))

    def sentence(self, file: CaseFile) -> str:
        """Kind and number."""
        number = file.beside.notices[-1].number
        missing = f"：{'；'.join(self._what().splitlines())}" if self.kind is NoticeKind.COMPLETION else ""
        return f"发出{self.kind.paper}，文号{number}{missing}"

    def _subject(self, file: CaseFile) -> tuple[int | None, date | None]:
        """Which of several the notice tells of, and the day from which it may be told."""
        if self.kind is NoticeKind.ACCEPTANCE:
            if file.intake.accepted_on is None:
                raise RuleError("本案还没有受理，不能发受理通知书。", rule="T-5")
            return None, file.intake.accepted_on
        if self.kind is NoticeKind.COMPLETION:
            if file.outcome is not None:
                raise RuleError("本案已经有了结果，不用再补正材料。", rule="T-4")
            return None, file.intake.received_on
        found = dict(subjects(file, self.kind))
        if not found:
            raise RuleError(_NOTHING[self.kind])
        about = max(found) if self.about is None else self.about
        if about not in found:
            raise InputError(f"没有第{about}次{self.kind}。", field="about")
        return about, found[about]

    def _what(self) -> str:
        """The missing papers, one a line; nothing for other kinds."""
        if self.kind is not NoticeKind.COMPLETION:
            if self.what.strip() or self.due_on is not None:
                raise InputError("只有补正材料通知书写要补的材料和期限。", field="what")
            return ""
        told = canonical(self.what, "要补正的材料", longest=2000)
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        if not lines:
            raise InputError("请写明要补正哪些材料，一行一项。", field="what")
        if self.due_on is not None and self.due_on < self.on:
            raise InputError("补正的期限早于通知的日期。", field="due_on")
        return "\n".join(lines)


def to_issue(file: CaseFile) -> tuple[tuple[NoticeKind, int | None], ...]:
    """Notices that could go out now, with the thing each tells of; what was told before is left out."""
    one_of_each: list[tuple[NoticeKind, int | None]] = []
    if file.outcome is None:
        one_of_each.append((NoticeKind.COMPLETION, None))
    if file.intake.accepted_on is not None:
        one_of_each.append((NoticeKind.ACCEPTANCE, None))
    counted = [(kind, no) for kind in _NOTHING for no, _on in subjects(file, kind)]
    return tuple(
        (kind, about)
        for kind, about in (*one_of_each, *counted)
        if kind is NoticeKind.COMPLETION or issued(file, kind, about) is None
    )


def issued(file: CaseFile, kind: NoticeKind, about: int | None = None) -> OfficialNotice | None:
    """The newest notice of this kind about that thing that still holds."""
    found = (one for one in reversed(file.beside.notices) if one.kind is kind and one.about == about)
    return next((one for one in found if not _left_behind(file, one)), None)


def _left_behind(file: CaseFile, notice: OfficialNotice) -> bool:
    """Whether the case went on to another body since, which tells the parties anew that it took the case."""
    accepted = notice.kind is NoticeKind.ACCEPTANCE
    return accepted and any(move.on >= notice.on for move in file.beside.moves)


def subjects(file: CaseFile, kind: NoticeKind) -> Iterator[tuple[int, date]]:
    """What notices of ``kind`` can tell of, with the day it happened: suspensions, extensions, urgings."""
    running = file.beside.standstill
    match kind:
        case NoticeKind.SUSPENSION:
            yield from ((stop.no, stop.notice_on) for stop in file.suspensions)
            if running is not None:
                yield len(file.suspensions) + 1, running.notice_on
        case NoticeKind.RESUMPTION:
            yield from ((stop.no, stop.to) for stop in file.suspensions)
        case NoticeKind.EXTENSION:
            yield from ((longer.no, longer.agreed_on) for longer in file.extensions)
        case NoticeKind.URGING:
            yield from ((one.no, one.on) for one in file.beside.urgings)
