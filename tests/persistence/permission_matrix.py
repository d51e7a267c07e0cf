"""The S5 table, read off the program: every public act of the desk's services, and what it asks first.

``python -m tests.persistence.permission_matrix`` writes ``permission_matrix.toml`` anew; the difference is reviewed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import role_rules
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases import steps
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import PermissionDenied

TABLE = Path(__file__).with_suffix(".toml")
STEPPING = ("cases.perform", "cases.perform_within")
"""What they ask depends on the step: each step has a line of its own."""

EITHER = " | "
NO_SERVICES = frozenset({"actor", "centre", "clock", "seat", "settings", "storage"})
"""Parts of the desk that are values or stand under the services."""

Call = Callable[[Actor], object]


class Passed(BaseException):
    """Something was asked for and granted: the act itself need not run."""


class Asked(Actor):
    """An actor who remembers what was asked first, and ends the act where it is granted."""

    __slots__ = ("asked",)
    asked: list[str]

    def require(self, permission: Permission) -> None:
        """As every actor, but nothing happens after it."""
        self.require_any(permission)

    def require_any(self, *permissions: Permission) -> None:
        """The same."""
        self.asked.append(EITHER.join(permissions))
        Actor.require(self, next(filter(self.can, permissions), permissions[0]))
        raise Passed


def somebody(*roles: str) -> Asked:
    """An account with these roles, of the whole centre."""
    made = Asked(account="a", display_name="张三", roles=roles)
    object.__setattr__(made, "asked", [])
    return made


def outcome(call: Call, actor: Asked) -> bool | None:
    """Whether ``actor`` was let through; None where he was never asked for anything."""
    try:
        call(actor)
    except Passed:
        return True
    except PermissionDenied:
        return False
    except Exception:  # noqa: BLE001  # whatever it is, the act had begun
        return None
    return None


def acts(desk: Desk) -> Iterator[tuple[str, Call]]:
    """Name and call of every public method that takes an actor; of those that take a step, one for each step."""
    for name, method in _methods(desk):
        if "actor" not in inspect.signature(method).parameters:
            continue
        if name in STEPPING:
            for step in step_classes():
                yield f"{name} {step.__name__}", _called(method, step=object.__new__(step))
        else:
            yield name, _called(method)


def without_actor(desk: Desk) -> Iterator[str]:
    """Public methods of services nobody has to name himself to."""
    for name, method in _methods(desk):
        if "actor" not in inspect.signature(method).parameters:
            yield name


def step_classes() -> list[type]:
    """Every step of a case, by name."""
    found = {
        one
        for module in pkgutil.iter_modules(steps.__path__, f"{steps.__name__}.")
        for one in vars(importlib.import_module(module.name)).values()
        if inspect.isclass(one) and one.__module__ == module.name and hasattr(one, "permission")
    }
    return sorted((one for one in found if one.__name__ != "Step"), key=lambda one: one.__name__)


def asked_first(call: Call) -> str:
    """What the act asks before it does anything; "" for nothing."""
    actor = somebody()
    outcome(call, actor)
    return actor.asked[0] if actor.asked else ""


def written(desk: Desk) -> str:
    """The table as it stands in its file."""
    granted = {
        permission.value: [name for name, rule in role_rules().items() if permission in rule.can]
        for permission in Permission
    }
    lines = [
        "# Generated: python -m tests.persistence.permission_matrix. Read the difference before keeping it.",
        "# Who may do what: the roles that grant each permission, as shipped; whoever is not named is denied.",
        "[roles]",
        *(f'"{name}" = {_list(roles)}' for name, roles in granted.items()),
        "",
        "# What each act asks first.",
        "[asks]",
        *(f'"{name}" = "{asked_first(call)}"' for name, call in acts(desk)),
        "",
        "# Acts without an actor: they tell nothing of a case or a person, or are the way in.",
        "[open]",
        f"acts = {_list(list(without_actor(desk)))}",
    ]
    return "\n".join(lines) + "\n"


def _methods(desk: Desk) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Of the desk itself and of every service it holds, in the order of their names."""
    for name in sorted(part for part in dir(Desk) if not part.startswith("_")):
        if name in NO_SERVICES:
            continue
        part = getattr(desk, name)
        if inspect.ismethod(part):
            yield name, part
        elif type(part).__module__.startswith("mediation_desk."):
            for method in sorted(vars_of(type(part))):
                yield f"{name}.{method}", getattr(part, method)


def vars_of(service: type) -> Mapping[str, object]:
    """Its public methods, inherited ones too."""
    return {
        name: method for name, method in inspect.getmembers(service, inspect.isfunction) if name[0] != "_"
    }


def _called(method: Callable[..., Any], **known: object) -> Call:
    """The method with nothing sensible but the actor: what it asks first comes before it looks at anything else."""
    needed = {
        parameter.name: known.get(parameter.name, "x")
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    return lambda actor: _run(method, {**needed, "actor": actor})


def _run(method: Callable[..., Any], arguments: dict[str, Any]) -> object:
    made = method(**arguments)
    return next(made, None) if inspect.isgenerator(made) else made


def _list(words: list[str]) -> str:
    if sum(map(len, words)) < 90:
        return "[" + ", ".join(f'"{word}"' for word in words) + "]"
    return "[\n" + "".join(f'  "{word}",\n' for word in words) + "]"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        opened = open_desk(resolve(Path(folder), practice=True))
        try:
            TABLE.write_text(written(opened), encoding="utf-8")
        finally:
            opened.close()
    sys.stdout.write(f"{TABLE}\n")
