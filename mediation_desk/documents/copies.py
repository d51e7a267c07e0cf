"""In how many copies a paper is usually printed, and which go together (rules/printing.toml).

The agreement says its own number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.registry import form
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError

_MOST = 99


def usual_copies(file: CaseFile, form_key: str) -> int:
    """Copies of each paper of this form, at least one."""
    if form_key == "agreement" and file.agreement is not None and file.agreement.copies:
        return file.agreement.copies
    return built("printing", _copies).get(form_key, 1)


def together_with(file: CaseFile, forms: Iterable[str]) -> tuple[str, ...]:
    """These forms, each followed by those printed along with it as far as the case has them; none twice."""
    along = built("printing", _together)
    wanted = [
        key
        for asked in forms
        for key in (asked, *(one for one in along.get(asked, ()) if form(one).applies(file) is None))
    ]
    return tuple(dict.fromkeys(wanted))


def _together(data: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """A file of a centre from before papers went together says nothing of it."""
    return {key: tuple(along) for key, along in data.get("together", {}).items()}


def _copies(data: Mapping[str, Any]) -> Mapping[str, int]:
    copies: dict[str, int] = {}
    for key, number in data["copies"].items():
        if not isinstance(number, int) or not 1 <= number <= _MOST:
            raise InputError(f"rules/printing.toml：{key} 的份数应为 1 到 {_MOST} 的整数。", field="copies")
        copies[key] = number
    return copies
