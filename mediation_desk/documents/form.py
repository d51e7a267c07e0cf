"""``Form``: a kind of paper the desk can print for a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms.background import Background
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Form:
    """``code`` is its number in the national set (F-11) or, where it has none, what it is called for short.

    ``applies`` gives the reason why a case has none, or None; ``compose`` writes its papers from the case file
    and from what stands beside it.
    """

    key: str
    code: str
    titles: Mapping[Track, str]
    applies: Callable[[CaseFile], str | None]
    compose: Callable[[CaseFile, Background], tuple[Paper, ...]]
