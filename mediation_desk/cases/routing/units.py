"""The bodies of the place as a tree: centre, townships, villages, departments, courts, police (§4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.model import Body
from mediation_desk.parties.sounds import sounds, typed_sound
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width
from mediation_desk.shared.track import Track


class UnitKind(StrEnum):
    """What sort of body a unit is."""

    CENTRE = "综治中心"
    TOWNSHIP = "乡镇（街道）"
    VILLAGE = "村（社区）"
    DEPARTMENT = "部门"
    COMMITTEE = "调解组织"
    COURT = "法院"
    PROCURATORATE = "检察院"
    POLICE = "公安"
    ENTERPRISE = "企事业单位"


@record
class Unit:
    """One body. ``bodies`` are those of it that mediate here, each with its track; ``resident`` has a desk here.

    ``formerly``: names its cases may still carry, its own before it was renamed, those of bodies merged into it.
    """

    code: str
    name: str
    short: str
    kind: UnitKind
    parent: str = ""
    contact: str = ""
    phone: str = ""
    resident: bool = False
    accepts: tuple[OrderKind, ...] = tuple(OrderKind)
    bodies: tuple[tuple[Track, Body], ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def mediates(self) -> bool:
        """Whether a case sent here may be mediated and counted by this desk."""
        return bool(self.bodies)

    def body_for(self, track: Track) -> Body | None:
        """Its body for cases of this track."""
        return next((body for kind, body in self.bodies if kind is track), None)


@record
class UnitTree:
    """All units in the order of the file; parents stand anywhere."""

    units: tuple[Unit, ...]

    @property
    def roots(self) -> tuple[Unit, ...]:
        """Units under nobody, usually the centre alone."""
        return tuple(unit for unit in self.units if not unit.parent)

    def below(self, code: str) -> tuple[Unit, ...]:
        """Units directly under the one called ``code``."""
        return tuple(unit for unit in self.units if unit.parent == code)

    def path(self, code: str) -> tuple[Unit, ...]:
        """From the root down to the unit itself."""
        by_code = {unit.code: unit for unit in self.units}
        way: list[Unit] = []
        while code in by_code:
            way.insert(0, by_code[code])
            code = by_code[code].parent
        return tuple(way)

    def walk(self) -> Iterator[tuple[int, Unit]]:
        """Every unit with its depth, parents before their children."""
        stack = [(0, unit) for unit in reversed(self.roots)]
        while stack:
            depth, unit = stack.pop()
            yield depth, unit
            stack += [(depth + 1, one) for one in reversed(self.below(unit.code))]

    def named(self, name: str) -> Unit | None:
        """The unit of exactly this name, short name or code."""
        wanted = name.strip()
        return next((unit for unit in self.units if wanted in (unit.name, unit.short, unit.code)), None)

    def find(self, typed: str) -> tuple[Unit, ...]:
        """Units whose name, short name, code or pinyin holds what was typed; the closest first."""
        word = fold_width(typed).strip().casefold()
        if not word:
            return self.units
        found = [(rank, unit) for unit in self.units if (rank := _rank(unit, word)) is not None]
        return tuple(unit for _, unit in sorted(found, key=lambda one: one[0]))

    def demand(self, typed: str) -> Unit:
        """The one unit meant by ``typed``. Raises ``InputError`` for none and for several."""
        if not typed.strip():
            raise InputError("请写明发往哪个单位。", field="to")
        known = self.named(typed)
        if known is not None:
            return known
        found = self.find(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise InputError(
                f"单位名册里没有“{typed.strip()}”，请核对，或者在 rules/units.toml 里加上。", field="to"
            )
        names = "、".join(unit.short for unit in found[:5])
        raise InputError(f"“{typed.strip()}”可能是{names}，请写得再明确些。", field="to")


def _rank(unit: Unit, word: str) -> int | None:
    """0 starts so, 1 holds it, 2 by pinyin; None does not fit."""
    names = (unit.name.casefold(), unit.short.casefold(), unit.code.casefold())
    if any(name.startswith(word) for name in names):
        return 0
    if any(word in name for name in names):
        return 1
    typed = typed_sound(word)
    if word.isascii() and any(sound.startswith(typed) for name in names[:2] for sound in _sounds(name)):
        return 2
    return None


@lru_cache(maxsize=2_000)
def _sounds(name: str) -> tuple[str, ...]:
    """``changanjiedao``, ``cajd`` and the same of every later part, in every reading; asked at each key."""
    return sounds(name)
