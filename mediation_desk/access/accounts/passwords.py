"""What a password must be worth, and passwords for one use."""

from __future__ import annotations

import secrets
import unicodedata

from mediation_desk.access.accounts.rules import PasswordRule
from mediation_desk.shared.errors import InputError

MOST = 200
_ONCE = "23456789abcdefghjkmnpqrstuvwxyz"  # read out over a counter: no 0, 1, i, l, o
_ONCE_LENGTH = 12
_GROUP = 4


def normal(password: str) -> str:
    """The form in which a password is used: an input method may write the same sign in two ways."""
    return unicodedata.normalize("NFKC", password)


def demand_good(password: str, name: str, shown: str, rule: PasswordRule) -> None:
    """Raise ``InputError`` saying what is wrong with a new password; ``name`` and ``shown`` are the account's."""
    if len(password) < rule.least:
        raise InputError(f"口令至少要有{rule.least}个字。", field="password")
    if len(password) > MOST:
        raise InputError(f"口令最多{MOST}个字。", field="password")
    if not password.isprintable() or password != password.strip():
        raise InputError("口令里有看不见的字，或者前后有空格。", field="password")
    if len({_kind(sign) for sign in password}) < rule.kinds:
        raise InputError(
            f"口令应在小写字母、大写字母、数字、其他符号（包括汉字）中至少用{rule.kinds}种。",
            field="password",
        )
    lowered = password.casefold()
    if name in lowered or shown.casefold() in lowered:
        raise InputError("口令里不能有账号名或姓名。", field="password")
    if _score(password, (name, shown)) < rule.score:
        raise InputError("这个口令太常见，几下就能猜到，请换一个。", field="password")


def one_time() -> str:
    """A password that is told once and must be changed: nobody chose it, nobody can guess it."""
    signs = "".join(secrets.choice(_ONCE) for _ in range(_ONCE_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _ONCE_LENGTH, _GROUP))


def _kind(sign: str) -> str:
    if sign.isascii() and sign.isalpha():
        return "lower" if sign.islower() else "upper"
    return "digit" if sign.isdigit() else "other"


def _score(password: str, known: tuple[str, ...]) -> int:
    """0 (the first guesses) to 4, as zxcvbn estimates it; above its limit nothing is common any more."""
    from zxcvbn import zxcvbn  # loaded late: word lists

    return int(zxcvbn(password[:64], user_inputs=list(known))["score"])
