"""Acts of the office to be made to fail: money, reports, imports, requests, templates, destruction, accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from db.own_copies import OwnCopies
from mediation_desk.access.accounts.granting import post_of
from mediation_desk.access.accounts.model import Account, Post
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk
from mediation_desk.backups.service import BackupService
from mediation_desk.cases.archiving.model import Appraisal, Verdict
from mediation_desk.cases.destroying.model import ListStatus
from mediation_desk.cases.privacy.requests import NewRequest, RequestKind
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.shared.errors import RuleError
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.work.model import WorkQuery
from tests.persistence.account_desk import GOOD, OTHER, Centre
from tests.persistence.destroyed import KEEPER, LEADER, rows_about, with_files
from tests.persistence.pool_material import mediator
from tests.persistence.test_case_steps import PARTIES, REGISTER
from tests.persistence.test_ledger_import import line
from tests.persistence.test_ledger_import import staged as staged_ledger
from tests.persistence.test_masking import SEEN
from tests.persistence.test_pool_import import QIAN, ZHOU, workbook
from tests.persistence.test_pool_import import TITLES as ROSTER_TITLES
from tests.persistence.test_pool_import import staged as staged_roster
from tests.persistence.test_submissions import change, more_people
from tests.persistence.test_templates import FIRST, RIGHTS
from tests.persistence.test_work_register import PATROL
from tests.persistence.undone import Act, Make
from tests.subsidised import MONTH, TODAY, on_record, worth_paying

DAY_OF_THE_OFFICE = TODAY
"""The month of the cases that are paid for is over, and so is the quarter that is reported."""

_LAST_MONTH = date(2026, 9, 8)
_REASON = "当事人来电来访查询"

_APPRAISED = Appraisal(
    no=1,
    on=date(2087, 2, 1),
    verdict=Verdict.DESTROY,
    reason="没有保存价值",
    decided_by="鉴一",
    second="鉴二",
)

_MASKED = replace(COUNTER, in_full=False)

Acts = Iterator[tuple[str, Make]]


def office(desk: Desk, folder: Path) -> Acts:
    """What is done beside the cases, each with something of its own to act on."""
    yield from _imports(desk)
    yield from money(desk, folder / "money")
    yield from _reports(desk)
    yield from persons(desk, folder / "copies")
    yield from _registers(desk)
    yield from _words(desk)


def destroying(desk: Desk, folder: Path) -> Acts:
    """A list of destruction; its day is ``destroyed.LATER``."""
    doomed = _doomed(desk)
    next(doomed)
    yield "destruction.prepare", _again(lambda: desk.destruction.prepare(KEEPER))
    made = desk.destruction.lists(KEEPER)[0].id
    yield (
        "destruction_papers.write",
        _again(lambda: desk.destruction_papers.write(COUNTER, made, ("pdf", "docx"), folder / "lists")),
    )
    yield "destruction.decide", _again(lambda: desk.destruction.decide(LEADER, made))

    whole: dict[str, int] = {}  # rows about each case

    def applied() -> Act:
        for key, rows in whole.items():
            assert rows_about(desk.storage, key) in (0, rows), "half a case is gone"
        for one in desk.destruction.lists(KEEPER):  # whoever was stopped goes on, and comes to the end
            if one.status is ListStatus.APPROVED:
                _destroyed(desk, one.id)
        whole.clear()
        key = next(doomed)
        whole[key] = rows_about(desk.storage, key)
        another = desk.destruction.prepare(KEEPER, [key])
        desk.destruction.decide(LEADER, another.id)
        return lambda: _destroyed(desk, another.id)

    yield "destruction.apply", applied


def accounts(desk: Desk) -> Acts:
    """What an administrator does; passwords cost nothing here. The first account encrypts an embedded database."""
    centre = Centre(desk.storage)
    centre.begun()
    return _accounts(centre)


def backing_up(desk: Desk, folder: Path) -> Acts:
    """Backups of an embedded centre, into a folder; nothing where there is a server."""
    centre = Centre(desk.storage)
    centre.begun()
    if not desk.storage.sealed:
        return iter(())
    places, copies = desk.settings.backups, OwnCopies(desk.storage, 365)
    backups = BackupService(desk.storage, copies, centre.clocks.now, places, automatic=True)
    stick = folder / "stick"
    return iter(
        {
            "backups.make": _again(lambda: backups.make(centre.actor, stick)),
            "backups.set_second": _again(lambda: backups.set_second(centre.actor, stick)),
        }.items()
    )


def _accounts(centre: Centre) -> Acts:
    service, actor = centre.accounts, centre.actor
    clerk = Post(display_name="王芳", roles=("窗口登记员",))

    def wang() -> Account:
        return next(one for one in service.accounts(actor) if one.name == "wang")

    yield "accounts.add", _again(lambda: service.add(actor, "wang", clerk))
    yield (
        "accounts.assign",
        _again(lambda: service.assign(actor, wang(), replace(post_of(wang()), roles=("值班长",)))),
    )
    yield "accounts.reset", _again(lambda: service.reset(actor, "wang"))
    yield "accounts.lock", _again(lambda: service.lock(actor, "wang"))
    yield "accounts.open_again", _again(lambda: service.open_again(actor, "wang"))
    yield "accounts.renew_recovery", _again(lambda: service.renew_recovery(actor))

    def changed() -> Act:
        centre.clocks.go(3600)  # each failure cost a try
        return lambda: service.change_password(actor, GOOD, OTHER)

    yield "accounts.change_password", changed


def money(desk: Desk, out: Path) -> Acts:
    """以案定补 from the list to the payment, and its papers."""
    pay, papers = desk.subsidies, desk.subsidy_papers
    on_record(desk.storage, worth_paying("T01", "孟兰"), worth_paying("T02", "郝静"))
    yield "subsidies.prepare", _again(lambda: pay.prepare(COUNTER, MONTH))
    yield "subsidies.withdraw", _again(lambda: pay.withdraw(COUNTER, MONTH, 1, "重做"))
    pay.prepare(COUNTER, MONTH)
    yield "subsidies.approve", _again(lambda: pay.approve(COUNTER, MONTH, refuse={"T02": "材料不齐"}))
    yield "subsidies.paid", _again(lambda: pay.paid(COUNTER, MONTH))
    yield "subsidy_papers.list", _again(lambda: papers.list(COUNTER, MONTH, None, ("pdf", "docx"), out))
    yield "subsidy_papers.worksheet", _again(lambda: papers.worksheet(COUNTER, "T01", ("pdf", "docx"), out))
    yield "subsidy_papers.workbook", _again(lambda: papers.workbook(COUNTER, MONTH))
    yield "subsidy_papers.docx", _again(lambda: papers.docx(COUNTER, MONTH))
    yield "subsidies.void", _again(lambda: pay.void(COUNTER, "T01", "算错了"))
    on_record(desk.storage, worth_paying("T03", "房雨"))
    yield "subsidies.refuse", _again(lambda: pay.refuse(COUNTER, "T03", "材料不齐"))


def _reports(desk: Desk) -> Acts:
    reports, quarter = desk.submissions, parse_period("2026Q3")
    on_record(desk.storage, worth_paying("T08", "苗青", on=_LAST_MONTH))
    yield "submissions.submit", _again(lambda: reports.submit(COUNTER, quarter, note="三季度"))
    made = reports.latest(COUNTER, quarter)
    change(desk.storage, "T08", more_people)
    yield "submissions.book_correction", _again(lambda: reports.book_correction(COUNTER, made, "人数漏登"))


def _imports(desk: Desk) -> Acts:
    ledgers, rosters, lines = desk.ledger_import, desk.pool_import, count(1)

    def ledger() -> Act:
        found = staged_ledger(ledgers, line(next(lines)), line(next(lines)))
        return lambda: ledgers.take_in(COUNTER, found)

    yield "ledger_import.take_in", ledger
    batch = ledgers.batches(COUNTER)[0].id
    yield "ledger_import.undo", _again(lambda: ledgers.undo(COUNTER, batch))
    found = staged_roster(rosters, workbook(ROSTER_TITLES, ZHOU, QIAN))
    yield "pool_import.keep", _again(lambda: rosters.keep(COUNTER, found))
    yield "pool_import.take_in", _again(lambda: rosters.take_in(COUNTER, found))
    taken = rosters.batches(COUNTER)[0].id
    yield "pool_import.undo", _again(lambda: rosters.undo(COUNTER, taken))
    for number in ("M81", "M82"):
        desk.experts.engage(COUNTER, mediator(number, phone="13800001234"))
    yield "experts.merge", _again(lambda: desk.experts.merge(COUNTER, "M81", "M82"))


def persons(desk: Desk, out: Path) -> Acts:
    """What somebody asks for who is in a case, and what is shown of him."""
    key, number = desk.cases.register(COUNTER, REGISTER).case_key, PARTIES[0].id_no or ""
    asked = NewRequest(kind=RequestKind.CORRECT, name="甄有理", id_no=number, what="电话写错了")
    yield "requests.add", _again(lambda: desk.requests.add(COUNTER, asked))
    request = desk.requests.listed(COUNTER)[
        0
    ].id  # a server gives no number twice, also where the first failed
    yield "requests.find", _again(lambda: desk.requests.find(COUNTER, request))
    yield "requests.answer", _again(lambda: desk.requests.answer(COUNTER, request, "已更正"))
    yield "people.copy", _again(lambda: desk.people.copy(COUNTER, number, "本人申请"))
    yield "person_copies.write", _again(lambda: desk.person_copies.write(COUNTER, number, "本人申请", out))
    yield "unmasking.show_names", _again(lambda: desk.unmasking.show_names(COUNTER, _REASON))
    yield (
        "unmasking.show_number",
        _again(lambda: desk.unmasking.show_number(_MASKED, key, "身份证号码", _REASON)),
    )
    yield "exports.count", _again(lambda: desk.exports.count(SEEN, "case list", 3))


def _registers(desk: Desk) -> Acts:
    patrol = replace(PATROL, first=date(2026, 10, 12), last=date(2026, 10, 16))
    yield "work.add", _again(lambda: desk.work.add(COUNTER, patrol, operation_id="op-1"))
    record = desk.work.listed(COUNTER, WorkQuery())[0].id
    yield "work.void", _again(lambda: desk.work.void(COUNTER, record, "记重了"))
    yield "templates.add", _again(lambda: desk.templates.add(COUNTER, RIGHTS, FIRST, "甲.docx", "起稿"))
    version = desk.templates.state(COUNTER, RIGHTS).versions[0].id
    yield "templates.use", _again(lambda: desk.templates.use(COUNTER, RIGHTS, version))


def _words(desk: Desk) -> Acts:
    words: dict[str, object] = {"facts": "雨水倒灌"}
    yield "views.save", _again(lambda: desk.views.save(COUNTER, "我的", CaseQuery(search="雨水")))
    yield "views.rename", _again(lambda: desk.views.rename(COUNTER, "我的", "雨水"))
    yield "views.drop", _again(lambda: desk.views.drop(COUNTER, "雨水"))
    yield "left.keep", _again(lambda: desk.left.keep(COUNTER, "窗口一", words))
    yield "left.drop", _again(lambda: desk.left.drop(COUNTER, "窗口一"))
    yield "cases.keep_draft", _again(lambda: desk.cases.keep_draft(COUNTER, "intake:1", words))
    yield "cases.drop_draft", _again(lambda: desk.cases.drop_draft(COUNTER, "intake:1"))


def _again(act: Callable[[], object]) -> Make:
    """An act that can be done again as it is, for its failure left everything as it was."""
    return lambda: act


def _doomed(desk: Desk) -> Iterator[str]:
    """Keys of volumes to be destroyed, each with scans, a paper and a visit."""
    for number in count(1):
        key = f"T{number:02}"
        file = worth_paying(key)
        on_record(desk.storage, replace(file, beside=replace(file.beside, appraisals=(_APPRAISED,))))
        with_files(desk.storage, desk.settings.folder, [key])
        yield key


def _destroyed(desk: Desk, number: int) -> None:
    told = desk.destruction.apply(KEEPER, number, "监销丙")
    if told.stayed:
        raise RuleError(told.stayed[0][1])  # told with the others at the end
