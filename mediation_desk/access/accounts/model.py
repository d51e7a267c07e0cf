"""What is known of an account, and what an administrator types to make one."""

from __future__ import annotations

import re
from datetime import datetime

from mediation_desk.access.actor import COUNTER, PROGRAM
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width

_NAME = re.compile(r"[0-9a-z\u4e00-\u9fff][0-9a-z\u4e00-\u9fff._-]{1,31}")
_LONGEST = 32
_RESERVED = frozenset({COUNTER.account, PROGRAM.account})
_RESERVED_SHOWN = frozenset({COUNTER.display_name, PROGRAM.display_name})


@record
class Account:
    """An account as it is kept; its password is not part of it.

    name: what is typed to sign in; folded, never changed, never given to somebody else.
    display_name: the person's name on screen and in records, unlike any other account's.
    roles: names of ``roles.toml``. body: a unit or body of the centre, "" for the whole centre.
    pool_no: the person's card in the pool of mediators, "" for none.
    id_no, phone, relatives: only to tell somebody that a case is his own or a relative's; all may be empty.
    left_turn: when it was locked, the number of the data key its password had opened; 0 before.
    must_change: the password was given out by an administrator and opens nothing but its own change.
    """

    name: str
    display_name: str
    roles: tuple[str, ...]
    body: str = ""
    pool_no: str = ""
    id_no: str = ""
    phone: str = ""
    relatives: tuple[str, ...] = ()
    active: bool = True
    must_change: bool = False
    created_by: str = ""
    created_at: datetime
    signed_in_at: datetime | None = None
    left_turn: int = 0
    version: int = 0


@record
class Post:
    """What an administrator says about an account: who it is for and what that person does."""

    display_name: str
    roles: tuple[str, ...]
    body: str = ""
    pool_no: str = ""
    id_no: str = ""
    phone: str = ""
    relatives: tuple[str, ...] = ()


def folded_name(typed: str) -> str:
    """The name of an account as it is kept and looked for: half-width, lower case."""
    return fold_width(typed).strip().casefold()


def good_name(typed: str) -> str:
    """The name for a new account. Raises ``InputError``."""
    name = folded_name(typed)
    if not _NAME.fullmatch(name):
        raise InputError("账号名应为2到32个汉字、字母或数字，中间可以有点、横线和下划线。", field="name")
    if name in _RESERVED:
        raise InputError(f"“{name}”是程序自己用的名字，请换一个。", field="name")
    return name


def good_display_name(typed: str) -> str:
    """The person's name to show. Raises ``InputError``."""
    shown = " ".join(typed.split())
    if not shown or len(shown) > _LONGEST or not shown.isprintable():
        raise InputError(f"姓名应为1到{_LONGEST}个字。", field="display_name")
    if shown in _RESERVED_SHOWN:
        raise InputError(f"“{shown}”是程序自己用的名字，请换一个。", field="display_name")
    return shown
