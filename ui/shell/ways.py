"""Screens the search box leads to: those that do not stand in the navigation, and the check of a typed code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mediation_desk.documents.sealing.check_code import version_in
from mediation_desk.shared.errors import InputError
from ui.screens.registry import ScreenSpec

VERIFY = "verify"
_OF_A_CASE = frozenset({"case", "correcting", "board"})
_ALSO = {
    VERIFY: "校验码 真伪 验证",
    "bin": "删除 恢复",
    "ledger": "台账 Excel",
    "work": "排查 预防 培训 经费",
}
_SHORTEST = 2  # characters; one alone would lead everywhere


@dataclass(frozen=True, slots=True)
class Way:
    """A screen, what the list says, and what is handed to the screen."""

    code: str
    words: str
    argument: str = ""


def ways(typed: str, specs: Iterable[ScreenSpec]) -> tuple[Way, ...]:
    """Where these words may lead besides cases."""
    if _is_check_code(typed):
        return (Way(VERIFY, f"核对校验码 {typed}", typed),)
    if len(typed) < _SHORTEST:
        return ()
    return tuple(
        Way(spec.code, spec.title)
        for spec in specs
        if not spec.shown and spec.code not in _OF_A_CASE and _is_meant(typed, spec)
    )


def _is_meant(typed: str, spec: ScreenSpec) -> bool:
    return typed in spec.title or typed.casefold() in _ALSO.get(spec.code, "").casefold().split()


def _is_check_code(typed: str) -> bool:
    try:
        return bool(version_in(typed))
    except InputError:
        return False
