"""The seal of a submission: one sum over who signed what when, the figures, the rules and the facts behind them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mediation_desk.statistics.submitting.model import Booked, Submission
from mediation_desk.statistics.submitting.plain import plain

TAMPERED = "与报送时不一致：{what}在报送之后被改动过（校验值不符），不能作为报送数使用。请核对数据库和备份。"


def sealed(submission: Submission, content: Any, rows: str) -> str:
    """SHA-256 of a submission with its content and the sum over its rows."""
    head = {key: value for key, value in plain(submission).items() if key not in ("sha256", "at", "outside")}
    return _sum([head, submission.at.timestamp(), content, rows])


def sealed_correction(booked: Booked) -> str:
    """SHA-256 of a correction."""
    head = {key: value for key, value in plain(booked).items() if key not in ("sha256", "at")}
    return _sum([head, booked.at.timestamp()])


def _sum(parts: object) -> str:
    words = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()
