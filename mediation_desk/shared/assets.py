"""Files shipped with the program (package ``resources``), found wherever the program is installed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from mediation_desk.shared.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
P = ParamSpec("P")

_own_rules: Path | None = None
_forgetful: list[Callable[[], None]] = []


def asset(name: str) -> Traversable:
    """The shipped file ``name``, a path below ``resources`` written with slashes (``rules/sources.toml``)."""
    return files("resources").joinpath(*name.split("/"))


def read_text(name: str) -> str:
    """Content of the shipped text file ``name`` (UTF-8)."""
    return asset(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """Content of the shipped file ``name``."""
    return asset(name).read_bytes()


def built(name: str, build: Callable[[Mapping[str, Any]], T]) -> T:
    """What ``build`` makes of the rule table ``name``.

    Raises ``InputError`` naming the file when an item is missing or has a value nobody knows.
    """
    try:
        return build(rules(name))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise InputError(f"规则文件 {name}.toml 缺少项目或有不认识的取值，请检查。") from error


def use_rules_in(folder: Path) -> None:
    """From now on a rule file in ``folder`` goes before the shipped one: centres differ (domain.md §0)."""
    global _own_rules  # noqa: PLW0603  # one program works for one centre; set once, at start
    _own_rules = folder
    rules.cache_clear()
    for forget in _forgetful:
        forget()


def remembered(work_out: Callable[P, T]) -> Callable[P, T]:
    """Decorator for what follows from rule tables: worked out once for its arguments, forgotten with the rules."""
    cached = lru_cache(maxsize=10_000)(work_out)
    _forgetful.append(cached.cache_clear)
    return cached  # type: ignore[return-value]  # hashing the arguments is the caller's promise


@cache
def rules(name: str) -> Mapping[str, Any]:
    """The rule table ``rules/<name>.toml``: the centre's own, else the shipped one; read once.

    Raises ``InputError`` naming the file when the centre's own cannot be read.
    """
    own = _own_rules / f"{name}.toml" if _own_rules else None
    if own is None or not own.exists():
        return tomllib.loads(read_text(f"rules/{name}.toml"))
    try:
        return tomllib.loads(own.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"规则文件“{own}”读不出来，请检查格式或暂时移走。") from error
