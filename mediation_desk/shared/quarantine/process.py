"""``workshop.run``: asks a parser in a worker process, and ends the process where it falls, lies or takes too long."""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.quarantine.frames import receive, send
from mediation_desk.shared.quarantine.limits import TaskLimits, task_limits
from mediation_desk.shared.quarantine.parsers import kinds_of, name_of, terms_of
from mediation_desk.shared.quarantine.plain import Blobs, Garbage, from_plain, to_plain
from mediation_desk.shared.quarantine.refusal import Refused
from mediation_desk.shared.quarantine.worker import FLAG, READY, WATCH

P = ParamSpec("P")
R = TypeVar("R")
_ROOT = Path(__file__).resolve().parents[3]
_START = 30.0  # seconds a loaded machine may need to start a process and load a library
_TASKS = 500  # after so many a new process takes over: what libraries leak goes with the old one
_FELL = "打开它时出了故障或者用时过长"
_NO_START = "打开文件的进程启动不了，文件没有读，请稍后再试。"
_KEPT = (
    "PATH", "HOME", "USERPROFILE", "APPDATA", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL",
    "LD_LIBRARY_PATH", "VIRTUAL_ENV",
)  # fmt: skip


class Workshop:
    """Two processes, made when first asked for, one task at a time each: for short tasks, and for those that are long
    on sound files."""

    def __init__(self) -> None:
        self._short, self._long = _Lane(), _Lane()

    def run(self, parser: Callable[P, R], *unnamed: P.args, **given: P.kwargs) -> R:
        """What the parser answers; arguments are named.

        Raises ``Refused`` when it refuses, dies, lies or is too slow, ``InputError`` when it says more itself, and
        ``StorageError`` where the system would not start a process. What ``watch`` raises ends the task.
        """
        if unnamed:
            raise AssertionError("arguments of a parser are named")
        terms = terms_of(parser)
        task = _Task(parser, dict(given), task_limits(terms.longer))
        found: R = (self._long if terms.alone else self._short).do(task)
        return found

    def close(self) -> None:
        """End the processes; the next task starts another."""
        self._short.close()
        self._long.close()


class _Lane:
    """Keeps one worker as long as it is fit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def do(self, task: _Task) -> Any:
        with self._lock:
            if self._worker is None or not self._worker.fit:
                self._end()
                self._worker = _Worker()
            return self._worker.do(task)

    def close(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class _Task:
    """One question: the parser, its arguments as plain data, and what it may take."""

    def __init__(self, parser: Callable[..., Any], given: dict[str, Any], limits: TaskLimits) -> None:
        self.watch: Callable[..., object] | None = given.pop(WATCH, None)
        self.blobs: Blobs = []
        self.limits, self.kind = limits, kinds_of(parser)["return"]
        self.said: dict[str, Any] = {
            "call": name_of(parser),
            "with": {name: to_plain(value, self.blobs) for name, value in given.items()},
            "watched": self.watch is not None,
            "bounds": asdict(limits),
        }


class _Worker:
    """A process; not ``fit`` once it fell, failed, or has done its share."""

    def __init__(self) -> None:
        self._process = _started()
        self._done = 0
        self.fit = True
        with self._bounded(_START):
            answer = self._next(1 << 10)
        if answer is None or answer[0].get("done") != READY:
            self.end()
            raise StorageError(_NO_START)

    def do(self, task: _Task) -> Any:
        self._done += 1
        self.fit = False  # until it answered
        try:
            answer, blobs = self._asked(task)
            return self._judged(task, answer, blobs)
        finally:
            if not self.fit:
                self.end()

    def end(self) -> None:
        self.fit = False
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # the other end is gone with words still on the way
                    stream.close()

    def _asked(self, task: _Task) -> tuple[dict[str, Any], list[bytes]]:
        """Its last word on the task."""
        with self._bounded(_START):
            try:
                send(self._stream(self._process.stdin), task.said, task.blobs)
            except OSError:
                raise Refused(_FELL) from None
            found = self._next(task.limits.answer)
        if found is not None and "begun" in found[0]:
            with self._bounded(task.limits.patience):
                found = self._next(task.limits.answer)
                while found is not None and "at" in found[0] and task.watch is not None:
                    task.watch(*found[0]["at"])
                    found = self._next(task.limits.answer)
        if found is None:
            raise Refused(_FELL)
        return found

    def _judged(self, task: _Task, answer: dict[str, Any], blobs: list[bytes]) -> Any:
        match answer:
            case {"done": done}:
                try:
                    made = from_plain(task.kind, done, blobs)
                except Garbage:
                    raise Refused(_FELL) from None
                self.fit = not answer.get("worn") and self._done < _TASKS
                return made
            case {"refused": str(reason)}:
                self.fit = self._done < _TASKS
                raise Refused(reason)
            case {"told": [str(message), str(field), str(pointer)]}:
                self.fit = self._done < _TASKS
                raise InputError(message, field=field, pointer=pointer)
            case {"failed": str(reason)}:
                raise Refused(reason)
        raise Refused(_FELL)

    def _next(self, most: int) -> tuple[dict[str, Any], list[bytes]] | None:
        try:
            return receive(self._stream(self._process.stdout), most)
        except (OSError, Garbage):
            return None

    @contextlib.contextmanager
    def _bounded(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @staticmethod
    def _stream(stream: Any) -> BinaryIO:
        if stream is None:
            raise AssertionError("started with pipes")
        found: BinaryIO = stream
        return found


def _started() -> subprocess.Popen[bytes]:
    """A new process; of our surroundings it learns what Python needs to start and nothing else."""
    places = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
    surroundings |= {"PYTHONPATH": os.pathsep.join(places), "MALLOC_ARENA_MAX": "1", "PYTHONUTF8": "1"}
    try:
        return subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise StorageError(_NO_START) from error


def _command() -> list[str]:
    if getattr(sys, "frozen", False):  # one file holds Python and program: there is no -m
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", "mediation_desk.shared.quarantine.worker"]


workshop = Workshop()
atexit.register(workshop.close)
