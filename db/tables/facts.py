"""What every case is to the statistics, and the sums of whole months kept so that no screen counts them again."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table
from sqlalchemy.schema import SchemaItem

from db.base import metadata
from db.tables.columns import word
from db.types import Json, Yuan


def fact_columns() -> tuple[SchemaItem, ...]:
    """The facts of a case; narrow on purpose: counting reads every row of a period."""
    return (
        Column("received_on", Date, nullable=False),
        *(
            Column(f"{name}_on", Date)
            for name in (
                "accepted",
                "handed",
                "concluded",
                "ended",
                "due",
                "effective",
                "performed",
                "applied",
                "valid",
                "refused",
            )
        ),
        *(
            word(name)
            for name in (
                "track",
                "body",
                "body_type",
                "category",
                "zz",
                "source",
                "channel",
                "area",
                "difficulty",
            )
        ),
        *(word(name, nullable=True) for name in ("result", "form", "presiding")),
        Column("people", Integer, nullable=False),
        Column("claimed_yuan", Yuan, nullable=False),
        Column("agreed_yuan", Yuan, nullable=False),
        Column("days", Integer),
        Column("sessions", Integer, nullable=False),
        Column("opened", Integer, nullable=False),
        word("court_mode"),
        word("court_end"),
        Column("prevented", Integer, nullable=False),
        *(
            Column(f"prevented_{danger}_{what}", Integer, nullable=False)
            for danger in ("suicide", "criminal", "mass_petition", "mass_fight")
            for what in ("cases", "persons")
        ),
    )


case_facts = Table(
    "case_facts",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    *fact_columns(),
    *(Index(None, day) for day in ("received_on", "accepted_on", "handed_on", "concluded_on", "ended_on")),
)
# A month whose sums have to be added up again; written beside the facts that changed, never updated: counters that
# save at the same moment do not wait for each other.
touched_months = Table(
    "touched_months",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", Integer, nullable=False, index=True),
)

settled_months = Table(
    "settled_months",
    metadata,
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("definitions", String, nullable=False),
    Column("last_event_on", Date),
)
"""Months kept, by which definitions, and the last day anything in them happened: seen from there on they hold."""

kept_sums = Table(
    "kept_sums",
    metadata,
    Column("grouping", String, primary_key=True),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("place", String, primary_key=True),
    Column("sums", Json, nullable=False),
)
