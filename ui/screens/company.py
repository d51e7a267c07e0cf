"""Who else is at a case, in words."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.presence import OpenAt


def in_brief(others: Sequence[OpenAt]) -> str:
    """``王姐 10:42 起在办``; of several the first, and how many more."""
    first = others[0]
    more = f"等{len(others)}人" if len(others) > 1 else ""
    return f"{first.name}{more} {first.since.astimezone():%H:%M} 起在办"


def in_full(others: Sequence[OpenAt]) -> str:
    """Everybody with counter and time; "" for nobody."""
    told = (f"{one.name}（{one.counter}，{one.since.astimezone():%H:%M}起）" for one in others)
    return f"{'、'.join(told)}正在办这件案件。" if others else ""
