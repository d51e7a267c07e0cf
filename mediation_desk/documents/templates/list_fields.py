"""The lists whose rows repeat; values from the same functions that write our own forms."""

from __future__ import annotations

from mediation_desk.documents.templates.field import FieldList
from mediation_desk.documents.templates.list_fields_matter import (
    CLAIMS,
    CLAUSES,
    EVIDENCE,
    INSTALMENTS,
    SESSIONS,
)
from mediation_desk.documents.templates.list_fields_people import (
    AGENTS,
    MEDIATORS,
    MEMBERS,
    PARTIES,
    SIGNING,
)

LISTS: tuple[FieldList, ...] = (
    PARTIES,
    AGENTS,
    MEDIATORS,
    CLAIMS,
    CLAUSES,
    INSTALMENTS,
    EVIDENCE,
    SESSIONS,
    MEMBERS,
    SIGNING,
)
