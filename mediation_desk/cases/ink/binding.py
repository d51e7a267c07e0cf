"""Strokes drawn on a screen, and the hash that ties them to the words they were drawn under."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

NOT_RELIABLE = "屏幕手写，不是可靠的电子签名（电子签名法第十三条），纸质原件另行保存"
"""What screen and paper say beside every drawn name."""

_MOST_POINTS = 20_000


@record
class Point:
    """Where the pen was: ``t`` milliseconds after the first point, ``x`` and ``y`` in pixels, ``p`` from 0 to 1."""

    t: int
    x: float
    y: float
    p: float


Stroke = tuple[Point, ...]


def strokes_json(strokes: tuple[Stroke, ...]) -> bytes:
    """``[[{"p":0.5,"t":0,"x":10.0,"y":20.0},…],…]``; the same strokes give the same bytes. ``InputError``."""
    points = sum(len(stroke) for stroke in strokes)
    if not points:
        raise InputError("还没有写字。", field="strokes")
    if points > _MOST_POINTS:
        raise InputError("写得太久了，请清空后重写。", field="strokes")
    lines = [
        [{"t": one.t, "x": round(one.x, 1), "y": round(one.y, 1), "p": round(one.p, 3)} for one in stroke]
        for stroke in strokes
    ]
    return json.dumps(lines, separators=(",", ":"), sort_keys=True).encode()


def read_strokes(data: bytes) -> tuple[Stroke, ...]:
    """What :func:`strokes_json` wrote. ``InputError`` for anything else."""
    try:
        return tuple(tuple(Point(**point) for point in stroke) for stroke in json.loads(data))
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError("笔迹文件读不出来。", field="strokes") from error


def bind(case_key: str, written: Handwriting) -> str:
    """SHA-256 over the paper's version, the place, strokes, picture, moment and hand."""
    at = written.at.astimezone(UTC).isoformat(timespec="milliseconds")
    parts = (
        case_key,
        written.form,
        str(written.paper_no),
        written.version,
        written.place,
        written.strokes,
        written.picture,
        at,
        written.name,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@record
class Binding:
    """Whether strokes, picture, paper and hash agree; ``why`` names the first that does not."""

    holds: bool
    why: str = ""


def bound(case_key: str, written: Handwriting, version: str, strokes: bytes, picture: bytes) -> Binding:
    """Compare a stored handwriting with the paper as it reads now and with the files as they lie there."""
    if version != written.version:
        return Binding(holds=False, why="文书的文字在手写之后改过，手写不再属于这份文书")
    if hashlib.sha256(strokes).hexdigest() != written.strokes:
        return Binding(holds=False, why="笔迹文件与登记的校验码不符")
    if hashlib.sha256(picture).hexdigest() != written.picture:
        return Binding(holds=False, why="手写图片与登记的校验码不符")
    if bind(case_key, written) != written.bound:
        return Binding(holds=False, why="绑定的校验码不符：登记的人、时间或者位置改过")
    return Binding(holds=True)
