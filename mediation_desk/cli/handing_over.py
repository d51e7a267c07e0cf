"""What is said when a case leaves the centre: for ``case export`` and ``pack``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def handed_over(command: Callable[..., Any]) -> Callable[..., Any]:
    """Whether private talks go along, to whom it goes, and on what ground."""
    for option in (
        click.option("--ground", default="", metavar="TEXT", help="交给它的依据"),
        click.option("--to", default="", metavar="NAME", help="交给别的单位的，交给谁：登记为向外提供"),
        click.option(
            "--with-private-notes",
            is_flag=True,
            help="连同单方谈话一起交给另一处的调解员（须有主持调解的权限，留有记录）",
        ),
    ):
        command = option(command)
    return command
