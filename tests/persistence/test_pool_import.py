"""Taking a roster in, taking it back, and writing the pool out, on both databases."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cli.main import run
from mediation_desk.experts.mediator import Grade, Mediator
from mediation_desk.experts.model import Employment
from mediation_desk.experts.service import ExpertService
from mediation_desk.interchange.pool.service import PoolImport
from mediation_desk.interchange.pool.staging import StagedImport
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied
from tests.persistence.pool_material import appointed, case, full, mediator

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
TITLES = ("姓名", "性别", "身份证号", "联系电话", "所属调委会", "专兼职", "擅长领域")
ZHOU = ("周敬安", "男", "110101195904121375", "13800000901", "安和区调委会", "专职", "邻里、合同")
QIAN = ("钱和平", "女", "", "13800000902", "安和区调委会", "兼职", "婚姻家庭")
WRONG = ("孙明理", "男", "110101195904121376", "13800000903", "安和区调委会", "临时", "邻里")


@pytest.fixture
def rosters(storage: Storage) -> PoolImport:
    return PoolImport(storage, lambda: NOW)


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def staged(rosters: PoolImport, data: bytes, file: str = "名册.xlsx") -> StagedImport:
    return rosters.stage(COUNTER, rosters.read(COUNTER, file, data))


def sound() -> Mediator:
    """A record in which every field says something, and nothing is wrong."""
    one = full()
    return dataclasses.replace(
        one,
        card=dataclasses.replace(one.card, id_no="110101197002280018"),
        grades=(
            Grade(scheme="national", level="一级人民调解员", body="协会", on=date(2024, 1, 1)),
            Grade(scheme="zhejiang", level="特级人民调解员", expires_on=date(2027, 1, 1)),
        ),
        ties=tuple(dataclasses.replace(tie, id_no="91110101MA01A2B32B") for tie in one.ties),
    )


def pool(storage: Storage) -> dict[str, Mediator]:
    """What the pool says, without the counter of its changes."""
    with storage.read() as work:
        return {one.pool_no: dataclasses.replace(one, version=0) for one in work.pool.mediators()}


def fill(storage: Storage, *mediators: Mediator) -> None:
    with storage.write() as work:
        work.pool.add(mediators)


def save(storage: Storage, after: Mediator) -> None:
    with storage.write() as work:
        before = work.pool.mediator(after.pool_no)
        assert before is not None
        work.pool.save(before, dataclasses.replace(after, version=before.version))


def trail(storage: Storage) -> list[tuple[str, dict[str, object]]]:
    from sqlalchemy import text

    with storage.read() as work:
        rows = work.connection.execute(text("SELECT action, details FROM audit ORDER BY seq")).all()
    return [(row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]) for row in rows]


def test_good_rows_go_in_as_one_batch_with_numbers(storage: Storage, rosters: PoolImport) -> None:
    fill(storage, mediator("M09"))
    result = rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU, WRONG, QIAN, ZHOU)))
    assert (result.added, result.updated, result.skipped, result.wrong) == (2, 0, 1, 1)
    found = pool(storage)
    assert {number: one.name for number, one in found.items() if one.batch == result.batch} == {
        "M10": "周敬安",
        "M11": "钱和平",
    }
    (action, details) = trail(storage)[-1]
    assert action == "expert.import"
    assert set(details) == {"batch", "added", "updated", "skipped", "wrong"}
    assert "周敬安" not in json.dumps(details, ensure_ascii=False)


def test_all_or_nothing_takes_nothing_when_a_row_is_wrong(storage: Storage, rosters: PoolImport) -> None:
    with pytest.raises(InputError, match="有1行有问题，一行也没有收入。第3行"):
        rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU, WRONG)), only_good=False)
    assert pool(storage) == {}
    with pytest.raises(InputError, match="没有可以收入的行"):
        rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, WRONG)))


def test_undo_restores_the_exact_pool(storage: Storage, rosters: PoolImport) -> None:
    old = mediator("M03", "周敬安", id_no=ZHOU[2], phone="13900000009")
    fill(storage, full(), old)
    before = pool(storage)
    found = staged(rosters, workbook(TITLES, ZHOU, QIAN)).with_choice(2, Choice.UPDATE)
    result = rosters.take_in(COUNTER, found)
    changed = pool(storage)
    assert (result.added, result.updated) == (1, 1)
    assert changed["M03"].card.phone == "13800000901"
    assert changed["M03"].batch == result.batch
    rosters.undo(COUNTER, result.batch)
    assert pool(storage) == before
    assert trail(storage)[-1][0] == "expert.import.undo"
    assert rosters.batches(COUNTER)[0].undone_at == NOW
    with pytest.raises(InputError, match="已经撤销过"):
        rosters.undo(COUNTER, result.batch)
    with pytest.raises(InputError, match="没有批次"):
        rosters.undo(COUNTER, "x")


def test_a_batch_somebody_changed_since_stays(storage: Storage, rosters: PoolImport) -> None:
    result = rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU, QIAN)))
    before = pool(storage)
    save(storage, dataclasses.replace(before["M02"], address="和平路1号"))
    with pytest.raises(ConflictError, match="编号M02在导入之后又有改动"):
        rosters.undo(COUNTER, result.batch)
    assert set(pool(storage)) == {"M01", "M02"}
    save(storage, before["M02"])
    rosters.undo(COUNTER, result.batch)
    assert pool(storage) == {}


def test_a_batch_with_somebody_in_use_stays(storage: Storage, rosters: PoolImport) -> None:
    result = rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU, QIAN)))
    with storage.write() as work:
        card = work.pool.find("M01")
        assert card is not None
        work.cases.add(case(mediators=[appointed(card)]))
    with pytest.raises(ConflictError, match="编号M01已有案件"):
        rosters.undo(COUNTER, result.batch)
    assert set(pool(storage)) == {"M01", "M02"}


def test_a_later_batch_is_taken_back_first(storage: Storage, rosters: PoolImport) -> None:
    first = rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU)))
    again = staged(rosters, workbook(TITLES, (*ZHOU[:6], "劳动"))).with_choice(2, Choice.UPDATE)
    second = rosters.take_in(COUNTER, again)
    with pytest.raises(ConflictError, match="又有改动"):
        rosters.undo(COUNTER, first.batch)
    rosters.undo(COUNTER, second.batch)
    rosters.undo(COUNTER, first.batch)
    assert pool(storage) == {}


def test_the_pool_may_change_while_one_looks(storage: Storage, rosters: PoolImport) -> None:
    found = staged(rosters, workbook(TITLES, ZHOU, QIAN))
    fill(storage, mediator("M01", "别人"))
    result = rosters.take_in(COUNTER, found)
    assert {one.pool_no for one in pool(storage).values() if one.batch == result.batch} == {"M02", "M03"}
    late = staged(rosters, workbook(TITLES, ("赵一", "男", "", "13800000904", "乙调委会", "专职", "邻里")))
    fill(storage, mediator("M20", "赵一", phone="13800000904"))
    with pytest.raises(ConflictError, match="第2行需要重新核对"):
        rosters.take_in(COUNTER, late)
    assert rosters.refreshed(COUNTER, late).rows[0].state is State.SKIPPED


def test_columns_are_remembered_by_their_heading(rosters: PoolImport) -> None:
    titles = (*TITLES, "备注")
    found = staged(rosters, workbook(titles, (*ZHOU, "村"))).with_mapping(7, "layer").with_mapping(3, "")
    assert found.plan.mapping != staged(rosters, workbook(titles, (*ZHOU, "村"))).plan.mapping
    rosters.take_in(COUNTER, found)
    again = staged(rosters, workbook(titles, (*QIAN, "社区")))
    assert again.plan.mapping == found.plan.mapping
    assert staged(rosters, workbook(TITLES, QIAN)).plan.mapping != found.plan.mapping


def test_a_draft_outlives_the_program(storage: Storage, rosters: PoolImport) -> None:
    found = staged(rosters, workbook((*TITLES[:5], "备注"), (*ZHOU[:5], "x"), (*WRONG[:5], "y")))
    found = found.with_fill("employment", "专职").with_fill("specialties", "邻里").with_cell(3, 2, "")
    found = found.with_choice(2, Choice.SKIP)
    rosters.keep(COUNTER, found)
    again = PoolImport(storage, lambda: NOW).kept(COUNTER)
    assert again is not None
    assert again.rows == found.rows
    rosters.take_in(COUNTER, again)
    assert rosters.kept(COUNTER) is None
    rosters.keep(COUNTER, found)
    rosters.forget(COUNTER)
    assert rosters.kept(COUNTER) is None


def test_what_is_exported_comes_back_equal(storage: Storage, rosters: PoolImport) -> None:
    strange = mediator("M08", "艾克拜尔·买买提", introduction="=1+1\n“第二行”；、｜\\", address="+86路@1号")
    fill(storage, sound(), strange, mediator("G12"))
    before = pool(storage)
    for data, file in (
        (rosters.export(COUNTER), "a.xlsx"),
        (rosters.export_json(COUNTER).encode(), "a.json"),
    ):
        with storage.write() as work:
            work.pool.remove(tuple(before))
        found = staged(rosters, data, file)
        assert [trouble.sentence for row in found.rows for trouble in row.troubles] == []
        rosters.take_in(COUNTER, found)
        after = pool(storage)
        for number, one in before.items():
            kept = dataclasses.replace(one, has_photo=False, batch=None)
            assert dataclasses.replace(after[number], batch=None) == kept


def test_an_export_is_typed_and_ready_to_print(storage: Storage, rosters: PoolImport) -> None:
    fill(storage, dataclasses.replace(full(), address="=HYPERLINK(1)"))
    sheet: Any = load_workbook(io.BytesIO(rosters.export(COUNTER))).worksheets[0]
    titles = [str(cell.value) for cell in sheet[1]]
    cells = dict(zip(titles, sheet[2], strict=True))
    assert all(cells[title].data_type == "s" for title in ("身份证号", "电话", "住址"))
    assert cells["身份证号"].number_format == "@"
    assert cells["出生日期"].is_date
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "C2",
        "landscape",
        9,
    )
    assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])


def test_the_public_export_holds_nothing_private(storage: Storage, rosters: PoolImport) -> None:
    fill(storage, full(), mediator("M09", id_no=ZHOU[2], phone=ZHOU[3]))
    data = rosters.export(COUNTER, public_only=True)
    told = {str(cell.value) for row in load_workbook(io.BytesIO(data)).worksheets[0] for cell in row}
    private = full()
    assert not told & {private.card.id_no, private.card.phone, private.address, ZHOU[2], ZHOU[3]}
    assert "身份证号" not in told
    assert "M09" in told


def test_who_may(rosters: PoolImport) -> None:
    clerk = Actor(account="c", display_name="登记员", roles=(Role.CLERK,))
    found = staged(rosters, workbook(TITLES, ZHOU))
    for forbidden in (
        lambda: rosters.read(clerk, "a.xlsx", b""),
        lambda: rosters.take_in(clerk, found),
        lambda: rosters.undo(clerk, "x"),
        lambda: rosters.export(clerk),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_failure_in_the_middle_stores_nothing(storage: Storage, rosters: PoolImport) -> None:
    """The number of the second row is taken by somebody the preview could not see."""
    found = staged(rosters, workbook(("编号", *TITLES), ("M01", *ZHOU), ("M02", *QIAN)))
    blind = dataclasses.replace(found, pool=dataclasses.replace(found.pool, revision=0))
    fill(storage, mediator("M02", "别人"))
    stale = dataclasses.replace(blind, pool=dataclasses.replace(blind.pool, revision=_revision(storage)))
    with pytest.raises(ConflictError):
        rosters.take_in(COUNTER, stale)
    assert set(pool(storage)) == {"M02"}
    assert rosters.batches(COUNTER) == ()


CELLS = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=10),
    st.sampled_from((*ZHOU, *QIAN, "M01", "M02", "2024.3", "专职", "\u202e")),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(
        st.one_of(st.tuples(*[CELLS] * 8), st.just(("", *ZHOU)), st.just(("M02", *QIAN))), max_size=5
    )
)
def test_any_roster_goes_in_whole_or_not_at_all(
    storage: Storage, rosters: PoolImport, rows: list[tuple[object, ...]]
) -> None:
    before = pool(storage)
    try:
        found = staged(rosters, workbook(("编号", *TITLES), *rows))
        result = rosters.take_in(COUNTER, found)
    except InputError:
        assert pool(storage) == before
        return
    assert len(pool(storage)) == len(before) + result.added == len(before) + found.count(State.READY)
    rosters.undo(COUNTER, result.batch)
    assert pool(storage) == before


def test_an_imported_record_passes_the_service(storage: Storage, rosters: PoolImport) -> None:
    rosters.take_in(COUNTER, staged(rosters, workbook(TITLES, ZHOU)))
    (entry,) = ExpertService(storage, lambda: NOW).register(COUNTER)
    assert entry.mediator.card.employment is Employment.FULL_TIME
    assert entry.mediator.card.birth_date == date(1959, 4, 12)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = ["--practice", "--data", str(tmp_path / "desk")]
    file, out = tmp_path / "名册.xlsx", tmp_path / "导出.xlsx"
    file.write_bytes(workbook(("序号", *TITLES[:5]), ("1", *ZHOU[:5]), ("2", *WRONG[:5])))
    fills = ["--set", "专兼职=专职", "--set", "擅长=邻里"]
    assert run([*desk, "expert", "import", str(file), *fills]) == 0
    said = capsys.readouterr().out
    assert "第3行“身份证号”（D列）：居民身份证号码的校验位不对。" in said
    batch = said.rsplit("expert undo-import ", 1)[1].strip()
    assert run([*desk, "expert", "import", str(file), *fills, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ready"], told["wrong"], told["skipped"], told["batch"]) == (0, 1, 1, None)
    assert run([*desk, "expert", "import", str(file), *fills, "--all"]) == 2
    capsys.readouterr()
    assert run([*desk, "expert", "list", "--kind", "邻里纠纷", "--language", "普通话", "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["周敬安"]
    assert run([*desk, "expert", "list", "--kind", "医疗纠纷"]) == 0
    assert capsys.readouterr().out == ""
    assert run([*desk, "expert", "list", "--free", "2026-07-05"]) == 0
    capsys.readouterr()
    assert run([*desk, "expert", "export", str(out)]) == 0
    assert out.stat().st_size > 4000
    assert run([*desk, "expert", "export", str(tmp_path / "x.pdf")]) == 2
    assert run([*desk, "expert", "undo-import", batch]) == 0
    assert run([*desk, "expert", "undo-import", batch]) == 2
    capsys.readouterr()
    assert run([*desk, "expert", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def _revision(storage: Storage) -> int:
    with storage.read() as work:
        return work.pool.revision()
