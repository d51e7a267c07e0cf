"""Rooms: how sessions are arranged, and time taken not of mediators only but of rooms and everybody who must come."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from mediation_desk.shared.assets import rules

revision = "m0009"
down_revision: str | None = "m0008"
branch_labels = None
depends_on = None

NO_OVERLAP = "no_overlap_bookings"
OPEN = ("已登记", "已分流", "已受理", "选择调解员", "告知与调查", "调解中", "中止", "达成待签署")
ACCOUNT, OVERLAPPED = "upgrade", "升级前已排定"
USUAL_MINUTES = 120
MOMENT = sa.DateTime(timezone=True)

BY_KEY = f"""
ALTER TABLE bookings ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist (
    int8range(('x' || substr(md5(taken), 1, 15))::bit(60)::bigint,
        ('x' || substr(md5(taken), 1, 15))::bit(60)::bigint, '[]') WITH &&,
    tstzrange(starts, ends) WITH &&
) WHERE (NOT overridden)
"""
BY_MEDIATOR = f"""
ALTER TABLE bookings ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist (
    int4range(mediator_id, mediator_id, '[]') WITH &&,
    tstzrange(starts, ends) WITH &&
) WHERE (NOT overridden)
"""

BOOKINGS = sa.table(
    "bookings",
    *(sa.column(name, MOMENT) for name in ("starts", "ends")),
    *(sa.column(name) for name in ("id", "taken", "mediator_id", "purpose", "case_id", "session_no")),
    sa.column("override"),
    sa.column("overridden", sa.Boolean()),
)
OVERRIDES = sa.table(
    "booking_overrides",
    *(sa.column(name, MOMENT) for name in ("starts", "ends", "at")),
    *(sa.column(name) for name in ("case_id", "session_no", "reason", "account")),
)
MEDIATORS = sa.table("mediators", sa.column("id"), sa.column("pool_no"))

# Who takes part in the cases with planned sessions: case, kind of key, what stands behind it.
PEOPLE = (
    "SELECT case_id, 'staff', pool_no FROM case_mediators WHERE case_id IN ({those})",
    "SELECT id, 'staff', recorder_pool_no FROM cases WHERE recorder_pool_no IS NOT NULL AND id IN ({those})",
    "SELECT case_id, 'party', id_no FROM parties WHERE kind = '自然人' AND case_id IN ({those})",
    "SELECT case_id, 'party', id_no FROM operators WHERE case_id IN ({those})",
    "SELECT case_id, 'party', id_no FROM guardians WHERE case_id IN ({those})",
    "SELECT case_id, 'agent', phone FROM agents WHERE case_id IN ({those})",
)
AT_ONCE = 500


def upgrade() -> None:
    """One step up."""
    _create_parts()
    rows = _rows()
    op.drop_table("bookings")
    _create_bookings(sa.Column("taken", sa.String(), nullable=False), "taken")
    _insert(BOOKINGS, rows)
    _guard(BY_KEY, "taken")
    op.drop_table("rooms")


def downgrade() -> None:
    """The same step down: time of rooms and parties, and of people who are not in the pool, is forgotten."""
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("name", name=op.f("uq_rooms_name")),
    )
    connection = op.get_bind()
    ids = {f"staff:{row.pool_no}": row.id for row in connection.execute(sa.select(MEDIATORS))}
    kept = [column for column in BOOKINGS.c if column.name != "mediator_id"]
    rows = []
    for found in connection.execute(sa.select(*kept).order_by(BOOKINGS.c.id)).mappings():
        row = dict(found)
        key = row.pop("taken")
        if key in ids:
            rows.append(row | {"mediator_id": ids[key]})
    op.drop_table("bookings")
    _create_bookings(
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        "mediator_id",
        sa.ForeignKeyConstraint(["mediator_id"], ["mediators.id"], name=op.f("fk_bookings_mediator_id")),
    )
    _insert(BOOKINGS, rows)
    _guard(BY_MEDIATOR, "mediator_id")
    for name in ("rearrangements", "consents", "guests", "arrangements"):
        op.drop_table(name)


def _create_parts() -> None:
    _part(
        "arrangements",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("until", sa.Time(), nullable=True),
        sa.Column("adjourned_at", sa.Time(), nullable=True),
    )
    op.create_index(op.f("ix_arrangements_room"), "arrangements", ["room"], unique=False)
    _part(
        "guests",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
    )
    _part(
        "consents",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("guest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
    )
    _part(
        "rearrangements",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("from_start", sa.Time(), nullable=False),
        sa.Column("from_place", sa.String(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("to_start", sa.Time(), nullable=True),
        sa.Column("to_place", sa.String(), nullable=False),
    )


def _part(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f(f"pk_{name}")),
    )


def _create_bookings(taken: sa.Column[Any], by: str, *more: sa.Constraint) -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        taken,
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("session_no", sa.Integer(), nullable=True),
        sa.Column("override", sa.Text(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_bookings_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bookings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        *more,
    )
    op.create_index(op.f("ix_bookings_case_id"), "bookings", ["case_id"], unique=False)
    op.create_index(op.f("ix_bookings_ends"), "bookings", ["ends"], unique=False)
    op.create_index(op.f(f"ix_bookings_{by}_ends"), "bookings", [by, "ends"], unique=False)


def _guard(exclusion: str, by: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(exclusion)
        return
    alias = "other" if by == "taken" else "taken"
    for on, condition, others in (
        ("insert", "INSERT", ""),
        ("update", f"UPDATE OF id, {by}, starts, ends, overridden", f" AND {alias}.id <> OLD.id"),
    ):
        op.execute(f"""
CREATE TRIGGER {NO_OVERLAP}_{on} BEFORE {condition} ON bookings WHEN NOT NEW.overridden
BEGIN
    SELECT RAISE(ABORT, '{NO_OVERLAP}') WHERE EXISTS (
        SELECT 1 FROM bookings AS {alias}
        WHERE {alias}.{by} = NEW.{by} AND NOT {alias}.overridden
        AND {alias}.ends > NEW.starts AND {alias}.starts < NEW.ends{others}
    );
END
""")  # noqa: S608  # no values go in


def _insert(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for first in range(0, len(rows), AT_ONCE):
        op.get_bind().execute(sa.insert(table), rows[first : first + AT_ONCE])


def _rows() -> list[dict[str, Any]]:
    """Leave as it is, and what every planned session takes; one that falls on another is let through as a whole.

    Reasons given before stay, and count for all that their session takes.
    """
    connection = op.get_bind()
    numbers = {row.id: row.pool_no for row in connection.execute(sa.select(MEDIATORS))}
    kept = [column for column in BOOKINGS.c if column.name not in ("id", "taken")]
    leave: list[dict[str, Any]] = []
    reasons: dict[tuple[int, int], str] = {}
    for found in connection.execute(sa.select(*kept).order_by(BOOKINGS.c.id)).mappings():
        if found["case_id"] is None:
            bare = {name: value for name, value in found.items() if name != "mediator_id"}
            leave.append(bare | {"taken": f"staff:{numbers[found['mediator_id']]}"})
        elif found["overridden"]:
            reasons[found["case_id"], found["session_no"]] = found["override"]
    sessions = _planned(connection)
    keys = _keys(connection, sorted({one.case_id for one in sessions}))
    rooms, usual = _centre()
    spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in leave:
        if not row["overridden"]:
            spans[row["taken"]].append((row["starts"], row["ends"]))
    taken, noted = list(leave), []
    # Mediators could not be taken twice before; what gives way is the session that newly falls on another.
    for one in sessions:
        starts = datetime.combine(one.date, one.start).astimezone(UTC)
        timed = one.end is not None and one.end > one.start
        ends = datetime.combine(one.date, one.end).astimezone(UTC) if timed else starts + usual
        wanted = dict.fromkeys(
            [*([f"room:{rooms[one.place]}"] if one.place in rooms else []), *keys[one.case_id]]
        )
        reason = reasons.get((one.case_id, one.no))
        if reason is None and any(
            starts < last and first < ends for key in wanted for first, last in spans[key]
        ):
            reason = OVERLAPPED
            span = {"case_id": one.case_id, "session_no": one.no, "starts": starts, "ends": ends}
            noted.append(span | {"reason": reason, "account": ACCOUNT, "at": datetime.now(UTC)})
        for key in wanted:
            if reason is None:
                spans[key].append((starts, ends))
            taken.append(
                {
                    "taken": key,
                    "starts": starts,
                    "ends": ends,
                    "purpose": "调解会",
                    "case_id": one.case_id,
                    "session_no": one.no,
                    "override": reason or "",
                    "overridden": reason is not None,
                }
            )
    _insert(OVERRIDES, noted)
    return taken


def _planned(connection: sa.Connection) -> Sequence[Any]:
    case = sa.table("cases", sa.column("id"), sa.column("state"), sa.column("binned_on"))
    held = sa.table(
        "sessions",
        *(sa.column(name) for name in ("case_id", "no", "result", "place")),
        *(sa.column("date", sa.Date()), sa.column("start", sa.Time()), sa.column("end", sa.Time())),
    )
    return connection.execute(
        sa.select(held)
        .join_from(held, case, case.c.id == held.c.case_id)
        .where(held.c.result.is_(None), case.c.state.in_(OPEN), case.c.binned_on.is_(None))
        .order_by(held.c.date, held.c.start, held.c.case_id, held.c.no)
    ).all()


def _keys(connection: sa.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """What every session of these cases takes besides its room."""
    found: dict[int, list[str]] = defaultdict(list)
    for first in range(0, len(ids), AT_ONCE):
        those = ",".join(str(one) for one in ids[first : first + AT_ONCE])
        for query in PEOPLE:
            for case_id, kind, code in connection.execute(sa.text(query.format(those=those))):
                found[case_id] += _key(kind, code)
        for case_id, code in _representatives(connection, those):
            found[case_id] += _key("party", code)
    return found


def _key(kind: str, code: str | None) -> list[str]:
    plain = (code or "").strip()
    if kind == "agent":
        plain = "".join(char for char in plain if char.isdigit())
    return [f"{kind}:{plain.upper() if kind == 'party' else plain}"] if plain else []


def _representatives(connection: sa.Connection, those: str) -> Iterable[tuple[int, str]]:
    """Members who stand for their group."""
    query = f"SELECT case_id, representatives FROM parties WHERE kind = '自然人群体' AND case_id IN ({those})"  # noqa: S608
    coming = set()
    for case_id, told in connection.execute(sa.text(query)):
        refs = json.loads(told) if isinstance(told, str) else told or ()
        coming |= {(case_id, ref) for ref in refs}
    members = f"SELECT case_id, ref, id_no FROM group_members WHERE case_id IN ({those})"  # noqa: S608
    for case_id, ref, id_no in connection.execute(sa.text(members)) if coming else ():
        if (case_id, ref) in coming:
            yield case_id, id_no


def _centre() -> tuple[dict[str, str], timedelta]:
    """Codes of the centre's rooms by name, and the usual length of a session, as its rule file has them."""
    data = rules("centre")
    rooms = {entry["name"]: entry.get("code", entry["name"]) for entry in data.get("room", ())}
    return rooms, timedelta(minutes=int(data.get("session_minutes", USUAL_MINUTES)))
