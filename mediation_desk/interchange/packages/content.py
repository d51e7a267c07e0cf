"""A case as a package carries it: the exchange format, what lies beside it, its diary, its papers, its audit entries.

``state_of`` is what two centres compare. What each centre decides itself is not in it: keys, numbers of cases, who may
see a locked one; ``with_state`` gives a state back those of the case it becomes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from mediation_desk.cases.beside import Beside
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import HistoryEntry, PrintedPaper
from mediation_desk.interchange.parse import parse_any
from mediation_desk.interchange.place import pointer
from mediation_desk.interchange.reader import case_of
from mediation_desk.interchange.wording import reason
from mediation_desk.interchange.writer import write_case
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
State = dict[str, Any]

_BORNE = "#"
"""Stands for the number of the case, which is each centre's own."""
_PARTS = 1_000_000


@record
class PastEntry:
    """An entry of the other centre's audit trail: evidence to be read, never part of the trail here."""

    at: str
    account: str
    action: str
    result: str
    words: str


@record
class Record:
    """What one case brings. ``lineage`` are digests of the states its centre exchanged, oldest first, this one last."""

    file: CaseFile
    lineage: tuple[str, ...]
    history: tuple[HistoryEntry, ...] = ()
    papers: tuple[PrintedPaper, ...] = ()
    audit: tuple[PastEntry, ...] = ()


def dump_record(one: Record) -> bytes:
    """As bytes that :func:`read_record` reads."""
    data = {
        "case": write_case(one.file, with_private_notes=True),
        "beside": _plain(Beside, _for_others(one.file).beside),
        "lineage": list(one.lineage),
        "history": _plain(tuple[HistoryEntry, ...], one.history),
        "papers": _plain(tuple[PrintedPaper, ...], one.papers),
        "audit": _plain(tuple[PastEntry, ...], one.audit),
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode()


def read_record(data: bytes) -> Record:
    """What one case brings. Raises ``InputError`` naming the place that is wrong."""
    told = parse_any(data, _PARTS)
    if not isinstance(told, dict) or not isinstance(told.get("case"), dict):
        raise InputError("记录的格式不对。")
    beside = _read(Beside, told.get("beside"), "/beside")
    file = replace(case_of(told["case"], beside), as_of=None)
    return Record(
        file=file,
        lineage=_read(tuple[str, ...], told.get("lineage"), "/lineage"),
        history=_read(tuple[HistoryEntry, ...], told.get("history"), "/history"),
        papers=_read(tuple[PrintedPaper, ...], told.get("papers"), "/papers"),
        audit=_read(tuple[PastEntry, ...], told.get("audit"), "/audit"),
    )


def state_of(file: CaseFile) -> State:
    """What two centres compare of a case."""
    state: State = _plain(CaseFile, _for_others(file))
    for name in ("case_key", "version", "as_of"):
        del state[name]
    for part in (state["intake"], state["agreement"]):
        if part is not None and part["number"] is not None:
            part["number"] = _BORNE
    return state


def with_state(state: State, *, case_key: str, number: str | None, like: CaseFile | None = None) -> CaseFile:
    """The case with this state under a key and a number; what is local comes from ``like``.

    Raises ``InputError`` where the state is none.
    """
    data: State = json.loads(json.dumps(state)) | {"case_key": case_key}
    for part in (data["intake"], data["agreement"]):
        if part is not None and part["number"] == _BORNE:
            part["number"] = number
    file: CaseFile = _read(CaseFile, data, "")
    lock = file.beside.lock
    if like is None:
        return file
    if lock is not None and like.beside.lock is not None:
        lock = replace(lock, named=like.beside.lock.named)
    return replace(file, version=like.version, beside=replace(file.beside, lock=lock))


def bears_number(state: State) -> bool:
    """Whether the case has one."""
    return bool(state["intake"]["number"])


def walled_state(state: State) -> State:
    """Without what a party said alone and did not release (LR-22)."""
    sessions = [
        one | {"private_notes": [note for note in one["private_notes"] if note["share_consent"]]}
        for one in state["sessions"]
    ]
    return state | {"sessions": sessions}


def with_notes_of(state: State, ours: State) -> State:
    """``state`` with the private talks of our own sessions put back: what never left cannot have been taken out."""
    own = {one["no"]: one["private_notes"] for one in ours["sessions"]}
    sessions = []
    for one in state["sessions"]:
        kept = own.get(one["no"], [])
        more = [note for note in one["private_notes"] if note not in kept]
        sessions.append(one | {"private_notes": [*kept, *more]})
    return state | {"sessions": sessions}


def text_of(state: State) -> str:
    """The state as it is stored and as its digest binds it."""
    return json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """By what a state is known again."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def contents_of(file: CaseFile) -> Mapping[str, str]:
    """The files of the store a case needs, by SHA-256: what each is called."""
    beside = file.beside
    named = {one.sha256: one.name for one in beside.attachments}
    for scan in beside.scans:
        named |= {scan.sha256: scan.name}
        if scan.original:
            named |= {scan.original: ""}
    for hand in beside.handwritings:
        named |= {hand.strokes: "", hand.picture: ""}
    return named


def _for_others(file: CaseFile) -> CaseFile:
    """Accounts of one centre mean nothing in another."""
    lock = file.beside.lock
    if lock is None or not lock.named:
        return file
    return replace(file, beside=replace(file.beside, lock=replace(lock, named=())))


def _plain(kind: Any, value: Any) -> Any:
    return _adapter(kind).dump_python(value, mode="json")


def _read(kind: Any, value: Any, place: str) -> Any:
    from pydantic import ValidationError  # loaded late: only an import or export needs it

    try:
        return _adapter(kind).validate_json(json.dumps(value))
    except ValidationError as trouble:
        first = trouble.errors(include_url=False, include_input=False)[0]
        where = place + pointer(step for step in first["loc"] if step != "[key]")
        raise InputError(f"{where}：{reason(first)}。", pointer=where) from None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
