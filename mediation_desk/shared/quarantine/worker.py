"""The process that opens what comes from outside; it may fall without the desk falling.

``python -P -m mediation_desk.shared.quarantine.worker``: one frame in, one or more out. A frame names a parser and its
arguments; only the desk writes here.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from typing import Any, BinaryIO

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.confining import confine, confined, peak
from mediation_desk.shared.quarantine.frames import receive, send
from mediation_desk.shared.quarantine.parsers import kinds_of, named, terms_of
from mediation_desk.shared.quarantine.plain import Blobs, from_plain, to_plain
from mediation_desk.shared.quarantine.refusal import Refused

FLAG = "--quarantined"
"""How a program that is one file asks itself for this process."""
READY = "ready"
WATCH = "watch"
_MOST_ASKED = 1 << 30
_WORN = 0.6  # of the memory allowed: what a library once took it may not give back


def serve() -> None:
    """Answer until nobody asks any more."""
    warnings.simplefilter("ignore")  # nobody reads them here; checks turn the ones that matter into refusals
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it: 100 MB nobody needs
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # a library that prints spoils no answer
    confine()
    send(answers, {"done": READY})
    while (task := receive(asked, _MOST_ASKED)) is not None:
        _answer(answers, *task)


def _answer(answers: BinaryIO, task: dict[str, Any], blobs: list[bytes]) -> None:
    bounds, made = task["bounds"], Blobs()
    said: dict[str, Any]
    try:
        said = {"done": _done(answers, task, blobs, made)}
        said["worn"] = peak() > bounds["memory"] * _WORN
        send(answers, said, made)
    except Refused as refused:
        send(answers, {"refused": str(refused)})
    except InputError as error:
        send(answers, {"told": [error.message, error.field, error.pointer]})
    except MemoryError:
        send(answers, {"failed": "打开它要用的内存过多"})
    except RecursionError:
        send(answers, {"failed": "内部结构嵌套过深"})
    except Exception:  # noqa: BLE001  # a library met what its authors did not think of: the file's fault
        send(answers, {"failed": "它的内容读不出来"})


def _done(answers: BinaryIO, task: dict[str, Any], blobs: list[bytes], made: Blobs) -> Any:
    function = named(task["call"])
    terms, kinds, bounds = terms_of(function), kinds_of(function), task["bounds"]
    given = {name: from_plain(kinds[name], data, blobs) for name, data in task["with"].items()}
    blobs.clear()
    if task["watched"]:
        given[WATCH] = _teller(answers)
    for library in terms.loads:
        importlib.import_module(library)
    send(answers, {"begun": True})
    with confined(bounds["seconds"], bounds["memory"]):
        return to_plain(function(**given), made)


def _teller(answers: BinaryIO) -> Any:
    def tell(*numbers: int) -> bool:
        send(answers, {"at": numbers})
        return True

    return tell


if __name__ == "__main__":
    serve()
