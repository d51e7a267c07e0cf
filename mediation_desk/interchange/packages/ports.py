"""What packages need from storage beside the cases."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.cases.exchanges import Exchanges
from mediation_desk.cases.ports import CaseWork


class PackageWork(CaseWork, Protocol):
    """One unit of work over cases that go out or come in."""

    @property
    def exchanges(self) -> Exchanges:
        """What went out and came in before."""


class PackageStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[PackageWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[PackageWork]:
        """A unit that commits when left without an exception."""
