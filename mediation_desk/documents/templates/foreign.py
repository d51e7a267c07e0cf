"""Somebody's DOCX filled, read and finished for print: all of it in the worker."""

from __future__ import annotations

from functools import lru_cache

from mediation_desk.documents.content import Mark
from mediation_desk.documents.templates.fields import Values
from mediation_desk.documents.templates.layout import Sheet
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told

LOADS = ("docx", "PIL.Image", "rapidfuzz")
_UNDONE = "这份文书的模板打不开"


def filled(template: bytes, values: Values, title: str) -> bytes:
    """The template with every field filled in. Raises ``InputError`` for a field without a value."""
    with told(_UNDONE):
        return workshop.run(fill, template=template, values=values, title=title)


@lru_cache(maxsize=4)
def sheet_of(docx: bytes) -> Sheet:
    """The filled document as a sheet; read once for its words and for its PDF. Raises ``InputError``."""
    with told(_UNDONE):
        return workshop.run(read, docx=docx)


def finished(docx: bytes, mark: Mark | None, across: str = "") -> bytes:
    """The file with the code of its paper in the footer and what stands ``across``; as it is where there is neither."""
    if mark is None and not across:
        return docx
    with told(_UNDONE):
        return workshop.run(finish, docx=docx, mark=mark, across=across)


@parser(loads=LOADS, longer="page")
def fill(template: bytes, values: Values, title: str) -> bytes:
    """:func:`filled`, where it may fail."""
    from mediation_desk.documents.templates.word.filling import fill as put

    return put(template, values, title)


@parser(loads=LOADS, longer="page")
def read(docx: bytes) -> Sheet:
    """:func:`sheet_of`, where it may fail."""
    from mediation_desk.documents.templates.word.opened import open_draft
    from mediation_desk.documents.templates.word.reading import read_draft

    return read_draft(open_draft(docx))


@parser(loads=LOADS, longer="page")
def finish(docx: bytes, mark: Mark | None, across: str) -> bytes:
    """:func:`finished`, where it may fail."""
    from mediation_desk.documents.templates.word.finishing import finish as put

    return put(docx, mark, across)
