"""Keeps one worker process, asks it, and ends it where it takes too long."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.uploads.limits import upload_limits
from mediation_desk.shared.uploads.refusal import Refused

_ROOT = Path(__file__).resolve().parents[3]
_START = 30.0  # seconds a loaded machine may need to start a process
_TASKS = 500  # after so many a new process takes over: what libraries leak goes with the old one


class Workshop:
    """One process, made when first asked for, one task at a time; another one after it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._done = 0

    def run(self, call: str, seconds: float | None = None, **arguments: Any) -> Any:
        """What ``package.module:function`` answers. Raises ``Refused`` when it refuses, dies or is too slow."""
        limits = upload_limits()
        with self._lock:
            process = self._working(limits.memory)
            line = json.dumps({"call": call, "with": arguments})
            answer = self._ask(process, line, limits.seconds if seconds is None else seconds)
        if answer is None:
            raise Refused("打开它时出了故障或者用时过长")
        if "refused" in answer:
            raise Refused(answer["refused"])
        if "failed" in answer:
            raise Refused("它的内容读不出来")
        return answer["done"]

    def close(self) -> None:
        """End the process; the next task starts another."""
        with self._lock:
            self._end()

    def _working(self, memory: int) -> subprocess.Popen[str]:
        if self._process is not None and (self._process.poll() is not None or self._done >= _TASKS):
            self._end()
        if self._process is None:
            self._process = _started(memory)
            self._done = 0
            if self._ask(self._process, None, _START) is None:
                raise StorageError("检查文件的进程启动不了，文件没有导入，请稍后再试。")
        self._done += 1
        return self._process

    def _ask(self, process: subprocess.Popen[str], line: str | None, seconds: float) -> dict[str, Any] | None:
        """The answer, or None after the process died or was ended for taking too long."""
        if process.stdin is None or process.stdout is None:
            raise AssertionError("started with pipes")
        timer = threading.Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            if line is not None:
                process.stdin.write(line + "\n")
                process.stdin.flush()
            answer = process.stdout.readline()
            found = json.loads(answer) if answer.endswith("\n") else None
        except (OSError, ValueError):
            found = None
        finally:
            timer.cancel()
        if found is None:
            self._end()
        return found

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # the other end is gone with words still on the way
                    stream.close()


def _started(memory: int) -> subprocess.Popen[str]:
    places = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "mediation_desk.shared.uploads.worker", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise StorageError("检查文件的进程启动不了，文件没有导入，请稍后再试。") from error


workshop = Workshop()
atexit.register(workshop.close)
