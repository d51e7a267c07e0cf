"""``python -m db.migrations "what changes"``: draft the next step from what the tables have and the steps lack.

Read the draft, see to the rows that exist already, then add its number to ``db.migrate.REVISIONS``.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.resources import files

from alembic import command

from db.engine import open_engine
from db.migrate import alembic_config


def draft(message: str) -> None:
    """Build a scratch database by the existing steps, compare it with the tables, write the difference."""
    steps = [step.name for step in (files("db") / "migrations" / "versions").iterdir() if step.name[0] == "m"]
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(f"sqlite:///{scratch}/scratch.db")
        with engine.begin() as connection:
            config = alembic_config(connection)
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=f"m{len(steps) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    draft(sys.argv[1])
