"""When an entry of the volume is due: a closed list of named conditions, so that the rule table needs no language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import CourtMode, Result, SourceStat
from mediation_desk.documents.forms import undisputed
from mediation_desk.shared.record import record


@record
class Given:
    """What a condition may look at: the case, whether a paper of this entry was printed, a scan of it filed.

    ``letters`` are the channels where the letter of an authority stands instead of an application.
    """

    file: CaseFile
    printed: bool = False
    scanned: bool = False
    letters: tuple[str, ...] = ()


@record
class Condition:
    """``holds`` and, in words, why the entry is due (``yes``) or not (``no``)."""

    holds: Callable[[Given], bool]
    yes: str
    no: str


def _accepted(given: Given) -> bool:
    return given.file.intake.accepted_on is not None


def _applied(given: Given) -> bool:
    intake = given.file.intake
    return intake.source_stat is not SourceStat.OWN_MOTION and intake.channel not in given.letters


def _court(mode: CourtMode | None) -> Callable[[Given], bool]:
    def holds(given: Given) -> bool:
        referral = given.file.court_referral
        return referral is not None and mode in (None, referral.mode)

    return holds


def _represented(given: Given) -> bool:
    return any(party.agents or party.is_group for party in given.file.parties)


def _sat(given: Given) -> bool:
    """A case at work will have a session; one that ended without never will."""
    file = given.file
    return any(session.held for session in file.sessions) or (_accepted(given) and not _over(given))


def _over(given: Given) -> bool:
    return given.file.outcome is not None or given.file.ending is not None


def _agreed(form: AgreementForm) -> Callable[[Given], bool]:
    return lambda given: given.file.agreement is not None and given.file.agreement.form is form


def _ended(*kinds: Result) -> Callable[[Given], bool]:
    return lambda given: given.file.ending is not None and given.file.ending.kind in kinds


def _private(given: Given) -> bool:
    return any(session.private_notes for session in given.file.sessions)


ON_DEMAND = "printed_or_scanned"
"""Due by no rule, only because somebody made it."""

CONDITIONS: Mapping[str, Condition] = {
    "always": Condition(holds=lambda _given: True, yes="每卷都要有", no=""),
    "court_delegated": Condition(
        holds=_court(CourtMode.BEFORE_FILING), yes="法院委派来的", no="不是法院委派来的"
    ),
    "court_entrusted": Condition(
        holds=_court(CourtMode.AFTER_FILING), yes="法院委托来的", no="不是法院委托来的"
    ),
    "court_referred": Condition(holds=_court(None), yes="法院委派、委托来的", no="不是法院委派、委托来的"),
    "applied": Condition(holds=_applied, yes="当事人申请", no="主动调解，或者由移送的函件代替申请书"),
    "accepted": Condition(holds=_accepted, yes="已经受理", no="没有受理"),
    "represented": Condition(holds=_represented, yes="有代理人或者代表人", no="没有代理人和代表人"),
    "investigated": Condition(
        holds=lambda given: bool(given.file.investigations), yes="做过调查", no="没有做过调查"
    ),
    "evidence": Condition(holds=lambda given: bool(given.file.evidence), yes="有证据", no="没有登记证据"),
    "suspended": Condition(
        holds=lambda given: bool(given.file.suspensions) or given.file.beside.standstill is not None,
        yes="中止过",
        no="没有中止过",
    ),
    "extended": Condition(holds=lambda given: bool(given.file.extensions), yes="延长过期限", no="没有延期"),
    "recused": Condition(
        holds=lambda given: bool(given.file.recusals), yes="有人申请过回避", no="没有人申请回避"
    ),
    "withdrawn": Condition(holds=_ended(Result.WITHDRAWN), yes="申请人撤回了申请", no="申请人没有撤回"),
    "sat": Condition(holds=_sat, yes="受理的案件每次调解一份", no="没有开过调解会"),
    "facts_agreed": Condition(
        holds=lambda given: undisputed.applies(given.file) is None,
        yes="各方同意记载",
        no="没有各方同意记载的无争议事实",
    ),
    "written_agreement": Condition(
        holds=_agreed(AgreementForm.WRITTEN), yes="达成了书面协议", no="没有书面协议"
    ),
    "oral_agreement": Condition(holds=_agreed(AgreementForm.ORAL), yes="达成了口头协议", no="没有口头协议"),
    "refused": Condition(holds=_ended(Result.NOT_ACCEPTED), yes="决定不予受理", no="没有决定不予受理"),
    "broken_off": Condition(
        holds=_ended(Result.FAILED, Result.TERMINATED), yes="调解不成或者终止", no="没有终止"
    ),
    "performed": Condition(
        holds=lambda given: any(row.done_on for row in given.file.performance),
        yes="已经有履行",
        no="还没有履行",
    ),
    "visited": Condition(holds=lambda given: bool(given.file.followups), yes="回访过", no="还没有回访"),
    "confirmation_sought": Condition(
        holds=lambda given: given.file.judicial_confirmation.applied_on is not None,
        yes="申请了司法确认",
        no="没有申请司法确认",
    ),
    "over": Condition(holds=_over, yes="调解已经结束", no="调解还没有结束"),
    ON_DEMAND: Condition(
        holds=lambda given: given.printed or given.scanned,
        yes="打印过或者有扫描件",
        no="没有打印过，也没有扫描件",
    ),
    "left_over": Condition(
        holds=lambda given: given.scanned, yes="有归不到别处的扫描件", no="没有别的扫描件"
    ),
    "private_talks": Condition(holds=_private, yes="有单方谈话", no="没有单方谈话"),
}
