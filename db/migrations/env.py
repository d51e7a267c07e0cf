"""Alembic's entry: run the steps on the connection that ``db.migrate`` hands over, in its transaction."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import _repr_type
from sqlalchemy.types import TypeDecorator

import db.tables  # noqa: F401  # fills the metadata
from db.base import metadata
from db.tables.words import PARTS


def plainly(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Render our column types as what they are in the database: steps import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return _repr_type(item.impl_instance, autogen)
    return False


def looked_for(name: str | None, kind: str, _parents: object) -> bool:
    """The search index is no plain table: its steps are written by hand."""
    return kind != "table" or name not in PARTS


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=plainly,
    include_name=looked_for,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
