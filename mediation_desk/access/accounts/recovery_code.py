"""The recovery code: 130 random bits in signs that are not taken for one another, with check digits."""

from __future__ import annotations

import re
import secrets

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import fold_width

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_LENGTH = 26
_GROUP = 4
_LIKELY = str.maketrans("OIL", "011")  # as Crockford reads them
_CODE = re.compile(rf"[{_SIGNS}]{{{_LENGTH}}}\d\d")


def new_code() -> str:
    """A code as it is printed: seven groups of four."""
    from stdnum.iso7064 import mod_97_10  # loaded late: once in the life of a centre

    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return grouped(signs + mod_97_10.calc_check_digits(signs))


def grouped(code: str) -> str:
    """A code without dashes as it is printed."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def typed_code(text: str) -> str:
    """The code somebody read off the sheet, without its dashes. Raises ``InputError`` naming a slip of the pen."""
    from stdnum.iso7064 import mod_97_10

    code = re.sub(r"[\s\-－—]", "", fold_width(text)).upper().translate(_LIKELY)
    if not _CODE.fullmatch(code):
        raise InputError(f"恢复码应为{_LENGTH + 2}个字母和数字，每4个一组。", field="code")
    if not mod_97_10.is_valid(code):
        raise InputError("恢复码有一处抄错了，请对照恢复单逐组核对。", field="code")
    return code
