"""The index on both databases: written with the case, asked in every way, and never a way in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from db.bulk import BulkCases
from db.migrate import alembic_config, upgrade
from db.repositories.words import MOST_OF_ONE, forget_words
from db.unit_of_work import Storage
from db.words_of_all import is_current
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.cases.beside import Beside, Order, OrderKind
from mediation_desk.cases.finding.found import Found
from mediation_desk.cases.finding.said import Group
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.ledger import LedgerEntry
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery, HistoryEntry, PrintedPaper
from mediation_desk.hearings.model import PrivateNote, Session, SessionResult
from mediation_desk.practice.sample import fill_sample
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.errors import PermissionDenied
from tests.unit.finding_material import dispute, hostile

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
TODAY = date(2026, 7, 1)
MARKER = "绝密私语"


def store(storage: Storage, *files: CaseFile) -> None:
    with storage.write() as work:
        for file in files:
            work.cases.add(file)


def look(storage: Storage, typed: str) -> Found:
    return FindingService(storage, system_clock).look(COUNTER, typed)


def listed(storage: Storage, typed: str, **other: object) -> list[str]:
    query = CaseQuery(search=typed, **other)  # type: ignore[arg-type]  # fields of the query
    return [line.case_key for line in CaseService(storage, lambda: NOW).summaries(COUNTER, query)]


@pytest.fixture
def one_case(storage: Storage) -> Storage:
    store(storage, dispute())
    return storage


@pytest.mark.parametrize(
    ("typed", "group", "label"),
    [
        ("AJ2026000001", Group.HEAD, "案件代码"),
        ("锦园小区渗水", Group.HEAD, "纠纷"),
        ("孟庆兰", Group.PEOPLE, "申请人"),
        ("庆兰", Group.PEOPLE, "申请人"),
        ("mengqing", Group.PEOPLE, "申请人"),
        ("mql", Group.PEOPLE, "申请人"),
        ("0023", Group.PEOPLE, "申请人孟庆兰的证件"),
        ("1101011990", Group.PEOPLE, "申请人孟庆兰的证件"),
        ("0102", Group.PEOPLE, "被申请人田志远的电话"),
        ("京A12345", Group.FACTS, "事由"),
        ("京a1", Group.FACTS, "事由"),
        ("吊顶", Group.FACTS, "事由"),
        ("吊顶 漏水", Group.FACTS, "事由"),
    ],
)
def test_a_case_is_found_by(one_case: Storage, typed: str, group: Group, label: str) -> None:
    found = look(one_case, typed)

    assert not found.near
    assert [one.group for one in found.groups] == [group]
    (hit,) = found.hits
    assert (hit.case_key, hit.label) == ("AJ2026000001", label)
    assert hit.marks
    assert listed(one_case, typed) == ["AJ2026000001"]


@pytest.mark.parametrize("typed", ["吊顶 没有的词", "顶吊", "孟兰", "安和人调", "，", "", "or", "a0023"])
def test_what_no_case_says_is_not_found(one_case: Storage, typed: str) -> None:
    assert not look(one_case, typed).hits
    assert bool(listed(one_case, typed)) == (typed == "")


def test_words_may_stand_in_different_groups(one_case: Storage) -> None:
    assert look(one_case, "孟庆兰 吊顶").hits[0].label == "申请人"


@pytest.mark.parametrize("typed", ["孟庆蓝", "梦庆兰", "孟情兰", "田志原"])
def test_a_name_with_one_wrong_character_is_found_and_said_to_be_near(one_case: Storage, typed: str) -> None:
    found = look(one_case, typed)

    assert found.near
    assert [hit.case_key for hit in found.hits] == ["AJ2026000001"]
    assert listed(one_case, typed) == []
    assert listed(one_case, typed, near=True) == ["AJ2026000001"]


def test_a_rare_character_is_found(storage: Storage) -> None:
    store(storage, dispute(title="𫖮某与䶮某买卖合同纠纷"))

    assert listed(storage, "𫖮某") == ["AJ2026000001"]
    assert listed(storage, "䶮") == ["AJ2026000001"]


def test_notes_of_a_caucus_are_never_found(storage: Storage) -> None:
    note = PrivateNote(of="A1", by="M01", text=f"底线是{MARKER}", share_consent=True)
    meeting = Session(
        no=1,
        date=date(2026, 3, 9),
        start=time(9),
        place="第一调解室",
        presided_by="M01",
        record="双方同意测漏",
        private_notes=(note,),
        result=SessionResult.TO_CONTINUE,
    )
    store(storage, dataclasses.replace(dispute(), sessions=(meeting,)))

    assert look(storage, "测漏").hits[0].label == "第1次调解记录"
    assert not look(storage, MARKER).hits
    assert not look(storage, "底线").hits
    with storage.read() as work:
        passages = work.index.passages(["AJ2026000001"])["AJ2026000001"]
    assert not [passage for passage in passages if MARKER in passage.text]


def test_a_correction_replaces_the_words(one_case: Storage) -> None:
    with one_case.write() as work:
        before = work.cases.find("AJ2026000001")
        assert before is not None
        intake = dataclasses.replace(before.intake, received_on=date(2026, 3, 4))
        work.cases.save(before, dataclasses.replace(before, facts="外墙开裂", intake=intake))

    assert listed(one_case, "外墙") == ["AJ2026000001"]
    assert listed(one_case, "吊顶") == []
    assert listed(one_case, "孟庆兰") == ["AJ2026000001"]


def test_a_printed_paper_leads_to_its_case(one_case: Storage) -> None:
    paper = PrintedPaper(
        at=NOW, account="x", form="x", title="委派调解告知书", file_name="x.pdf", pages=1, sha256="0"
    )
    with one_case.write() as work:
        work.cases.note_papers("AJ2026000001", [paper])
        file = work.cases.find("AJ2026000001")
        assert file is not None
        work.cases.save(file, dataclasses.replace(file, facts="外墙开裂"))

    assert look(one_case, "告知书").groups[0].group is Group.PAPERS
    assert listed(one_case, "外墙") == ["AJ2026000001"]


def test_cases_of_an_old_register_are_found_and_gone_when_taken_back(storage: Storage) -> None:
    entry = HistoryEntry(
        at=NOW, account="x", step="导入", on=TODAY, state=State.REGISTERED, sentence="从台账导入"
    )
    with storage.write() as work:
        work.cases.add_quiet([dispute()], [entry])
    assert listed(storage, "吊顶") == ["AJ2026000001"]

    with storage.write() as work:
        forget_words(work.connection, [1])
    assert listed(storage, "吊顶") == []


def test_an_order_and_the_line_of_an_old_register_lead_to_their_case(storage: Storage) -> None:
    order = Order(
        no=1,
        kind=OrderKind.ASSIST,
        to="试验镇",
        given_on=TODAY,
        given_by="窗口",
        task="请核对化粪池图纸",
        replied_on=TODAY,
        reply="图纸已经调取",
    )
    line = LedgerEntry(
        batch="b", file="旧.xlsx", sheet="台账", row=3, cells={"备注": "双方当场握手"}, closed=False
    )
    file = dispute()
    store(storage, dataclasses.replace(file, beside=Beside(orders=(order,), ledger=line)))

    for typed in ("化粪池", "图纸 调取", "当场握手"):
        assert listed(storage, typed) == [file.case_key]
        (group,) = look(storage, typed).groups
        assert group.group is Group.FACTS


def test_a_failed_save_leaves_the_index_as_it_was(one_case: Storage) -> None:
    def break_off() -> None:
        with one_case.write() as work:
            before = work.cases.find("AJ2026000001")
            assert before is not None
            work.cases.save(before, dataclasses.replace(before, facts="外墙开裂"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert listed(one_case, "外墙") == []
    assert listed(one_case, "吊顶") == ["AJ2026000001"]


def test_every_word_of_a_very_long_text_is_found(storage: Storage) -> None:
    """PostgreSQL keeps 256 places of one character, and counts places up to 16383."""
    told = "水" * (MOST_OF_ONE * 3) + "渗水严重" + "墙面起皮" * 6000 + "最后一句"
    store(storage, dispute(facts=told[:20_000] + "渗漏", case_key="AJ2026000002"), dispute())

    assert listed(storage, "渗水严重") == ["AJ2026000002"]
    assert listed(storage, "渗漏") == ["AJ2026000002"]
    assert listed(storage, "渗漏 孟庆兰") == ["AJ2026000002"]
    assert listed(storage, "渗水严重 渗漏") == ["AJ2026000002"]


def test_nothing_typed_is_understood_as_syntax(one_case: Storage) -> None:
    for typed in hostile(300):
        look(one_case, typed)
        listed(one_case, typed)
    assert listed(one_case, "吊顶") == ["AJ2026000001"]


def test_a_case_in_the_bin_is_not_found(one_case: Storage) -> None:
    with one_case.engine.begin() as connection:
        connection.execute(text("UPDATE cases SET binned_on = '2026-06-01'"))

    assert not look(one_case, "吊顶").hits
    assert listed(one_case, "吊顶") == []


def test_who_may_not_read_cases_finds_none(one_case: Storage) -> None:
    with pytest.raises(PermissionDenied):
        FindingService(one_case, system_clock).look(Actor(account="x", display_name="访客", roles=()), "吊顶")


# Lists


def test_groups_show_the_newest_and_say_that_there_are_more(storage: Storage) -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=(place * 7) % 20) for place in range(20)]
    store(
        storage,
        *(
            dispute(case_key=f"AJ2026{n:06d}", received_on=day, occurred_on=first)
            for n, day in enumerate(days)
        ),
    )
    (head,) = look(storage, "渗水").groups

    assert [hit.received_on for hit in head.hits] == sorted(days, reverse=True)[:3]
    assert head.more


def test_a_search_has_the_order_of_every_list(storage: Storage) -> None:
    fill_sample(BulkCases(storage), lambda: NOW)
    everything = listed(storage, "")
    searched = listed(storage, "纠纷", limit=500)

    assert searched == [key for key in everything if key in set(searched)]
    assert len(searched) > 5


@pytest.mark.parametrize("typed", ["", "纠纷"])
def test_pages_follow_each_other_in_both_directions(storage: Storage, typed: str) -> None:
    fill_sample(BulkCases(storage), lambda: NOW)
    service = CaseService(storage, lambda: NOW)
    whole = service.summaries(COUNTER, CaseQuery(search=typed, limit=1000))
    pages = [service.summaries(COUNTER, CaseQuery(search=typed, limit=7))]
    while len(pages[-1]) == 7:
        pages.append(service.summaries(COUNTER, CaseQuery(search=typed, limit=7, after=pages[-1][-1].place)))

    assert tuple(line for page in pages for line in page) == whole
    back = service.summaries(COUNTER, CaseQuery(search=typed, limit=7, before=pages[2][0].place))
    assert back == pages[1]


# The index as a whole


def test_cases_written_by_the_thousand_are_indexed_too(storage: Storage) -> None:
    fill_sample(BulkCases(storage), lambda: NOW)
    with storage.read() as work:
        one = work.cases.summaries(CaseQuery(limit=1))[0]

    assert one.case_key in listed(storage, one.party_names.split("、")[0])


@pytest.fixture
def older(empty_url: str, open_storage: Callable[[str], Storage]) -> Storage:
    """A database with one case from before there was an index."""
    storage = open_storage(empty_url)
    upgrade(storage.engine)
    store(storage, dispute())
    with storage.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "m0003")
    return storage


def test_an_upgrade_indexes_the_cases_on_file(older: Storage) -> None:
    upgrade(older.engine)

    assert listed(older, "吊顶") == ["AJ2026000001"]
    assert look(older, "孟庆兰").hits[0].label == "申请人"


def test_an_index_of_an_older_program_is_made_anew(one_case: Storage) -> None:
    with one_case.engine.begin() as connection:
        connection.execute(text("DELETE FROM case_words"))
        connection.execute(text("UPDATE settings SET value = '0' WHERE key = 'search.version'"))
    assert listed(one_case, "吊顶") == []
    upgrade(one_case.engine)

    assert is_current(one_case.engine)
    assert listed(one_case, "吊顶") == ["AJ2026000001"]
