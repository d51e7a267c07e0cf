"""A unit of the place that may also be named by its mediation committee."""

from __future__ import annotations

from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.work.checking import meant_unit
from ui.fields.unit_field import UnitField


class UnitOrBodyField(UnitField):
    """``长安人调`` means the street it belongs to."""

    def problem(self) -> str:
        """A sentence for a name neither a unit nor a committee has."""
        if not self.value():
            return ""
        try:
            meant_unit(self.value(), self.tree)
        except InputError as error:
            return error.message
        return ""
