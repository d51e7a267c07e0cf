"""What is kept of a case about personal information: who agreed to its use, and who outside was given it (§7.1)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.shared.record import record


class ConsentScope(StrEnum):
    """What is agreed to; sensitive data ask for a consent of their own (个人信息保护法 art. 29)."""

    GENERAL = "个人信息"
    SENSITIVE = "敏感个人信息"


class ConsentWay(StrEnum):
    """How it was said."""

    SIGNED = "签名"
    FINGERPRINT = "按指印"
    ORAL = "当面宣读后口头表示"


@record
class PersonalConsent:
    """What the person behind ``ref`` said, and to which version of the notice; never removed, at most withdrawn.

    ``guardian`` is who said it for a child and ``relation`` what he is to it. ``withdrawal`` says why.
    """

    no: int
    ref: str
    scope: ConsentScope
    agreed: bool
    on: date
    how: ConsentWay
    notice: str
    guardian: str = ""
    relation: str = ""
    noted_by: str
    withdrawn_on: date | None = None
    withdrawal: str = ""

    @property
    def holds(self) -> bool:
        """Whether somebody agreed and did not withdraw it."""
        return self.agreed and self.withdrawn_on is None


@record
class Transfer:
    """提供: what of a case was given to whom outside, and on what ground."""

    on: date
    to: str
    what: str
    ground: str
    by: str
