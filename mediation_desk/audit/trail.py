"""What every area writes its acts to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Result(StrEnum):
    """How the act ended."""

    DONE = "ok"
    REFUSED = "refused"


class Trail(Protocol):
    """Who did what; written in the transaction of the act, and the act is refused where it cannot be written."""

    def write(
        self,
        *,
        at: datetime,
        account: str,
        action: str,
        case_key: str | None = None,
        person: str | None = None,
        details: Mapping[str, object] | None = None,
        words: Mapping[str, Any] | None = None,
        reason: str = "",
        result: Result = Result.DONE,
    ) -> None:
        """Append one entry.

        ``details`` hold codes and counts, ``person`` a pseudonym; neither ever names anybody. What people said or
        are called goes into ``words`` and ``reason``: they lie apart and can be destroyed without breaking the chain.
        """

    def demand(self) -> None:
        """Raise ``StorageError`` where no entry could be written now."""

    def forget(self, case_key: str, *, at: datetime, account: str, basis: str) -> int:
        """Destroy the personal words of all entries about a case, and put that on record; how many had some."""

    def continues(self, account: str, action: str, case_key: str | None, at: datetime) -> bool:
        """Whether this account did the same to the same case so shortly before that it is still the same look."""
