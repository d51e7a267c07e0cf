"""Turns the words on the intake screen into a `Register`, or says place by place what is still wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.cases.beside import Risk
from mediation_desk.cases.centre import Centre
from mediation_desk.cases.checks import problems
from mediation_desk.cases.model import Body, Claim, Coded, CourtReferral, RelatedCase
from mediation_desk.cases.reception import Channel, channels, zz_codes, zz_of
from mediation_desk.cases.registering import Register, open_file
from mediation_desk.cases.vocabulary import Category, CourtMode, Difficulty
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.track import Track
from ui.screens.intake.people import read_parties
from ui.screens.intake.reading import Reading
from ui.screens.intake.words import Words, part, parts, text, ticked

_NOT_YET = "AJ"
OTHER_SIDE = "对方"
"""What the claims list calls everybody on the other side."""


def assemble(words: Words, centre: Centre, today: date) -> tuple[Register, dict[str, str]]:
    """The registration as far as it can be read, and the problems by place; register only without problems."""
    reading = Reading(today)
    parties, members = read_parties(reading, words)
    track = reading.member(Track, words, "track") or Track.PEOPLES
    channel = channel_named(text(words, "channel"))
    source_org = reading.text(words, "source_org", "/intake")
    if channel.needs_sender and not source_org:
        reading.wrong("/intake/source_org", "请写明是哪个单位移送、委派或转办的。")
    category, zz = _category(reading, words)
    command = Register(
        title=_title(reading, words),
        track=track,
        centre=centre.name,
        organisation=_body(reading, words, centre, track),
        category=category,
        category_zz=zz,
        occurred_on=reading.required_day(words, "occurred_on", "/dispute", "纠纷发生的日期"),
        place=reading.text(words, "place", "/dispute"),
        difficulty=reading.member(Difficulty, words, "difficulty") or Difficulty.ORDINARY,
        received_on=reading.required_day(words, "received_on", "/intake", "收到日期"),
        channel=channel.name,
        source_stat=channel.source_for(track),
        source_org=source_org if channel.asks_sender and source_org else None,
        referral_no=(reading.text(words, "referral_no", "/intake") or None) if channel.asks_sender else None,
        court_referral=_court(reading, words, channel, source_org),
        parties=parties,
        group_members=members,
        facts=reading.required(words, "facts", "", "纠纷的经过", multiline=True),
        claims=_claims(reading, words, parties),
        risks=_risks(reading, words),
        related_cases=_related(words, parties),
        visit=int(text(words, "visit")) if text(words, "visit").isdecimal() else None,
    )
    return command, reading.problems | _found_by_rules(command, reading.problems)


def channel_named(name: str) -> Channel:
    """The channel called ``name``; the first one when the rule table no longer has it."""
    return next((one for one in channels() if one.name == name), channels()[0])


def claim_sides(parties: tuple[Party, ...], by: str) -> tuple[str, ...]:
    """Refs against whom ``by`` claims when nobody is named: the other side, and a third party where one is."""
    own = next((party.side for party in parties if party.ref == by), Side.APPLICANT)
    facing = Side.APPLICANT if own is Side.RESPONDENT else Side.RESPONDENT
    found = tuple(party.ref for party in parties if party.side is facing)
    return found or tuple(party.ref for party in parties if party.ref != by)


def _found_by_rules(command: Register, known: dict[str, str]) -> dict[str, str]:
    """What the rules of a case say about the registration; places already known to be wrong are left alone."""
    file = open_file(command, case_key=_NOT_YET, registrar=_NOT_YET)
    return {
        problem.pointer: f"{problem.message}。"
        for problem in reversed(problems(file))
        if problem.pointer not in known and not any(place.startswith(problem.pointer) for place in known)
    }


def _title(reading: Reading, words: Words) -> str:
    """The title; it follows from the names, so a missing one is worth a word only when these are there."""
    title = reading.text(words, "title", "")
    if not title and not any(place.startswith("/parties") for place in reading.problems):
        reading.wrong("/title", "请填写案件名称。")
    return title


def _category(reading: Reading, words: Words) -> tuple[Category, Coded]:
    category = reading.member(Category, words, "category")
    if category is None:
        if text(words, "facts"):
            reading.wrong("/dispute/category", "从经过里看不出纠纷类型，请选一个。")
        category = Category.OTHER
    wanted = text(words, "category_zz")
    return category, next((one for one in zz_codes() if one.code == wanted), zz_of(category))


def _body(reading: Reading, words: Words, centre: Centre, track: Track) -> Body:
    offered = [body for kind, body in centre.bodies if kind is track]
    found = next((body for body in offered if body.name == text(words, "body")), None)
    if found is None and not offered:
        reading.wrong("/organisation", f"本中心没有做{track}的单位，请先在中心设置里补上。")
    return found or (offered or [body for _kind, body in centre.bodies])[0]


def _court(reading: Reading, words: Words, channel: Channel, court: str) -> CourtReferral | None:
    if channel.court is None:
        return None
    given, place = part(words, "court"), "/court_referral"
    reading.required(words, "referral_no", "/intake", f"{channel.paper}的文号")
    after = channel.court is CourtMode.AFTER_FILING
    return CourtReferral(
        mode=channel.court,
        court=court,
        letter=channel.paper,
        filed_on=reading.required_day(given, "filed_on", place, "法院收案的日期"),
        referred_on=reading.required_day(given, "referred_on", place, "委派、委托的日期"),
        received_signed_on=reading.required_day(given, "received_signed_on", place, "签收材料的日期"),
        parties_consent=ticked(given, "parties_consent"),
        court_case_no=reading.text(given, "court_case_no", place) or None if after else None,
        procedure=reading.text(given, "procedure", place) or None if after else None,
    )


def _claims(reading: Reading, words: Words, parties: tuple[Party, ...]) -> tuple[Claim, ...]:
    made = []
    for number, line in enumerate(parts(words, "claims")):
        place = f"/claims/{number}"
        by = _by(parties, text(line, "by"))
        against = _ref_named(parties, text(line, "against"))
        if not parties:
            continue
        made.append(
            Claim(
                ref=f"Q{number + 1}",
                by=by,
                against=(against,) if against else claim_sides(parties, by),
                item=reading.required(line, "item", place, "要什么"),
                amount=reading.amount(line, "amount", place),
            )
        )
    return tuple(made)


def _risks(reading: Reading, words: Words) -> tuple[Risk, ...]:
    """The dangers ticked; who noted them is known when it is registered."""
    made = []
    for number, (kind, value) in enumerate(part(words, "risks").items()):
        place, given = f"/risks/{number}", value if isinstance(value, Mapping) else {}
        reported = reading.text(given, "to", place)
        made.append(
            Risk(
                kind=kind,
                noted_on=reading.today,
                noted_by="",
                note=reading.text(given, "note", place),
                reported_to=reported,
                reported_on=reading.day(given, "on", place) if reported else None,
            )
        )
    return tuple(made)


def _related(words: Words, parties: tuple[Party, ...]) -> tuple[RelatedCase, ...]:
    """One line for each party who stands in the earlier case too; the first party where none has the name any more."""
    made = []
    for link in parts(words, "related"):
        key, relation = text(link, "case_key"), text(link, "relation")
        pairs = [
            (_ref_named(parties, text(one, "name")), text(one, "same_as")) for one in parts(link, "same")
        ]
        known = [pair for pair in pairs if pair[0]] or [(party.ref, "") for party in parties[:1]]
        made += [
            RelatedCase(case_key=key, relation=relation, party=ref, same_as=there) for ref, there in known
        ]
    return tuple(made)


def total_of(lines: tuple[Words, ...], today: date) -> Decimal:
    """Sum of what has been typed so far; what is no amount counts nothing."""
    reading = Reading(today)
    return sum((reading.amount(line, "amount", "") or Decimal() for line in lines), Decimal())


def _by(parties: tuple[Party, ...], name: str) -> str:
    applicants = [party.ref for party in parties if party.side is Side.APPLICANT]
    return _ref_named(parties, name) or next(iter(applicants or [party.ref for party in parties]), "")


def _ref_named(parties: tuple[Party, ...], name: str) -> str:
    return next((party.ref for party in parties if name and party.name == name), "")
