"""The schema of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_case_key"), ["case_key"], unique=False)

    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["bodies.id"], name=op.f("fk_bodies_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("name", name=op.f("uq_bodies_name")),
    )
    op.create_table(
        "drafts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_drafts")),
    )
    op.create_table(
        "mediators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_no", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("political_status", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("employment", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("years_mediating", sa.Integer(), nullable=True),
        sa.Column("certificate_no", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediators")),
        sa.UniqueConstraint("pool_no", name=op.f("uq_mediators_pool_no")),
    )
    op.create_table(
        "number_series",
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("body", "kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "operations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("id_kind", "id_no", name=op.f("uq_people_id_kind_id_no")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_name"), ["name"], unique=False)

    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("name", name=op.f("uq_rooms_name")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("centre", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("body_name", sa.String(), nullable=False),
        sa.Column("body_short", sa.String(), nullable=False),
        sa.Column("body_type", sa.String(), nullable=False),
        sa.Column("body_address", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("category_zz_code", sa.String(), nullable=False),
        sa.Column("category_zz_name", sa.String(), nullable=False),
        sa.Column("event_scale_code", sa.String(), nullable=False),
        sa.Column("event_scale_name", sa.String(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("difficulty", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source_stat", sa.String(), nullable=False),
        sa.Column("source_org", sa.String(), nullable=True),
        sa.Column("referral_no", sa.String(), nullable=True),
        sa.Column("registrar", sa.String(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("mediation_due_rule", sa.String(), nullable=True),
        sa.Column("mediation_due_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("recorder_pool_no", sa.String(), nullable=True),
        sa.Column("recorder_name", sa.String(), nullable=True),
        sa.Column("recorder_organisation", sa.String(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("claims_total", sa.BigInteger(), nullable=True),
        sa.Column("copies_note", sa.Text(), nullable=True),
        sa.Column("outcome_result", sa.String(), nullable=True),
        sa.Column("outcome_form", sa.String(), nullable=True),
        sa.Column("outcome_concluded_on", sa.Date(), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("prevented_suicide_cases", sa.Integer(), nullable=False),
        sa.Column("prevented_suicide_persons", sa.Integer(), nullable=False),
        sa.Column("prevented_criminal_cases", sa.Integer(), nullable=False),
        sa.Column("prevented_criminal_persons", sa.Integer(), nullable=False),
        sa.Column("prevented_mass_petition_cases", sa.Integer(), nullable=False),
        sa.Column("prevented_mass_petition_persons", sa.Integer(), nullable=False),
        sa.Column("prevented_mass_fight_cases", sa.Integer(), nullable=False),
        sa.Column("prevented_mass_fight_persons", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("people_involved", sa.Integer(), nullable=False),
        sa.Column("party_names", sa.String(), nullable=False),
        sa.Column("presiding_name", sa.String(), nullable=True),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("agreed_yuan", sa.BigInteger(), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=True),
        sa.Column("confirm_applied_on", sa.Date(), nullable=True),
        sa.Column("confirm_valid_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_cases_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("case_key", name=op.f("uq_cases_case_key")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_accepted_on"), ["accepted_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cases_outcome_concluded_on_track"), ["outcome_concluded_on", "track"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_received_on"), ["received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_state_due_on"), ["state", "due_on"], unique=False)

    op.create_table(
        "agents",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_ref", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("poa_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agents_case_id")),
        sa.PrimaryKeyConstraint("case_id", "party_ref", "line", name=op.f("pk_agents")),
    )
    op.create_table(
        "agreements",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreements_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_agreements")),
    )
    op.create_table(
        "archives",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("volume_no", sa.String(), nullable=False),
        sa.Column("retention", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("access", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_archives_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_archives")),
    )
    op.create_table(
        "attendances",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attendances_case_id")),
        sa.PrimaryKeyConstraint("case_id", "session_no", "line", name=op.f("pk_attendances")),
    )
    op.create_table(
        "calculations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expr", sa.Text(), nullable=False),
        sa.Column("equals", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_calculations_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_calculations")),
    )
    op.create_table(
        "case_mediators",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_no", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("political_status", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("employment", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("years_mediating", sa.Integer(), nullable=True),
        sa.Column("certificate_no", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("selection", sa.String(), nullable=False),
        sa.Column("selected_by", sa.JSON(), nullable=False),
        sa.Column("selected_on", sa.Date(), nullable=False),
        sa.Column("disclosure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_mediators_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_case_mediators")),
    )
    with op.batch_alter_table("case_mediators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_mediators_pool_no"), ["pool_no"], unique=False)

    op.create_table(
        "choices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_choices_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_choices")),
    )
    op.create_table(
        "claims",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("calc", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claims_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_claims")),
    )
    op.create_table(
        "clauses",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clauses_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_clauses")),
    )
    op.create_table(
        "confirmations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("advised", sa.Boolean(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("deadline_note", sa.Text(), nullable=True),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_confirmations_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_confirmations")),
    )
    op.create_table(
        "court_referrals",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("received_signed_on", sa.Date(), nullable=False),
        sa.Column("parties_consent", sa.Boolean(), nullable=False),
        sa.Column("court_case_no", sa.String(), nullable=True),
        sa.Column("procedure", sa.String(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_papers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_referrals_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_court_referrals")),
    )
    op.create_table(
        "documents",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_documents_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_documents")),
    )
    op.create_table(
        "endings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("told_remedies", sa.JSON(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_endings_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_endings")),
    )
    op.create_table(
        "enforcements",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_enforcements_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_enforcements")),
    )
    op.create_table(
        "evidence",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("provided_by", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("original", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("proves", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_evidence")),
    )
    op.create_table(
        "extensions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("consent", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_extensions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_extensions")),
    )
    op.create_table(
        "facts_consents",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.JSON(), nullable=False),
        sa.Column("refused_by", sa.JSON(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_facts_consents_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_facts_consents")),
    )
    op.create_table(
        "feedbacks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_feedbacks_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_feedbacks")),
    )
    op.create_table(
        "followups",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("of", sa.JSON(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("satisfaction", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_followups_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_followups")),
    )
    op.create_table(
        "group_members",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("trade", sa.String(), nullable=True),
        sa.Column("daily_wage", sa.BigInteger(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("paid", sa.BigInteger(), nullable=True),
        sa.Column("owed", sa.BigInteger(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("area_m2", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("discount", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("days_late", sa.Integer(), nullable=True),
        sa.Column("household_no", sa.String(), nullable=True),
        sa.Column("area_mu", sa.BigInteger(), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=True),
        sa.Column("instalments", sa.JSON(), nullable=False),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_group_members_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_group_members")),
    )
    op.create_table(
        "guardians",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_ref", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("statutory_agent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_guardians_case_id")),
        sa.PrimaryKeyConstraint("case_id", "party_ref", "line", name=op.f("pk_guardians")),
    )
    op.create_table(
        "history",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_history_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_history")),
    )
    op.create_table(
        "instalments",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clause_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_instalments_case_id")),
        sa.PrimaryKeyConstraint("case_id", "clause_no", "line", name=op.f("pk_instalments")),
    )
    op.create_table(
        "investigations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("by", sa.JSON(), nullable=False),
        sa.Column("of", sa.JSON(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_investigations_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_investigations")),
    )
    op.create_table(
        "loop_entries",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_loop_entries_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_loop_entries")),
    )
    op.create_table(
        "not_signed",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told_remedies", sa.JSON(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_not_signed_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_not_signed")),
    )
    op.create_table(
        "notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_notices")),
    )
    op.create_table(
        "operators",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_ref", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_operators_case_id")),
        sa.PrimaryKeyConstraint("case_id", "party_ref", "line", name=op.f("pk_operators")),
    )
    op.create_table(
        "oral_records",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_oral_records_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_oral_records")),
    )
    op.create_table(
        "parties",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_type_code", sa.String(), nullable=True),
        sa.Column("id_type_name", sa.String(), nullable=True),
        sa.Column("id_no", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("representatives", sa.JSON(), nullable=False),
        sa.Column("representative_letter_on", sa.Date(), nullable=True),
        sa.Column("contact_person", sa.String(), nullable=True),
        sa.Column("legal_name", sa.String(), nullable=True),
        sa.Column("legal_position", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_parties_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_parties_person_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_parties")),
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parties_person_id"), ["person_id"], unique=False)

    op.create_table(
        "performance",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("accelerated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_performance_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_performance")),
    )
    with op.batch_alter_table("performance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_performance_due_on"), ["due_on"], unique=False)

    op.create_table(
        "private_notes",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("share_consent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_private_notes_case_id")),
        sa.PrimaryKeyConstraint("case_id", "session_no", "line", name=op.f("pk_private_notes")),
    )
    op.create_table(
        "recurring",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("monthly", sa.BigInteger(), nullable=False),
        sa.Column("first_month", sa.String(), nullable=False),
        sa.Column("last_month", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("pay_day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recurring_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_recurring")),
    )
    op.create_table(
        "recusals",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("mediator", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recusals_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_recusals")),
    )
    op.create_table(
        "related_cases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("same_as", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_related_cases_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_related_cases")),
    )
    op.create_table(
        "related_persons",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("age_at_intake", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_related_persons_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_related_persons")),
    )
    op.create_table(
        "services",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_services_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_services")),
    )
    op.create_table(
        "sessions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("presided_by", sa.String(), nullable=False),
        sa.Column("recorder", sa.String(), nullable=True),
        sa.Column("absent", sa.JSON(), nullable=False),
        sa.Column("invited", sa.JSON(), nullable=False),
        sa.Column("rights_notice_given", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sessions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_date"), ["date"], unique=False)

    op.create_table(
        "signatures",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signatures_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_signatures")),
    )
    op.create_table(
        "suspensions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("days_excluded", sa.Integer(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_suspensions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_suspensions")),
    )
    op.create_table(
        "undisputed_facts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_undisputed_facts_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_undisputed_facts")),
    )
    op.create_table(
        "unresolved",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("told_remedies", sa.JSON(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unresolved_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_unresolved")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("unresolved")
    op.drop_table("undisputed_facts")
    op.drop_table("suspensions")
    op.drop_table("signatures")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_date"))

    op.drop_table("sessions")
    op.drop_table("services")
    op.drop_table("related_persons")
    op.drop_table("related_cases")
    op.drop_table("recusals")
    op.drop_table("recurring")
    op.drop_table("private_notes")
    with op.batch_alter_table("performance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_performance_due_on"))

    op.drop_table("performance")
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parties_person_id"))

    op.drop_table("parties")
    op.drop_table("oral_records")
    op.drop_table("operators")
    op.drop_table("notices")
    op.drop_table("not_signed")
    op.drop_table("loop_entries")
    op.drop_table("investigations")
    op.drop_table("instalments")
    op.drop_table("history")
    op.drop_table("guardians")
    op.drop_table("group_members")
    op.drop_table("followups")
    op.drop_table("feedbacks")
    op.drop_table("facts_consents")
    op.drop_table("extensions")
    op.drop_table("evidence")
    op.drop_table("enforcements")
    op.drop_table("endings")
    op.drop_table("documents")
    op.drop_table("court_referrals")
    op.drop_table("confirmations")
    op.drop_table("clauses")
    op.drop_table("claims")
    op.drop_table("choices")
    with op.batch_alter_table("case_mediators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_mediators_pool_no"))

    op.drop_table("case_mediators")
    op.drop_table("calculations")
    op.drop_table("attendances")
    op.drop_table("archives")
    op.drop_table("agreements")
    op.drop_table("agents")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_cases_received_on"))
        batch_op.drop_index(batch_op.f("ix_cases_outcome_concluded_on_track"))
        batch_op.drop_index(batch_op.f("ix_cases_body_id"))
        batch_op.drop_index(batch_op.f("ix_cases_accepted_on"))

    op.drop_table("cases")
    op.drop_table("settings")
    op.drop_table("rooms")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_name"))

    op.drop_table("people")
    op.drop_table("operations")
    op.drop_table("number_series")
    op.drop_table("mediators")
    op.drop_table("drafts")
    op.drop_table("bodies")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_case_key"))

    op.drop_table("audit")
    op.drop_table("accounts")
