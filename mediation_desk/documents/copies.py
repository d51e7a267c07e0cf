"""In how many copies a paper is usually printed (rules/printing.toml; the agreement says its own number)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError

_MOST = 99


def usual_copies(file: CaseFile, form: str) -> int:
    """Copies of each paper of this form, at least one."""
    if form == "agreement" and file.agreement is not None and file.agreement.copies:
        return file.agreement.copies
    return built("printing", _copies).get(form, 1)


def _copies(data: Mapping[str, Any]) -> Mapping[str, int]:
    copies: dict[str, int] = {}
    for form, number in data["copies"].items():
        if not isinstance(number, int) or not 1 <= number <= _MOST:
            raise InputError(f"rules/printing.toml：{form} 的份数应为 1 到 {_MOST} 的整数。", field="copies")
        copies[form] = number
    return copies
