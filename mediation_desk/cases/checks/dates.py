"""Nothing in a file has happened after the day the file was judged on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.checks.values import leaves
from mediation_desk.cases.model import CaseFile

_HAPPENED = frozenset(
    (
        *("on", "occurred_on", "received_on", "accepted_on", "selected_on", "notice_on", "agreed_on"),
        *("concluded_on", "told_on", "done_on", "applied_on", "decided_on", "archived_on", "registered_on"),
        *("consent_on", "poa_on", "birth_date", "representative_letter_on", "signed_on", "ended_on"),
    )
)
"""Keys of days that have happened; due days, planned sessions and periods may lie ahead."""


def check(file: CaseFile) -> Iterator[Problem]:
    """Days of facts against ``as_of``; a case under way here has none."""
    if file.as_of is None:
        return
    for place, value in leaves(file):
        if type(value) is date and value > file.as_of and place.rpartition("/")[2] in _HAPPENED:
            yield Problem(pointer=place, message=f"晚于文件的截止日{file.as_of.isoformat()}")
