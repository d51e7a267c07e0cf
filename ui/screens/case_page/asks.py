"""What the buttons of the case page ask of whoever presses them: by object name, the longest beginning counts.

Refs and numbers in a name do not count: ``disclose.M01.submit`` is looked up as ``disclose.submit``. What is not
listed, and what only shows, folds or takes back words, asks nothing beyond reading the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import missing
from mediation_desk.cases.own import forbids, own_sentence
from mediation_desk.cases.ports import NOT_YOURS
from ui.screens.case_page.view import CaseView

_ASKS: Mapping[Permission, str] = {
    Permission.ARCHIVE_KEEP: "appraise destroy lend return shelf",
    Permission.CASE_BIN: "bin restore",
    Permission.CASE_CLOSE: "archive close review",
    Permission.CASE_CORRECT: "correct",
    Permission.CASE_DECIDE: "accept case.end choice.designate choice.end_case designate end move ruling",
    Permission.CASE_EXTEND: "extend",
    Permission.CASE_LOCK: "lock readers unlock",
    Permission.CASE_MEDIATE: (
        "accelerate adjourn agreement annex asked board cancel case.alert choice.alert choice.submit clause compose"
        " completed confirm court_ruling decline disclose disclosure enforce evidence expect facts guest inbox ink"
        " ink_correction ink_draw ink_drop ink_void ink_witness investigation issue leave_waiting object pack perform"
        " refile remote reply resume returning routing.reply scans serve session sessions shift sign summon suspend"
        " urge urging visit void voidscan wait waive wills withdraw"
    ),
    Permission.CASE_READ: "remote.copy remote.open summon.file",
    Permission.CHOICE_HOLD: (
        "choice.again choice.end_round choice.nobody choice.rank choice.ready choice.save_again choice.strike"
        " choice.window endround opening"
    ),
    Permission.DOCUMENT_PRINT: (
        "deadlines.slip facts.print ink.drawn overview.subsidy.sheet pack.print papers.print papers.write"
        " remote.calendars remote.cards sign.print summon.print volume.preview volume.print volume.save volume.split"
    ),
    Permission.DOCUMENT_SEAL: "seal",
    Permission.ORDER_ANSWER: "order report routing.report",
    Permission.ORDER_GIVE: (
        "assign assist handover order.supervise order.void routing.assign routing.assist routing.handover"
        " routing.sponsor routing.supervise sponsor"
    ),
    Permission.PERSON_EXPORT: "privacy.export",
    Permission.PERSON_KEEP: "privacy",
    Permission.SESSION_RECORD: "addition record session.add",
    Permission.SUBSIDY_APPROVE: "overview.subsidy.again",
}

_ONLY_LOOKS = frozenset(
    ("aloud", "cancel", "changes", "clear", "go", "large", "look", "paper", "rule", "usual")
)
_BY_NAME = {name: permission for permission, names in _ASKS.items() for name in names.split()}
_STEPS = {"marks": Permission.CHOICE_HOLD, "plan": Permission.CASE_MEDIATE, "sign": Permission.CASE_MEDIATE}


def asked_by(name: str) -> Permission | None:
    """What the button of this object name asks; None for nothing."""
    parts = [part for part in name.split(".") if part != part.upper()]
    if not parts or parts[-1] in _ONLY_LOOKS or (parts[-1] == "restore" and len(parts) > 1):
        return None
    return next((_BY_NAME[one] for one in _beginnings(parts) if one in _BY_NAME), None)


def asked_by_form(form: str) -> Permission | None:
    """What the form asks that a next step of the case opens."""
    return _STEPS.get(form) or _BY_NAME.get(form)


def refused(actor: Actor, view: CaseView, asked: Permission | None) -> str:
    """Why this account cannot do what asks that with this case; "" where it can."""
    if asked is None or asked in view.footing.may:
        return ""
    own = view.footing.own
    if own is not None and forbids(own):
        return own_sentence(own, view.file)
    return NOT_YOURS if actor.can(asked) else missing(asked)


def _beginnings(parts: list[str]) -> Iterator[str]:
    return (".".join(parts[:length]) for length in range(len(parts), 0, -1))
