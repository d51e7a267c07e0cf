"""S14: by default the desk connects to nothing; the interpreter's own audit of sockets is the witness."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.gates import ROOT
from tests.unit.video_server import video_server

SCRIPT = """
import sys
from pathlib import Path

seen = []
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
sys.addaudithook(lambda event, args: seen.append(str(args[-1])) if event in NETWORK else None)

from PySide6.QtWidgets import QApplication
from mediation_desk.app import open_desk
from mediation_desk.hearings.remote.meeting import ServerKind
from mediation_desk.settings import resolve
from tests.gui.case_page_driver import Driver
from tests.gui.test_remote import arranged
from ui.app import open_window
from ui.tasks.runner import ImmediateRunner

folder, address = Path(sys.argv[1]), sys.argv[2]
app = QApplication([])
desk = open_desk(resolve(folder, practice=True))
key = arranged(desk)
window = open_window(app, desk, ImmediateRunner())
window.show()
driver = Driver(window, key)
for tab in ("sessions", "evidence", "papers"):
    driver.page.go(tab)
    driver.settle()
window.open_screen("system")
driver.settle()
answer = desk.meetings.check(desk.actor)
print("loaded", [name for name in ("mediation_desk.hearings.remote.asking", "jwt") if name in sys.modules])
print("quiet", seen, answer.good)
desk.meetings.set_server(desk.actor, ServerKind.LINK, address)
print("set", seen)
answer = desk.meetings.check(desk.actor)
print("control", bool(seen), answer.good)
window.close()
desk.close()
"""


def test_a_desk_without_a_server_connects_to_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with video_server() as video:
        video.moods["/"] = "200"
        program = [sys.executable, "-c", SCRIPT, str(tmp_path), f"{video.url}/"]
        done = subprocess.run(
            program, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=110
        )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "loaded []",
        "quiet [] False",
        "set []",
        "control True True",
    ]
