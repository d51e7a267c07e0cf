"""The forms the desk can print, as one visible list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import (
    acceptance,
    account,
    agreement,
    application,
    choice,
    confirmation,
    designation,
    disclosure,
    ending,
    oral,
    record,
    reply,
    rights,
    slips,
    summons,
    undisputed,
    urging,
    visit,
)
from mediation_desk.documents.forms.background import Background
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record as data
from mediation_desk.shared.track import Track


@data
class Form:
    """A kind of paper. ``applies`` gives the reason why a case has none, or None; ``compose`` writes it.

    ``compose_with`` is there where the paper also tells what stands beside the case file.
    """

    key: str
    code: str
    titles: Mapping[Track, str]
    applies: Callable[[CaseFile], str | None]
    compose: Callable[[CaseFile], tuple[Paper, ...]]
    compose_with: Callable[[CaseFile, Background], tuple[Paper, ...]] | None = None


_NOTICES = {
    Track.PEOPLES: "不予受理、终止通知书",
    Track.ADMINISTRATIVE: "不予受理、终止通知书",
    Track.JUDICIAL: "不予受理、终止通知书",
}

FORMS = (
    Form(
        key="application",
        code="F-03",
        titles=application.TITLES,
        applies=application.applies,
        compose=application.compose,
    ),
    Form(
        key="acceptance",
        code="F-04",
        titles=acceptance.TITLES,
        applies=acceptance.applies,
        compose=acceptance.compose,
    ),
    Form(key="rights", code="F-05", titles=rights.TITLES, applies=rights.applies, compose=rights.compose),
    Form(
        key="choice",
        code="选定书",
        titles=choice.TITLES,
        applies=choice.applies,
        compose=choice.compose,
        compose_with=choice.compose,
    ),
    Form(
        key="designation",
        code="指派书",
        titles=designation.TITLES,
        applies=designation.applies,
        compose=designation.compose,
        compose_with=designation.compose,
    ),
    Form(
        key="disclosure",
        code="披露书",
        titles=disclosure.TITLES,
        applies=disclosure.applies,
        compose=disclosure.compose,
        compose_with=disclosure.compose,
    ),
    Form(key="summons", code="通知", titles=summons.TITLES, applies=summons.applies, compose=summons.compose),
    Form(key="record", code="F-10", titles=record.TITLES, applies=record.applies, compose=record.compose),
    Form(
        key="agreement",
        code="F-11",
        titles=agreement.TITLES,
        applies=agreement.applies,
        compose=agreement.compose,
    ),
    Form(key="oral", code="F-12", titles=oral.TITLES, applies=oral.applies, compose=oral.compose),
    Form(key="urging", code="督促履行", titles=urging.TITLES, applies=urging.applies, compose=urging.compose),
    Form(
        key="account",
        code="往来账",
        titles=account.TITLES,
        applies=account.applies,
        compose=account.compose,
        compose_with=account.compose,
    ),
    Form(key="visit", code="F-14", titles=visit.TITLES, applies=visit.applies, compose=visit.compose),
    Form(key="notice", code="通知书", titles=_NOTICES, applies=ending.applies, compose=ending.compose),
    *(
        Form(
            key=key,
            code=f"{kind}单",
            titles=slips.titles(kind),
            applies=slips.applies_to(kind),
            compose=slips.compose_of(kind),
        )
        for key, kind in (
            ("handover", OrderKind.HAND_OVER),
            ("assignment", OrderKind.ASSIGN),
            ("assistance", OrderKind.ASSIST),
            ("supervision", OrderKind.SUPERVISE),
        )
    ),
    Form(
        key="facts",
        code="无争议事实",
        titles=undisputed.TITLES,
        applies=undisputed.applies,
        compose=undisputed.compose,
    ),
    Form(
        key="confirmation",
        code="F-15",
        titles=confirmation.APPLICATION,
        applies=confirmation.applies,
        compose=confirmation.compose,
    ),
    Form(
        key="presiding",
        code="F-15",
        titles=confirmation.PROOF,
        applies=confirmation.proof_applies,
        compose=confirmation.compose_proof,
    ),
    Form(
        key="court",
        code="F-15",
        titles=confirmation.REGISTER,
        applies=confirmation.register_applies,
        compose=confirmation.compose_register,
    ),
    Form(key="reply", code="反馈函", titles=reply.TITLES, applies=reply.applies, compose=reply.compose),
)


def form(key: str) -> Form:
    """The form called ``key``; ``InputError`` naming those there are."""
    for candidate in FORMS:
        if candidate.key == key:
            return candidate
    known = "、".join(candidate.key for candidate in FORMS)
    raise InputError(f"没有名为“{key}”的文书，可用的有：{known}。", field="form")


def available(file: CaseFile) -> tuple[Form, ...]:
    """The forms this case can print now."""
    return tuple(candidate for candidate in FORMS if candidate.applies(file) is None)
