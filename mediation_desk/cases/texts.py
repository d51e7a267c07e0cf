"""The typed texts of a case and of the steps taken in it: the one form in which they are kept."""

from __future__ import annotations

from typing import TypeVar

from mediation_desk.shared.assets import rules
from mediation_desk.shared.text import LONGEST
from mediation_desk.shared.whole_text import Limits, whole

T = TypeVar("T")

SHORT = 500
"""Characters of what stands on one line of a paper; the longest name of an authority is far below."""

_RECORD = 60_000
"""Characters of the record of a session: some forty pages."""

_DRAFT = 1_000_000

_ONE_LINE = frozenset(
    (
        "account",
        "by",
        "case_key",
        "case_no",
        "certificate_no",
        "code",
        "contact_person",
        "court",
        "court_case_no",
        "ethnicity",
        "first_month",
        "grade",
        "id_no",
        "id_type",
        "key",
        "last_month",
        "legal_representative",
        "letter",
        "name",
        "number",
        "occupation",
        "operator",
        "organisation",
        "phone",
        "pool_no",
        "position",
        "ref",
        "referral_no",
        "registrar",
        "relation",
        "short",
        "title",
        "uscc",
        "volume_no",
    )
)
"""Fields that have one line on every paper. Any other field, a new one too, takes several."""

_RECORDS = frozenset(("record", "text"))


def kept(value: T, field: str = "") -> T:
    """``value``, a step or any other command, with every text as it may be stored.

    ``field`` is the name of a text given by itself. Raises ``InputError`` naming the field for what no paper can
    print, or what is too long.
    """
    return whole(value, _limits, field)


def kept_text(text: str, field: str) -> str:
    """One text of the field called ``field``, as `kept` keeps it, without blanks around it."""
    return kept(text.strip(), field)


def kept_draft(content: dict[str, object]) -> dict[str, object]:
    """Words being typed, canonical like all others; how long and where they may be is asked once they are done."""
    return whole(content, lambda field: Limits(name=named(field), longest=_DRAFT))


def named(field: str) -> str:
    """What a field is called on screen."""
    return str(rules("names").get(field, "这一项"))


def _limits(field: str) -> Limits:
    one_line = field in _ONE_LINE
    longest = SHORT if one_line else _RECORD if field in _RECORDS else LONGEST
    return Limits(name=named(field), one_line=one_line, longest=longest)
