"""Open the desk for the length of one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from mediation_desk.app import Desk, open_desk
from mediation_desk.audit.acts import WARNING
from mediation_desk.cli.signing_in import sign_in
from mediation_desk.cli.telling import tell
from mediation_desk.settings import Settings

FULL_NAMES = "mediation_desk.full_names"
"""In the meta of the context: why lists are to show names in full, "" where nobody asked."""


@contextmanager
def opened(context: click.Context, *, create: bool = False) -> Iterator[Desk]:
    """The desk behind ``--data`` or ``--database`` with whoever ``--as`` names at it, closed afterwards.

    Only commands that bring something in may create a database; the others say that there is none.
    """
    desk = open_desk(context.ensure_object(Settings), create=create)  # the root command put it there
    try:
        sign_in(context, desk)
        if place := desk.moved_to:
            tell(WARNING.format(place=place), err=True)
        if reason := context.meta.get(FULL_NAMES, ""):
            desk.unmasking.show_names(desk.actor, reason)
        yield desk
    finally:
        desk.close()


class Day(click.ParamType[date]):
    """A day as 2026-03-05."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; anything else is a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，应为 2026-03-05 这样。", param, ctx)


DAY = Day()
