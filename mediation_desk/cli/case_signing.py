"""``case sign`` and ``case facts``: signatures place by place and member by member, undisputed facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from mediation_desk.agreements.signing import Signer, Signing, SignWay
from mediation_desk.cases.endings import remedies
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import hands
from mediation_desk.cases.steps.declining import DeclineToSign
from mediation_desk.cases.steps.facts import RecordFacts
from mediation_desk.cases.steps.signing import MarkMembers, Sign, VoidSignatures
from mediation_desk.cases.steps.step import Step
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

ON = click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")
_ALL = "all"
Steps = Callable[[CaseFile, date], tuple[Step, ...]]


def take(context: click.Context, key: str, steps: Steps, on: date | None) -> None:
    """Take steps one after the other on the case as it stands; tell its code, number and state."""
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        for step in steps(file, on or desk.cases.local_today):
            file = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    tell(f"{file.case_key}\t{file.intake.number or '—'}\t{state_of(file)}")


def refs_of(file: CaseFile, names: tuple[str, ...], *, field: str = "ref") -> tuple[str, ...]:
    """Refs behind refs or names of parties, members, mediators, the recorder; ``ORG`` is the body."""
    known = [
        *(one.ref for one in file.parties),
        *(one.ref for one in file.group_members),
        *file.signing_places,
    ]
    found = []
    for name in names:
        ref = next((ref for ref in known if name in (ref, file.name_of(ref))), None)
        if ref is None:
            raise InputError(f"本案没有叫“{name}”的人。", field=field)
        found.append(ref)
    return tuple(found)


@click.command()
@click.argument("key")
@click.option(
    "--ref",
    "refs",
    multiple=True,
    metavar="REF",
    help="哪一处：姓名或代号，ORG 为印章；可以写几次；all 为全部",
)
@click.option("--method", default="", metavar="TEXT", help="写在协议上的签署方式；不给则按通常的写")
@click.option("--by", metavar="WHO", help="谁签：代理人、法定代表人……或者他的姓名")
@click.option(
    "--way",
    "ways",
    multiple=True,
    type=click.Choice([way.value for way in SignWay]),
    help="签名、按指印……可以写几次",
)
@click.option("--seal", default="", metavar="NAME", help="盖的是什么章，例如 理赔专用章")
@click.option("--reason", default="", metavar="TEXT", help="按指印代替签名、拒签、作废的理由")
@click.option("--scribe", default="", metavar="NAME", help="按指印代替签名时的代书人")
@click.option("--witness", default="", metavar="NAME", help="按指印代替签名时的见证人")
@click.option(
    "--member", "members", multiple=True, metavar="REF", help="附表：这些成员签了；all 为还没签的全部"
)
@click.option(
    "--mandate", "mandates", multiple=True, metavar="REF", help="附表：这些成员书面授权；all 为其余非代表人"
)
@click.option("--refuse", metavar="REF", help="这一方或者这名成员拒签（写 --reason）")
@click.option("--void", is_flag=True, help="作废已有的签署，重新签（写 --reason）")
@ON
@click.pass_context
def sign(
    context: click.Context,
    key: str,
    refs: tuple[str, ...],
    method: str,
    by: str | None,
    ways: tuple[str, ...],
    seal: str,
    reason: str,
    scribe: str,
    witness: str,
    members: tuple[str, ...],
    mandates: tuple[str, ...],
    refuse: str | None,
    void: bool,
    on: date | None,
) -> None:
    """签署：一处或者几处，群体的附表，拒签，作废重签。"""

    def steps(file: CaseFile, day: date) -> tuple[Step, ...]:
        if void:
            return (VoidSignatures(on=day, reason=reason),)
        if refuse is not None:
            (ref,) = refs_of(file, (refuse,), field="refuse")
            return (DeclineToSign(ref=ref, on=day, reason=reason, told_remedies=remedies(file)),)
        made: list[Step] = _marks(file, members, mandates, day)
        wanted = file.missing_signatures if _ALL in refs else refs_of(file, refs)
        for ref in wanted:
            detail = _detail(file, ref, day, by, ways, seal)
            if detail is not None:
                detail = _instead(detail, reason, scribe, witness)
            made.append(Sign(ref=ref, method=method, on=day, signing=detail))
        if not made:
            raise InputError("请写 --ref、--member、--mandate、--refuse 或者 --void。", field="ref")
        return tuple(made)

    take(context, key, steps, on)


def _marks(file: CaseFile, members: tuple[str, ...], mandates: tuple[str, ...], day: date) -> list[Step]:
    made: list[Step] = []
    for party in file.parties:
        if not party.is_group:
            continue
        mandated = {one.ref for one in file.beside.mandates}
        left = [one for one in file.members_of(party.ref) if one.signed is None and one.ref not in mandated]
        here = {one.ref for one in file.members_of(party.ref)}
        named = refs_of(file, tuple(one for one in members if one != _ALL), field="member")
        empowered = refs_of(file, tuple(one for one in mandates if one != _ALL), field="mandate")
        signed = tuple(one.ref for one in left) if _ALL in members else tuple(r for r in named if r in here)
        given = tuple(r for r in empowered if r in here)
        if _ALL in mandates:
            given = tuple(one.ref for one in left if not one.is_representative and one.ref not in signed)
        if signed or given:
            made.append(MarkMembers(group=party.ref, on=day, signed=signed, mandated=given))
    return made


def _detail(
    file: CaseFile, ref: str, day: date, by: str | None, ways: tuple[str, ...], seal: str
) -> Signing | None:
    party = file.party(ref)
    if party is not None and party.is_group:
        return None
    offered = hands(file, ref, day)
    if by is None:
        hand = offered[0]
        detail = hand.signing(ref)
    else:
        hand_of = next((one for one in offered if by in (one.by.value, one.name)), None)
        # an unlawful hand is told by the rule it breaks, so it is passed on
        detail = hand_of.signing(ref) if hand_of else Signing(ref=ref, by=_signer(file, ref, by), name=by)
    chosen = tuple(SignWay(way) for way in ways)
    return Signing(
        ref=ref, by=detail.by, name=detail.name, ways=chosen or detail.ways, seal=seal or detail.seal
    )


def _signer(file: CaseFile, ref: str, by: str) -> Signer:
    party = file.party(ref)
    if party is not None and any(agent.name == by for agent in party.agents):
        return Signer.AGENT
    try:
        return Signer(by)
    except ValueError:
        raise InputError(f"{file.name_of(ref)}一方没有叫“{by}”的人可以签。", field="by") from None


def _instead(detail: Signing, reason: str, scribe: str, witness: str) -> Signing:
    if not detail.instead:
        return detail
    return Signing(
        ref=detail.ref, by=detail.by, name=detail.name, ways=detail.ways, seal=detail.seal,
        reason=reason, scribe=scribe, witness=witness,
    )  # fmt: skip


@click.command()
@click.argument("key")
@click.option("--fact", "facts", multiple=True, metavar="TEXT", help="一项没有争议的事实，可以写几次")
@click.option("--by", multiple=True, metavar="PARTY", help="谁同意记载：姓名或代号，可以写几次；all 为各方")
@click.option("--refused-by", multiple=True, metavar="PARTY", help="谁不同意")
@click.option("--signed", is_flag=True, help="各方已经签名")
@ON
@click.pass_context
def facts(
    context: click.Context,
    key: str,
    facts: tuple[str, ...],
    by: tuple[str, ...],
    refused_by: tuple[str, ...],
    signed: bool,
    on: date | None,
) -> None:
    """无争议事实：各方同意才能记载，让步和方案不写。"""

    def steps(file: CaseFile, day: date) -> tuple[Step, ...]:
        everybody = tuple(party.ref for party in file.parties)
        consent = everybody if _ALL in by else refs_of(file, by, field="by")
        against = refs_of(file, refused_by, field="refused_by")
        return (RecordFacts(facts=facts, by=consent, refused_by=against, on=day, signed=signed),)

    take(context, key, steps, on)
