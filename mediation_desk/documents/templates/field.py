"""``Field``: one word a template can hold, what it means, and where its value comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms.background import Background
from mediation_desk.shared.record import record

TO_WRITE = "________"
"""What stands where a value is still to be written by hand."""


@record
class Source:
    """What a field may read: the case, what stands beside it, and the desk's own paper of the form."""

    file: CaseFile
    background: Background
    paper: Paper


@record
class Field:
    """A field of its own: ``{受理日期}``.

    ``value`` gives its words, None or "" where there are none; then ``blank`` is printed, and where that is None
    the paper is not made. ``also`` are words people use for it.
    """

    name: str
    meaning: str
    sample: str
    value: Callable[[Source], str | None]
    blank: str | None = None
    also: tuple[str, ...] = ()


@record
class ItemField:
    """A field of an entry of a list: ``{当事人.姓名}``; as :class:`Field`, but given the entry as well."""

    name: str
    meaning: str
    sample: str
    value: Callable[[Source, Any], str | None]
    blank: str | None = ""
    also: tuple[str, ...] = ()


@record
class FieldList:
    """A list: the row or paragraph its fields stand in is printed once for each entry.

    ``needed`` lists must not be empty; an empty other one takes its row away.
    """

    name: str
    meaning: str
    items: Callable[[Source], Sequence[Any]]
    fields: tuple[ItemField, ...]
    needed: bool = False
    also: tuple[str, ...] = ()
