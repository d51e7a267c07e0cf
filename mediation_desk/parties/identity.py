"""Identity numbers and telephones: what can be checked without asking anybody (domain.md §6.4-6.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mediation_desk.parties.model import Gender

_ID = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_YEARS = re.compile(r"\[(\d*)-(\d*)\](.+)")
_FOREVER = 9999
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4}")


def id_problems(number: str, *, born: date | None, gender: Gender | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a resident identity number beside the given birth date and gender (GB 11643).

    Yields the key at fault (``id_no``, ``birth_date``, ``gender``) and a reason that never quotes the
    number. Old numbers of 15 digits have no check digit.
    """
    if not _ID.fullmatch(number):
        yield "id_no", "居民身份证号码应为18位（末位可为大写X）或者旧式15位"
        return
    if len(number) == 18 and not _has_check_digit(number):
        yield "id_no", "居民身份证号码的校验位不对"
        return
    coded = birth_date_in(number)
    if coded is None:
        yield "id_no", "居民身份证号码里的出生日期不是真实的日期"
        return
    if born is not None and coded != born:
        yield "birth_date", "出生日期与居民身份证号码不一致"
    if gender is not None and gender_in(number) is not gender:
        yield "gender", "性别与居民身份证号码不一致"


def birth_date_in(number: str) -> date | None:
    """The birth date a well-formed resident identity number holds; None for a day that never was."""
    day = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None


def gender_in(number: str) -> Gender:
    """The gender a well-formed resident identity number holds: an odd sequence number is male."""
    sequence = number[16] if len(number) == 18 else number[14]
    return Gender.MALE if int(sequence) % 2 else Gender.FEMALE


def region_in(number: str) -> str:
    """Where a well-formed number was given: province and county as they were called then; "" for an unknown code.

    A county that has been renamed or merged since is marked. A number may be younger than its owner (the first
    were given in 1984), so a county that came later than the birth is as good as one of that year.
    """
    from stdnum import numdb

    found = {
        key: value for _part, names in numdb.get("cn/loc").info(number[:6]) for key, value in names.items()
    }
    born = birth_date_in(number)
    if not found or born is None:
        return ""
    spans = [_span(county) for county in found.get("county", "").split(",") if county]
    if not spans:
        return str(found.get("province", ""))
    fitting = [span for span in spans if span[1] >= born.year] or spans[-1:]
    _first, last, county = fitting[0]
    province = str(found.get("province", ""))
    place = county if county == province else province + county
    return f"{place}（旧区划）" if last < _FOREVER else place


def _span(county: str) -> tuple[int, int, str]:
    """``[1983-2015]铜官山区`` taken apart; open ends reach as far as they can."""
    years = _YEARS.fullmatch(county)
    if years is None:
        return 0, _FOREVER, county
    return int(years[1] or 0), int(years[2] or _FOREVER), years[3]


def uscc_problem(code: str) -> str:
    """Why ``code`` is no unified social credit code (GB 32100-2015), as a clause; empty if it is one."""
    from stdnum.cn import uscc

    # uscc.validate() does not know the registering authorities N and Y; its check digit is right.
    if not _USCC.fullmatch(code):
        return "统一社会信用代码应为18位数字和大写字母（不含I、O、S、V、Z）"
    return "" if uscc.calc_check_digit(code[:-1]) == code[-1] else "统一社会信用代码的校验位不对"


def phone_problem(phone: str) -> str:
    """Why ``phone`` is no telephone number in China, as a clause; empty if it is one."""
    return "" if _PHONE.fullmatch(phone) else "联系电话应为11位手机号，或者区号加7至8位的座机号"


def _has_check_digit(number: str) -> bool:
    from stdnum.cn import ric

    return bool(ric.calc_check_digit(number) == number[-1])
