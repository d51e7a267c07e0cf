"""The shipped example case as plain data, and copies of it with single places changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text

GONE = object()
"""Value of an edit that takes a key or list entry away."""

SHARED = Path(__file__).parents[2].parent / "shared" / "cases"
"""The fourteen acceptance cases, beside a checkout of the repository."""


def example() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(read_text("examples/leak.json"))
    return data


def edited(data: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of ``data`` with each JSON pointer of ``edits`` set to its value; ``/-`` at the end appends."""
    made = copy.deepcopy(dict(data))
    for pointer, value in edits.items():
        *way, last = (int(step) if step.isdigit() else step for step in pointer[1:].split("/"))
        target: Any = made
        for step in way:
            target = target[step]
        if value is GONE:
            del target[last]
        elif last == "-":
            target.append(value)
        else:
            target[last] = value
    return made


def read(data: Mapping[str, Any]) -> CaseFile:
    return read_case(json.dumps(data, ensure_ascii=False))
