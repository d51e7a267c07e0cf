"""核算单: the class of a case, the clause that put it there, what each mediator draws, or why nothing (yet)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.counted import performed_on
from mediation_desk.cases.kept import standing_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.subsidy.conditions import Finding, judged
from mediation_desk.subsidy.matter import Matter, basis_of, matter_of, parties_print
from mediation_desk.subsidy.months import months_before
from mediation_desk.subsidy.rules import Kept, Scheme, SubsidyRules
from mediation_desk.subsidy.sameness import Claimed
from mediation_desk.subsidy.sharing import Share, shared_out

ZERO = Decimal("0.00")
PRACTICE = "各地以案定补办法"
"""Where the rules come from that no file names: published rules of several places agree on them."""


@record
class Refusal:
    """Why a case is not paid for; ``final``: it never will be, whatever is still done about it."""

    text: str
    source: str
    final: bool = False

    @property
    def sentence(self) -> str:
        """With its source."""
        return f"{self.text}（{self.source}）"


@record
class Worksheet:
    """One case on one day. Class, amount and shares are worked out even where ``refusals`` forbid to pay them."""

    case_key: str
    number: str | None
    body: str
    category: str
    concluded_on: date | None
    on: date
    scheme: str
    scheme_version: str
    pay_class: str
    clause: str
    findings: tuple[Finding, ...]
    class_amount: Decimal
    shares: tuple[Share, ...]
    refusals: tuple[Refusal, ...]
    basis: str
    parties: str
    seen: int

    @property
    def amount(self) -> Decimal:
        """What all shares come to, in yuan."""
        return sum((share.amount for share in self.shares), ZERO)

    @property
    def payable(self) -> bool:
        """Whether it may be claimed now."""
        return not self.refusals

    @property
    def never(self) -> bool:
        """Whether nothing that is still to be done can change the refusal."""
        return any(refusal.final for refusal in self.refusals)


def worksheet(file: CaseFile, rules: SubsidyRules, on: date, same: Claimed | None = None) -> Worksheet:
    """Work ``file`` out as it stands at the end of ``on``; ``same`` is a case of the same dispute already claimed."""
    matter = matter_of(file)
    scheme = rules.scheme_on(matter.concluded_on or on)
    findings = judged(scheme, matter) if scheme and matter.success else ()
    hit = findings[-1] if findings and findings[-1].holds else None
    amount = ZERO
    shares: tuple[Share, ...] = ()
    if scheme is not None and hit is not None:
        amount = next(one.amount for one in scheme.classes if one.name == hit.name)
        shares = shared_out(amount, scheme, rules.on_pay, matter.mediators)
    return Worksheet(
        case_key=file.case_key,
        number=file.intake.number,
        body=file.organisation.name,
        category=file.dispute.category,
        concluded_on=matter.concluded_on,
        on=on,
        scheme=scheme.name if scheme else "",
        scheme_version=scheme.version if scheme else "",
        pay_class=hit.name if hit else "",
        clause=hit.clause if hit else "",
        findings=findings,
        class_amount=amount,
        shares=shares,
        refusals=tuple(_refusals(file, matter, rules, scheme, hit, shares, on, same)),
        basis=basis_of(file),
        parties=parties_print(file),
        seen=file.version,
    )


def _refusals(
    file: CaseFile,
    matter: Matter,
    rules: SubsidyRules,
    scheme: Scheme | None,
    hit: Finding | None,
    shares: tuple[Share, ...],
    on: date,
    same: Claimed | None,
) -> Iterator[Refusal]:
    if file.beside.binned is not None:
        yield Refusal(text="案件在回收站里", source="I")
    if matter.track not in rules.tracks:
        source = rules.sources.get("tracks", "I")
        yield Refusal(text=f"{matter.track}的案件不在以案定补范围内", source=source, final=True)
    if matter.concluded_on is None or matter.concluded_on > on:
        yield Refusal(text="还没有办结", source=PRACTICE)
        return
    if not matter.accepted or not matter.success:
        result = file.outcome.result if file.outcome else ""
        yield Refusal(text=f"没有达成协议（{result}）", source=PRACTICE, final=True)
        return
    yield from _out_of_table(matter.concluded_on, rules, scheme, hit, on)
    if same is not None:
        yield Refusal(
            text=f"同一纠纷只补一次：{same.why}，已计补于{same.case_key}",
            source=rules.sources.get("same", PRACTICE),
            final=True,
        )
    if not matter.mediators:
        yield Refusal(text="没有登记调解员", source="LR-6")
    elif hit is not None and not any(share.amount for share in shares):
        yield Refusal(text="办案的调解员都领取工资", source=rules.on_pay.source, final=True)
    yield from _unfinished(file, matter, rules, on)


def _out_of_table(
    concluded_on: date, rules: SubsidyRules, scheme: Scheme | None, hit: Finding | None, on: date
) -> Iterator[Refusal]:
    """No table for that day, no class for that case, or asked for too late."""
    day = cn_date(concluded_on)
    if scheme is None:
        yield Refusal(text=f"{day}办结，当时没有适用的计补办法", source="I", final=True)
    elif hit is None:
        yield Refusal(text="不符合任何一类的条件", source=scheme.source, final=True)
    if rules.within_months and concluded_on <= months_before(on, rules.within_months):
        source = rules.sources.get("within", "I")
        yield Refusal(text=f"{day}办结，{rules.within_months}个月内没有申报", source=source, final=True)


def _unfinished(file: CaseFile, matter: Matter, rules: SubsidyRules, on: date) -> Iterator[Refusal]:
    """What is still to be done about the case."""
    source = rules.sources.get
    oral = matter.form is AgreementForm.ORAL
    if oral and not rules.oral:
        yield Refusal(text="口头协议不补", source=source("oral", "I"), final=True)
    if file.effective_on is None or file.effective_on > on:
        yield Refusal(text="协议还没有生效", source="LR-12")
    lacking = _not_kept(file, rules.performance, on)
    if lacking:
        yield Refusal(text=lacking, source=source("performance", "I"))
    if rules.filed and not _filed(file, on):
        entered = oral and file.agreement is not None and file.agreement.oral_record is not None
        if not entered:
            yield Refusal(
                text="口头协议没有登记入册" if oral else "案卷还没有归档", source=source("filed", "I")
            )


def _filed(file: CaseFile, on: date) -> bool:
    filed = file.archive.archived_on if file.archive else None
    return filed is not None and filed <= on


def _not_kept(file: CaseFile, wanted: Kept, on: date) -> str:
    """What is lacking in performance; "" when it is as the rules want it."""
    if wanted is Kept.NOTHING:
        return ""
    done = performed_on(file)
    if done is not None and done <= on:
        return ""
    if wanted is Kept.WHOLE:
        return "协议还没有履行完毕"
    standing = standing_of(file, on)
    if not standing.items:
        return ""
    late = standing.overdue
    if late:
        return f"协议第{late[0].clause}条到期没有履行"
    return "" if standing.settled else "协议还没有开始履行"
