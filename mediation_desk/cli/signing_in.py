"""Which account a command acts as: ``--as NAME``, and its password from a prompt or a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click

from mediation_desk.app import NOT_IN_USE, Desk
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from mediation_desk.shared.record import record

NOBODY = "请用 --as 写明用哪个账号，口令随后输入，或者用 --password-file 给出。"
_PLACE = "mediation_desk.login"


@record
class Login:
    """What the command line says about who acts."""

    name: str = ""
    password_file: Path | None = None


def remember(context: click.Context, login: Login) -> None:
    """Keep it for the command that will open the desk."""
    context.meta[_PLACE] = login


def sign_in(context: click.Context, desk: Desk) -> None:
    """Seat the account the command line names. Raises ``RuleError`` in a centre not in use yet, ``PermissionDenied``.

    A practice centre without accounts has seated the counter already.
    """
    login = context.meta.get(_PLACE, Login())
    if desk.seat.taken and not login.name:
        return
    if not desk.accounts.exist():
        raise RuleError(NOT_IN_USE)
    name = sign_in_name(context)
    desk.accounts.sign_in(name, typed_password(context, f"{name} 的口令"))


def sign_in_name(context: click.Context) -> str:
    """The account named by ``--as``. Raises ``PermissionDenied`` for none."""
    login = context.meta.get(_PLACE, Login())
    if not login.name:
        raise PermissionDenied(NOBODY)
    return str(login.name)


def password_file(context: click.Context) -> Path | None:
    """The file ``--password-file`` names."""
    login: Login = context.meta.get(_PLACE, Login())
    return login.password_file


def typed_password(context: click.Context, prompt: str) -> str:
    """From ``--password-file``, else typed unseen. Raises ``InputError``."""
    return asked_password(prompt, password_file(context))


def chosen_password(prompt: str, file: Path | None) -> str:
    """A new password from ``file``, else typed unseen, twice. Raises ``InputError``."""
    if file is not None:
        return _read(file)
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt="再输入一次", err=True))


def asked_password(prompt: str, file: Path | None) -> str:
    """One that is known already, from ``file``, else typed unseen. Raises ``InputError``."""
    return _read(file) if file is not None else str(click.prompt(prompt, hide_input=True, err=True))


def _read(file: Path) -> str:
    """The first line of a file only its owner can read."""
    try:
        mode = file.stat().st_mode
        words = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise InputError(f"口令文件“{file}”读不出来。", field="--password-file") from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InputError(
            f"口令文件“{file}”别人也能看，没有使用：请用 chmod 600 改成只有本人可读。",
            field="--password-file",
        )
    if not words:
        raise InputError(f"口令文件“{file}”是空的。", field="--password-file")
    return words[0]
