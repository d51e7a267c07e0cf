"""``Beside``: what the desk knows of a case that the exchange format has no word for (decision 6)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.agreements.court import (
    CourtFiling,
    CourtPaper,
    CourtRequest,
    EarlierApplication,
    Will,
)
from mediation_desk.agreements.keeping import Urging, VisitFinding, Waiver
from mediation_desk.agreements.signing import Mandate, Signing, VoidedSignature
from mediation_desk.agreements.terms import Looked, Term
from mediation_desk.cases.archiving.model import Appraisal, Loan, QualityReview, Shelf
from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.ink.mark import Handwriting, Ink, InkCorrection
from mediation_desk.cases.ledger import LedgerEntry
from mediation_desk.cases.lock import Lock
from mediation_desk.cases.official_notice import OfficialNotice
from mediation_desk.cases.privacy.model import PersonalConsent, Transfer
from mediation_desk.cases.scan import ReturnedOriginals, Scan
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.hearings.addition import Addition
from mediation_desk.hearings.arrangement import Arrangement, Consent, Guest, Rearrangement
from mediation_desk.hearings.remote.meeting import Joining, Meeting, RemoteConsent
from mediation_desk.hearings.summons import Summons
from mediation_desk.hearings.waiting import Waiting
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class OrderKind(StrEnum):
    """Ways to send a case on (T-3) and to hurry it (§4.3)."""

    HAND_OVER = "转办"
    ASSIGN = "交办"
    ASSIST = "协办"
    SUPERVISE = "督办"

    @property
    def moves(self) -> bool:
        """Whether the case itself goes to the other unit; 协办 and 督办 leave it where it is."""
        return self in (OrderKind.HAND_OVER, OrderKind.ASSIGN)


class OrderStatus(StrEnum):
    """How far an order has come; 销号 ends it."""

    WAITING = "待签收"
    AT_WORK = "办理中"
    REFUSED = "退回"
    TO_DECIDE = "待值班长决定"
    DONE = "已销号"
    VOIDED = "已作废"


@record
class Order:
    """One 转办, 交办, 协办 or 督办: to which unit and person, until when, and what came back.

    ``about`` is the order that a 督办 hurries or a 协办 helps with; ``decided_by`` the duty manager who decided it
    after two units had sent the case back. ``raised_on`` is the day a second refusal went up to the duty manager,
    ``settled_on`` the day of that decision, ``told_on`` the day this unit heard how the case ended.
    """

    no: int
    kind: OrderKind
    to: str
    helpers: tuple[str, ...] = ()
    person: str = ""
    given_on: date
    given_by: str
    due_on: date | None = None
    task: str = ""
    received_on: date | None = None
    received_by: str = ""
    refused_on: date | None = None
    refusal: str = ""
    replied_on: date | None = None
    reply: str = ""
    voided_on: date | None = None
    void_reason: str = ""
    about: int | None = None
    decided_by: str | None = None
    raised_on: date | None = None
    settled_on: date | None = None
    told_on: date | None = None

    @property
    def status(self) -> OrderStatus:
        """Where it stands."""
        if self.voided_on is not None:
            return OrderStatus.VOIDED
        if self.refused_on is not None:
            undecided = self.raised_on is not None and self.settled_on is None
            return OrderStatus.TO_DECIDE if undecided else OrderStatus.REFUSED
        if self.replied_on is not None:
            return OrderStatus.DONE
        return OrderStatus.AT_WORK if self.received_on is not None else OrderStatus.WAITING

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self.status in (OrderStatus.WAITING, OrderStatus.AT_WORK)


@record
class Standstill:
    """A suspension that still runs (T-10); it becomes a ``Suspension`` of the file when work is taken up again."""

    cause: SuspensionCause
    reason: str
    notice_on: date
    from_on: date
    unit: DayUnit


@record
class Risk:
    """A danger seen, and to whom it was reported at once (LR-9, 人民调解法 art. 25)."""

    kind: str
    noted_on: date
    noted_by: str
    note: str = ""
    reported_to: str = ""
    reported_on: date | None = None


@record
class Sponsor:
    """包案: the leading official who answers for a hard case (§4.3)."""

    name: str
    post: str = ""
    since: date
    reason: str = ""


@record
class Closing:
    """结案: the evaluation that ends the work on a case (T-24); ``approved_by`` for a hard one (§4.5)."""

    on: date
    by: str
    evaluation: str
    approved_by: str = ""


@record
class Change:
    """One thing corrected: its place as a JSON pointer, its name on screen, what stood there and what does now."""

    place: str
    name: str
    before: str
    after: str


@record
class Correction:
    """更正: nothing is deleted, the former words stay with the reason (§4.2)."""

    no: int
    on: date
    by: str
    reason: str
    changes: tuple[Change, ...]


@record
class TrackMove:
    """转轨: from which track, body and number the case came; the number it gave up stays voided (§2.1)."""

    on: date
    by: str
    reason: str
    track: Track
    body: str
    number: str | None = None
    due_on: date | None = None


@record
class Binned:
    """In the bin: out of every list and count with all that hangs on it, and can be put back."""

    on: date
    by: str
    reason: str


@record
class Beside:
    """Stored with the case under the same version counter, never written into an exchanged file.

    ``terms`` are what the clauses of the agreement were composed of, ``looked`` the findings of the checklist
    somebody answers for (decision 14).
    """

    standstill: Standstill | None = None
    orders: tuple[Order, ...] = ()
    risks: tuple[Risk, ...] = ()
    sponsor: Sponsor | None = None
    closing: Closing | None = None
    corrections: tuple[Correction, ...] = ()
    moves: tuple[TrackMove, ...] = ()
    binned: Binned | None = None
    lock: Lock | None = None
    ledger: LedgerEntry | None = None
    arrangements: tuple[Arrangement, ...] = ()
    terms: tuple[Term, ...] = ()
    looked: tuple[Looked, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    remote_consents: tuple[RemoteConsent, ...] = ()
    joinings: tuple[Joining, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    scans: tuple[Scan, ...] = ()
    inks: tuple[Ink, ...] = ()
    ink_corrections: tuple[InkCorrection, ...] = ()
    handwritings: tuple[Handwriting, ...] = ()
    notices: tuple[OfficialNotice, ...] = ()
    returned_originals: tuple[ReturnedOriginals, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    urgings: tuple[Urging, ...] = ()
    findings: tuple[VisitFinding, ...] = ()
    signings: tuple[Signing, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    voided_signatures: tuple[VoidedSignature, ...] = ()
    wills: tuple[Will, ...] = ()
    court_papers: tuple[CourtPaper, ...] = ()
    court_requests: tuple[CourtRequest, ...] = ()
    court_filing: CourtFiling | None = None
    earlier_applications: tuple[EarlierApplication, ...] = ()
    guests: tuple[Guest, ...] = ()
    consents: tuple[Consent, ...] = ()
    rearrangements: tuple[Rearrangement, ...] = ()
    summonses: tuple[Summons, ...] = ()
    waiting: Waiting | None = None
    additions: tuple[Addition, ...] = ()
    personal_consents: tuple[PersonalConsent, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    shelf: Shelf | None = None
    loans: tuple[Loan, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    reviews: tuple[QualityReview, ...] = ()

    @property
    def moving_order(self) -> Order | None:
        """The newest 转办 or 交办 that was neither refused nor voided."""
        going = [order for order in self.orders if order.kind.moves and order.status not in _BACK]
        return going[-1] if going else None

    @property
    def undecided_order(self) -> Order | None:
        """The second refusal the duty manager has not decided on yet."""
        return next((order for order in self.orders if order.status is OrderStatus.TO_DECIDE), None)

    @property
    def open_orders(self) -> tuple[Order, ...]:
        """Those somebody still owes an answer to."""
        return tuple(order for order in self.orders if order.is_open)

    def arrangement(self, session_no: int) -> Arrangement:
        """How this session is arranged; what nobody said is empty."""
        found = (one for one in self.arrangements if one.session_no == session_no)
        return next(found, Arrangement(session_no=session_no))

    def meeting(self, session_no: int) -> Meeting | None:
        """The room of this session on the video server: the one made last."""
        return next((one for one in reversed(self.meetings) if one.session_no == session_no), None)

    def attachment(self, evidence_ref: str) -> Attachment | None:
        """The file behind a piece of evidence."""
        return next((one for one in self.attachments if one.evidence_ref == evidence_ref), None)

    def scan(self, no: int) -> Scan | None:
        """The scan with this number, voided or not."""
        return next((one for one in self.scans if one.no == no), None)

    def scans_of(self, evidence_ref: str) -> tuple[Scan, ...]:
        """What was scanned of a piece of evidence and stands, in its order."""
        found = (one for one in self.scans if one.stands and one.evidence_ref == evidence_ref)
        return tuple(sorted(found, key=lambda one: one.place))

    def returned(self, evidence_ref: str) -> ReturnedOriginals | None:
        """When and to whom the original of a piece of evidence went back."""
        return next((one for one in self.returned_originals if evidence_ref in one.evidence_refs), None)

    def finding(self, visit: int) -> VisitFinding | None:
        """What the visit with this number (from 1) found beside performance and satisfaction."""
        return next((one for one in self.findings if one.visit == visit), None)

    def guests_of(self, session_no: int) -> tuple[Guest, ...]:
        """Who is invited to this session."""
        return tuple(guest for guest in self.guests if guest.session_no == session_no)

    def additions_to(self, session_no: int) -> tuple[Addition, ...]:
        """What was added to the record of this session, oldest first."""
        return tuple(one for one in self.additions if one.session_no == session_no)

    @property
    def open_loan(self) -> Loan | None:
        """The loan the volume is out on."""
        return next((loan for loan in self.loans if loan.is_out), None)

    def order(self, no: int) -> Order | None:
        """The order with this number."""
        return next((order for order in self.orders if order.no == no), None)


_BACK = (OrderStatus.REFUSED, OrderStatus.TO_DECIDE, OrderStatus.VOIDED)
