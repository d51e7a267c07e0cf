"""In what capacity somebody stands in a case: every name the desk can recognise again."""

from __future__ import annotations

from enum import StrEnum


class Capacity(StrEnum):
    """What somebody is in a case; a party's side is kept beside it."""

    PARTY = "当事人"
    LEGAL = "法定代表人"
    OPERATOR = "经营者"
    GUARDIAN = "监护人"
    AGENT = "代理人"
    MEMBER = "群体成员"
    RELATED = "涉及的人"
