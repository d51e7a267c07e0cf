"""What is wrong with a template, told where it stands; nothing is stored before there is nothing left to tell."""

from __future__ import annotations

from mediation_desk.documents.templates import fields
from mediation_desk.documents.templates.foreign import LOADS
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.guard import checked_data
from mediation_desk.shared.uploads.kinds import UploadKind


@record
class Unknown:
    """A field nobody knows: where it stands, its paragraph, and the field that was probably meant ("" for none)."""

    name: str
    place: str
    text: str
    suggestion: str

    @property
    def sentence(self) -> str:
        """For the clerk."""
        meant = f"，是不是“{{{self.suggestion}}}”？" if self.suggestion else "，字段表里没有。"
        return f"{self.place}：不认识“{{{self.name}}}”{meant}"


@record
class Findings:
    """``fields`` are those used, in order; a template with ``unknown`` or ``troubles`` cannot be used."""

    fields: tuple[str, ...]
    unknown: tuple[Unknown, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it can be used."""
        return not self.unknown and not self.troubles

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that is wrong, one sentence each."""
        return (*(one.sentence for one in self.unknown), *(f"{trouble}。" for trouble in self.troubles))

    @property
    def summary(self) -> str:
        """The whole in one line."""
        if self.good:
            return f"可以用，认出{len(self.fields)}个字段。" if self.fields else "可以用，里面没有字段。"
        return f"有{len(self.sentences)}处要改：{self.sentences[0]}"


def check(data: bytes, name: str) -> Findings:
    """Look through a template. Raises ``InputError`` for a file that is no harmless .docx at all."""
    checked_data(data, name, (UploadKind.DOCX,))
    with told("这个文件不能做模板"):
        return workshop.run(look, data=data)


@parser(loads=LOADS)
def look(data: bytes) -> Findings:
    """The same of a file the gate let in, where it may fail."""
    from mediation_desk.documents.templates.word.looking import lone_braces, mixed_rows, placed_fields
    from mediation_desk.documents.templates.word.opened import open_draft
    from mediation_desk.documents.templates.word.reading import read_draft
    from mediation_desk.documents.templates.word.refusals import refusals

    draft = open_draft(data)
    try:
        placed = placed_fields(draft)
        troubles = (*refusals(draft), *lone_braces(draft), *mixed_rows(draft))
        read_draft(draft)
    except InputError:
        raise
    except Exception as error:  # damaged files raise anything; nothing of it may reach the clerk
        raise InputError("这个文件已经损坏，读不出来，不能做模板。", field="file") from error
    unknown = tuple(
        Unknown(name=one.name, place=one.place, text=one.text, suggestion=fields.meant_by(one.name))
        for one in placed
        if one.name not in fields.known()
    )
    used = tuple(dict.fromkeys(one.name for one in placed if one.name in fields.known()))
    return Findings(fields=used, unknown=unknown, troubles=troubles)


def require_good(findings: Findings) -> None:
    """Raise ``InputError`` with everything that is wrong."""
    if not findings.good:
        raise InputError(
            "模板不能用：" + "；".join(one.rstrip("。") for one in findings.sentences[:8]) + "。",
            field="file",
        )
