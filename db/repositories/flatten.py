"""A case file taken apart into rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table

from db.rows import Row, Rows, columns
from db.tables import (
    afterwards,
    agreements,
    archiving,
    beside,
    cases,
    course,
    ink,
    keeping,
    ledgers,
    minutes,
    notices,
    parties,
    personal,
    remote,
    rooms,
    scans,
    signing,
    summoning,
)
from mediation_desk.agreements.model import Agreement
from mediation_desk.cases.archiving.standing import decided_until, standing_of
from mediation_desk.cases.beside import Beside
from mediation_desk.cases.calendar.queue import waits
from mediation_desk.cases.figures import figures
from mediation_desk.cases.model import CaseFile

# One list of parts on the file, one table: nothing below them.
PLAIN: tuple[tuple[str, Table], ...] = (
    ("related_cases", course.related_cases),
    ("group_members", parties.group_members),
    ("related_persons", parties.related_persons),
    ("mediators", course.case_mediators),
    ("recusals", course.recusals),
    ("claims", course.claims),
    ("evidence", course.evidence),
    ("investigations", course.investigations),
    ("suspensions", course.suspensions),
    ("extensions", course.extensions),
    ("not_signed", agreements.not_signed),
    ("unresolved", agreements.unresolved),
    ("recurring", agreements.recurring),
    ("performance", agreements.performance),
    ("followups", afterwards.followups),
    ("closed_loop", afterwards.loop_entries),
    ("arithmetic", afterwards.calculations),
)

# Parts a file has at most once.
SINGLE: tuple[tuple[str, Table], ...] = (
    ("court_referral", course.court_referrals),
    ("undisputed_facts_consent", course.facts_consents),
    ("judicial_confirmation", afterwards.confirmations),
    ("ending", afterwards.endings),
    ("feedback_to_source", afterwards.feedbacks),
    ("archive", afterwards.archives),
)

# The same for what the desk keeps beside the file.
BESIDE_PLAIN: tuple[tuple[str, Table], ...] = (
    ("orders", beside.orders),
    ("risks", beside.risks),
    ("corrections", beside.corrections),
    ("moves", beside.track_moves),
    ("arrangements", rooms.arrangements),
    ("terms", agreements.terms),
    ("looked", agreements.looked),
    ("meetings", remote.meetings),
    ("remote_consents", remote.remote_consents),
    ("joinings", remote.joinings),
    ("attachments", remote.attachments),
    ("scans", scans.scans),
    ("inks", ink.inks),
    ("ink_corrections", ink.ink_corrections),
    ("handwritings", ink.handwritings),
    ("notices", notices.official_notices),
    ("returned_originals", scans.returned_originals),
    ("waivers", keeping.waivers),
    ("urgings", keeping.urgings),
    ("findings", keeping.visit_findings),
    ("signings", signing.signings),
    ("mandates", signing.mandates),
    ("voided_signatures", signing.voided_signatures),
    ("wills", signing.wills),
    ("court_papers", signing.court_papers),
    ("court_requests", signing.court_requests),
    ("earlier_applications", signing.earlier_applications),
    ("guests", rooms.guests),
    ("consents", rooms.consents),
    ("rearrangements", rooms.rearrangements),
    ("summonses", summoning.summonses),
    ("additions", minutes.additions),
    ("personal_consents", personal.personal_consents),
    ("transfers", personal.transfers),
    ("loans", archiving.loans),
    ("appraisals", archiving.appraisals),
    ("reviews", archiving.reviews),
)
BESIDE_SINGLE: tuple[tuple[str, Table], ...] = (
    ("standstill", beside.standstills),
    ("lock", beside.locks),
    ("ledger", ledgers.ledger_entries),
    ("sponsor", beside.sponsors),
    ("closing", beside.closings),
    ("court_filing", signing.court_filings),
    ("waiting", summoning.waitings),
    ("shelf", archiving.shelves),
)

_EMPTY: dict[str, Row] = {
    prefix: {column.name: None for column in cases.cases.columns if column.name.startswith(prefix)}
    for prefix in ("recorder_", "outcome_", "binned_")
}


def head_row(file: CaseFile) -> Row:
    """The ``cases`` row: embedded records and the figures lists and statistics read."""
    table = cases.cases
    row = columns(table, file) | columns(table, file.dispute) | columns(table, file.intake)
    row |= columns(table, file.organisation, prefix="body_")
    row |= columns(table, file.dispute.category_zz, prefix="category_zz_")
    row |= columns(table, file.dispute.event_scale, prefix="event_scale_")
    embedded = (
        ("recorder_", file.recorder),
        ("outcome_", file.outcome),
        ("binned_", file.beside.binned),
    )
    for prefix, part in embedded:
        row |= columns(table, part, prefix=prefix) if part is not None else _EMPTY[prefix]
    for danger in ("suicide", "criminal", "mass_petition", "mass_fight"):
        pair = getattr(file.prevented, danger)
        row[f"prevented_{danger}_cases"], row[f"prevented_{danger}_persons"] = pair
    row |= columns(table, figures(file))
    row["locked_on"] = file.beside.lock.on if file.beside.lock else None
    del row["version"]
    return row


def flatten(file: CaseFile, case_id: int) -> Rows:
    """Every row below the head row, each carrying ``case_id`` and its place in its list."""
    rows: Rows = {}
    for name, table in PLAIN:
        rows[table] = _lines(table, case_id, getattr(file, name))
    for name, table in SINGLE:
        part = getattr(file, name)
        rows[table] = [] if part is None else [columns(table, part, case_id=case_id)]
    _parties(rows, file, case_id)
    _choices(rows, file, case_id)
    _sessions(rows, file, case_id)
    _agreement(rows, file.agreement, case_id)
    _beside(rows, file.beside, case_id)
    for row in rows[summoning.waitings]:
        row["waits"] = waits(file)
    for row in rows[afterwards.archives]:
        row["standing"], row["decided_until"] = standing_of(file).value, decided_until(file)
    confirmation = file.judicial_confirmation.enforcement
    rows[afterwards.enforcements] = _one(afterwards.enforcements, case_id, confirmation)
    notice = file.ending.notice if file.ending else None
    rows[afterwards.notices] = _one(afterwards.notices, case_id, notice)
    rows[afterwards.services] = _lines(afterwards.services, case_id, notice.served if notice else ())
    undisputed = enumerate(file.undisputed_facts)
    rows[course.undisputed_facts] = [
        {"case_id": case_id, "line": line, "fact": fact} for line, fact in undisputed
    ]
    return rows


def _lines(table: Table, case_id: int, records: Iterable[Any], **parent: Any) -> list[Row]:
    return [
        columns(table, record, case_id=case_id, line=line, **parent) for line, record in enumerate(records)
    ]


def _one(table: Table, case_id: int, record: Any) -> list[Row]:
    return [] if record is None else [columns(table, record, case_id=case_id)]


def _parties(rows: Rows, file: CaseFile, case_id: int) -> None:
    rows[parties.parties] = [
        columns(
            parties.parties,
            party,
            case_id=case_id,
            line=line,
            id_type_code=party.id_type.code if party.id_type else None,
            id_type_name=party.id_type.name if party.id_type else None,
            legal_name=party.legal_representative.name if party.legal_representative else None,
            legal_position=party.legal_representative.position if party.legal_representative else None,
        )
        for line, party in enumerate(file.parties)
    ]
    for table, name in (
        (parties.operators, "operator"),
        (parties.guardians, "guardian"),
        (parties.agents, "agents"),
    ):
        rows[table] = []
        for party in file.parties:
            found = getattr(party, name)
            records = found if isinstance(found, tuple) else (found,) if found else ()
            rows[table] += _lines(table, case_id, records, party_ref=party.ref)


def _choices(rows: Rows, file: CaseFile, case_id: int) -> None:
    table = course.choices
    empty = dict.fromkeys(("round", "on", "ended_on", "ended_by"))
    rows[table] = [
        columns(table, earlier, case_id=case_id, line=line, current=False)
        for line, earlier in enumerate(file.selection_history)
    ]
    if file.selection is not None:
        line = len(file.selection_history)
        rows[table].append(empty | columns(table, file.selection, case_id=case_id, line=line, current=True))


def _sessions(rows: Rows, file: CaseFile, case_id: int) -> None:
    rows[course.sessions] = _lines(course.sessions, case_id, file.sessions)
    for table, name in ((course.attendances, "attendees"), (course.private_notes, "private_notes")):
        rows[table] = []
        for session in file.sessions:
            rows[table] += _lines(table, case_id, getattr(session, name), session_no=str(session.no))


def _beside(rows: Rows, kept: Beside, case_id: int) -> None:
    for name, table in BESIDE_PLAIN:
        rows[table] = _lines(table, case_id, getattr(kept, name))
    for row, order in zip(rows[beside.orders], kept.orders, strict=True):
        row["status"] = order.status.value
    for name, table in BESIDE_SINGLE:
        rows[table] = _one(table, case_id, getattr(kept, name))
    rows[beside.changes] = []
    for correction in kept.corrections:
        lines = _lines(beside.changes, case_id, correction.changes, correction_no=str(correction.no))
        rows[beside.changes] += lines
    rows[archiving.review_marks] = []
    for review in kept.reviews:
        lines = _lines(archiving.review_marks, case_id, review.marks, review_no=str(review.no))
        rows[archiving.review_marks] += lines
    rows[agreements.term_shares] = []
    for term in kept.terms:
        lines = _lines(agreements.term_shares, case_id, term.shares, clause_no=str(term.clause))
        rows[agreements.term_shares] += lines


def _agreement(rows: Rows, agreement: Agreement | None, case_id: int) -> None:
    rows[agreements.agreements] = _one(agreements.agreements, case_id, agreement)
    oral = agreement.oral_record if agreement else None
    rows[agreements.oral_records] = _one(agreements.oral_records, case_id, oral)
    clauses = agreement.clauses if agreement else ()
    rows[agreements.clauses] = _lines(agreements.clauses, case_id, clauses)
    rows[agreements.signatures] = _lines(
        agreements.signatures, case_id, agreement.signatures if agreement else ()
    )
    rows[agreements.instalments] = []
    for clause in clauses:
        parts = _lines(agreements.instalments, case_id, clause.instalments, clause_no=str(clause.no))
        rows[agreements.instalments] += parts
