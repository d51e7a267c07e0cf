"""The checks a score sheet may name: a closed list, each looks at the case file and says what is wrong, or "" ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.feedback import listeners
from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Decision, Result
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record

_UNVISITED = (Result.NOT_ACCEPTED, Result.WITHDRAWN)


@record
class Looked:
    """What a check may look at: the file, and what the checklist of the volume finds missing (None: not asked)."""

    file: CaseFile
    missing: tuple[str, ...] | None = None


def dates_in_order(looked: Looked) -> str:
    """Registered, accepted, met, concluded: in this order."""
    file = looked.file
    days = [("登记", file.intake.received_on)]
    if file.intake.accepted_on is not None:
        days.append(("受理", file.intake.accepted_on))
    held = [session.date for session in file.sessions if session.held]
    if held:
        days.append(("第一次调解", min(held)))
    if file.outcome is not None:
        days.append(("调解结束", file.outcome.concluded_on))
    for (before, first), (after, second) in pairwise(days):
        if second < first:
            return f"{after}（{cn_date(second)}）早于{before}（{cn_date(first)}）"
    return ""


def number_given(looked: Looked) -> str:
    """What was accepted bears a number."""
    intake = looked.file.intake
    return "受理了没有案号" if intake.decision is Decision.ACCEPTED and not intake.number else ""


def claims_named(looked: Looked) -> str:
    """At least one thing is asked for."""
    return "" if looked.file.claims else "没有登记请求"


def mediator_chosen(looked: Looked) -> str:
    """Somebody presides where the case was accepted and went on."""
    file = looked.file
    return "没有主持调解员" if _mediated(file) and file.presiding is None else ""


def disclosed(looked: Looked) -> str:
    """Every mediator said whether anything binds him to the parties (LR-17)."""
    silent = [one.name for one in looked.file.mediators if not one.disclosure]
    return f"{'、'.join(silent)}没有披露" if silent else ""


def rights_told(looked: Looked) -> str:
    """The parties were told their rights in the first session (LR-16)."""
    held = [session for session in looked.file.sessions if session.held]
    return "" if not held or any(one.rights_notice_given for one in held) else "没有一次调解记录告知权利义务"


def sessions_recorded(looked: Looked) -> str:
    """No session without a record."""
    empty = [str(one.no) for one in looked.file.sessions if not one.held or not one.record.strip()]
    return f"第{'、'.join(empty)}次调解会没有记录" if empty else ""


def investigation_signed(looked: Looked) -> str:
    """Who was asked has signed."""
    unsigned = [cn_date(one.on) for one in looked.file.investigations if not one.signed]
    return f"{'、'.join(unsigned)}的调查记录没有签名" if unsigned else ""


def evidence_there(looked: Looked) -> str:
    """Something supports the facts of a case that was mediated."""
    file = looked.file
    return (
        "没有证据，也没有调查记录" if _mediated(file) and not (file.evidence or file.investigations) else ""
    )


def agreement_signed(looked: Looked) -> str:
    """Every place of a written agreement is signed."""
    file = looked.file
    missing = [file.name_of(ref) for ref in file.missing_signatures]
    return f"{'、'.join(missing)}没有签" if missing else ""


def oral_confirmed(looked: Looked) -> str:
    """An oral agreement is registered and confirmed by every party (LR-11)."""
    agreement = looked.file.agreement
    if agreement is None or agreement.form is not AgreementForm.ORAL:
        return ""
    if agreement.oral_record is None:
        return "口头协议没有登记"
    said = " ".join(agreement.oral_record.confirmed_by)
    silent = [party.name for party in looked.file.parties if party.ref not in said]
    return f"{'、'.join(silent)}没有确认" if silent else ""


def copies_enough(looked: Looked) -> str:
    """One copy for each party and one for the body (LR-13)."""
    agreement = looked.file.agreement
    if agreement is None or agreement.form is AgreementForm.ORAL:
        return ""
    least = len(looked.file.parties) + 1
    return f"应有{least}份，写了{agreement.copies}份" if agreement.copies < least else ""


def remedies_told(looked: Looked) -> str:
    """Who got no agreement was told where to go (LR-10)."""
    ending = looked.file.ending
    return "没有告知其他途径" if ending is not None and not ending.told_remedies else ""


def facts_told(looked: Looked) -> str:
    """The facts are written down."""
    return "" if looked.file.facts.strip() else "没有写明事实"


def visited(looked: Looked) -> str:
    """There was a follow-up visit, where one is due (T-23)."""
    file = looked.file
    exempt = file.ending is not None and file.ending.kind in _UNVISITED
    return "" if file.followups or exempt or file.outcome is None else "没有回访"


def urged(looked: Looked) -> str:
    """Who is late was urged (T-19). A volume put in order later than that says so by its dates."""
    file = looked.file
    last = max((visit.on for visit in file.followups), default=None)
    if last is None or file.beside.urgings:
        return ""
    late = [row for row in owed(file) if row.due_on < last]
    return f"第{late[0].clause}条{cn_date(late[0].due_on)}到期，没有督促" if late else ""


def replied(looked: Looked) -> str:
    """Who sent the case has heard (T-24)."""
    waiting = [one.name for one in listeners(looked.file)]
    return f"还没有向{'、'.join(waiting)}反馈" if waiting else ""


def papers_there(looked: Looked) -> str:
    """What the checklist of the volume asks for is there; where nobody asked it, a person looks."""
    return f"缺{'、'.join(looked.missing)}" if looked.missing else ""


def pages_counted(looked: Looked) -> str:
    """An archived volume says how many pages it has."""
    archive = looked.file.archive
    return "没有页数" if archive is not None and archive.archived_on and not archive.pages else ""


def catalogue_there(looked: Looked) -> str:
    """An archived volume has a cover and a catalogue."""
    archive = looked.file.archive
    if archive is None or archive.archived_on is None:
        return ""
    missing = [word for word in ("封面", "目录") if not any(word in one for one in archive.documents)]
    return f"没有{'、'.join(missing)}" if missing else ""


def _mediated(file: CaseFile) -> bool:
    return file.intake.decision is Decision.ACCEPTED and any(session.held for session in file.sessions)


_ALL = (
    dates_in_order,
    number_given,
    claims_named,
    mediator_chosen,
    disclosed,
    rights_told,
    sessions_recorded,
    investigation_signed,
    evidence_there,
    agreement_signed,
    oral_confirmed,
    copies_enough,
    remedies_told,
    facts_told,
    visited,
    urged,
    replied,
    papers_there,
    pages_counted,
    catalogue_there,
)
CHECKS: Mapping[str, Callable[[Looked], str]] = {check.__name__: check for check in _ALL}
