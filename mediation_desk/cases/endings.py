"""What an ending without an agreement offers to choose from: causes by kind, and the remedies told by default."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category, Cause, Result
from mediation_desk.shared.assets import built
from mediation_desk.shared.track import Track

CAUSES: dict[Result, tuple[Cause, ...]] = {
    Result.NOT_ACCEPTED: (
        Cause.SUED,
        Cause.OTHER_SIDE_REFUSES,
        Cause.OUT_OF_SCOPE,
        Cause.UNCLEAR,
        Cause.INCOMPLETE,
        Cause.RESERVED,
        Cause.OTHER,
    ),
    Result.FAILED: (
        Cause.REFUSES_TO_GO_ON,
        Cause.TOO_FAR_APART,
        Cause.REFUSES_TO_SIGN,
        Cause.PERIOD_OVER,
        Cause.OTHER,
    ),
    Result.TERMINATED: (
        Cause.UNREACHABLE,
        Cause.HIDES_FACTS,
        Cause.COLLUSION,
        Cause.PERIOD_OVER,
        Cause.REFUSES_TO_GO_ON,
        Cause.OTHER,
    ),
    Result.WITHDRAWN: (Cause.SETTLED_PRIVATELY, Cause.WITHDRAWN, Cause.OTHER),
}
"""Causes by kind of ending, in the order they are offered (§2.2, T-16)."""


def remedies(file: CaseFile) -> tuple[str, ...]:
    """What the centre tells parties of such a dispute by default (LR-10, rules/remedies.toml)."""
    return remedies_of(file.dispute.category)


def remedies_of(category: Category | None) -> tuple[str, ...]:
    """The ways open besides mediation, as ``rules/remedies.toml`` has them (LR-1, LR-10)."""
    kind = category.value if category else ""
    return built("remedies", lambda table: tuple(table["by_category"].get(kind, table["default"])))


def basis(file: CaseFile, kind: Result) -> str:
    """The article an ending rests on; only the people's track has one of its own."""
    if file.track is not Track.PEOPLES:
        return ""
    return f"人民调解法{'第十七条' if kind is Result.NOT_ACCEPTED else '第二十六条'}"
