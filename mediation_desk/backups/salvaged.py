"""What was saved of a damaged database, and what was not."""

from __future__ import annotations

from mediation_desk.shared.record import record


@record
class Lost:
    """A table with ``gaps`` places that could not be read; ``dropped`` rows had lost what they belong to."""

    table: str
    read: int
    gaps: int
    dropped: int = 0


@record
class Salvaged:
    """``affected`` cases stand beside a gap and have to be looked through; ``missing`` ones only the trail knows."""

    cases: int
    rows: int
    lost: tuple[Lost, ...] = ()
    affected: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was lost."""
        return not (self.lost or self.affected or self.missing or self.broken)
