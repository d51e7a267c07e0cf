"""Two centres, each with its own database and files: the one on either engine, the other a laptop on SQLite."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.unit_of_work import Storage
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.exporting import ExportCounter
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.step import Step
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.interchange.packages import package as inside
from mediation_desk.interchange.packages.content import digest_of, read_record, state_of, text_of
from mediation_desk.interchange.packages.envelope import opened
from mediation_desk.interchange.packages.model import NONE_YET, Decisions, Outcome, Side, Told
from mediation_desk.interchange.packages.package import NewCase, Said, write_package
from mediation_desk.interchange.packages.service import Packages
from mediation_desk.interchange.packages.signing import SigningKey
from mediation_desk.parties.model import Gender
from mediation_desk.shared.file_store import FileStore
from tests.persistence.account_desk import cheap
from tests.persistence.lifecycle_stories import WAYS, brought
from tests.persistence.test_case_steps import REGISTER

PASSWORD = "Kaixiang-77-men"  # of tests
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
MET = WAYS[State.MEDIATING]


class Centre:
    """One centre; ``file`` is what it packs into."""

    def __init__(self, storage: Storage, folder: Path, now: datetime = NOW) -> None:
        folder.mkdir()
        self.storage, self.folder, self.actor = storage, folder, COUNTER
        self.cases = CaseService(storage, lambda: now)
        self.store = FileStore(folder / "attachments")
        exports = ExportCounter(storage, lambda: now)
        self.packages = Packages(storage, self.cases, exports, self.store, lambda: now, cheap)
        cards = [
            MediatorCard(
                pool_no=number,
                name=name,
                gender=Gender.FEMALE,
                organisation="试验镇人民调解委员会",
                employment=Employment.FULL_TIME,
                specialties=("邻里",),
            )
            for number, name in (("M01", "钱和"), ("M02", "孙顺"), ("M03", "李平"))
        ]
        with storage.write() as work:
            work.pool.learn(cards)

    def met(self) -> CaseFile:
        """A case under mediation, with its first session planned."""
        return self.brought(MET)

    def brought(self, steps: tuple[Step, ...]) -> CaseFile:
        """A case of this centre after these steps."""
        return brought(self.cases, steps, replace(REGISTER, centre=read_centre().name))

    def pack(self, *keys: str, name: str = "", **changed: Any) -> Path:
        out = self.folder / f"{name or len(list(self.folder.iterdir()))}.mdpack"
        self.packages.pack(self.actor, keys, out, **({"reason": "带到村里", "password": PASSWORD} | changed))
        return out

    def join(self, path: Path, decisions: Decisions = NONE_YET, *, of: Centre | None = None) -> Told:
        trust = of.packages.fingerprint(COUNTER) if of is not None else ""
        return self.packages.join(self.actor, path, PASSWORD, decisions, trust=trust)

    def file(self, key: str) -> CaseFile:
        return self.cases.file(COUNTER, key)

    def correct(self, key: str, change: Callable[[CaseFile], CaseFile]) -> CaseFile:
        """Somebody here types something else."""
        to = registration_of(change(self.file(key)))
        return self.cases.perform(COUNTER, key, Correct(to=to, reason="写错了"))


def facts(words: str) -> Callable[[CaseFile], CaseFile]:
    return lambda file: replace(file, facts=words)


def phone(number: str) -> Callable[[CaseFile], CaseFile]:
    return lambda file: replace(
        file, parties=tuple(replace(one, phone=number) if one.ref == "A1" else one for one in file.parties)
    )


def outcomes(told: Told) -> list[Outcome | None]:
    return [one.outcome for one in told.lines]


def taking(key: str, side: Side) -> Decisions:
    return Decisions(take={key: side})


def foreign(path: Path, *records: tuple[str, bytes], **files: bytes) -> str:
    """A package somebody else's program made and signed well, whatever is in it; its fingerprint."""
    key = SigningKey(bytes(range(32)))
    said = Said(
        package="ab" * 16,
        packed_at="2026-07-01T10:00:00+08:00",
        packed_by="外来人",
        centre="外地中心",
        program="1",
        reason="移交",
        private_notes=False,
    )
    cases = (NewCase(key=name, number="", title=name, data=data) for name, data in records)
    write_package(path, said, cases, files.items(), key=key, password=PASSWORD, derive=cheap)
    return key.fingerprint


def record_of(path: Path, key: str) -> dict[str, Any]:
    """What a package says of one case."""
    with inside.read_package(path, PASSWORD, cheap) as package:
        case = next(one for one in package.manifest.cases if one.key == key)
        found: dict[str, Any] = json.loads(package.record(case))
    return found


def told_by(record: dict[str, Any]) -> bytes:
    """A record with the digest that fits what it says now."""
    data = json.dumps(record, ensure_ascii=False).encode()
    try:
        file = read_record(data).file
    except Exception:  # noqa: BLE001  # what is wrong with it is for the reader to say
        return data
    lineage = [*record["lineage"][:-1], digest_of(text_of(state_of(file)))]
    return json.dumps(record | {"lineage": lineage}, ensure_ascii=False).encode()


def clear_bytes(path: Path) -> bytes:
    """All of the inside."""
    with path.open("rb") as source:
        return b"".join(opened(source, PASSWORD, cheap).chunks())


def costly(_password: bytes, _salt: bytes, cost: Cost) -> bytes:
    """Stands for a derivation nobody wants to be talked into."""
    raise AssertionError(cost)
