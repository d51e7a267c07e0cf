"""What is looked at before a line of work is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mediation_desk.access.actor import COUNTER
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.work.checking import entry_of
from mediation_desk.statistics.work.kinds import work_rules
from mediation_desk.statistics.work.model import NewWork, WorkSums
from mediation_desk.statistics.work.sheet import workbook

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
PATROL = NewWork(
    kind="patrol", unit="长安街道", first=date(2026, 11, 2), last=date(2026, 11, 6), times=2, disputes=5
)
PAID = NewWork(kind="committee", unit="LW", first=date(2026, 11, 20), yuan=Decimal(30000))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(Path("/nonexistent"))


def test_a_line_names_its_unit_and_ends_on_the_day_it_began_unless_told() -> None:
    entry = entry_of(replace(PATROL, last=None, kind="排查纠纷"), actor=COUNTER, now=NOW)
    assert (entry.kind, entry.unit, entry.unit_name) == ("patrol", "CA", "长安街道办事处")
    assert entry.first == entry.last
    assert entry.clerk == "窗口"


@pytest.mark.parametrize("typed", ["长安人调", "长安街道人民调解委员会", "CA", "changan", "长安街道办事处"])
def test_a_unit_may_be_named_in_every_usual_way(typed: str) -> None:
    if typed == "changan":
        with pytest.raises(InputError, match="写得再明确些"):
            entry_of(replace(PATROL, unit=typed), actor=COUNTER, now=NOW)
    else:
        assert entry_of(replace(PATROL, unit=typed), actor=COUNTER, now=NOW).unit == "CA"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": "巡逻"}, "kind", "没有“巡逻”这种工作记录，可用的有排查纠纷"),
        ({"unit": ""}, "unit", "是哪个单位"),
        ({"unit": "火星街道"}, "unit", "单位名册里没有“火星街道”"),
        ({"last": date(2026, 11, 1)}, "last", "截止日2026-11-01早于起始日2026-11-02"),
        ({"last": date(2026, 11, 29)}, "last", "2026-11-29还没有到"),
        ({"first": date(2026, 12, 1), "last": date(2026, 12, 2)}, "first", "还没有到"),
        ({"first": date(1926, 11, 2), "last": None}, "first", "太早了"),
        ({"first": date(2026, 9, 1)}, "last", "一条最多记31天，现在是67天"),
        ({"times": None}, "times", "请填写排查（次）"),
        ({"times": 0}, "times", "至少是1次"),
        ({"times": -1}, "times", "不能是负数"),
        ({"times": 20_000}, "times", "太大了"),
        ({"disputes": -3}, "disputes", "不能是负数"),
        ({"handed": 6}, "handed", "转为案件6件，比发现的5件还多"),
        ({"people": 3}, "people", "不记人数"),
        ({"yuan": Decimal(3)}, "yuan", "不记金额"),
        ({"category": "77"}, "category", "没有“77”这个综治类别"),
        ({"note": "字" * 501}, "note", "最多500个"),
        ({"note": "a\u202eb"}, "note", "不能保存"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_one_sentence(
    changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(InputError) as told:
        entry_of(replace(PATROL, **changes), actor=COUNTER, now=NOW)
    assert told.value.field == field
    assert words in told.value.message


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"yuan": None}, "yuan", "请填写金额"),
        ({"yuan": Decimal(-1)}, "yuan", "不能是负数"),
        ({"yuan": Decimal(0)}, "yuan", "至少是1元"),
        ({"yuan": Decimal("10.005")}, "yuan", "最多到分"),
        ({"yuan": Decimal(123456789)}, "yuan", "123,456,789.00元太大了"),
        ({"last": date(2026, 11, 21)}, "last", "只记一天"),
        ({"category": "02"}, "category", "不分纠纷类别"),
    ],
)
def test_money_is_looked_at_too(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(InputError) as told:
        entry_of(replace(PAID, **changes), actor=COUNTER, now=NOW)
    assert told.value.field == field
    assert words in told.value.message


def test_a_unit_that_merged_takes_no_later_work(own: Path) -> None:
    text = read_text("rules/units.toml")
    merged = text.replace('code = "LW"\n', 'code = "LW"\nclosed_on = 2026-06-30\nmerged_into = "CA"\n')
    (own / "units.toml").write_text(merged, "utf-8")

    with pytest.raises(
        InputError, match="柳湾镇人民政府在2026-06-30以后已经并入长安街道办事处，以后的请记在"
    ):
        entry_of(PAID, actor=COUNTER, now=NOW)
    assert entry_of(replace(PAID, first=date(2026, 6, 30)), actor=COUNTER, now=NOW).unit == "LW"


def test_a_line_of_before_the_renaming_bears_the_old_name(own: Path) -> None:
    text = read_text("rules/units.toml")
    former = '[{ name = "柳湾乡人民政府", until = 2026-06-30 }]'
    (own / "units.toml").write_text(
        text.replace('code = "LW"\n', f'code = "LW"\nformer = {former}\n'), "utf-8"
    )
    before = entry_of(replace(PAID, first=date(2026, 6, 30)), actor=COUNTER, now=NOW)
    assert before.unit_name == "柳湾乡人民政府"
    assert entry_of(PAID, actor=COUNTER, now=NOW).unit_name == "柳湾镇人民政府"


def test_a_centre_adds_kinds_of_its_own_and_retires_others(own: Path) -> None:
    text = read_text("rules/work.toml")
    more = """
[[kind]]
code = "publicity"
name = "普法宣传"
days = 7
numbers = [{ name = "people", word = "参加", unit = "人次", required = true, least = 1, most = 5000 }]
"""
    retired = text.replace('name = "预防纠纷"\n', 'name = "预防纠纷"\nretired = true\n', 1)
    (own / "work.toml").write_text(retired + more, "utf-8")

    day = date(2026, 11, 2)
    assert entry_of(
        NewWork(kind="普法宣传", unit="CA", first=day, people=80), actor=COUNTER, now=NOW
    ).people == 80  # fmt: skip
    with pytest.raises(InputError, match="已经停用"):
        entry_of(NewWork(kind="prevention", unit="CA", first=day, disputes=1), actor=COUNTER, now=NOW)


@pytest.mark.parametrize(
    ("old", "new"),
    [('name = "times", word', 'name = "miles", word'), ('code = "prevention"', 'code = "patrol"')],
)
def test_a_faulty_file_is_named(own: Path, old: str, new: str) -> None:
    (own / "work.toml").write_text(read_text("rules/work.toml").replace(old, new), "utf-8")
    with pytest.raises(InputError, match=r"work\.toml"):
        work_rules()


def test_the_sheet_holds_every_line_and_the_sum() -> None:
    formula = entry_of(replace(PATROL, note="=1+1"), actor=COUNTER, now=NOW)
    struck = replace(
        entry_of(PAID, actor=COUNTER, now=NOW),
        voided_on=date(2026, 11, 28),
        voided_by="窗口",
        void_reason="重",
    )
    data = workbook((formula, struck), WorkSums(entries=1, times=2, disputes=5), work_rules())

    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:6] == ("序号", "种类", "单位", "自", "至", "次（期）数")
    assert rows[1][11] == "=1+1"
    assert rows[2][9] == 30000
    assert rows[2][13] == "2026-11-28由窗口作废：重"
    assert rows[3][:2] == ("合计", "计数的1条")
    assert rows[3][6] == 5
