"""架号: a place written as the centre's pattern says."""

from __future__ import annotations

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical


def checked_place(typed: str, field: str = "place") -> str:
    """The place as it is stored, in capitals. Raises ``InputError`` saying how places are written here."""
    place = canonical(typed.strip(), field, multiline=False, longest=60).upper()
    pattern = archive_rules().shelf
    if not place:
        raise InputError("请写明架号。", field=field)
    if not pattern.fits(place):
        raise InputError(
            f"架号“{place}”写得不对，应写成{pattern.words}，例如{pattern.example}。", field=field
        )
    return place
