"""Identity numbers and telephones as screens show them: enough to recognise, too little to misuse (§7.1)."""

from __future__ import annotations

_STARS = "****"
_OPEN_HEAD, _OPEN_TAIL = 6, 4


def mask_id(number: str | None) -> str:
    """First six and last four characters; a short number keeps only its last four; "" for none."""
    if not number:
        return ""
    hidden = len(number) - _OPEN_HEAD - _OPEN_TAIL
    if hidden > 0:
        return number[:_OPEN_HEAD] + "*" * hidden + number[-_OPEN_TAIL:]
    return _STARS + (number[-_OPEN_TAIL:] if len(number) > _OPEN_TAIL else "")


def mask_phone(phone: str | None) -> str:
    """``138****0101``; a fixed line keeps its last four digits; "" for none."""
    if not phone:
        return ""
    if len(phone) == 11 and phone.isdigit():
        return f"{phone[:3]}{_STARS}{phone[-4:]}"
    return _STARS + (phone[-4:] if len(phone) > _OPEN_TAIL else "")
