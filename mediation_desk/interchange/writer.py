"""Writes a case in the exchange format ``mediation-case/1``."""

from __future__ import annotations

import json
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.derived import with_derived
from mediation_desk.shared.clock import local_day, system_clock


def write_case(file: CaseFile, *, as_of: date | None = None) -> dict[str, object]:
    """``file`` as plain data. ``as_of`` judges what is due and performed: the file's own day, else today."""
    return with_derived(file, as_of or file.as_of or local_day(system_clock()))


def dump_case(file: CaseFile, *, as_of: date | None = None) -> str:
    """``file`` as the text of an exchange file, ending with a line feed."""
    return json.dumps(write_case(file, as_of=as_of), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
