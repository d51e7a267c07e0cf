"""``PersonCopies``: what is held about one person as a document to read and as data to take elsewhere (art. 45)."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.privacy.person import PersonCopy, PersonService
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import person_copy
from mediation_desk.documents.service import Format, folder_for, paper_files, pool_file_name
from mediation_desk.interchange.plain import plain
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.files import write_together

FORMAT = "mediation-person/1"
_PAPERS: tuple[Format, ...] = ("pdf", "docx")


class PersonCopies:
    """Writes PDF, DOCX and JSON; what each says is put together once."""

    def __init__(self, people: PersonService) -> None:
        self._people = people

    def write(self, actor: Actor, who: str, reason: str, folder: Path) -> tuple[PersonCopy, tuple[Path, ...]]:
        """Write the copy of ``who`` into ``folder``; no file name tells whose it is, no file is replaced.

        Raises as ``PersonService.copy``, and ``StorageError``.
        """
        copy = self._people.copy(actor, who, reason)
        printer = Printer(actor=actor, at=local_moment(copy.made_on))
        paper = crossed(person_copy.compose(read_centre().name, copy), printer)
        folder_for(folder)
        paper = _unlike(paper, folder)
        path = folder / f"{pool_file_name(paper)}.json"
        data = json.dumps({"format": FORMAT, **plain(copy)}, ensure_ascii=False, indent=1) + "\n"
        return copy, write_together([*paper_files((paper,), _PAPERS, folder), (path, data.encode())])


def _unlike(paper: Paper, folder: Path) -> Paper:
    """``paper``, its name with the first number that no file in ``folder`` has."""
    heading = paper.heading
    parts = (heading.part if no == 1 else f"{heading.part}-{no}" for no in count(1))
    papers = (replace(paper, heading=replace(heading, part=part)) for part in parts)
    return next(one for one in papers if not _taken(one, folder))


def _taken(paper: Paper, folder: Path) -> bool:
    name = pool_file_name(paper)
    return any((folder / f"{name}.{kind}").exists() for kind in (*_PAPERS, "json"))
