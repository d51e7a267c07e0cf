"""What a centre decides itself about its papers: seal, ways to sign, closing sentences, things to tick ([K])."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_FILE = "papers"


@record
class House:
    """The practice for one form. ``act`` is what a person does at the place to sign, ``closing`` the sentence above.

    ``each_page`` stands with a line to sign on at the foot of every page; ``results`` are the words to tick.
    """

    form: str
    seal: bool
    act: str
    closing: str
    mark: str
    source: str
    each_page: str = ""
    results: tuple[str, ...] = ()


@record
class Mandate:
    """The words of a 授权委托书: both kinds of power, what is left out, how long it lasts."""

    general: str
    special: str
    limits: str
    until: str


@record
class Letter:
    """What members let their representatives do, and what only with the consent of all (LR-19)."""

    powers: str
    special: str


@record
class Identity:
    """Which papers prove who a party is."""

    person: str
    minor: str
    company: str
    unincorporated: str
    sole_trader: str
    agent: str


@record
class Question:
    """One line of the questionnaire with its boxes to tick."""

    text: str
    answers: tuple[str, ...]


def house(form: str) -> House:
    """The practice for this form. Raises ``InputError`` where the rule file says nothing of it."""
    return built(_FILE, lambda data: _house(data, form))


def mandate_words() -> Mandate:
    """For the 授权委托书."""
    return built(
        _FILE,
        lambda data: Mandate(
            general=data["mandate"]["general"],
            special=data["mandate"]["special"],
            limits=data["mandate"]["limits"],
            until=data["mandate"]["until"],
        ),
    )


def letter_words() -> Letter:
    """For the 代表人推选书."""
    return built(
        _FILE, lambda data: Letter(powers=data["letter"]["powers"], special=data["letter"]["special"])
    )


def identity_words() -> Identity:
    """For the sheet of identity papers."""
    return built(_FILE, _identity)


def questions() -> tuple[Question, ...]:
    """Of the questionnaire."""
    return built(_FILE, _questions)


def _house(data: Mapping[str, Any], form: str) -> House:
    (one,) = (entry for entry in data["paper"] if entry["form"] == form)
    return House(
        form=form,
        seal=bool(one["seal"]),
        act=one["act"],
        closing=one["closing"],
        mark=one["mark"],
        source=one["source"],
        each_page=one.get("each_page", ""),
        results=tuple(one.get("results", ())),
    )


def _identity(data: Mapping[str, Any]) -> Identity:
    words = data["identity"]
    return Identity(
        person=words["person"],
        minor=words["minor"],
        company=words["company"],
        unincorporated=words["unincorporated"],
        sole_trader=words["sole_trader"],
        agent=words["agent"],
    )


def _questions(data: Mapping[str, Any]) -> tuple[Question, ...]:
    return tuple(
        Question(text=one["text"], answers=tuple(one["answers"])) for one in data["survey"]["question"]
    )
