"""The staff PIN that ends the public window: only its Argon2id hash is kept."""

from __future__ import annotations

import re

from mediation_desk.shared.errors import InputError

_PIN = re.compile(r"\d{4,12}")


def hashed(pin: str) -> str:
    """The hash to store. Raises ``InputError`` unless the PIN has 4 to 12 digits, not all the same."""
    from argon2 import PasswordHasher  # loaded late: only the window needs it

    if not _PIN.fullmatch(pin):
        raise InputError("离开口令应为4到12位数字。", field="pin")
    if len(set(pin)) == 1:
        raise InputError("离开口令不能是同一个数字。", field="pin")
    return PasswordHasher().hash(pin)


def matches(stored: str, pin: str) -> bool:
    """Whether ``pin`` is the one behind ``stored``."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False
