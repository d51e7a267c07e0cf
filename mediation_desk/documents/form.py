"""``Form``: a kind of paper the desk can print for a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms.background import Background
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Stage(StrEnum):
    """Where in the course of a case a paper belongs; lists of papers follow this order."""

    INTAKE = "受理"
    PEOPLE = "调解员"
    SESSION = "调解"
    AGREEMENT = "协议"
    AFTERWARDS = "履行和回访"
    COURT = "法院"
    ENDING = "结束"
    ROUTING = "移送和反馈"
    FILE = "案卷"


@record
class Form:
    """``code`` is its number in the national set (F-11) or, where it has none, what it is called for short.

    ``applies`` gives the reason why a case has none, or None; ``compose`` writes its papers from the case file
    and from what stands beside it.
    """

    key: str
    code: str
    stage: Stage
    titles: Mapping[Track, str]
    applies: Callable[[CaseFile], str | None]
    compose: Callable[[CaseFile, Background], tuple[Paper, ...]]
