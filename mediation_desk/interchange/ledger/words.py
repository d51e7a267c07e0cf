"""Words of a register and what they mean: kinds of dispute, results, forms, sources, sums."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import Category
from mediation_desk.interchange.ledger.columns import LedgerColumns
from mediation_desk.interchange.sheets.cells import shown
from mediation_desk.interchange.sheets.days import read_day
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import parse_yuan
from mediation_desk.shared.text import fold_width

_SUM = re.compile(r"(?:人民币|[¥￥]|共计|合计)?([\d,，]+(?:\.\d+)?)(万)?元?整?")
_SUM_INSIDE = re.compile(r"(?<![\d.,])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?万?元)")
_DAY_INSIDE = re.compile(r"(?<!\d)20\d\d[-./年]\d{1,2}[-./月]\d{1,2}(?!\d)")
_WAN = 10_000
_DISPUTE = "纠纷"


def squeezed(text: str) -> str:
    """``text`` in half width without white space: how words are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def meaning(columns: LedgerColumns, field: str, text: str) -> str:
    """What the words of a cell mean by the rule table, the first that is found; empty when nothing is."""
    plain = squeezed(text)
    if field == "result" and plain in columns.result_alone:
        return columns.result_alone[plain]
    found = (one.means for one in columns.meanings[field] if any(word in plain for word in one.words))
    return next(found, "")


def category(columns: LedgerColumns, text: str) -> Category:
    """The kind of dispute. Raises ``InputError`` with the kinds there are."""
    plain = squeezed(text).strip("类")
    for kind in Category:
        if plain.removesuffix(_DISPUTE) == kind.value.removesuffix(_DISPUTE):
            return kind
    for word in sorted(columns.kinds, key=len, reverse=True):
        if word in plain:
            return columns.kinds[word]
    raise InputError(
        f"不认识“{shown(text)}”，请写{Category.NEIGHBOUR}、{Category.CONTRACT}等{len(Category)}类之一"
    )


def told_by_result(columns: LedgerColumns, text: str) -> dict[str, Any]:
    """Form, day and sum where the words of the result name them: 达成书面协议 2024-03-05，12,000元.

    Two days or two sums are told by none of them.
    """
    plain = fold_width(text)
    told: dict[str, Any] = {}
    if form := meaning(columns, "result_form", plain):
        told["form"] = AgreementForm(form)
    days, sums = _DAY_INSIDE.findall(plain), _SUM_INSIDE.findall(plain)
    try:
        if len(days) == 1:
            told["closed_on"] = read_day(days[0]).on
        if len(sums) == 1:
            told["amount"] = amount(sums[0])
    except InputError:
        pass  # what is no day and no sum stays in the words of the register
    return told


def amount(text: str, *, title: str = "") -> Decimal:
    """A sum in yuan; a heading or a cell that says 万元 counts in ten thousands.

    Raises ``InputError`` with a clause when the cell says more, or less, than a sum.
    """
    plain = squeezed(text)
    found = _SUM.fullmatch(plain)
    if found is None:
        raise InputError(f"“{shown(text)}”不是一个确定的金额")
    in_wan = found[2] or ("万" in title and not plain.endswith("元"))
    yuan = Decimal(found[1].replace(",", "").replace("，", "")) * (_WAN if in_wan else 1)
    return parse_yuan(f"{yuan:f}")
