"""Reads typed words into values and remembers, place by place, what is wrong with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from mediation_desk.parties.identity import birth_date_in, gender_in, id_problems
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical, fold_width
from ui.fields.date_field import read_day
from ui.fields.money_field import read_yuan
from ui.screens.intake.words import Words, text

E = TypeVar("E", bound=Enum)


class Reading:
    """``problems`` maps a place (JSON pointer into the case) to one sentence, in the order found."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.problems: dict[str, str] = {}

    def wrong(self, place: str, sentence: str) -> None:
        """Remember the first thing wrong at ``place``."""
        self.problems.setdefault(place, sentence)

    def text(self, words: Words, key: str, place: str, *, multiline: bool = False) -> str:
        """Text that may be stored."""
        try:
            return canonical(text(words, key), "这一项", multiline=multiline)
        except InputError as error:
            self.wrong(f"{place}/{key}", error.message)
            return ""

    def required(self, words: Words, key: str, place: str, what: str, *, multiline: bool = False) -> str:
        """Text that must be there."""
        found = self.text(words, key, place, multiline=multiline)
        if not found:
            self.wrong(f"{place}/{key}", f"请填写{what}。")
        return found

    def folded(self, words: Words, key: str, place: str) -> str:
        """Numbers and codes: half width, upper case, no blanks."""
        return "".join(fold_width(self.text(words, key, place)).split()).upper()

    def day(self, words: Words, key: str, place: str) -> date | None:
        """A day; None when empty or wrong."""
        try:
            return read_day(text(words, key), self.today)
        except ValueError as error:
            self.wrong(f"{place}/{key}", str(error))
            return None

    def required_day(self, words: Words, key: str, place: str, what: str) -> date:
        """A day that must be there; today stands in for a missing one, which is remembered as wrong."""
        found = self.day(words, key, place)
        if found is None:
            self.wrong(f"{place}/{key}", f"请填写{what}。")
        return found or self.today

    def amount(self, words: Words, key: str, place: str) -> Decimal | None:
        """Yuan; None when empty or wrong."""
        try:
            return read_yuan(text(words, key))
        except InputError as error:
            self.wrong(f"{place}/{key}", error.message)
            return None

    def member(self, kind: type[E], words: Words, key: str) -> E | None:
        """A member of an enumeration by its value; None when nothing or something else stands there."""
        found = text(words, key)
        return next((one for one in kind if one.value == found), None)

    def born(self, words: Words, place: str, who: str) -> tuple[str, Gender, date]:
        """Identity number, gender and birth date of somebody of whom all three must be known."""
        number = self.folded(words, "id_no", place)
        fallback = number, Gender.MALE, self.today
        if not number:
            self.wrong(f"{place}/id_no", f"请填写{who}的身份证号，性别和出生日期由它得出。")
            return fallback
        for _key, reason in id_problems(number, born=None, gender=None):
            self.wrong(f"{place}/id_no", f"{reason}。")
            return fallback
        born = birth_date_in(number)
        return (number, gender_in(number), born) if born else fallback
