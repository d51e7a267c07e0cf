"""Numbers of cases, agreements and notices: built from a pattern the centre can change (domain.md §2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_SERIAL = re.compile(r"[（〔(](?P<year>20\d\d)[）〕)].*?(?P<serial>\d+)号")


@record
class GivenNumber:
    """A number given out: it stays in its series for good, voided or not (§2.1)."""

    number: str
    body: str
    kind: str
    year: int
    serial: int
    case_key: str
    given_on: date
    voided_on: date | None = None
    reason: str = ""


@record
class NumberSeries:
    """One series of numbers: per body, kind and year; ``last`` is the highest given or taken over."""

    body: str
    kind: str
    year: int
    last: int


CASE_CODES = "案件代码"
"""The series the codes of cases count in; it has no paper."""
REFUSALS, ENDINGS = "不予受理", "终止"
"""Series of the notices; the numbers of the cases themselves count by track."""
_KINDS = ("人民调解", "行政调解", "司法调解", "不予受理", "终止")
_NOTICE_WORDS = {
    NoticeKind.ACCEPTANCE: "受",
    NoticeKind.COMPLETION: "补",
    NoticeKind.SUSPENSION: "中",
    NoticeKind.RESUMPTION: "复",
    NoticeKind.EXTENSION: "延",
    NoticeKind.URGING: "督",
}


def _patterns() -> dict[str, str]:
    """One pattern for each kind. Raises ``InputError`` for a faulty rule file.

    A centre's own file may be older than the series of the notices on the way; they have a pattern without it.
    """

    def build(data: Mapping[str, Any]) -> dict[str, str]:
        given = data["patterns"]
        later = {k.value: f"{{short}}{word}〔{{year}}〕{{serial}}号" for k, word in _NOTICE_WORDS.items()}
        return {kind: str(given[kind]) for kind in _KINDS} | {
            k: str(given.get(k, p)) for k, p in later.items()
        }

    return built("numbering", build)


def series_of(kind: str) -> str:
    """The series ``kind`` counts in: kinds written by one pattern share one, or a number would be given twice."""
    patterns = _patterns()
    return next(name for name, pattern in patterns.items() if pattern == patterns[kind])


def number_text(kind: str, *, short: str, year: int, serial: int) -> str:
    """``（2026）安和人调字第31号``; ``kind`` is the track, 不予受理, 终止 or a kind of notice."""
    return _patterns()[kind].format(year=year, short=short, serial=serial)


def numbers_of(file: CaseFile) -> tuple[tuple[str, str], ...]:
    """The numbers a case bears, each with the series it counts in; none while the case lies in the bin."""
    if file.beside.binned is not None:
        return ()
    notice = file.ending.notice if file.ending else None
    kind = REFUSALS if file.intake.accepted_on is None else ENDINGS
    sent = ((one.number, one.kind.value) for one in file.beside.notices)
    borne = ((file.intake.number, file.track.value), (notice.number if notice else None, kind), *sent)
    return tuple((number, series_of(kind)) for number, kind in borne if number)


def parse_number(number: str) -> tuple[int, int] | None:
    """Year and serial of a number written elsewhere, None if it shows none."""
    found = _SERIAL.search(number)
    return (int(found["year"]), int(found["serial"])) if found else None
