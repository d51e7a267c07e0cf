"""Files shipped with the program (package ``resources``), found wherever the program is installed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


def asset(name: str) -> Traversable:
    """The shipped file ``name``, a path below ``resources`` written with slashes (``rules/sources.toml``)."""
    return files("resources").joinpath(*name.split("/"))


def read_text(name: str) -> str:
    """Content of the shipped text file ``name`` (UTF-8)."""
    return asset(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """Content of the shipped file ``name``."""
    return asset(name).read_bytes()


def on_disk(name: str) -> AbstractContextManager[Path]:
    """The shipped file ``name`` as a real path, for libraries that open files; only inside ``with``."""
    return as_file(asset(name))


@cache
def rules(name: str) -> Mapping[str, Any]:
    """The rule table ``rules/<name>.toml``, read once."""
    return tomllib.loads(read_text(f"rules/{name}.toml"))
