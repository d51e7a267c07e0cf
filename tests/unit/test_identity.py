"""Test vectors of domain.md §6.6 and the limits of what a number can tell."""

from __future__ import annotations

from datetime import date

import pytest

from mediation_desk.parties.identity import (
    birth_date_in,
    gender_in,
    id_problems,
    phone_problem,
    uscc_problem,
)
from mediation_desk.parties.model import Gender

VALID_IDS = [
    ("110101199001010015", Gender.MALE, date(1990, 1, 1)),
    ("110101196805172024", Gender.FEMALE, date(1968, 5, 17)),
    ("110101201303021115", Gender.MALE, date(2013, 3, 2)),
    ("11010119840619222X", Gender.FEMALE, date(1984, 6, 19)),
    ("110101680517202", Gender.FEMALE, date(1968, 5, 17)),
]
VALID_CODES = ["91110101MA02C3D48K", "12110101MB06G7H86M", "92110101MA10L2M335", "52110101MJ14E3F48B"]


@pytest.mark.parametrize(("number", "gender", "born"), VALID_IDS)
def test_valid_numbers(number: str, gender: Gender, born: date) -> None:
    assert list(id_problems(number, born=born, gender=gender)) == []
    assert birth_date_in(number) == born
    assert gender_in(number) is gender


@pytest.mark.parametrize("number", [number for number, _, _ in VALID_IDS if len(number) == 18])
def test_any_single_digit_changed_is_noticed(number: str) -> None:
    for place, digit in enumerate(number):
        for other in "0123456789X":
            if other != digit:
                changed = number[:place] + other + number[place + 1 :]
                assert [key for key, _ in id_problems(changed, born=None, gender=None)] == ["id_no"]


@pytest.mark.parametrize(
    "number", ["110101199002300014", "11010119840619222x", "1101011984", "", "１１０１０１199001010015"]
)
def test_impossible_numbers(number: str) -> None:
    assert [key for key, _ in id_problems(number, born=None, gender=None)] == ["id_no"]


def test_number_beside_other_birth_date_and_gender() -> None:
    found = id_problems("110101199001010015", born=date(1990, 1, 2), gender=Gender.FEMALE)
    assert [key for key, _ in found] == ["birth_date", "gender"]


@pytest.mark.parametrize("code", VALID_CODES)
def test_credit_codes(code: str) -> None:
    assert uscc_problem(code) == ""
    for place, char in enumerate(code):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if other != char:
                assert uscc_problem(code[:place] + other + code[place + 1 :])
    assert uscc_problem(code.lower())
    assert uscc_problem(code[:-1])


@pytest.mark.parametrize("phone", ["13800000101", "01012345678", "0571-8765432", "400-123-4567"])
def test_phones(phone: str) -> None:
    assert phone_problem(phone) == ""


@pytest.mark.parametrize(
    "phone", ["12800000101", "1380000010", "138000001011", "12345678", "１３８00000101", "abc"]
)
def test_no_phones(phone: str) -> None:
    assert phone_problem(phone)
