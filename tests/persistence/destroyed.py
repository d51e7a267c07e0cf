"""Two filed cases, one of them past its period and appraised to be destroyed, with scans, papers and a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select

from db.repositories.destruction import of_cases
from db.tables import parties as p
from db.tables.cases import cases as cases_table
from db.tables.counter import visits
from db.tables.record import documents
from db.tables.scans import scans
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, PROGRAM, Actor
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.cases.destroying.service import DestructionService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.archiving import Appraise
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.file_store import FileStore
from tests.shared_cases import FILES

LATER = datetime(2087, 3, 1, 1, 0, tzinfo=UTC)
KEEPER = Actor(account="dangan", display_name="档案员甲", roles=("档案员",))
LEADER = Actor(account="fuze", display_name="负责人乙", roles=("中心负责人",))
APPRAISED = Appraise(
    on=date(2087, 2, 1),
    verdict=Verdict.DESTROY,
    reason="没有保存价值",
    decided_by="鉴一",
    second="鉴二",
    years=0,
)
SHARED, OWN = b"a plan both cases have", "只有要销毁的案件才有的一页：{names}"


def places(folder: Path) -> Places:
    """The folders of a desk in ``folder``."""
    return Places(
        files=FileStore(folder / "attachments"),
        thumbnails=folder / "thumbnails",
        papers=folder / "papers",
        backups=folder / "backups",
    )


def service(storage: Storage, folder: Path) -> DestructionService:
    """Destruction long after everything has ended."""
    return DestructionService(storage, places(folder), lambda: LATER)


def filed() -> list[CaseFile]:
    """The acceptance cases that are filed, made to be kept for a short time."""
    read = (read_case(path.read_bytes()) for path in FILES)
    return [
        replace(file, archive=replace(file.archive, retention="短期"))  # type: ignore[arg-type]  # read back typed
        for file in read
        if file.archive is not None and file.archive.archived_on is not None
    ]


def prepared(storage: Storage, folder: Path, doomed: int = 1) -> tuple[list[str], str]:
    """Keys of the cases to be destroyed, all of one body, and of the one that stays, of another.

    Their files lie in ``folder``; none of them is locked by rule, as C03 is.
    """
    cases = CaseService(storage, lambda: LATER)
    open_to_all = [file for file in filed() if not file.case_key.startswith("C03")]
    body = open_to_all[0].organisation
    own = [file for file in open_to_all if file.organisation == body]
    files = [*own[:doomed], next(file for file in open_to_all if file.organisation != body)]
    for file in files:
        cases.take_over(COUNTER, file)
    *gone, stays = (file.case_key for file in files)
    for key in gone:
        cases.perform(COUNTER, key, APPRAISED)
        cases.keep_draft(COUNTER, f"{key}:record:1", {"text": "、".join(sorted(said_of(storage, [key])))})
    with_files(storage, folder, gone, stays)
    return gone, stays


def said_of(storage: Storage, keys: list[str]) -> set[str]:
    """Names, numbers and addresses that stand in these cases."""
    found: set[str] = set()
    with storage.read(PROGRAM) as work:
        ids = list(work.connection.scalars(select(cases_table.c.id).where(cases_table.c.case_key.in_(keys))))
        tables = (p.parties, p.operators, p.guardians, p.agents, p.group_members, p.related_persons)
        for table in tables:
            for name in ("name", "id_no", "phone", "address"):
                if name in table.c:
                    mine = select(table.c[name]).where(table.c.case_id.in_(ids))
                    found |= {one for one in work.connection.scalars(mine) if one}
        facts = work.connection.scalars(select(cases_table.c.title).where(cases_table.c.id.in_(ids)))
        found |= set(facts)
    return {one for one in found if len(one) > 1}


def rows_about(storage: Storage, key: str) -> int:
    """How many rows of the database are about a case."""
    with storage.read(PROGRAM) as work:
        ids = list(work.connection.scalars(select(cases_table.c.id).where(cases_table.c.case_key == key)))
        return sum(
            len(work.connection.execute(select(table).where(condition)).all())
            for table, condition in of_cases(ids)
        )


def sheet(storage: Storage, folder: Path, key: str, *, handed_out: str) -> tuple[Path, Path]:
    """A sheet of the split volume of a case, on record, and a copy handed to one of its persons."""
    papers = folder / "papers"
    cover = papers / f"卷宗-{key}-分件" / "00-卷宗封面.pdf"
    cover.parent.mkdir()
    copy = papers / f"个人信息副本-{handed_out}-B1-被申请人-2-2086-01-02.json"
    with storage.write(PROGRAM) as work:
        case_id = work.connection.scalar(select(cases_table.c.id).where(cases_table.c.case_key == key))
        name = cover.relative_to(papers).as_posix()
        work.connection.execute(insert(documents), _paper(case_id, name) | {"line": 901})
    for path in (cover, copy):
        path.write_bytes(b"x")
    return cover, copy


def with_files(storage: Storage, folder: Path, gone: list[str], *stays: str) -> None:
    """Two scans and a paper of each, one of the scans shared by all; of those that go a visit, too."""
    store = FileStore(folder / "attachments")
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "thumbnails").mkdir(exist_ok=True)
    (folder / "backups").mkdir(exist_ok=True)
    shared = store.put_bytes(SHARED)
    with storage.write(PROGRAM) as work:
        for key in (*gone, *stays):
            case_id = work.connection.scalar(select(cases_table.c.id).where(cases_table.c.case_key == key))
            own = store.put_bytes(OWN.format(names=key + "、".join(sorted(said_of(storage, [key])))).encode())
            (folder / "thumbnails" / f"{own.sha256}-240.png").write_bytes(b"picture")
            for line, kept in enumerate((shared, own), start=900):
                work.connection.execute(insert(scans), _scan(case_id, line, kept.sha256, kept.size))
            name = f"人民调解协议书-{key}.txt"
            (folder / "papers" / name).write_text(
                "、".join(sorted(said_of(storage, [key]))), encoding="utf-8"
            )
            work.connection.execute(insert(documents), _paper(case_id, name))
            if key not in stays:
                work.connection.execute(insert(visits), _visit(key))


def _scan(case_id: object, line: int, sha256: str, size: int) -> dict[str, object]:
    words = dict.fromkeys(("by", "form", "version", "evidence_ref", "void_reason", "original"), "")
    made = {
        "case_id": case_id,
        "line": line,
        "no": line,
        "kind": next(iter(ScanKind)),
        "title": "图",
        "name": "a",
    }
    return (
        words
        | made
        | {
            "sha256": sha256,
            "media": "image/png",
            "size": size,
            "pages": 1,
            "at": LATER,
            "place": 1,
            "paper_no": 0,
            "page": 0,
        }
    )


def _paper(case_id: object, name: str) -> dict[str, object]:
    return {
        "case_id": case_id,
        "line": 900,
        "at": LATER,
        "account": "x",
        "form": "agreement",
        "title": "协议",
        "file_name": name,
        "pages": 1,
        "sha256": "0" * 64,
        "no": 9,
        "version": "",
        "template": None,
        "copies": 1,
        "places": [],
    }


def _visit(key: str) -> dict[str, object]:
    return {
        "on": LATER.date(),
        "at": LATER,
        "account": "x",
        "clerk": "x",
        "name": f"来访人{key}",
        "phone": "13911112222",
        "category": "",
        "matter": "问",
        "answer": "答",
        "remedies": (),
        "case_key": key,
    }
