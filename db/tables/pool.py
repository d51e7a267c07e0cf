"""The pool of mediators (专家库): one row a record, its lists below it, and what earlier cases tell about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, LargeBinary, String, Table, Time
from sqlalchemy.schema import SchemaItem

from db.base import metadata
from db.tables.columns import mediator_card, ref, text, version, word
from db.types import Choice, Choices, Hours
from mediation_desk.experts.conflicts.model import Part
from mediation_desk.experts.mediator import (
    BodyKind,
    Fault,
    Layer,
    Measure,
    Post,
    PostSource,
    Standing,
    TieKind,
)
from mediation_desk.shared.track import Track

mediators = Table(
    "mediators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pool_no", String, nullable=False, unique=True),
    *mediator_card(found_by=("id_no", "phone")),
    version(),
    Column("standing", Choice(Standing), nullable=False),
    Column("standing_on", Date),
    text("standing_reason"),
    Column("body_kind", Choice(BodyKind), nullable=False),
    Column("tracks", Choices(Track), nullable=False),
    Column("layer", Choice(Layer)),
    word("major"),
    word("professional_title"),
    word("address"),
    word("household"),
    Column("post", Choice(Post), nullable=False),
    Column("post_source", Choice(PostSource)),
    Column("term_from", Date),
    Column("term_to", Date),
    Column("started_on", Date),
    Column("filed_on", Date),
    Column("court_roster_on", Date),
    word("studio"),
    Column("case_limit", Integer),
    text("introduction"),
    Column("has_photo", Boolean, nullable=False),
    word("batch", nullable=True),
)


def _part(name: str, *columns: SchemaItem) -> Table:
    """A table holding one list of a mediator; the mediator's version counter guards it."""
    return Table(
        f"mediator_{name}",
        metadata,
        Column("mediator_id", ForeignKey("mediators.id"), primary_key=True),
        Column("line", Integer, primary_key=True),
        *columns,
    )


grades = _part(
    "grades", word("scheme"), word("level"), word("body"), Column("on", Date), Column("expires_on", Date)
)

credentials = _part(
    "credentials", word("kind"), word("number"), word("body"), Column("on", Date), Column("expires_on", Date)
)

trainings = _part(
    "trainings",
    Column("on", Date, nullable=False),
    Column("hours", Hours, nullable=False),
    word("topic"),
    Column("before_start", Boolean, nullable=False),
)

honours = _part("honours", word("title"), word("body"), Column("on", Date))

duties = _part(
    "duties",
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
)

slots = _part(
    "slots",
    Column("on", Date, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
)

leaves = _part(
    "leaves",
    Column("from_on", Date, nullable=False),
    Column("to", Date, nullable=False),
    text("reason"),
    text("override"),
)

disciplines = _part(
    "disciplines",
    Column("fault", Choice(Fault), nullable=False),
    Column("on", Date, nullable=False),
    Column("measure", Choice(Measure), nullable=False),
    word("body"),
    text("detail"),
)

ties = _part(
    "ties",
    Column("kind", Choice(TieKind), nullable=False),
    word("name"),
    word("id_no"),
    word("relation"),
    Column("until", Date),
)

mediator_photos = Table(
    "mediator_photos",
    metadata,
    Column("mediator_id", ForeignKey("mediators.id"), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

# Where somebody of the pool appears in a case other than as its mediator: whom this person met there.
# Written with the case and with the mediator, so that looking for conflicts costs the same in any year.
encounters = Table(
    "encounters",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("pool_no", ref().type, nullable=False, index=True),
    Column("part", Choice(Part), nullable=False),
    Column("met_id_no", String, nullable=False, index=True),
    Column("opposed", Boolean, nullable=False),
)
