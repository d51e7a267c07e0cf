"""What the screen works out by itself: a name for the case, and what is compared with what is known."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.counter.alike import Matter
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.counter.screening import Seen
from mediation_desk.cases.reception import title_of
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.identity import birth_date_in, id_problems
from mediation_desk.parties.model import PartyKind, Side, age_on
from ui.fields.date_field import read_day
from ui.screens.intake.words import Words, parts, text

ADULT = 18


def suggested_title(words: Words, category: Category | None) -> str:
    """``甲、乙与丙邻里纠纷``; from the third name on a side is counted; "" until both sides have a name."""
    first = _side(words, Side.APPLICANT)
    second = _side(words, Side.RESPONDENT) or _side(words, Side.THIRD)
    return title_of(first, second, category)


def seen(words: Words, category: Category | None, today: date) -> Seen:
    """What of the sheet can point to a danger."""
    minors = tuple(text(party, "name") for party in parts(words, "parties") if is_minor(party, today))
    return Seen(facts=text(words, "facts"), category=category, people=heads(words), minors=minors, on=today)


def matter(words: Words, category: Category | None) -> Matter:
    """Who and what is on the sheet so far, to be compared with earlier cases."""
    rows = tuple(party for party in parts(words, "parties") if text(party, "name"))
    people = tuple(
        Named(
            name=text(party, "name"),
            side=next((side for side in Side if side.value == text(party, "side")), None),
            id_no=text(party, "id_no"),
            phone=text(party, "phone"),
            ref=text(party, "name"),
        )
        for party in rows
    )
    return Matter(people=people, category=category, facts=text(words, "facts"))


def is_minor(party: Words, today: date) -> bool:
    """Whether a natural person is under 18 by the number or the birth date typed so far."""
    born = born_on(party, today)
    return text(party, "kind") == PartyKind.PERSON.value and born is not None and age_on(born, today) < ADULT


def born_on(party: Words, today: date) -> date | None:
    """The birth date typed, or the one in a right identity number."""
    number = text(party, "id_no").upper()
    if number and not list(id_problems(number, born=None, gender=None)):
        return birth_date_in(number)
    try:
        return read_day(text(party, "birth_date"), today)
    except ValueError:
        return None


def heads(words: Words) -> int:
    """People behind the parties, a group by its members or its number."""
    return sum(_heads(party) for party in parts(words, "parties"))


def _heads(party: Words) -> int:
    if text(party, "kind") != PartyKind.GROUP.value:
        return 1
    typed = text(party, "headcount").removesuffix("人")
    return len(parts(party, "members")) or (int(typed) if typed.isdecimal() else 1)


def _side(words: Words, side: Side) -> tuple[str, ...]:
    rows = (party for party in parts(words, "parties") if text(party, "side") == side.value)
    return tuple(name for party in rows if (name := text(party, "name")))
