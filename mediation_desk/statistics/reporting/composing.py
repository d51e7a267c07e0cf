"""A report as a paper: an official letter (GB/T 9704) with numbered tables and pictures, blanks and annexes."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.documents.content import (
    Blank,
    Block,
    Caption,
    Heading,
    Label,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Profile,
    Run,
    SealPlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.letter_blocks import Enclosures, Masthead
from mediation_desk.shared.assets import rules
from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.statistics.reporting.conditions import holds
from mediation_desk.statistics.reporting.grids import compared, lined, summed, turned
from mediation_desk.statistics.reporting.material import Material, Source
from mediation_desk.statistics.reporting.naming import Names, names_of
from mediation_desk.statistics.reporting.pictures import (
    anything,
    drawn,
    flow_chart,
    flow_figures,
    illustration,
)
from mediation_desk.statistics.reporting.rules import Annex, Kind, Part, ReportRule, report_rule
from mediation_desk.statistics.reporting.sentences import Voice, said

TO_WRITE = "（此处由人工填写）"
PUBLIC = "公开"
_ORDER = "一二三四五六七八九十"
_RULES = ("figures", "tables", "report")


def compose(material: Material, rule: ReportRule | None = None) -> Paper:
    """The report. Raises ``InputError`` for a faulty ``report.toml`` before anything is drawn."""
    return _Writer(material, rule or report_rule()).paper()


class _Writer:
    """Numbers tables and pictures while it goes through the sections."""

    def __init__(self, material: Material, rule: ReportRule) -> None:
        self._material, self._rule = material, rule
        self._names = names_of(material.period)
        self._voice = Voice(style=rule.style, top=rule.top, names=self._names)
        self._tables, self._pictures = 0, 0
        self._flags = _flags(material, self._names)

    def paper(self) -> Paper:
        material, rule = self._material, self._rule
        title = said(rule.title, material, self._voice)
        annexes = [one for one in rule.annexes if one.source in material.now]
        blocks: list[Block] = [Masthead(name=material.centre, number=self._number()), Title(text=title)]
        if rule.addressee:
            blocks.append(paragraph(f"{rule.addressee.removesuffix('：')}：", indent=False))
        for place, section in enumerate(rule.sections):
            order = _ORDER[place] if place < len(_ORDER) else str(place + 1)
            blocks.append(Label(text=f"{order}、{section.title}"))
            for part in section.parts:
                blocks += self._part(part)
        if annexes:
            blocks.append(Enclosures(names=tuple(one.title for one in annexes)))
        blocks.append(SealPlace(body=material.centre, day=cn_date(material.made_on)))
        blocks += self._notes()
        for number, annex in enumerate(annexes, start=1):
            blocks += self._annex(annex, number if len(annexes) > 1 else 0)
        return Paper(
            heading=Heading(
                form="工作情况报告",
                title=title,
                dated=material.made_on,
                part=PUBLIC if material.public else "",
            ),
            blocks=tuple(blocks),
            profile=Profile.LETTER,
        )

    def _number(self) -> str:
        code = self._rule.number
        return f"{code}〔{self._material.made_on.year}〕　号" if code else ""

    def _part(self, part: Part) -> Iterator[Block]:
        material = self._material
        if not part.sources <= material.now.keys() or not holds(part.when, material, self._flags):
            return
        match part.kind:
            case Kind.TEXT:
                told = said(part.text, material, self._voice) or said(part.otherwise, material, self._voice)
                if told:
                    yield paragraph(told)
            case Kind.BLANK:
                yield Paragraph(
                    runs=(Run(text=f"{part.title}：", strong=True), Run(text=TO_WRITE)), keep=True
                )
                yield Blank(lines=part.lines)
            case Kind.COMPARE | Kind.TABLE:
                yield self._table(part.title)
                yield self._grid(part)
            case _:
                yield from self._drawing(part)

    def _grid(self, part: Part) -> Table:
        material, style = self._material, self._voice.style
        if part.kind is Kind.COMPARE:
            return compared(material, part.source, part.columns, self._names, style)
        return lined(material.now[part.source], part.columns, style)

    def _drawing(self, part: Part) -> Iterator[Block]:
        table, streams = self._material.now[part.source], self._material.streams
        if part.kind is Kind.FLOW:
            if streams:
                chart = flow_chart(streams)
                yield illustration(chart, self._picture(part.title))
                yield self._table(f"{part.title}的件数")
                yield flow_figures(chart)
        elif anything(table, part.columns):
            yield illustration(drawn(part, table), self._picture(part.title))

    def _table(self, title: str) -> Caption:
        self._tables += 1
        return Caption(text=f"表{self._tables}　{title}")

    def _picture(self, title: str) -> str:
        self._pictures += 1
        return f"图{self._pictures}　{title}"

    def _annex(self, annex: Annex, number: int) -> Iterator[Block]:
        material, style = self._material, self._voice.style
        table = material.now[annex.source]
        yield PageBreak()
        yield Paragraph(runs=(Run(text=f"附件{number or ''}", strong=True),), indent=False, keep=True)
        yield Caption(text=annex.title)
        if annex.source in (Source.TRACKS, Source.MONTHS):
            yield turned(table, style)
        else:
            yield summed(material, annex.source, self._names, style)

    def _notes(self) -> Iterator[Block]:
        material = self._material
        period = cn_period(material.period.first, material.period.last)
        versions = "、".join(f"{name}.toml {rules(name).get('version', '')}" for name in _RULES)
        yield Note(
            text=f"统计口径：统计期间{period}；履行、司法确认、在办和回访截至{cn_date(material.as_of)}，"
            f"上期、上年同期按同样的间隔截至。件数少于{self._voice.style.few}件的不写百分比。规则版本：{versions}。"
        )
        yield Note(text="；".join(self._definitions()) + "。")
        if material.note:
            yield Note(text=material.note)

    def _definitions(self) -> Iterator[str]:
        """What the figures of the comparison mean."""
        parts = [part for section in self._rule.sections for part in section.parts]
        for part in parts:
            if part.kind is Kind.COMPARE and part.source in self._material.now:
                for code in part.columns:
                    column = self._material.now[part.source].column(code)
                    yield f"{column.name}：{column.definition}"


def _flags(material: Material, names: Names) -> frozenset[str]:
    flags = {names.kind} if names.kind else set()
    if material.as_of < material.period.last:
        flags.add("unfinished")
    if material.public:
        flags.add("public")
    return frozenset(flags)
