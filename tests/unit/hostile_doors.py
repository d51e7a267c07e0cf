"""Every door a foreign file may come in by, and a watch over what it does to the desk on its way."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mediation_desk.documents.sealing.foreign import words_in
from mediation_desk.documents.templates.checking import check
from mediation_desk.experts.photo import shrunk
from mediation_desk.interchange.pool.staging import read_sheet
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.limits import task_limits
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.guard import checked
from mediation_desk.shared.uploads.kinds import UploadKind
from tests.documents.certificate import PASSWORD
from tests.unit.hostile_files import Hostile

MOST_GROWTH = 50 << 20
MOST_HELD = 512 << 20
_TICKS = os.sysconf("SC_CLK_TCK")

Door = Callable[[Path, str], object]
"""Takes the file where it lies and what it was called."""

_STARTING = 1.5
"""Seconds a worker may take to start and to load a library: not the file's."""


def _gate(path: Path, name: str) -> object:
    return checked(path, tuple(UploadKind), name)


def _template(path: Path, _name: str) -> object:
    return check(path.read_bytes()[: 3 << 20], "模板.docx")


def _verify(path: Path, _name: str) -> object:
    with told("没有核对"):
        return workshop.run(words_in, data=path.read_bytes())


def _photo(path: Path, _name: str) -> object:
    return shrunk(path.read_bytes())


def _sheet(path: Path, _name: str) -> object:
    return read_sheet("表.xlsx", path.read_bytes())


def _case(path: Path, _name: str) -> object:
    return read_case(path.read_bytes())


def _certificate(path: Path, _name: str) -> object:
    from mediation_desk.documents.sealing.seal import open_certificate

    return open_certificate(path.read_bytes(), PASSWORD, datetime.now(UTC))


_DOORS: dict[str, tuple[Door, ...]] = {
    "pdf": (_gate, _verify),
    "docx": (_gate, _template, _verify),
    "png": (_gate, _photo),
    "jpg": (_gate, _photo),
    "tif": (_gate,),
    "xlsx": (_sheet,),
    "json": (_case,),
    "pfx": (_certificate,),
}


_LONGER: dict[Door, str] = {_sheet: "sheet"}
"""Doors whose parser has more time than others, by its row of ``[worker.longer]``: sound ledgers are long."""


def doors_of(file: Hostile) -> tuple[Door, ...]:
    """Where a clerk might bring it; what calls itself nothing we know goes to the gate."""
    return _DOORS.get(file.name.rpartition(".")[2], (_gate,))


@record
class Took:
    """What one file did. ``told`` is the sentence ("" for one that was let in), ``wrong`` another kind of error;
    ``growth`` of the desk at its largest; seconds of ``work`` done and ``allowed`` to the worker; bytes the largest
    worker that still lives has ``held`` (one that wanted more than it may was ended).
    """

    told: str
    wrong: str
    growth: int
    work: float
    held: int
    left: tuple[str, ...]
    allowed: float


def taken(door: Door, file: Hostile, place: Path) -> Took:
    """Bring it to the door. ``place`` is the only file in its folder, and the folder the only one in its own."""
    place.write_bytes(file.data)
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak starts anew
    size, worked = _memory("VmRSS"), _worked()
    message = wrong = ""
    try:
        door(place, file.name)
    except InputError as error:
        message = error.message
    except BaseException as error:  # noqa: BLE001  # just what must not happen is looked for
        wrong = type(error).__name__
    growth, work = _memory("VmHWM") - size, _worked() - worked
    outside = place.parent.parent
    left = tuple(str(one) for one in outside.rglob("*") if one not in (place.parent, place))
    allowed = task_limits(_LONGER.get(door, "")).seconds
    held = max(map(_held_by, _children()), default=0)
    return Took(told=message, wrong=wrong, growth=growth, work=work, held=held, left=left, allowed=allowed)


def faults(file: Hostile, took: Took) -> list[str]:
    """What it did that none may."""
    found = []
    if took.wrong:
        found.append(f"raised {took.wrong}")
    elif took.told and not took.told.endswith("。"):
        found.append(f"told in no sentence: {took.told[:60]}")
    if took.growth > MOST_GROWTH:
        found.append(f"the desk grew by {took.growth >> 20} MB")
    if took.work > took.allowed + _STARTING:
        found.append(f"took {took.work:.1f} s of work")
    if took.held > MOST_HELD:
        found.append(f"the worker held {took.held >> 20} MB")
    if took.left:
        found.append(f"wrote {took.left[:3]}")
    return [f"{file.name[:40]!r} ({len(file.data)} bytes): {one}" for one in found]


def _memory(line: str, process: int | str = "self") -> int:
    """Bytes a process holds (``VmRSS``), or held at most since its peak started anew (``VmHWM``)."""
    said = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = next((one for one in said.splitlines() if one.startswith(f"{line}:")), "- 0")
    return int(found.split()[1]) << 10


def _held_by(process: int) -> int:
    try:
        return _memory("VmHWM", process) if _is_worker(process) else 0
    except OSError:
        return 0


def _is_worker(process: int) -> bool:
    return b"quarantine.worker" in Path(f"/proc/{process}/cmdline").read_bytes()


def _worked() -> float:
    """Seconds of work of all workers, those under way included."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(map(_work_of, _children()))


def _children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(one) for one in listed.split()]


def _work_of(process: int) -> float:
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / _TICKS
