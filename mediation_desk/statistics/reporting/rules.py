"""The report as data (``rules/report.toml``): sections, sentences, tables, charts and blanks, read before counting."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.reporting import conditions, sentences
from mediation_desk.statistics.reporting.conditions import Condition, condition
from mediation_desk.statistics.reporting.material import Source
from mediation_desk.statistics.reporting.numbers import Style
from mediation_desk.statistics.reporting.references import FaultyReference, columns_of
from mediation_desk.statistics.reporting.sentences import Sentence, sentence

_FILE = "report.toml"
_MOST_LINES = 20


class Chart(StrEnum):
    """Bars in the order of the table, bars by size, or lines."""

    BARS = "bars"
    RANKED = "ranked"
    LINES = "lines"


class Kind(StrEnum):
    """What a part is."""

    TEXT = "text"
    COMPARE = "compare"
    TABLE = "table"
    CHART = "chart"
    FLOW = "flow"
    BLANK = "blank"


@record
class Part:
    """One paragraph, table, picture or place to write; ``title`` is its caption, or what is to be written there.

    ``otherwise`` is said instead of a ``text`` that names lines of which there are none.
    """

    kind: Kind
    when: Condition
    text: Sentence = ()
    otherwise: Sentence = ()
    source: Source = Source.TRACKS
    columns: tuple[str, ...] = ()
    chart: Chart = Chart.BARS
    title: str = ""
    lines: int = 0

    @property
    def sources(self) -> frozenset[Source]:
        """The tables it needs."""
        own = frozenset((self.source,)) if self.columns else frozenset()
        return own | sentences.sources_of((*self.text, *self.otherwise)) | conditions.sources_of(self.when)


@record
class Section:
    """``一、总体情况`` and what stands in it."""

    title: str
    parts: tuple[Part, ...]


@record
class Annex:
    """A whole table behind the report."""

    source: Source
    title: str


@record
class ReportRule:
    """The report in force. ``number`` is the 机关代字, empty for no number line."""

    version: str
    title: Sentence
    number: str
    addressee: str
    style: Style
    top: int
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]


@remembered
def report_rule() -> ReportRule:
    """The rule in force.

    Raises ``InputError`` naming file, section and placeholder of a sentence that cannot be understood.
    """
    return built("report", _rule)


def _rule(data: Mapping[str, Any]) -> ReportRule:
    return ReportRule(
        version=str(data["version"]),
        title=_understood("标题", data["title"]),
        number=str(data.get("number", "")),
        addressee=str(data.get("addressee", "")),
        style=Style(few=int(data["few"]), withheld=str(data["withheld"])),
        top=max(1, int(data["top"])),
        sections=tuple(_section(one) for one in data["section"]),
        annexes=tuple(
            Annex(source=_source("附件", one["source"]), title=str(one["title"]))
            for one in data.get("annex", ())
        ),
    )


def _section(data: Mapping[str, Any]) -> Section:
    title = str(data["title"])
    return Section(title=title, parts=tuple(_part(title, one) for one in data["part"]))


def _part(section: str, data: Mapping[str, Any]) -> Part:
    kinds = [kind for kind in Kind if kind in data]
    if len(kinds) != 1:
        raise _wrong(section, "、".join(data), "每段只写一样：" + "、".join(Kind))
    kind = kinds[0]
    source = {Kind.TABLE: data.get("table"), Kind.CHART: data.get("source")}.get(kind, Source.TRACKS)
    columns = data["compare"] if kind is Kind.COMPARE else data.get("columns", ())
    made = Part(
        kind=kind,
        when=_condition(section, data.get("when", "")),
        text=_understood(section, data["text"]) if kind is Kind.TEXT else (),
        otherwise=_understood(section, data.get("otherwise", "")),
        source=_source(section, source),
        columns=tuple(columns),
        chart=_chart(section, data.get("chart", Chart.BARS)),
        title=str(data["blank"] if kind is Kind.BLANK else data.get("title", "")),
        lines=min(int(data.get("lines", 1)), _MOST_LINES),
    )
    for code in made.columns:
        if code not in columns_of(made.source):
            raise _wrong(section, code, "没有这个指标")
    if kind in (Kind.COMPARE, Kind.TABLE, Kind.CHART) and not made.columns:
        raise _wrong(section, kind, "没有写列")
    return made


def _understood(section: str, text: object) -> Sentence:
    try:
        return sentence(str(text))
    except FaultyReference as error:
        raise _wrong(section, error.text, "没有这样的表、指标、行或者写法") from error


def _condition(section: str, text: object) -> Condition:
    try:
        return condition(str(text))
    except FaultyReference as error:
        raise _wrong(section, error.text, "when 里没有这样的指标或者写法") from error


def _source(section: str, text: object) -> Source:
    try:
        return Source(str(text))
    except ValueError as error:
        raise _wrong(section, str(text), "没有这张表，可写" + "、".join(Source)) from error


def _chart(section: str, text: object) -> Chart:
    try:
        return Chart(str(text))
    except ValueError as error:
        raise _wrong(section, str(text), "没有这种图，可写" + "、".join(Chart)) from error


def _wrong(section: str, what: str, why: str) -> InputError:
    return InputError(f"规则文件 {_FILE} 的“{section}”里，“{what}”不能用：{why}。", field=_FILE)
