"""What one task may take, as ``rules/uploads.toml`` has it; a centre may change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_PATIENCE = 4.0
_ANSWER = 64 << 20


@record
class TaskLimits:
    """``seconds`` of work and ``patience`` in seconds by the clock (a busy machine works slowly); bytes of ``memory``
    and of the ``answer``.
    """

    seconds: float
    patience: float
    memory: int
    answer: int = _ANSWER


def task_limits(longer: str = "") -> TaskLimits:
    """The bounds in force, or those of a row of ``[worker.longer]``.

    Raises ``InputError`` when an item is missing or has a value nobody knows.
    """
    return built("uploads", lambda data: _limits(data["worker"], longer))


def _limits(data: Mapping[str, Any], longer: str) -> TaskLimits:
    more: Mapping[str, Any] = data["longer"][longer] if longer else {}
    seconds = float(more.get("seconds", data["seconds"]))
    return TaskLimits(
        seconds=seconds,
        patience=seconds * _PATIENCE,
        memory=int(more.get("memory", data["memory"])),
        answer=int(more.get("answer", _ANSWER)),
    )
