"""What an official letter has that no other paper has (GB/T 9704, §6.10)."""

from __future__ import annotations

from mediation_desk.shared.record import record


@record
class Masthead:
    """Head of a letter: who it is from (发文机关标志), its number, and the red line below."""

    name: str
    number: str = ""


@record
class Enclosures:
    """附件 of a letter, named under its text; numbered where there are several."""

    names: tuple[str, ...]


@record
class Imprint:
    """版记 at the foot of a letter's last page: who gets a copy, who printed it, when."""

    copies_to: tuple[str, ...]
    issuer: str
    day: str
