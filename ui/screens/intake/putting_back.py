"""放回来: what was removed from the sheet, or from the drafts, comes back by the message bar or by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable

from ui.screens.base import Context
from ui.widgets.message_bar import Action, Kind


def offer_back(context: Context, name: str, put_back: Callable[[], object]) -> None:
    """Say what was taken out, and offer to put it back."""
    context.say(f"去掉了“{name}”。", Kind.SUCCESS, Action("放回来", put_back, takes_back=True))
