"""What templates need from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.paper_templates import Slot, Use, Version


class Templates(Protocol):
    """The versions and which is used."""

    def add(self, version: Version, docx: bytes) -> Version:
        """Keep a new version; gives it back with its numbers. Two uploads at once get different ones."""

    def versions(self, slot: Slot | None = None) -> tuple[Version, ...]:
        """All versions, or those of a slot, newest first."""

    def version(self, template: int) -> Version | None:
        """One version."""

    def content(self, template: int) -> bytes | None:
        """The .docx of a version."""

    def uses(self) -> tuple[Use, ...]:
        """What every slot uses that was ever decided on."""

    def use(self, slot: Slot, template: int | None, at: datetime, by: str, seen: int) -> Use:
        """Use a version from now on. Raises ``ConflictError`` when somebody decided since ``seen``."""


class TemplateWork(Protocol):
    """One unit of work over the templates."""

    @property
    def templates(self) -> Templates:
        """The templates."""

    @property
    def audit(self) -> Trail:
        """The audit trail."""


class TemplateStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[TemplateWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[TemplateWork]:
        """A unit that commits when left without an exception."""
