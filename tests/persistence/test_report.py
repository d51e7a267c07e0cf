"""The narrative report of a synthetic centre: every number is a cell, the file opens, and nobody is named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.documents.content import Illustration, Paper, Paragraph, Table
from mediation_desk.documents.flow import one_line, plain_text
from mediation_desk.practice.demo import fill, generate
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import ALL, before, parse_period, year_before
from mediation_desk.statistics.publishing import published, publishing_rule
from mediation_desk.statistics.reporting.composing import compose
from mediation_desk.statistics.reporting.material import Material, Source
from mediation_desk.statistics.reporting.numbers import figure
from mediation_desk.statistics.reporting.service import ReportService
from mediation_desk.statistics.service import StatisticsService
from tests.documents.reading import docx_text, pdf_text

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
NUMBER, SEED = 250, 11
OCTOBER = parse_period("2026-10")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DAY = re.compile(r"\d{4}年(?:\d+月(?:\d+日)?)?|\d+月|图\d+|表\d+|附件\d*|\d+\. ")


@pytest.fixture
def reports(storage: Storage) -> ReportService:
    fill(BulkCases(storage), NUMBER, SEED, clock=lambda: NOW)
    return ReportService(StatisticsService(storage, lambda: NOW), lambda: NOW)


def cells(tables: list[StatTable]) -> Iterator[tuple[str, int | Decimal]]:
    for table in tables:
        for row in table.rows:
            for column, value in zip(table.columns, row.values, strict=True):
                if value is not None:
                    yield column.code, value


def allowed(material: Material) -> set[str]:
    """Every cell as it is written, and how far cells of one figure are apart, also in per cent."""
    now, others = list(material.now.values()), [*material.before.values(), *material.year.values()]
    of_now, of_others = set(cells(now)), set(cells(others))
    written = {figure(value, unit) for (_, value), unit in product(of_now | of_others, ("件", "天"))}
    for (code, value), (other, then) in product(of_now, of_others):
        if code == other:
            written |= {figure(abs(Decimal(value) - then), unit) for unit in ("%", "天")}
            written.add(str(abs(Decimal(value) - then)))
            if then:
                written.add(figure(100 * abs(Decimal(value) - then) / Decimal(then), "%"))
    written |= {figure(one.number.value, "件") for one in material.streams}
    return written | {"10"}


def sentences(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row[1:] if "/" not in cell)


@pytest.mark.parametrize("words", ["2026-10", "2025", "2026"])
def test_every_number_of_the_text_is_a_cell_or_the_distance_of_two(
    reports: ReportService, words: str
) -> None:
    material = reports.material(COUNTER, parse_period(words))
    known = allowed(material)
    known |= {str(sum(int(one.number.value or 0) for one in material.streams if key in (one.source, one.track)))
              for key in {one.source for one in material.streams}}  # fmt: skip
    strange = {
        number
        for told in sentences(compose(material))
        for number in _NUMBER.findall(_DAY.sub("", told))
        if number not in known
    }
    bands = {str(amount) for amount in _bands(material).values()}
    assert strange <= bands
    assert known & {"1", "2", "3"}


def _bands(material: Material) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one in material.streams:
        for pair in ((one.source, one.track), (one.track, one.result)):
            found[pair] = found.get(pair, 0) + int(one.number.value or 0)
    return found


def test_the_material_is_what_the_tables_say(reports: ReportService, storage: Storage) -> None:
    material = reports.material(COUNTER, OCTOBER)
    statistics = StatisticsService(storage, lambda: NOW)
    late = timedelta(20)
    for tables, period, day in (
        (material.now, OCTOBER, date(2026, 11, 20)),
        (material.before, before(OCTOBER), date(2026, 9, 30) + late),
        (material.year, year_before(OCTOBER), date(2025, 10, 31) + late),
    ):
        for source, code, lines in (
            ("tracks", "tracks", ""),
            ("kinds", "tracks", "category"),
            ("cases", "cases", ""),
        ):
            assert tables[source] == statistics.table(COUNTER, code, period, day, lines=lines)  # type: ignore[index]
    months = material.now["months"]  # type: ignore[index]  # a member's word
    [october] = [row for row in months.rows if row.label == "2026年10月"]
    total = material.now["tracks"].rows[-1]  # type: ignore[index]
    assert october.values == total.values
    assert len(months.rows) == 13


def test_the_file_opens_with_official_measures_and_pictures_that_speak(reports: ReportService) -> None:
    paper = reports.paper(COUNTER, OCTOBER)
    data = reports.file(paper, "docx")
    made = Document(io.BytesIO(data))
    body = next(one for one in made.paragraphs if one.text.startswith("2026年10月，"))
    assert body.style is not None
    form, font = body.style.paragraph_format, body.style.font
    assert (form.first_line_indent, font.size) == (Pt(32), Pt(16))
    pictures = [block for block in paper.blocks if isinstance(block, Illustration)]
    assert len(made.inline_shapes) == len(pictures) == 4
    alts = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert all(
        alt.startswith(one_line(one.caption)) and len(alt) > len(one.caption)
        for alt, one in zip(alts, pictures, strict=True)
    )
    assert [one.caption[:2] for one in pictures] == ["图1", "图2", "图3", "图4"]
    assert data == reports.file(reports.paper(COUNTER, OCTOBER), "docx")
    words = "".join(docx_text(data).split())
    assert "七、存在问题和下步安排" in words
    assert "".join(paragraph.text for paragraph in made.paragraphs).count("此处由人工填写") == 3
    assert "".join(pdf_text(reports.file(paper, "pdf")).split()).startswith(words[:40])


def test_nobody_is_named(reports: ReportService) -> None:
    words = plain_text(reports.paper(COUNTER, parse_period("2026")))
    for file in generate(NUMBER, SEED, NOW.date()):
        for side in file.parties:
            assert side.name not in words
        assert file.case_key not in words


def test_periods_nobody_can_report_on_are_refused(reports: ReportService) -> None:
    for period, word in ((parse_period("2027-01"), "还没有到"), (ALL, "写明期间")):
        with pytest.raises(InputError, match=word):
            reports.paper(COUNTER, period)
    stranger = Actor(account="x", display_name="外人", roles=())
    with pytest.raises(PermissionDenied):
        reports.paper(stranger, OCTOBER)


def test_a_year_long_ago_has_a_report_too(reports: ReportService, tmp_path: Path) -> None:
    period = Period(first=date(1990, 1, 1), last=date(1990, 12, 31))
    path = reports.write(reports.paper(COUNTER, period), "docx", tmp_path / "new")
    assert path.name == "1990年矛盾纠纷调解工作情况报告-2026-11-20.docx"
    assert "没有登记矛盾纠纷" in docx_text(path.read_bytes())


def test_a_public_report_withholds_small_numbers(reports: ReportService) -> None:
    material = reports.material(COUNTER, OCTOBER, public=True)
    assert set(material.now) == {"tracks", "kinds", "organisations"}
    plain = reports.material(COUNTER, OCTOBER)
    assert material.now[Source.TRACKS] == published(plain.now[Source.TRACKS])
    words = plain_text(compose(material))
    assert "若干" in words
    assert publishing_rule().note in words
    assert "案件来源、调解种类和结果" not in words
