"""The fields that stand alone, from the same functions that write our own forms."""

from __future__ import annotations

from mediation_desk.documents.templates.field import Field
from mediation_desk.documents.templates.plain_fields_case import OF_THE_CASE
from mediation_desk.documents.templates.plain_fields_outcome import OF_THE_OUTCOME
from mediation_desk.documents.templates.plain_fields_paper import OF_THE_PAPER

PLAIN: tuple[Field, ...] = (*OF_THE_PAPER, *OF_THE_CASE, *OF_THE_OUTCOME)
