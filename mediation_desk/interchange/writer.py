"""Writes a case in the exchange format ``mediation-case/1``."""

from __future__ import annotations

import json
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.walls import walled
from mediation_desk.interchange.derived import with_derived
from mediation_desk.shared.clock import local_day, system_clock


def write_case(
    file: CaseFile, *, as_of: date | None = None, with_private_notes: bool = False
) -> dict[str, object]:
    """``file`` as plain data. ``as_of`` judges what is due and performed: the file's own day, else today.

    Notes of caucuses without the party's consent are left out (LR-22) but for a whole transfer between mediators.
    """
    written = file if with_private_notes else walled(file)
    return with_derived(written, as_of or file.as_of or local_day(system_clock()))


def dump_case(file: CaseFile, *, as_of: date | None = None, with_private_notes: bool = False) -> str:
    """``file`` as the text of an exchange file, ending with a line feed."""
    data = write_case(file, as_of=as_of, with_private_notes=with_private_notes)
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
