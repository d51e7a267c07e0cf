"""The screens in the order of the navigation. Each module is imported when its screen is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mediation_desk.access.permissions import Permission
from ui.screens.base import Context, Screen


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen: ``symbol`` is an icon name, ``shown`` False keeps it out of the navigation (the case page),
    ``under`` names the entry that is marked while such a screen is in front."""

    code: str
    title: str
    symbol: str
    permission: Permission
    factory: Callable[[Context], Screen]
    shown: bool = True
    under: str = ""
    at_bottom: bool = False


def _system(context: Context) -> Screen:
    from ui.screens.system.screen import SystemScreen

    return SystemScreen(context)


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("system", "系统", "system", Permission.CASE_READ, _system, at_bottom=True),
)
