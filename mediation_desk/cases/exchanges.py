"""States of a case that another centre has, too: what both sides begin with when they are put together again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mediation_desk.shared.record import record


class Way(StrEnum):
    """Which way it went."""

    OUT = "打包"
    IN = "并入"


@record
class Exchange:
    """One case in one ``package``: its state then, as text, and by what it is known again.

    Of one that came in: ``partner`` is the fingerprint of who signed it, ``base`` the digest of the state both began
    with, ``their_key`` and ``their_number`` what it is called there, ``waiting`` the places at which their words
    wait for somebody to look, ``evidence`` the entries of their audit trail as text, to be read.
    """

    no: int
    package: str
    way: Way
    at: datetime
    digest: str
    content: str
    partner: str = ""
    base: str = ""
    their_key: str = ""
    their_number: str = ""
    waiting: tuple[str, ...] = ()
    evidence: str = ""


class Exchanges(Protocol):
    """What went out and came in, case by case."""

    def add(self, case_key: str, exchange: Exchange) -> None:
        """Remember one; its number is given here."""

    def of(self, case_key: str) -> tuple[Exchange, ...]:
        """All of a case, oldest first."""

    def known(self, digests: Collection[str]) -> Mapping[str, str]:
        """Keys of the cases that had one of these states, by the digest."""

    def settle(self, case_key: str, no: int, waiting: tuple[str, ...]) -> None:
        """What still waits."""

    def waiting(self) -> tuple[tuple[str, Exchange], ...]:
        """Cases at which words of another centre wait, each before its exchange, oldest first."""

    def destroyed(self, case_key: str) -> bool:
        """Whether a case of this key was destroyed here."""
