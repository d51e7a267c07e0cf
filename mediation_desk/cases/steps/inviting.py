"""Guests of a session and what the parties say to them, and to an open session (LR-7, LR-8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.sittings import sittings, with_sittings
from mediation_desk.cases.steps.hearing import named, sitting_of, with_consents
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import ASK, Transition
from mediation_desk.hearings.arrangement import Consent, Guest, Subject
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class InviteGuests:
    """邀请参加: the guests of a planned session, in place of those put down before."""

    title: ClassVar[str] = "邀请参加"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = ASK

    no: int
    guests: tuple[Guest, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put them down. Consents given to somebody who is no longer invited stay on record."""
        sitting = sitting_of(file, self.no)
        if sitting.session.held:
            raise RuleError("这次调解会已有记录，不能再改邀请的人。", rule="T-9")
        others = (one for one in sittings(file) if one.session.no != self.no)
        return with_sittings(file, (*others, replace(sitting, guests=named(self.guests))))

    def sentence(self, file: CaseFile) -> str:
        """Who."""
        names = "、".join(guest.called for guest in self.guests)
        return f"第{self.no}次调解邀请{names}参加" if names else f"第{self.no}次调解不再邀请他人参加"


@record
class RecordConsents:
    """征求意见: what parties said on the day ``on`` about a guest, or about an open session (``guest`` empty)."""

    title: ClassVar[str] = "记录当事人意见"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = ASK

    about: Subject
    guest: str = ""
    on: date
    agreed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    how: str = "口头"

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add their words; the newest of each counts."""
        if (self.about is Subject.GUEST) == (not self.guest.strip()):
            raise InputError("请写明是邀请谁参加；公开进行的意见不写人名。", field="guest")
        if not self.agreed and not self.refused:
            raise InputError("请勾选表示同意或者不同意的当事人。", field="agreed")
        if set(self.agreed) & set(self.refused):
            raise InputError("同一当事人不能既同意又不同意。", field="agreed")
        words = tuple(
            Consent(about=self.about, guest=self.guest.strip(), by=by, agreed=yes, on=self.on, how=self.how)
            for yes, refs in ((True, self.agreed), (False, self.refused))
            for by in refs
        )
        return with_consents(file, words)

    def sentence(self, file: CaseFile) -> str:
        """Who agreed to what, and who did not."""
        what = f"邀请{self.guest.strip()}参加" if self.about is Subject.GUEST else "公开进行"
        told = [
            f"{'、'.join(file.name_of(ref) for ref in refs)}{verb}"
            for verb, refs in (("同意", self.agreed), ("不同意", self.refused))
            if refs
        ]
        return f"{what}：{'，'.join(told)}（{self.how}）"
