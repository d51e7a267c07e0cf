"""更正: what was registered wrongly is put right, and the former words stay on record with the reason (§4.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Correction
from mediation_desk.cases.corrections import changes
from mediation_desk.cases.deadlines import recounted
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register, claims_total, scale_of
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import CORRECT, Transition
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


@record
class Correct:
    """``to`` is the registration as it should have been; track and body change by 转轨, not here."""

    title: ClassVar[str] = "更正"
    permission: ClassVar[Permission] = Permission.CASE_CORRECT
    transition: ClassVar[Transition] = CORRECT

    to: Register
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the new words in place of the old; periods are counted anew. Raises ``InputError``."""
        if not self.reason.strip():
            raise InputError("请写明更正的理由。", field="reason")
        after = corrected(file, self.to)
        found = changes(file, after)
        if not found:
            raise InputError("没有改动任何一项，不用更正。", field="reason")
        correction = Correction(
            no=len(file.beside.corrections) + 1,
            on=around.today,
            by=around.actor_name,
            reason=self.reason.strip(),
            changes=found,
        )
        kept = (*file.beside.corrections, correction)
        return replace(after, beside=replace(file.beside, corrections=kept))

    def sentence(self, file: CaseFile) -> str:
        """What was corrected, by name only: the words themselves lie with the correction."""
        last = file.beside.corrections[-1]
        names = tuple(dict.fromkeys(change.name for change in last.changes))
        return f"更正{'、'.join(names)}，理由：{self.reason.strip()}"


def corrected(file: CaseFile, to: Register) -> CaseFile:
    """``file`` registered as ``to``; its period is counted anew only where what it rests on has changed."""
    after = registered_as(file, to)
    rests_on = (file.dispute.category, file.court_referral)
    same = rests_on == (after.dispute.category, after.court_referral)
    return after if same else recounted(after)


def registered_as(file: CaseFile, to: Register) -> CaseFile:
    """``file`` with everything the counter registers taken from ``to``.

    Evidence, dangers and related cases have steps of their own. What follows from the parties or the claims is
    worked out anew only where these changed.
    """
    persons = sum(party.persons for party in to.parties)
    return replace(
        file,
        title=to.title,
        dispute=replace(
            file.dispute,
            category=to.category,
            category_zz=to.category_zz,
            event_scale=file.dispute.event_scale if persons == file.people_involved else scale_of(persons),
            occurred_on=to.occurred_on,
            place=to.place,
            difficulty=to.difficulty,
        ),
        intake=replace(
            file.intake,
            received_on=to.received_on,
            channel=to.channel,
            source_stat=to.source_stat,
            source_org=to.source_org,
            referral_no=to.referral_no,
        ),
        court_referral=to.court_referral,
        parties=to.parties,
        group_members=to.group_members,
        facts=to.facts,
        claims=to.claims,
        claims_total=file.claims_total if to.claims == file.claims else claims_total(to.claims),
    )
