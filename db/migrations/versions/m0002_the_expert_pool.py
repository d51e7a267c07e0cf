"""The expert pool: full records, time taken, rounds of choosing, disclosures, bars, encounters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "m0002"
down_revision: str | None = "m0001"
branch_labels = None
depends_on = None

NO_OVERLAP = "no_overlap_bookings"

EXCLUSION = f"""
ALTER TABLE bookings ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist (
    int4range(mediator_id, mediator_id, '[]') WITH &&,
    tstzrange(starts, ends) WITH &&
) WHERE (NOT overridden)
"""

TRIGGERS = [
    f"""
CREATE TRIGGER {NO_OVERLAP}_{on} BEFORE {condition} ON bookings WHEN NOT NEW.overridden
BEGIN
    SELECT RAISE(ABORT, '{NO_OVERLAP}') WHERE EXISTS (
        SELECT 1 FROM bookings AS taken
        WHERE taken.mediator_id = NEW.mediator_id AND NOT taken.overridden
        AND taken.ends > NEW.starts AND taken.starts < NEW.ends{other}
    );
END
"""  # noqa: S608  # no values go in
    for on, condition, other in (
        ("insert", "INSERT", ""),
        ("update", "UPDATE OF id, mediator_id, starts, ends, overridden", " AND taken.id <> OLD.id"),
    )
]

OPEN = ("已登记", "已受理", "选择调解员", "告知与调查", "调解中", "达成待签署")
USUAL = timedelta(minutes=120)
ACCOUNT, OVERLAPPED = "upgrade", "升级前已排定"

# Where somebody of the pool appears in a case, and everybody with a number there.
SEEN = """
SELECT p.case_id, m.pool_no, m.id_no AS own, '当事人' AS part, p.side
FROM mediators m JOIN parties p ON p.id_no = m.id_no
UNION ALL
SELECT o.case_id, m.pool_no, m.id_no, '经营者', p.side FROM mediators m
JOIN operators o ON o.id_no = m.id_no JOIN parties p ON p.case_id = o.case_id AND p.ref = o.party_ref
UNION ALL
SELECT g.case_id, m.pool_no, m.id_no, '监护人', p.side FROM mediators m
JOIN guardians g ON g.id_no = m.id_no JOIN parties p ON p.case_id = g.case_id AND p.ref = g.party_ref
UNION ALL
SELECT a.case_id, m.pool_no, m.id_no, '代理人', p.side FROM mediators m
JOIN agents a ON a.phone = m.phone AND a.name = m.name AND a.phone <> ''
JOIN parties p ON p.case_id = a.case_id AND p.ref = a.party_ref
UNION ALL
SELECT g.case_id, m.pool_no, m.id_no, '群体成员', p.side FROM mediators m
JOIN group_members g ON g.id_no = m.id_no JOIN parties p ON p.case_id = g.case_id AND g.ref LIKE p.ref || '-%'
UNION ALL
SELECT r.case_id, m.pool_no, m.id_no, '相关人员', NULL FROM mediators m
JOIN related_persons r ON r.id_no = m.id_no
"""
MET = """
SELECT case_id, side, coalesce(id_no, uscc) AS id_no FROM parties
UNION ALL
SELECT o.case_id, p.side, o.id_no FROM operators o
JOIN parties p ON p.case_id = o.case_id AND p.ref = o.party_ref
UNION ALL
SELECT g.case_id, p.side, g.id_no FROM guardians g
JOIN parties p ON p.case_id = g.case_id AND p.ref = g.party_ref
UNION ALL
SELECT g.case_id, p.side, g.id_no FROM group_members g
JOIN parties p ON p.case_id = g.case_id AND g.ref LIKE p.ref || '-%'
UNION ALL
SELECT case_id, NULL, id_no FROM related_persons
"""
ENCOUNTERS = f"""
SELECT s.case_id, s.pool_no, s.part, o.id_no, max(CASE WHEN s.side <> o.side THEN 1 ELSE 0 END)
FROM ({SEEN}) s JOIN ({MET}) o ON o.case_id = s.case_id
WHERE o.id_no <> '' AND o.id_no <> coalesce(s.own, '')
GROUP BY s.case_id, s.pool_no, s.part, o.id_no ORDER BY s.case_id, s.pool_no, s.part, o.id_no
"""  # noqa: S608  # no values go in


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("mediators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("standing", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("standing_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("standing_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("body_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("tracks", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("layer", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("major", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("professional_title", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("address", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("household", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("post", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("post_source", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("term_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("term_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("filed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("court_roster_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("studio", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("case_limit", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("introduction", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("has_photo", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("batch", sa.String(), nullable=True))
    op.execute(
        "UPDATE mediators SET standing = CASE WHEN active THEN '在聘' ELSE '离任' END, standing_reason = '',"
        " body_kind = '人民调解委员会', tracks = '[]', major = '', professional_title = '',"
        " address = '', household = '', post = '调解员', studio = '', introduction = '', has_photo = FALSE"
    )
    with op.batch_alter_table("mediators", schema=None) as batch_op:
        batch_op.alter_column("standing", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("standing_reason", existing_type=sa.Text(), nullable=False)
        batch_op.alter_column("body_kind", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("tracks", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("major", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("professional_title", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("address", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("household", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("post", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("studio", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("introduction", existing_type=sa.Text(), nullable=False)
        batch_op.alter_column("has_photo", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_column("active")
    with op.batch_alter_table("mediators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediators_id_no"), ["id_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediators_phone"), ["phone"], unique=False)

    op.create_table(
        "mediator_credentials",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_credentials_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_credentials")),
    )
    op.create_table(
        "mediator_disciplines",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_disciplines_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_disciplines")),
    )
    op.create_table(
        "mediator_duties",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_duties_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_duties")),
    )
    op.create_table(
        "mediator_grades",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_grades_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_grades")),
    )
    op.create_table(
        "mediator_honours",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_honours_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_honours")),
    )
    op.create_table(
        "mediator_leaves",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("override", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_leaves_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_leaves")),
    )
    op.create_table(
        "mediator_photos",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_photos_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", name=op.f("pk_mediator_photos")),
    )
    op.create_table(
        "mediator_slots",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_slots_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_slots")),
    )
    op.create_table(
        "mediator_ties",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_ties_mediator_id")),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_ties")),
    )
    op.create_table(
        "mediator_trainings",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("before_start", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["mediators.id"], name=op.f("fk_mediator_trainings_mediator_id")
        ),
        sa.PrimaryKeyConstraint("mediator_id", "line", name=op.f("pk_mediator_trainings")),
    )
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("run_off", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("assisting", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ballots_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("case_id", "no", name=op.f("uq_ballots_case_id_no")),
    )
    op.create_table(
        "bars",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bars_case_id")),
        sa.PrimaryKeyConstraint("case_id", "pool_no", name=op.f("pk_bars")),
    )
    with op.batch_alter_table("bars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bars_pool_no"), ["pool_no"], unique=False)

    op.create_table(
        "booking_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_booking_overrides_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_overrides")),
    )
    with op.batch_alter_table("booking_overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_overrides_case_id"), ["case_id"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("session_no", sa.Integer(), nullable=True),
        sa.Column("override", sa.Text(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_bookings_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bookings_case_id")),
        sa.ForeignKeyConstraint(["mediator_id"], ["mediators.id"], name=op.f("fk_bookings_mediator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_ends"), ["ends"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bookings_mediator_id_ends"), ["mediator_id", "ends"], unique=False
        )

    if op.get_bind().dialect.name == "postgresql":
        op.execute(EXCLUSION)
    else:
        for trigger in TRIGGERS:
            op.execute(trigger)
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("ruled_by", sa.String(), nullable=False),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disclosures_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sa.UniqueConstraint("case_id", "pool_no", name=op.f("uq_disclosures_case_id_pool_no")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosures_pool_no"), ["pool_no"], unique=False)

    op.create_table(
        "encounters",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("met_id_no", sa.String(), nullable=False),
        sa.Column("opposed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_encounters_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_encounters")),
    )
    with op.batch_alter_table("encounters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_encounters_met_id_no"), ["met_id_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_encounters_pool_no"), ["pool_no"], unique=False)

    op.create_table(
        "ballot_candidates",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("disclose", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_ballot_candidates_ballot_id")),
        sa.PrimaryKeyConstraint("ballot_id", "line", name=op.f("pk_ballot_candidates")),
    )
    with op.batch_alter_table("ballot_candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_candidates_pool_no"), ["pool_no"], unique=False)

    op.create_table(
        "ballot_marks",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ranks", sa.JSON(), nullable=False),
        sa.Column("strikes", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_ballot_marks_ballot_id")),
        sa.PrimaryKeyConstraint("ballot_id", "party", name=op.f("pk_ballot_marks")),
    )
    op.create_table(
        "disclosure_answers",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosures.id"], name=op.f("fk_disclosure_answers_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("disclosure_id", "line", name=op.f("pk_disclosure_answers")),
    )
    with op.batch_alter_table("agents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agents_phone"), ["phone"], unique=False)

    with op.batch_alter_table("case_mediators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_mediators_pool_no"))
        batch_op.create_index(
            batch_op.f("ix_case_mediators_pool_no_selected_on"), ["pool_no", "selected_on"], unique=False
        )

    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_members_id_no"), ["id_no"], unique=False)

    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardians_id_no"), ["id_no"], unique=False)

    with op.batch_alter_table("operators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operators_id_no"), ["id_no"], unique=False)

    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parties_person_id"))
        batch_op.create_index(
            batch_op.f("ix_parties_person_id_case_id"), ["person_id", "case_id"], unique=False
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_id_no"), ["id_no"], unique=False)

    with op.batch_alter_table("related_persons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_related_persons_id_no"), ["id_no"], unique=False)
    _bar_mediators()
    _book_planned_sessions()
    _note_encounters()


def downgrade() -> None:
    """The same step down."""
    with op.batch_alter_table("related_persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_related_persons_id_no"))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_id_no"))

    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parties_person_id_case_id"))
        batch_op.create_index(batch_op.f("ix_parties_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("operators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operators_id_no"))

    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardians_id_no"))

    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_members_id_no"))

    with op.batch_alter_table("case_mediators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_mediators_pool_no_selected_on"))
        batch_op.create_index(batch_op.f("ix_case_mediators_pool_no"), ["pool_no"], unique=False)

    with op.batch_alter_table("agents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agents_phone"))

    op.drop_table("disclosure_answers")
    op.drop_table("ballot_marks")
    with op.batch_alter_table("ballot_candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_candidates_pool_no"))

    op.drop_table("ballot_candidates")
    with op.batch_alter_table("encounters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounters_pool_no"))
        batch_op.drop_index(batch_op.f("ix_encounters_met_id_no"))

    op.drop_table("encounters")
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosures_pool_no"))

    op.drop_table("disclosures")
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bookings_mediator_id_ends"))
        batch_op.drop_index(batch_op.f("ix_bookings_ends"))
        batch_op.drop_index(batch_op.f("ix_bookings_case_id"))

    op.drop_table("bookings")
    with op.batch_alter_table("booking_overrides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_overrides_case_id"))

    op.drop_table("booking_overrides")
    with op.batch_alter_table("bars", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bars_pool_no"))

    op.drop_table("bars")
    op.drop_table("ballots")
    op.drop_table("mediator_trainings")
    op.drop_table("mediator_ties")
    op.drop_table("mediator_slots")
    op.drop_table("mediator_photos")
    op.drop_table("mediator_leaves")
    op.drop_table("mediator_honours")
    op.drop_table("mediator_grades")
    op.drop_table("mediator_duties")
    op.drop_table("mediator_disciplines")
    op.drop_table("mediator_credentials")
    with op.batch_alter_table("mediators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("active", sa.Boolean(), nullable=True))
    op.execute("UPDATE mediators SET active = (standing <> '离任')")
    with op.batch_alter_table("mediators", schema=None) as batch_op:
        batch_op.alter_column("active", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_index(batch_op.f("ix_mediators_phone"))
        batch_op.drop_index(batch_op.f("ix_mediators_id_no"))
        batch_op.drop_column("batch")
        batch_op.drop_column("has_photo")
        batch_op.drop_column("introduction")
        batch_op.drop_column("case_limit")
        batch_op.drop_column("studio")
        batch_op.drop_column("court_roster_on")
        batch_op.drop_column("filed_on")
        batch_op.drop_column("started_on")
        batch_op.drop_column("term_to")
        batch_op.drop_column("term_from")
        batch_op.drop_column("post_source")
        batch_op.drop_column("post")
        batch_op.drop_column("household")
        batch_op.drop_column("address")
        batch_op.drop_column("professional_title")
        batch_op.drop_column("major")
        batch_op.drop_column("layer")
        batch_op.drop_column("tracks")
        batch_op.drop_column("body_kind")
        batch_op.drop_column("standing_reason")
        batch_op.drop_column("standing_on")
        batch_op.drop_column("standing")


def _bar_mediators() -> None:
    """Whoever is mediator of a case on file is barred as from the appointment."""
    op.execute(
        "INSERT INTO bars (case_id, pool_no, name, phone, id_no, since)"
        " SELECT c.case_id, c.pool_no, c.name, coalesce(c.phone, m.phone, ''), coalesce(c.id_no, m.id_no, ''),"
        " c.selected_on FROM case_mediators c LEFT JOIN mediators m ON m.pool_no = c.pool_no WHERE c.line ="
        " (SELECT min(o.line) FROM case_mediators o WHERE o.case_id = c.case_id AND o.pool_no = c.pool_no)"
    )


def _book_planned_sessions() -> None:
    """Planned sessions of open cases take their mediators' time; where two do already, the later is let through."""
    case = sa.table("cases", sa.column("id"), sa.column("state"))
    named = sa.table("case_mediators", sa.column("case_id"), sa.column("pool_no"))
    pool = sa.table("mediators", sa.column("id"), sa.column("pool_no"))
    held = sa.table(
        "sessions",
        *(sa.column(name) for name in ("case_id", "no", "result")),
        *(sa.column("date", sa.Date()), sa.column("start", sa.Time()), sa.column("end", sa.Time())),
    )
    query = (
        sa.select(pool.c.id, held)
        .join_from(held, case, case.c.id == held.c.case_id)
        .join(named, named.c.case_id == case.c.id)
        .join(pool, pool.c.pool_no == named.c.pool_no)
        .where(held.c.result.is_(None), case.c.state.in_(OPEN))
        .order_by(held.c.date, held.c.start, held.c.case_id, held.c.no, pool.c.id)
    )
    moment = sa.DateTime(timezone=True)
    bookings = sa.table(
        "bookings",
        *(sa.column(name, moment) for name in ("starts", "ends")),
        *(sa.column(name) for name in ("mediator_id", "purpose", "case_id", "session_no", "override")),
        sa.column("overridden", sa.Boolean()),
    )
    overrides = sa.table(
        "booking_overrides",
        *(sa.column(name, moment) for name in ("starts", "ends")),
        *(sa.column(name) for name in ("case_id", "session_no", "reason", "account")),
        sa.column("at", moment),
    )
    connection = op.get_bind()
    free_from: dict[int, datetime] = {}
    let_through: set[tuple[int, int]] = set()
    for row in connection.execute(query).all():
        starts = datetime.combine(row.date, row.start).astimezone(UTC)
        timed = row.end is not None and row.end > row.start
        ends = datetime.combine(row.date, row.end).astimezone(UTC) if timed else starts + USUAL
        overridden = starts < free_from.get(row.id, starts)
        if not overridden:
            free_from[row.id] = ends
        span = {"case_id": row.case_id, "session_no": row.no, "starts": starts, "ends": ends}
        taken = {"mediator_id": row.id, "purpose": "调解会", "override": OVERLAPPED if overridden else ""}
        connection.execute(sa.insert(bookings).values(span | taken | {"overridden": overridden}))
        if overridden and (row.case_id, row.no) not in let_through:
            let_through.add((row.case_id, row.no))
            noted = {"reason": OVERLAPPED, "account": ACCOUNT, "at": datetime.now(UTC)}
            connection.execute(sa.insert(overrides).values(span | noted))


def _note_encounters() -> None:
    """Whom mediators met in cases on file, where they appear in them other than as mediators."""
    connection = op.get_bind()
    encounters = sa.table(
        "encounters",
        *(sa.column(name) for name in ("case_id", "line", "pool_no", "part", "met_id_no")),
        sa.column("opposed", sa.Boolean()),
    )
    lines: dict[int, int] = {}
    for case_id, pool_no, part, id_no, opposed in connection.execute(sa.text(ENCOUNTERS)).all():
        line = lines[case_id] = lines.get(case_id, -1) + 1
        row = {"case_id": case_id, "line": line, "pool_no": pool_no, "part": part, "met_id_no": id_no}
        connection.execute(sa.insert(encounters).values(row | {"opposed": bool(opposed)}))
