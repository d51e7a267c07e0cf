"""What is known of a court confirmation beside the exchanged ``Confirmation``: wills, papers, requests (§1.4)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.agreements.signing import Signer
from mediation_desk.shared.record import record


class WillWay(StrEnum):
    """How a party said whether it wants the court to confirm."""

    FACE_TO_FACE = "当面"
    IN_WRITING = "书面"
    PHONE = "电话"
    ONLINE = "网上"


class FilingWay(StrEnum):
    """How the application reached the court; an oral one is written down there and signed (民诉法解释 art. 353)."""

    AT_THE_COURT = "到法院提交"
    ORALLY = "口头申请（法院记录）"
    BY_POST = "邮寄"
    ONLINE = "网上提交"
    THROUGH_THE_BODY = "由调解组织代交"


@record
class Will:
    """One party's word on applying together (LR-15); ``authority_on`` is the letter that lets an agent say it."""

    ref: str
    agrees: bool = True
    on: date
    how: WillWay
    by: Signer = Signer.OWN
    name: str = ""
    authority_on: date | None = None


@record
class CourtPaper:
    """One paper of the pack that is at hand."""

    name: str
    on: date


@record
class CourtRequest:
    """补正: what the court asked for, until when, and when it was handed in."""

    no: int
    asked_on: date
    what: str
    due_on: date | None = None
    done_on: date | None = None
    note: str = ""


@record
class CourtFiling:
    """How it was filed, when the ruling was received, in the court's words why."""

    how: FilingWay
    received_on: date | None = None
    reason: str = ""


@record
class EarlierApplication:
    """An application that came to nothing before a new one within the thirty days."""

    applied_on: date
    court: str
    case_no: str | None = None
    decided_on: date
    result: str
    note: str = ""
