"""R13: a killed desk over a large encrypted centre started again: until its window can be used, until all is checked.

``python -m`` with ``PYTHONPATH=.``; the number of cases may follow. Goals at 100,000 cases: 5 s and 10 minutes. Times
are from the start of a process, the real cost of a password included; nothing is at hand in that process.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from db.bulk import BulkCases
from mediation_desk.app import open_desk
from mediation_desk.practice.demo import fill
from mediation_desk.settings import resolve
from tests.persistence.account_desk import GOOD

CASES, RUNS = 100_000, 5

KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from tests.persistence.lifecycle_stories import registered
from tests.persistence.test_case_steps import REGISTER
desk = open_desk(resolve(Path(sys.argv[1])))
desk.accounts.sign_in("root", sys.argv[2])
new = replace(REGISTER, centre="试验中心")  # its codes begin anew
for _case in range(100):
    registered(desk.cases, new)
with desk.storage.write(COUNTER) as work:
    work.notes.put("half", "done")
    os.kill(os.getpid(), signal.SIGKILL)
"""

USED = """
import sys
from pathlib import Path
from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
desk = open_desk(resolve(Path(sys.argv[1])))
desk.accounts.sign_in("root", sys.argv[2])
from ui.app import application, open_window
app = application()
window = open_window(app, desk)
window.show()
while not window.context.desk.idle():
    app.processEvents()
app.processEvents()
window.repaint()
print("usable", flush=True)
sys.stdin.readline()
"""

CHECKED = """
import sys
from pathlib import Path
from mediation_desk.app import open_desk
from mediation_desk.app.checking import check_deeply
from mediation_desk.settings import resolve
desk = open_desk(resolve(Path(sys.argv[1])))
desk.accounts.sign_in("root", sys.argv[2])
print("sound" if check_deeply(desk, lambda _done, _all: True).sound else "not sound", flush=True)
"""


def run(cases: int) -> int:
    """Print the times; 1 where something did not come up or is not sound."""
    with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        folder = Path(name) / "desk"
        desk = open_desk(resolve(folder))
        desk.accounts.first("root", "管理员", GOOD)
        fill(BulkCases(desk.storage), cases, seed=8)
        desk.close()
        usable = []
        for _run in range(RUNS):
            killed = _started(KILLED, folder)
            killed.communicate()
            if killed.returncode != -signal.SIGKILL:
                return 1
            told, seconds = _timed(USED, folder)
            if told != "usable":
                return 1
            usable.append(seconds)
        checked, seconds = _timed(CHECKED, folder)
        size = (folder / "desk.db").stat().st_size / 1e6
    print(
        f"{cases} cases, {size:.0f} MB: usable after a kill in {min(usable):.1f} to {max(usable):.1f} s, median "
        f"{statistics.median(usable):.1f} s (goal 5); full check {seconds:.0f} s (goal 600), {checked}"
    )
    return 0 if checked == "sound" else 1


def _started(program: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program, str(folder), GOOD]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


def _timed(program: str, folder: Path) -> tuple[str, float]:
    began = perf_counter()
    with _started(program, folder) as process:
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        seconds = perf_counter() - began
        process.communicate()
    return told, seconds


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else CASES))
