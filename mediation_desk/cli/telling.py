"""One line on the terminal for one thing told: what somebody typed can neither make lines nor move the cursor."""

from __future__ import annotations

import click

_SHOWN_AS = "\ufffd"


def tell(line: str, *, err: bool = False) -> None:
    """Print ``line``: line breaks inside it become blanks, control characters and broken ones a sign."""
    click.echo(one_line(line), err=err)


def one_line(text: str) -> str:
    """``text`` as one line that a terminal only shows; tabs stand between columns and stay."""
    return "".join(
        char if char == "\t" or char.isprintable() or char == "\u3000" else " " if char == "\n" else _SHOWN_AS
        for char in "\n".join(text.splitlines())
    )
