"""Money as exact decimal yuan: figures, capitals (中文大写), rounding and sharing out (domain.md §6.8)."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import fold_width

FEN = Decimal("0.01")
CEILING = Decimal(1000000000000)  # 万亿: cheques and this desk end below it


def round_fen(amount: Decimal) -> Decimal:
    """``amount`` rounded half up to the fen (分)."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def parse_yuan(text: str, *, field: str = "金额") -> Decimal:
    """Read an amount as people type it (``８，１００．５``, ``¥8,100.5元``); exact, not negative, two decimals.

    Raises ``InputError`` naming ``field`` when the text is no such amount.
    """
    plain = fold_width(text).strip().lstrip("¥￥").rstrip("元").strip()
    plain = plain.replace(",", "").replace("，", "").replace("．", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise InputError(f"{field}“{text}”不是金额。", field=field) from None
    if not amount.is_finite() or amount < 0 or amount >= CEILING or amount != round_fen(amount):
        raise InputError(f"{field}“{text}”应为不小于零、小于一万亿元、最多两位小数的金额。", field=field)
    return amount.quantize(FEN)


def figures(amount: Decimal) -> str:
    """``8,100.00``: thousands separated, always two decimals, no currency sign."""
    return f"{round_fen(amount):,.2f}"


@lru_cache(maxsize=10_000)
def capitals(amount: Decimal) -> str:
    """``人民币捌仟壹佰元整`` after 支付结算办法 附一; 整 also after 角, no optional 零.

    Raises ``InputError`` for negative amounts and those from one 万亿 up, which have no agreed wording.
    """
    import cn2an  # loaded late: it costs a sixth of a second and most starts print nothing

    exact = round_fen(amount)
    if not 0 <= exact < CEILING:
        raise InputError(f"金额{figures(amount)}元超出大写金额的范围。", field="amount")
    words: str = cn2an.an2cn(f"{exact:f}", "rmb")
    return "人民币" + words + ("整" if words.endswith("角") else "")


def in_full(amount: Decimal) -> str:
    """``人民币8,100.00元（大写：人民币捌仟壹佰元整）`` as every payment clause names its sum (§2.2)."""
    return f"人民币{figures(amount)}元（大写：{capitals(amount)}）"


def distribute(total: Decimal, parts: int) -> tuple[Decimal, ...]:
    """``total`` in ``parts`` equal sums of whole fen, each rounded half up; the last takes the remainder.

    Where rounding up would leave the last part negative the parts are rounded down instead, so that every
    part is at least zero and the parts always add up to ``total``.
    """
    if parts < 1:
        raise InputError("份数至少为一。", field="parts")
    share = round_fen(total / parts)
    if share * (parts - 1) > total:
        share = (total / parts).quantize(FEN, rounding=ROUND_DOWN)
    return (share,) * (parts - 1) + (total - share * (parts - 1),)
