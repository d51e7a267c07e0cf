"""The process that opens what comes from outside; it may fall without the desk falling.

``python -P -m mediation_desk.shared.uploads.worker MEMORY``: one line of JSON in, one line of JSON out.
A line names a function (``package.module:function``) and its arguments, all plain JSON; only the desk writes here.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import warnings
from typing import Any

from mediation_desk.shared.uploads.refusal import Refused

READY = "ready"


def serve(memory: int) -> None:
    """Answer until nobody asks any more."""
    warnings.simplefilter("ignore")  # nobody reads them here; checks turn the ones that matter into refusals
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints spoils no answer
    _bound(memory)
    _load()
    _say(answers, {"done": READY})
    for line in sys.stdin:
        _say(answers, _answer(json.loads(line)))


def _answer(task: dict[str, Any]) -> dict[str, Any]:
    module, _, name = task["call"].partition(":")
    try:
        return {"done": getattr(importlib.import_module(module), name)(**task["with"])}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "打开它要用的内存过多"}
    except RecursionError:
        return {"refused": "内部结构嵌套过深"}
    except Exception as error:  # noqa: BLE001  # a library met what its authors did not think of: the file's fault
        return {"failed": type(error).__name__}


def _say(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _bound(memory: int) -> None:
    """Bounds of memory where the system has them; no core files, which could hold a party's papers."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _load() -> None:
    """What every check needs, so that loading is not counted as its time."""
    from PIL import Image

    from mediation_desk.shared.uploads import docx, pdfs, pictures  # noqa: F401

    importlib.import_module("pikepdf")
    Image.preinit()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
