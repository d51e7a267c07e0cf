"""双向反馈: who must hear how a case ended, and has not been told yet (§4.3, §4.4)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.kept import owed, waived_total
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.reception import ReplyPart, ReplyRule, reply_rule
from mediation_desk.cases.vocabulary import DayUnit, SourceStat
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record

_PLAIN = ReplyRule(
    what=(ReplyPart.RESULT,), days=5, unit=DayUnit.WORKING_DAYS, basis="移送来的案件，办结以后反馈（T-24）"
)


class SentBy(Protocol):
    """How a case came: as the file tells it, or the line of a list."""

    @property
    def channel(self) -> str:
        """Through which channel."""

    @property
    def source_stat(self) -> SourceStat:
        """How 表二 counts it."""

    @property
    def source_org(self) -> str | None:
        """Who sent it."""


@record
class Listener:
    """Somebody who is to hear. ``order`` is the order this unit had, None for the body that sent the case."""

    name: str
    since: date
    due_on: date
    basis: str
    order: int | None = None


def result_day(file: CaseFile) -> date | None:
    """Since when there is something to tell: the end of the mediation here, or the answer of who took the case over."""
    if file.outcome is not None:
        return file.outcome.concluded_on
    order = file.beside.moving_order
    return order.replied_on if order is not None and order.status is OrderStatus.DONE else None


def rule_for(file: CaseFile) -> ReplyRule | None:
    """What the sender gets back; None where nobody sent the case."""
    return _rule(file.intake)


def listeners(file: CaseFile) -> tuple[Listener, ...]:
    """Who has not been told yet: the sender first, then the units that helped."""
    since = result_day(file)
    if since is None or (file.archive is not None and file.archive.archived_on is not None):
        return ()
    told = file.feedback_to_source.on if file.feedback_to_source is not None else None
    sender = waiting_sender(file.intake, since, told)
    helped = (waiting_unit(one.no, one.to, since) for one in file.beside.orders if _waits(one, file))
    return (*((sender,) if sender is not None else ()), *helped)


def waiting_sender(intake: SentBy, since: date, told_on: date | None) -> Listener | None:
    """The body that sent the case, unless nobody did or it was told on or after ``since``."""
    rule = _rule(intake)
    if rule is None or (told_on is not None and told_on >= since):
        return None
    return Listener(
        name=intake.source_org or "移送单位", since=since, due_on=rule.end(since), basis=rule.basis
    )


def waiting_unit(no: int, name: str, since: date) -> Listener:
    """A unit that helped under order ``no``."""
    basis = "协助办理的单位应当知道结果（双向反馈）"
    return Listener(name=name, since=since, due_on=_PLAIN.end(since), basis=basis, order=no)


def unheard_since(file: CaseFile) -> date | None:
    """Since when somebody waits to hear; None when everybody has."""
    return min((one.since for one in listeners(file)), default=None)


def parts(file: CaseFile) -> tuple[tuple[ReplyPart, str], ...]:
    """Everything the sender is to get with the words on file for it; "" where there is nothing (yet)."""
    rule = rule_for(file)
    return tuple((part, _words(file, part)) for part in (rule.what if rule is not None else ()))


def suggested(file: CaseFile) -> str:
    """A letter's worth of words about the result, from what is on file."""
    wanted = parts(file) or ((ReplyPart.RESULT, _words(file, ReplyPart.RESULT)),)
    return "\n".join(words for _, words in wanted if words)


def signed_facts(file: CaseFile) -> tuple[str, ...]:
    """The facts that may leave the house: everybody consented to the record and has signed it (§2.6)."""
    consent = file.undisputed_facts_consent
    if consent is None or not consent.signed or consent.refused_by:
        return ()
    return file.undisputed_facts if {party.ref for party in file.parties} <= set(consent.by) else ()


def why_lacking(file: CaseFile, part: ReplyPart) -> str:
    """Why this part has no words: "" where it merely is not there yet."""
    match part:
        case ReplyPart.AGREEMENT if file.ending is not None:
            return "没有达成协议，不用附"
        case ReplyPart.AGREEMENT if file.agreement is not None and file.effective_on is None:
            return "协议还没有签完"
        case ReplyPart.FACTS if file.undisputed_facts_consent is not None:
            consent = file.undisputed_facts_consent
            if consent.refused_by:
                names = "、".join(file.name_of(ref) for ref in consent.refused_by)
                return f"{names}不同意记载，不能附"
            return "" if consent.signed else "各方还没有签名，不能附"
        case ReplyPart.FACTS if file.undisputed_facts:
            return "没有各方同意的记录，不能附"
        case ReplyPart.PROOF if file.ending is not None:
            return "没有达成协议，不用附"
    return ""


def enclosures(file: CaseFile) -> tuple[str, ...]:
    """What goes with the letter, as its channel asks (§4.4)."""
    sent = {
        ReplyPart.AGREEMENT: "调解协议书复印件一份",
        ReplyPart.FACTS: "无争议事实记载一份",
        ReplyPart.PROOF: "履行凭证复印件",
    }
    done = any(row.done_on is not None for row in file.performance)
    return tuple(
        sent[part]
        for part, words in parts(file)
        if part in sent and words and (part is not ReplyPart.PROOF or done)
    )


def _rule(intake: SentBy) -> ReplyRule | None:
    known = reply_rule(intake.channel)
    return known or (_PLAIN if intake.source_stat is SourceStat.REFERRED else None)


def _waits(order: Order, file: CaseFile) -> bool:
    """Whoever helped hears what came out; who had the case itself knows."""
    took_part = order.status in (OrderStatus.AT_WORK, OrderStatus.DONE)
    helped = took_part and order.kind is OrderKind.ASSIST
    return helped and order.told_on is None and file.outcome is not None


def _words(file: CaseFile, part: ReplyPart) -> str:
    match part:
        case ReplyPart.RESULT:
            return _result(file)
        case ReplyPart.AGREEMENT:
            clauses = file.agreement.clauses if file.agreement is not None and file.effective_on else ()
            return "协议内容：" + "".join(f"{one.no}．{one.text}" for one in clauses) if clauses else ""
        case ReplyPart.FACTS:
            facts = "；".join(fact.rstrip("。；") for fact in signed_facts(file))
            return f"无争议事实（各方同意记载并签名）：{facts}。" if facts else ""
        case ReplyPart.PROOF:
            return _performed(file)


def _result(file: CaseFile) -> str:
    if (outcome := file.outcome) is not None:
        said = f"{cn_date(outcome.concluded_on)}，{outcome.result}"
        return f"办理结果：{said}{f'（{outcome.reason}）' if outcome.reason else ''}。"
    order = file.beside.moving_order
    if order is not None and order.status is OrderStatus.DONE:
        return f"办理结果：已{order.kind}{order.to}办理，该单位反馈：{order.reply.rstrip('。')}。"
    return ""


def _performed(file: CaseFile) -> str:
    if not file.performance:
        return ""
    done = [row for row in file.performance if row.done_on is not None]
    forgiven = waived_total(file)
    if forgiven and not owed(file):
        return f"履行情况：已经全部结清，其中债权人免除{forgiven:,.2f}元。"
    if len(done) < len(file.performance):
        return f"履行情况：共{len(file.performance)}项，已履行{len(done)}项，其余尚未到期或者尚未履行。"
    proofs = "、".join(dict.fromkeys(row.evidence for row in done if row.evidence))
    return f"履行情况：{len(done)}项已经全部履行{f'，凭据：{proofs}' if proofs else ''}。"
