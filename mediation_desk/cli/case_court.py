"""``case confirm``: where the confirmation stands; wills, papers, application, requests, ruling, enforcement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from mediation_desk.agreements.court import FilingWay, Will, WillWay
from mediation_desk.agreements.signing import Signer
from mediation_desk.cases.court.eligibility import eligibility
from mediation_desk.cases.court.pack import missing, pack
from mediation_desk.cases.court.standing import after_filing, after_ruling, open_requests
from mediation_desk.cases.court.where import courts, enforcement_note, usual_court
from mediation_desk.cases.court.wills import bound_parties, lacking_wills, may_speak
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.confirming import (
    RULINGS,
    ApplyForConfirmation,
    ApplyForEnforcement,
    RecordRuling,
    WithdrawFromCourt,
)
from mediation_desk.cases.steps.court_papers import (
    CompleteForCourt,
    GatherCourtPapers,
    NoteCourtRequest,
    RecordWills,
)
from mediation_desk.cases.steps.step import Step
from mediation_desk.cli.case_signing import ON, refs_of, take
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError

_ALL = "all"


@click.command()
@click.argument("key")
@click.option(
    "--will", "wills", multiple=True, metavar="PARTY", help="愿意申请的一方，可以写几次；all 为各方"
)
@click.option("--unwilling", multiple=True, metavar="PARTY", help="不愿意申请的一方")
@click.option(
    "--how",
    type=click.Choice([way.value for way in (*WillWay, *FilingWay)]),
    help="怎样表示意愿，或者怎样提交申请",
)
@click.option("--by", metavar="NAME", help="谁替这一方说的（代理人姓名）；申请执行的一方")
@click.option("--authority", type=DAY, metavar="DATE", help="写明代为申请司法确认的委托书日期")
@click.option("--paper", "papers", multiple=True, metavar="NAME", help="已备齐的材料，可以写几次；all 为全部")
@click.option("--apply", "applies", is_flag=True, help="登记申请")
@click.option("--court", default="", metavar="NAME", help="法院，默认提示的第一个")
@click.option("--case-no", default="", metavar="NO", help="法院的案号")
@click.option("--ask", default="", metavar="TEXT", help="法院要求补正什么")
@click.option("--due", type=DAY, metavar="DATE", help="补正的期限")
@click.option("--complete", type=int, metavar="N", help="第几项补正已经完成")
@click.option("--ruling", is_flag=True, help="登记裁定（写 --result）")
@click.option("--result", type=click.Choice(RULINGS), help="裁定的结果")
@click.option("--received", type=DAY, metavar="DATE", help="收到裁定的日期")
@click.option("--withdraw", multiple=True, metavar="PARTY", help="撤回申请的一方")
@click.option("--absent", is_flag=True, help="无正当理由没有到场，按撤回处理")
@click.option("--reason", default="", metavar="TEXT", help="裁定或者撤回的理由")
@click.option("--enforce", is_flag=True, help="登记申请执行（写 --by）")
@click.option("--against", multiple=True, metavar="PARTY", help="对谁申请执行")
@ON
@click.pass_context
def confirm(context: click.Context, /, key: str, on: date | None, **given: object) -> None:
    """司法确认：不写别的选项时，说明能不能申请、还差什么、向哪个法院。"""

    def steps(file: CaseFile, day: date) -> tuple[Step, ...]:
        words = _Words(given)
        return (
            *_until_filed(file, day, words),
            *_at_the_court(file, day, words),
            *_enforced(file, day, words),
        )

    if not any(given[name] for name in given):
        with opened(context) as desk:
            for sentence in _told(desk.cases.file(desk.actor, key), on or desk.cases.local_today):
                click.echo(sentence)
        return
    take(context, key, steps, on)


def _until_filed(file: CaseFile, day: date, words: _Words) -> Iterator[Step]:
    if words.names("wills") or words.names("unwilling"):
        yield _wills(file, day, words)
    if words.names("papers"):
        known = tuple(item.name for item in pack(file) if item.ticked)
        yield GatherCourtPapers(
            on=day, names=known if _ALL in words.names("papers") else words.names("papers")
        )
    if words.is_set("applies"):
        how = words.text("how")
        yield ApplyForConfirmation(
            on=day,
            court=words.text("court") or usual_court(file),
            case_no=words.text("case_no"),
            how=FilingWay(how) if how in tuple(FilingWay) else FilingWay.AT_THE_COURT,
        )


def _at_the_court(file: CaseFile, day: date, words: _Words) -> Iterator[Step]:
    if words.text("ask"):
        yield NoteCourtRequest(on=day, what=words.text("ask"), due_on=words.day("due"))
    if (no := words.number("complete")) is not None:
        yield CompleteForCourt(on=day, no=no)
    if words.names("withdraw"):
        by = refs_of(file, words.names("withdraw"), field="withdraw")
        yield WithdrawFromCourt(on=day, by=by, reason=words.text("reason"), absent=words.is_set("absent"))
    if words.is_set("ruling"):
        if not words.text("result"):
            raise InputError("请用 --result 写明裁定的结果。", field="result")
        yield RecordRuling(
            on=day,
            result=words.text("result"),
            reason=words.text("reason"),
            received_on=words.day("received"),
            case_no=words.text("case_no"),
        )


def _enforced(file: CaseFile, day: date, words: _Words) -> Iterator[Step]:
    if not words.is_set("enforce"):
        return
    if not words.text("by"):
        raise InputError("请用 --by 写明谁申请执行。", field="by")
    (ref,) = refs_of(file, (words.text("by"),), field="by")
    against = refs_of(file, words.names("against"), field="against")
    yield ApplyForEnforcement(on=day, by=ref, against=against, case_no=words.text("case_no") or None)


class _Words:
    """Options by name with their kind."""

    def __init__(self, given: dict[str, object]) -> None:
        self._given = given

    def text(self, name: str) -> str:
        value = self._given[name]
        return value if isinstance(value, str) else ""

    def names(self, name: str) -> tuple[str, ...]:
        value = self._given[name]
        return tuple(str(one) for one in value) if isinstance(value, tuple) else ()

    def is_set(self, name: str) -> bool:
        return bool(self._given[name])

    def number(self, name: str) -> int | None:
        value = self._given[name]
        return value if isinstance(value, int) else None

    def day(self, name: str) -> date | None:
        value = self._given[name]
        return value if isinstance(value, date) else None


def _wills(file: CaseFile, day: date, words: _Words) -> RecordWills:
    bound = tuple(party.ref for party in bound_parties(file))
    agreeing = bound if _ALL in words.names("wills") else refs_of(file, words.names("wills"), field="will")
    against = refs_of(file, words.names("unwilling"), field="unwilling")
    how = words.text("how")
    way = WillWay(how) if how in tuple(WillWay) else WillWay.FACE_TO_FACE
    wills = []
    for ref in (*agreeing, *(one for one in against if one not in agreeing)):
        party = file.party(ref)
        if party is None:
            raise InputError(f"“{ref}”不是本案的当事人。", field="will")
        speakers = may_speak(file, party, day)
        spoken = next((one for one in speakers if words.text("by") and one[1] == words.text("by")), None)
        if words.text("by") and spoken is None and len(agreeing) + len(against) == 1:
            spoken = (Signer.AGENT, words.text("by"))
        by, name = spoken or speakers[0]
        wills.append(
            Will(
                ref=ref, agrees=ref not in against, on=day, how=way, by=by, name=name,
                authority_on=words.day("authority") if by is Signer.AGENT else None,
            )
        )  # fmt: skip
    return RecordWills(on=day, wills=tuple(wills))


def _told(file: CaseFile, day: date) -> Iterator[str]:
    court = file.judicial_confirmation
    verdict = eligibility(file, day)
    if court.applied_on is None:
        yield str(verdict.verdict)
        yield from (one.words for one in verdict.findings)
        if file.effective_on is not None and file.agreement is not None:
            if court.deadline is not None:
                yield f"最后一天：{cn_date(court.deadline)}"
            yield lacking_wills(file) or "各方都愿意共同申请。"
            yield f"材料{missing(pack(file)) or '齐全。'}"
            yield from (f"法院：{one.name or '—'}　{one.reason}" for one in courts(file))
        yield from (f"还可以：{way.name}，{way.sentence}（{way.basis}）" for way in verdict.others)
        return
    yield f"{cn_date(court.applied_on)}向{court.court}申请　{court.case_no or ''}"
    yield from (one for one in (open_requests(file), after_filing(file)) if one)
    if court.decided_on is not None:
        yield f"{cn_date(court.decided_on)}　{court.result}"
        yield after_ruling(file)
    note = enforcement_note(file)
    if note is not None:
        yield f"{note.why}，至{cn_date(note.until)}；{note.court}"
