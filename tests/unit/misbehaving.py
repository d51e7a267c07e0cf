"""A parser that goes wrong in every way one can, for the tests of the quarantine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.record import record

FELL, UNREADABLE = "故障或者用时过长", "内容读不出来"
FULL = "内存过多"


@record
class Told:
    """An answer of some size."""

    number: int
    words: tuple[str, ...] = ()
    data: bytes = b""
    inner: Told | None = None


@record
class Way:
    """A way to go wrong, and what is told of it."""

    told: str
    go: Callable[[], object]


def _ask_for(size: int) -> object:
    return [bytes(size) for _ in range(64)]


def _loop() -> object:
    while True:
        pass


def _junk(data: bytes) -> Callable[[], object]:
    """Words of its own on every way out."""

    def go() -> object:
        for handle in range(3, 20):
            try:
                os.write(handle, data)
            except OSError:
                continue
        return Told(number=1)

    return go


def _deep() -> object:
    return _deep()


def _wrong(answer: Any) -> Callable[[], object]:
    return lambda: answer


def _raise() -> object:
    raise OverflowError("geheim")


WAYS: dict[str, Way] = {
    "ends": Way(told=FELL, go=lambda: os._exit(0)),
    "aborts": Way(told=FELL, go=os.abort),
    "loops": Way(told=FELL, go=_loop),
    "sleeps": Way(told=FELL, go=lambda: time.sleep(60)),
    "takes memory": Way(told=FULL, go=lambda: _ask_for(32 << 20)),
    "takes it at once": Way(told=FULL, go=lambda: bytes(3 << 30)),
    "goes deep": Way(told="嵌套过深", go=_deep),
    "raises": Way(told=UNREADABLE, go=_raise),
    "answers a list": Way(told=FELL, go=_wrong([1, 2])),
    "answers another kind": Way(told=FELL, go=_wrong(Told(number="1"))),  # type: ignore[arg-type]  # on purpose
    "answers what is no data": Way(told=UNREADABLE, go=_wrong(object())),
    "answers no number": Way(told=UNREADABLE, go=_wrong(float("nan"))),
    "talks junk": Way(told=FELL, go=_junk(b"\xff" * 400)),
    "announces too much": Way(told=FELL, go=_junk((1 << 62).to_bytes(8, "big"))),
    "says it in JSON": Way(told=FELL, go=_junk(b"\0\0\0\0\0\0\0\x0f" + b'{"done":[],"b":')),
    "writes": Way(told=UNREADABLE, go=lambda: Path("outside").write_bytes(b"x")),
    "makes folders": Way(told=UNREADABLE, go=lambda: Path("outside").mkdir()),
    "removes": Way(told=UNREADABLE, go=lambda: Path(__file__).unlink()),
    "starts programs": Way(told=UNREADABLE, go=lambda: subprocess.run([sys.executable, "-c", ""])),
    "calls": Way(told=UNREADABLE, go=lambda: socket.create_connection(("127.0.0.1", 9))),
}


@parser()
def misbehave(way: str) -> Told:
    """Go wrong this way."""
    found: Any = WAYS[way].go()
    return found if found is not None else Told(number=0)


@parser()
def echo(told: Told, watch: Callable[[int], bool] | None = None) -> Told:
    """Say it again, printing on the way."""
    print("noise")
    if watch is not None:
        for number in range(3):
            watch(number)
    return told


@parser()
def leaking(words: str) -> None:
    """Refuse in words of its own."""
    raise InputError(f"不收{words}。", field="f", pointer="/p")


@parser()
def surroundings() -> tuple[str, ...]:
    """What the process knows of the environment."""
    return tuple(sorted(os.environ))
