"""``CaseFile``: one dispute from the counter to the archive, key by key as ``mediation-case/1`` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import (
    Agreement,
    AgreementForm,
    Confirmation,
    FollowUp,
    NotSigned,
    Performance,
    Recurring,
    Unresolved,
)
from mediation_desk.cases.beside import Beside
from mediation_desk.cases.vocabulary import (
    BodyType,
    Category,
    Cause,
    CourtMode,
    DayUnit,
    Decision,
    Difficulty,
    EvidenceKind,
    Result,
    Retention,
    SourceStat,
    SuspensionCause,
)
from mediation_desk.experts.model import CaseMediator, Choice, ChoiceRound, Recorder, Recusal, Role
from mediation_desk.hearings.model import Session
from mediation_desk.parties.model import GroupMember, Party, RelatedPerson
from mediation_desk.shared.record import omitted, record
from mediation_desk.shared.track import Track


@record
class Body:
    """The mediating body (调委会 or agency)."""

    name: str
    short: str
    type: BodyType
    address: str = ""


@record
class Coded:
    """An entry of an official code list."""

    code: str
    name: str


@record
class Dispute:
    """What the quarrel is about."""

    category: Category
    category_zz: Coded
    event_scale: Coded
    occurred_on: date
    place: str = ""
    difficulty: Difficulty = Difficulty.ORDINARY


@record
class Intake:
    """How the case came and what the body decided; ``mediation_due_on`` is the day promised on acceptance."""

    received_on: date
    channel: str
    source_stat: SourceStat
    source_org: str | None = None
    referral_no: str | None = None
    registrar: str
    accepted_on: date | None = None
    decision: Decision | None = None
    mediation_due_rule: str | None = None
    mediation_due_on: date | None = None
    number: str | None = None


@record
class CourtReferral:
    """委派 or 委托 by a court; ``received_signed_on`` starts the clock (特邀调解规定 art. 27)."""

    mode: CourtMode
    court: str
    letter: str
    filed_on: date
    referred_on: date
    received_signed_on: date
    parties_consent: bool
    court_case_no: str | None = omitted(default=None)
    procedure: str | None = omitted(default=None)
    returned_on: date | None = omitted(default=None)
    returned_papers: tuple[str, ...] = omitted(default=())


@record
class RelatedCase:
    """The same person or dispute elsewhere."""

    case_key: str
    relation: str
    party: str
    same_as: str


@record
class Claim:
    """One thing asked for; ``amount`` in yuan where it can be said."""

    ref: str
    by: str
    against: tuple[str, ...]
    item: str
    amount: Decimal | None = None
    calc: str | None = None


@record
class Evidence:
    """One piece of evidence as the register F-09 lists it."""

    ref: str
    name: str
    kind: EvidenceKind
    provided_by: str
    copies: int = 1
    pages: int = 1
    original: bool = True
    received_on: date
    proves: str = ""


@record
class Investigation:
    """调查记录 (F-08)."""

    on: date
    place: str
    by: tuple[str, ...]
    of: tuple[str, ...]
    content: str
    signed: bool = False


@record
class Suspension:
    """A time that does not count; both end days stand still (§1.5)."""

    no: int
    cause: SuspensionCause
    reason: str
    notice_on: date
    from_on: date
    to: date
    unit: DayUnit
    days_excluded: int
    due_before: date
    due_after: date


@record
class Extension:
    """A longer period, by consent of all parties before the due date (T-11)."""

    no: int
    agreed_on: date
    consent: tuple[str, ...]
    reason: str
    days: int
    unit: DayUnit
    due_before: date
    due_after: date


@record
class FactsConsent:
    """Who agreed that undisputed facts be recorded; without everybody nothing may be."""

    by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    on: date
    signed: bool = False


@record
class Outcome:
    """How the mediation ended."""

    result: Result
    form: AgreementForm | None = None
    concluded_on: date
    reason: str | None = None


@record
class Service:
    """Proof that a paper reached a party (送达)."""

    ref: str
    on: date
    how: str


@record
class Notice:
    """A notice sent out at the end."""

    title: str
    number: str
    on: date
    served: tuple[Service, ...] = ()


@record
class Ending:
    """How a case ended without an agreement, and the remedies told (LR-10)."""

    kind: Result
    cause: Cause
    on: date
    by: tuple[str, ...] = ()
    reason: str
    basis: str | None = None
    notice: Notice | None = None
    told_remedies: tuple[str, ...]
    told_on: date


@record
class Feedback:
    """Reply to the body that handed the case over."""

    to: str
    on: date
    content: str


@record
class Archive:
    """The bound volume (卷宗)."""

    archived_on: date | None = None
    volume_no: str
    retention: Retention
    pages: int | None = None
    documents: tuple[str, ...] = ()
    access: str | None = omitted(default=None)


@record
class LoopEntry:
    """One stage of the centre's closed loop (§4.3)."""

    on: date
    stage: str
    actor: str
    note: str


@record
class Calculation:
    """A sum the file rests on, kept so that it can be worked out again exactly."""

    name: str
    expr: str
    equals: str


@record
class Prevented:
    """Concrete danger averted, as (cases, persons) pairs (§3.3, V-8)."""

    suicide: tuple[int, int] = (0, 0)
    criminal: tuple[int, int] = (0, 0)
    mass_petition: tuple[int, int] = (0, 0)
    mass_fight: tuple[int, int] = (0, 0)


@record
class CaseFile:
    """One dispute with everything that hangs on it.

    ``as_of`` is the day an imported file was judged on; it is dropped by the first step taken here, after which
    the day of the export counts. ``beside`` never leaves the desk. ``version`` is the counter that keeps two
    editors from overwriting each other.
    """

    case_key: str
    fictitious: bool = False
    as_of: date | None = None
    title: str
    summary_en: str = ""
    track: Track
    centre: str
    organisation: Body
    dispute: Dispute
    intake: Intake
    court_referral: CourtReferral | None = omitted(default=None)
    related_cases: tuple[RelatedCase, ...] = omitted(default=())
    parties: tuple[Party, ...]
    group_members: tuple[GroupMember, ...] = omitted(default=())
    related_persons: tuple[RelatedPerson, ...] = omitted(default=())
    mediators: tuple[CaseMediator, ...] = ()
    recorder: Recorder | None = None
    selection: Choice | None = None
    selection_history: tuple[ChoiceRound, ...] = omitted(default=())
    recusals: tuple[Recusal, ...] = omitted(default=())
    facts: str
    parameters: Mapping[str, object] | None = omitted(default=None)
    claims: tuple[Claim, ...] = ()
    claims_total: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    suspensions: tuple[Suspension, ...] = omitted(default=())
    extensions: tuple[Extension, ...] = omitted(default=())
    sessions: tuple[Session, ...] = ()
    undisputed_facts: tuple[str, ...] = omitted(default=())
    undisputed_facts_consent: FactsConsent | None = omitted(default=None)
    agreement: Agreement | None = None
    copies_note: str | None = omitted(default=None)
    not_signed: tuple[NotSigned, ...] = omitted(default=())
    unresolved: tuple[Unresolved, ...] = omitted(default=())
    recurring: tuple[Recurring, ...] = omitted(default=())
    outcome: Outcome | None = None
    ending: Ending | None = omitted(default=None)
    performance: tuple[Performance, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    judicial_confirmation: Confirmation = Confirmation()
    feedback_to_source: Feedback | None = omitted(default=None)
    archive: Archive | None = None
    closed_loop: tuple[LoopEntry, ...] = ()
    prevented: Prevented = Prevented()
    arithmetic: tuple[Calculation, ...] = ()
    beside: Beside = Beside()
    version: int = 0

    @property
    def people_involved(self) -> int:
        """Sum of the parties, a group by its members (§3.3 column 2); guardians and agents do not count."""
        return sum(party.persons for party in self.parties)

    @property
    def presiding(self) -> CaseMediator | None:
        """The mediator who presides (LR-6)."""
        return next((m for m in self.mediators if m.role is Role.PRESIDING), None)

    @property
    def signing_places(self) -> tuple[str, ...]:
        """Refs that must sign or seal: parties, mediators, recorder, body (LR-12); who refused is left out."""
        refused = {entry.ref for entry in self.not_signed}
        parties = (party.ref for party in self.parties if party.ref not in refused)
        recorder = (self.recorder.pool_no,) if self.recorder else ()
        return (*parties, *(m.pool_no for m in self.mediators), *recorder, "ORG")

    @property
    def missing_signatures(self) -> tuple[str, ...]:
        """Places of a written agreement still empty."""
        if self.agreement is None or self.agreement.form is AgreementForm.ORAL:
            return ()
        signed = {place.ref for place in self.agreement.signatures}
        return tuple(ref for ref in self.signing_places if ref not in signed)

    @property
    def effective_on(self) -> date | None:
        """Day the agreement takes effect: last signature or seal (LR-12), or the day all agreed orally (LR-14)."""
        if self.agreement is None:
            return None
        if self.agreement.form is AgreementForm.ORAL:
            return self.outcome.concluded_on if self.outcome else None
        return None if self.missing_signatures else self.agreement.last_signed_on

    def party(self, ref: str) -> Party | None:
        """The party with this ref."""
        return next((party for party in self.parties if party.ref == ref), None)

    def members_of(self, ref: str) -> tuple[GroupMember, ...]:
        """Members of the group ``ref``, in order."""
        return tuple(member for member in self.group_members if member.party_ref == ref)

    def name_of(self, ref: str) -> str:
        """Name behind any reference in this file (party, member, mediator, recorder, body); the ref if unknown."""
        if ref == "ORG":
            return self.organisation.name
        if self.recorder is not None and ref == self.recorder.pool_no:
            return self.recorder.name
        named = {party.ref: party.name for party in self.parties}
        named |= {member.ref: member.name for member in self.group_members}
        named |= {person.ref: person.name for person in self.related_persons}
        named |= {mediator.pool_no: mediator.name for mediator in self.mediators}
        return named.get(ref, ref)
