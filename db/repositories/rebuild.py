"""Rows put together into a case file again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from db.repositories.flatten import BESIDE_PLAIN, BESIDE_SINGLE, PLAIN, SINGLE
from db.rows import Row, Rows, grouped, make
from db.tables import afterwards, agreements, archiving, beside, course, parties
from mediation_desk.agreements.court import (
    CourtFiling,
    CourtPaper,
    CourtRequest,
    EarlierApplication,
    Will,
)
from mediation_desk.agreements.keeping import Urging, VisitFinding, Waiver
from mediation_desk.agreements.model import (
    Agreement,
    Clause,
    Confirmation,
    Enforcement,
    FollowUp,
    Instalment,
    NotSigned,
    OralRecord,
    Performance,
    Recurring,
    Signature,
    Unresolved,
)
from mediation_desk.agreements.signing import Mandate, Signing, VoidedSignature
from mediation_desk.agreements.terms import Looked, Share, Term
from mediation_desk.cases import beside as b
from mediation_desk.cases import model as m
from mediation_desk.cases.archiving.model import Appraisal, Loan, QualityReview, ReviewMark, Shelf
from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.ink.mark import Handwriting, Ink, InkCorrection
from mediation_desk.cases.ledger import LedgerEntry
from mediation_desk.cases.lock import Lock
from mediation_desk.cases.official_notice import OfficialNotice
from mediation_desk.cases.privacy.model import PersonalConsent, Transfer
from mediation_desk.cases.scan import ReturnedOriginals, Scan
from mediation_desk.experts.model import CaseMediator, Choice, ChoiceRound, Recorder, Recusal
from mediation_desk.hearings.addition import Addition
from mediation_desk.hearings.arrangement import Arrangement, Consent, Guest, Rearrangement
from mediation_desk.hearings.model import Attendance, PrivateNote, Session
from mediation_desk.hearings.remote.meeting import Joining, Meeting, RemoteConsent
from mediation_desk.hearings.summons import Summons
from mediation_desk.hearings.waiting import Waiting
from mediation_desk.parties.model import (
    Agent,
    GroupMember,
    Guardian,
    IdType,
    LegalRepresentative,
    Operator,
    Party,
    RelatedPerson,
)

KINDS: Mapping[str, type[Any]] = {
    "related_cases": m.RelatedCase,
    "group_members": GroupMember,
    "related_persons": RelatedPerson,
    "mediators": CaseMediator,
    "recusals": Recusal,
    "claims": m.Claim,
    "evidence": m.Evidence,
    "investigations": m.Investigation,
    "suspensions": m.Suspension,
    "extensions": m.Extension,
    "not_signed": NotSigned,
    "unresolved": Unresolved,
    "recurring": Recurring,
    "performance": Performance,
    "followups": FollowUp,
    "closed_loop": m.LoopEntry,
    "arithmetic": m.Calculation,
    "court_referral": m.CourtReferral,
    "undisputed_facts_consent": m.FactsConsent,
    "feedback_to_source": m.Feedback,
    "archive": m.Archive,
}

BESIDE_KINDS: Mapping[str, type[Any]] = {
    "orders": b.Order,
    "risks": b.Risk,
    "moves": b.TrackMove,
    "waivers": Waiver,
    "urgings": Urging,
    "findings": VisitFinding,
    "looked": Looked,
    "standstill": b.Standstill,
    "lock": Lock,
    "ledger": LedgerEntry,
    "sponsor": b.Sponsor,
    "closing": b.Closing,
    "arrangements": Arrangement,
    "meetings": Meeting,
    "remote_consents": RemoteConsent,
    "joinings": Joining,
    "attachments": Attachment,
    "scans": Scan,
    "inks": Ink,
    "ink_corrections": InkCorrection,
    "handwritings": Handwriting,
    "notices": OfficialNotice,
    "returned_originals": ReturnedOriginals,
    "signings": Signing,
    "mandates": Mandate,
    "voided_signatures": VoidedSignature,
    "wills": Will,
    "court_papers": CourtPaper,
    "court_requests": CourtRequest,
    "court_filing": CourtFiling,
    "earlier_applications": EarlierApplication,
    "guests": Guest,
    "consents": Consent,
    "rearrangements": Rearrangement,
    "summonses": Summons,
    "waiting": Waiting,
    "additions": Addition,
    "personal_consents": PersonalConsent,
    "transfers": Transfer,
    "shelf": Shelf,
    "loans": Loan,
    "appraisals": Appraisal,
}


def rebuild(head: Mapping[Any, Any], rows: Rows) -> m.CaseFile:
    """The case file behind a head row and the rows below it."""
    parts: dict[str, Any] = {
        name: tuple(make(KINDS[name], row) for row in rows[table]) for name, table in PLAIN
    }
    for name, table in SINGLE:
        if name in KINDS:
            parts[name] = _one(KINDS[name], rows[table])
    current = [row for row in rows[course.choices] if row["current"]]
    return make(
        m.CaseFile,
        head,
        organisation=make(m.Body, head, prefix="body_"),
        dispute=make(
            m.Dispute,
            head,
            category_zz=make(m.Coded, head, prefix="category_zz_"),
            event_scale=make(m.Coded, head, prefix="event_scale_"),
        ),
        intake=make(m.Intake, head),
        recorder=make(Recorder, head, prefix="recorder_") if head["recorder_pool_no"] else None,
        outcome=make(m.Outcome, head, prefix="outcome_") if head["outcome_result"] else None,
        prevented=_prevented(head),
        parties=_parties(rows),
        selection=make(Choice, current[0]) if current else None,
        selection_history=tuple(make(ChoiceRound, row) for row in rows[course.choices] if not row["current"]),
        sessions=_sessions(rows),
        agreement=_agreement(rows),
        ending=_ending(rows),
        judicial_confirmation=_confirmation(rows),
        beside=_beside(head, rows),
        undisputed_facts=tuple(row["fact"] for row in rows[course.undisputed_facts]),
        **parts,
    )


def _one(kind: type[Any], rows: list[Row], **nested: Any) -> Any:
    return make(kind, rows[0], **nested) if rows else None


def _beside(head: Mapping[Any, Any], rows: Rows) -> b.Beside:
    parts: dict[str, Any] = {
        name: tuple(make(BESIDE_KINDS[name], row) for row in rows[table])
        for name, table in BESIDE_PLAIN
        if name in BESIDE_KINDS
    }
    parts |= {name: _one(BESIDE_KINDS[name], rows[table]) for name, table in BESIDE_SINGLE}
    changed = grouped(rows[beside.changes], "correction_no")
    shared = grouped(rows[agreements.term_shares], "clause_no")
    marked = grouped(rows[archiving.review_marks], "review_no")
    return b.Beside(
        corrections=tuple(
            make(b.Correction, row, changes=tuple(make(b.Change, line) for line in changed[str(row["no"])]))
            for row in rows[beside.corrections]
        ),
        binned=make(b.Binned, head, prefix="binned_") if head["binned_on"] else None,
        terms=tuple(
            make(Term, row, shares=tuple(make(Share, line) for line in shared.get(str(row["clause"]), [])))
            for row in rows[agreements.terms]
        ),
        reviews=tuple(
            make(
                QualityReview,
                row,
                marks=tuple(make(ReviewMark, line) for line in marked.get(str(row["no"]), [])),
            )
            for row in rows[archiving.reviews]
        ),
        **parts,
    )


def _prevented(head: Mapping[Any, Any]) -> m.Prevented:
    def pair(danger: str) -> tuple[int, int]:
        return head[f"prevented_{danger}_cases"], head[f"prevented_{danger}_persons"]

    return m.Prevented(
        suicide=pair("suicide"),
        criminal=pair("criminal"),
        mass_petition=pair("mass_petition"),
        mass_fight=pair("mass_fight"),
    )


def _parties(rows: Rows) -> tuple[Party, ...]:
    def below(table: Table) -> Mapping[str, list[Row]]:
        return grouped(rows[table], "party_ref")

    operators, guardians, agents = below(parties.operators), below(parties.guardians), below(parties.agents)
    return tuple(
        make(
            Party,
            row,
            id_type=make(IdType, row, prefix="id_type_") if row["id_type_code"] else None,
            legal_representative=_legal(row),
            operator=_one(Operator, operators.get(row["ref"], [])),
            guardian=_one(Guardian, guardians.get(row["ref"], [])),
            agents=tuple(make(Agent, agent) for agent in agents.get(row["ref"], [])),
        )
        for row in rows[parties.parties]
    )


def _legal(row: Row) -> LegalRepresentative | None:
    if row["legal_name"] is None:
        return None
    return LegalRepresentative(name=row["legal_name"], position=row["legal_position"] or "")


def _sessions(rows: Rows) -> tuple[Session, ...]:
    attended = grouped(rows[course.attendances], "session_no")
    noted = grouped(rows[course.private_notes], "session_no")
    return tuple(
        make(
            Session,
            row,
            attendees=tuple(make(Attendance, line) for line in attended.get(str(row["no"]), [])),
            private_notes=tuple(make(PrivateNote, line) for line in noted.get(str(row["no"]), [])),
        )
        for row in rows[course.sessions]
    )


def _agreement(rows: Rows) -> Agreement | None:
    parts = grouped(rows[agreements.instalments], "clause_no")
    clauses = tuple(
        make(Clause, row, instalments=tuple(make(Instalment, part) for part in parts.get(str(row["no"]), [])))
        for row in rows[agreements.clauses]
    )
    agreement: Agreement | None = _one(
        Agreement,
        rows[agreements.agreements],
        clauses=clauses,
        signatures=tuple(make(Signature, row) for row in rows[agreements.signatures]),
        oral_record=_one(OralRecord, rows[agreements.oral_records]),
    )
    return agreement


def _ending(rows: Rows) -> m.Ending | None:
    served = tuple(make(m.Service, row) for row in rows[afterwards.services])
    notice = _one(m.Notice, rows[afterwards.notices], served=served)
    ending: m.Ending | None = _one(m.Ending, rows[afterwards.endings], notice=notice)
    return ending


def _confirmation(rows: Rows) -> Confirmation:
    enforcement = _one(Enforcement, rows[afterwards.enforcements])
    return make(Confirmation, rows[afterwards.confirmations][0], enforcement=enforcement)
