"""``expert shortlist|choose|result``: choosing a mediator for one case from the command line."""

from __future__ import annotations

import json

import click

from mediation_desk.app import Desk
from mediation_desk.cases.choosing.outcome import Outcome
from mediation_desk.cases.choosing.shortlist import Candidate, Shortlist
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.experts.choice.ballot import Ballot, LeftOut, MarkedAt
from mediation_desk.experts.mediator import public_card
from mediation_desk.shared.errors import InputError


@click.command()
@click.argument("key")
@click.option("--language", default="", help="当事人需要的语言或方言，如 蒙古语")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（只含公开栏目）")
@click.pass_context
def shortlist(context: click.Context, key: str, language: str, as_json: bool) -> None:
    """一案的候选名单：按中立顺序，写明各人列入或者不列入的理由。"""
    with opened(context) as desk:
        listed = desk.choosing.shortlist(desk.actor, key, language=language)
        if as_json:
            _dump(_shortlist(desk, listed))
            return
    if listed.widened:
        click.echo("擅长领域相符的人太少，其他领域的也列入。")
    for place, one in enumerate(listed.candidates, start=1):
        tell(f"{place}\t{one.mediator.pool_no}\t{one.mediator.name}\t{'；'.join(one.reasons)}")
        for hit in one.hits:
            tell(f"\t须披露：{hit.sentence}")
    for out in (*listed.left_out, *listed.other_field):
        tell(f"不列入\t{out.pool_no}\t{out.name}\t{'；'.join(out.reasons)}")


@click.command()
@click.argument("key")
@click.option("--party", required=True, metavar="REF", help="哪一方，如 A1")
@click.option("--rank", "ranks", multiple=True, metavar="ID", help="依次排的名次，写几次排几位")
@click.option("--strike", "strikes", multiple=True, metavar="ID", help="不接受的人，可写几次")
@click.option("--language", default="", help="开始新一轮时，当事人需要的语言或方言")
@click.pass_context
def choose(
    context: click.Context,
    key: str,
    party: str,
    ranks: tuple[str, ...],
    strikes: tuple[str, ...],
    language: str,
) -> None:
    """记下一方的选择；还没有开始时先出示候选名单。其他各方的选择不显示。"""
    with opened(context) as desk:
        ballot = _open_round(desk, key) or desk.choosing.open_round(desk.actor, key, language=language)
        desk.choosing.mark(
            desk.actor,
            key,
            party,
            ranks=_numbers(ranks),
            strikes=_numbers(strikes),
            sealed=True,
            place=MarkedAt.COMMAND,
        )
        file = desk.cases.file(desk.actor, key)
        ballot = _open_round(desk, key) or ballot
        left = ballot.silent(tuple(one.ref for one in file.parties))
    click.echo(f"{party}已选好；{'还没有选的：' + '、'.join(left) if left else '各方都已选好。'}")


@click.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def result(context: click.Context, key: str, as_json: bool) -> None:
    """一案各轮选择的结果和理由；各方都选好之前不显示任何一方的选择。"""
    with opened(context) as desk:
        rounds = desk.choosing.ballots(desk.actor, key)
        if not rounds:
            raise InputError("本案还没有进行过选择。", field="case")
        pending = rounds[-1].is_open
        file = desk.cases.file(desk.actor, key)
        silent = rounds[-1].silent(tuple(one.ref for one in file.parties)) if pending else ()
        outcome = desk.choosing.outcome(desk.actor, key) if pending and not silent else None
    if as_json:
        _dump([_round(one, outcome if one.is_open else None) for one in rounds])
        return
    for one in rounds:
        tell(_told(one, silent if one.is_open else (), outcome if one.is_open else None))


def _numbers(given: tuple[str, ...]) -> tuple[str, ...]:
    """``--rank M01 --rank M02`` and ``--rank M01,M02`` both."""
    return tuple(number for one in given for number in one.replace("，", ",").split(",") if number)


def _open_round(desk: Desk, key: str) -> Ballot | None:
    rounds = desk.choosing.ballots(desk.actor, key)
    return rounds[-1] if rounds and rounds[-1].is_open else None


def _told(ballot: Ballot, silent: tuple[str, ...], outcome: Outcome | None) -> str:
    head = f"第{ballot.no}轮"
    if silent:
        return f"{head}\t还没有选的：{'、'.join(silent)}"
    if outcome is not None:
        return f"{head}\t{outcome.next.step}\t{'、'.join(outcome.next.result) or '—'}\t{outcome.next.why}"
    return f"{head}\t{ballot.ended_by}\t{'、'.join(ballot.result) or '—'}\t{ballot.why}"


def _dump(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _shortlist(desk: Desk, listed: Shortlist) -> dict[str, object]:
    return {
        "widened": listed.widened,
        "language": listed.language,
        "candidates": [_candidate(desk, one) for one in listed.candidates],
        "left_out": [_out(one) for one in listed.left_out],
        "other_field": [_out(one) for one in listed.other_field],
    }


def _candidate(desk: Desk, one: Candidate) -> dict[str, object]:
    public = public_card(one.mediator, desk.cases.local_today)
    return {
        "pool_no": public.pool_no,
        "name": public.name,
        "organisation": public.organisation,
        "grade": public.grade,
        "specialties": list(public.specialties),
        "languages": list(public.languages),
        "running": one.running,
        "handled": one.handled,
        "next_free": one.next_free.isoformat(timespec="minutes") if one.next_free else None,
        "reasons": list(one.reasons),
        "disclose": [hit.told for hit in one.hits],
    }


def _out(one: LeftOut) -> dict[str, object]:
    return {"pool_no": one.pool_no, "name": one.name, "reasons": list(one.reasons)}


def _round(ballot: Ballot, outcome: Outcome | None) -> dict[str, object]:
    decided = {
        "step": outcome.next.step.value if outcome else ballot.ended_by or None,
        "result": list(outcome.next.result if outcome else ballot.result),
        "why": outcome.next.why if outcome else ballot.why,
        "withdrawn": dict(outcome.withdrawn) if outcome else {},
    }
    return {
        "round": ballot.no,
        "run_off": ballot.run_off,
        "open": ballot.is_open,
        "candidates": list(ballot.candidates),
        "marks": {
            mark.party: {"sealed": mark.sealed, "ranks": list(mark.ranks), "strikes": list(mark.strikes)}
            for mark in ballot.marks
        },
        **decided,
    }
