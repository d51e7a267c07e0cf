"""Shapes every table shares: a part of a case file, and the version counter of an editable record."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text
from sqlalchemy.schema import SchemaItem

from db.base import metadata
from db.types import Choice, Words
from mediation_desk.experts.model import Employment
from mediation_desk.parties.model import Gender

OF_A_CASE = {"of_a_case": True}  # marks the tables a case file is read from; others only refer to cases


def part(name: str, *columns: SchemaItem, parents: tuple[SchemaItem, ...] = ()) -> Table:
    """A table holding one kind of part of a case file, keyed by case, parent part (if any) and line.

    The case row's version counter guards all parts: they are only ever saved together with it.
    """
    return Table(
        name,
        metadata,
        Column("case_id", ForeignKey("cases.id"), primary_key=True),
        *parents,
        Column("line", Integer, primary_key=True),
        *columns,
        info=OF_A_CASE,
    )


def single(name: str, *columns: SchemaItem) -> Table:
    """A table holding a part a case file has at most once."""
    return Table(
        name,
        metadata,
        Column("case_id", ForeignKey("cases.id"), primary_key=True),
        *columns,
        info=OF_A_CASE,
    )


def version() -> Column[int]:
    """The counter that refuses the second of two savers (C1)."""
    return Column("version", Integer, nullable=False, default=0)


def ref(name: str = "ref", *, nullable: bool = False) -> Column[str]:
    """A reference inside a case file: A1, A1-07, M01, R01, ORG, or several joined by ``+``."""
    return Column(name, String, nullable=nullable)


def parent_ref(name: str) -> Column[str]:
    """The ref or number of the part this part belongs to."""
    return Column(name, String, primary_key=True)


def word(name: str, *, nullable: bool = False, index: bool = False) -> Column[str]:
    """Short text; its limit is a rule of the core, the same on both databases."""
    return Column(name, String, nullable=nullable, index=index)


def text(name: str, *, nullable: bool = False) -> Column[str]:
    """Long text."""
    return Column(name, Text, nullable=nullable)


def mediator_card(*, found_by: Collection[str] = ()) -> tuple[SchemaItem, ...]:
    """What is known of a mediator below the pool number: in the pool now, and in a case as it was then."""
    return (
        word("name"),
        Column("gender", Choice(Gender), nullable=False),
        word("ethnicity", nullable=True),
        Column("birth_date", Date),
        word("id_no", nullable=True, index="id_no" in found_by),
        word("phone", nullable=True, index="phone" in found_by),
        word("education", nullable=True),
        word("political_status", nullable=True),
        word("occupation", nullable=True),
        word("organisation"),
        Column("employment", Choice(Employment), nullable=False),
        word("grade", nullable=True),
        Column("specialties", Words, nullable=False),
        Column("languages", Words, nullable=False),
        Column("years_mediating", Integer),
        word("certificate_no", nullable=True),
    )
