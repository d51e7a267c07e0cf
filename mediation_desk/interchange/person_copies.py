"""``PersonCopies``: what is held about one person as a document to read and as data to take elsewhere (art. 45)."""

from __future__ import annotations

import json
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.privacy.person import PersonCopy, PersonService
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.forms import person_copy
from mediation_desk.documents.service import folder_for, pool_file_name, print_papers
from mediation_desk.interchange.plain import plain
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.files import atomic_write

FORMAT = "mediation-person/1"


class PersonCopies:
    """Writes PDF, DOCX and JSON; what each says is put together once."""

    def __init__(self, people: PersonService) -> None:
        self._people = people

    def write(self, actor: Actor, who: str, reason: str, folder: Path) -> tuple[PersonCopy, tuple[Path, ...]]:
        """Write the copy of ``who`` into ``folder``; no file name tells whose it is.

        Raises as ``PersonService.copy``, and ``StorageError``.
        """
        copy = self._people.copy(actor, who, reason)
        printer = Printer(actor=actor, at=local_moment(copy.made_on))
        paper = crossed(person_copy.compose(read_centre().name, copy), printer)
        folder_for(folder)
        papers = print_papers((paper,), ("pdf", "docx"), folder)
        path = folder / f"{pool_file_name(paper)}.json"
        data = {"format": FORMAT, **plain(copy)}
        atomic_write(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
        return copy, (*papers, path)
