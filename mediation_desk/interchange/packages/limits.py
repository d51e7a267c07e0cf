"""How large a package and what is in it may be (``rules/packages.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.access.accounts.cost import Cost
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class PackageLimits:
    """Bytes, but for the number of ``cases`` and the ``cost`` of a password that is followed at most."""

    cases: int
    file: int
    record: int
    attachment: int
    cost: Cost


@remembered
def package_limits() -> PackageLimits:
    """The rules of ``packages.toml``. Raises ``InputError`` where one is missing."""
    return built("packages", _limits)


def _limits(table: Mapping[str, Any]) -> PackageLimits:
    return PackageLimits(
        cases=int(table["cases"]),
        file=int(table["file"]),
        record=int(table["record"]),
        attachment=int(table["attachment"]),
        cost=Cost(
            memory_kib=int(table["kdf"]["memory_kib"]),
            passes=int(table["kdf"]["passes"]),
            lanes=int(table["kdf"]["lanes"]),
        ),
    )
