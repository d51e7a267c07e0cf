"""S14: the desk connects to nothing but its database and the centre's own video server, and only when asked.

Two witnesses: the interpreter's audit of sockets, and the kernel's counters of a place without any route, which
also see Qt and the C libraries.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.gates import ROOT
from tests.sealed import unshare

WATCH = """
import sys
from pathlib import Path
from tests.sealed import attempts, listening, loopback_up

loopback_up()
seen = []
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
sys.addaudithook(lambda event, args: seen.append(str(args[-1])) if event in NETWORK else None)
"""

WINDOWS = (
    WATCH
    + """
from PySide6.QtWidgets import QApplication
from mediation_desk.app import open_desk
from mediation_desk.hearings.remote.meeting import ServerKind
from mediation_desk.settings import resolve
from tests.gui.case_page_driver import Driver
from tests.gui.test_remote import arranged
from tests.unit.video_server import video_server
from ui.app import open_window
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS
from ui.tasks.runner import ImmediateRunner

app = QApplication([])
desk = open_desk(resolve(Path(sys.argv[1]), practice=True))
key = arranged(desk)
window = open_window(app, desk, ImmediateRunner())
window.show()
driver = Driver(window, key)
for tab in TABS:
    driver.page.go(tab)
    driver.settle()
for spec in SCREENS:
    if spec.shown:
        window.open_screen(spec.code)
        driver.settle()
answer = desk.meetings.check(desk.actor)
print("listening", listening())
print("loaded", [name for name in ("mediation_desk.hearings.remote.asking", "jwt") if name in sys.modules])
print("quiet", seen, attempts(), answer.good)
with video_server() as video:
    video.moods["/"] = "200"
    print("control", len(listening()))
    desk.meetings.set_server(desk.actor, ServerKind.LINK, f"{video.url}/")
    print("set", seen, attempts())
    answer = desk.meetings.check(desk.actor)
    print("control", bool(seen), attempts(), answer.good)
window.close()
desk.close()
"""
)

COMMANDS = (
    WATCH
    + """
from mediation_desk.cli.main import run

data = ["--data", sys.argv[1]]
out = Path(sys.argv[1]) / "out"
out.mkdir(parents=True)
lines = [
    ["demo", "--cases", "12"],
    ["case", "list", "--limit", "3"],
    ["case", "search", "邻里"],
    ["deadlines"],
    ["obligations"],
    ["orders"],
    ["expert", "list"],
    ["stats", "--table", "cases", "--period", "2025"],
    ["stats", "report", "--period", "2025", "--out", str(out / "report.docx")],
    ["backup", "--to", str(out)],
    ["check"],
]
print("codes", [run([*data, *line]) for line in lines])
print("quiet", seen, attempts(), file=sys.stderr)
"""
)

ON_A_SERVER = (
    WATCH
    + """
import psycopg
from mediation_desk.cli.main import run
from tests.persistence.tls import LOG, plain
from tests.postgres import find_binaries, running_cluster

homes = []
def prepare(home, user):
    homes.append(home)
    return plain(home, user)

with running_cluster(find_binaries(), prepare) as url:
    data = ["--database", url]
    def heard():
        with psycopg.connect(url):  # so that the log is written
            return (homes[0] / LOG).read_text().count("connection received")
    first, counted = heard(), attempts()["TcpActiveOpens"]
    codes = [run([*data, "demo", "--cases", "12"]), run([*data, "case", "list"]), run([*data, "check"])]
    server, kernel = heard() - first, attempts()["TcpActiveOpens"] - counted
    print("codes", codes)
    print("heard", server > 3)
    print("elsewhere", kernel - server)
    print("others", [name for name in attempts() if name != "TcpActiveOpens"])
"""
)


def sealed(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``script`` in a place without a route."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    program = [*unshare(), sys.executable, "-c", script, *arguments]
    return subprocess.run(
        program, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=280
    )


@pytest.mark.timeout(300)  # whole programs, each in a process of its own
@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
class TestWithoutARoute:
    def test_every_screen_and_tab_connects_to_nothing_and_listens_on_nothing(self, tmp_path: Path) -> None:
        done = sealed(WINDOWS, str(tmp_path))

        assert done.returncode == 0, done.stderr
        assert (
            done.stdout.splitlines()
            == [
                "listening []",
                "loaded []",
                "quiet [] {} False",
                "control 1",  # the stand-in for the centre's server listens
                "set [] {}",
                "control True {'TcpActiveOpens': 1} True",  # what the witnesses see when the centre asks its server
            ]
        )

    def test_the_command_line_connects_to_nothing(self, tmp_path: Path) -> None:
        done = sealed(COMMANDS, str(tmp_path / "data"))

        assert done.returncode == 0, done.stderr
        assert f"codes {[0] * 11}" in done.stdout
        assert done.stderr.splitlines()[-1] == "quiet [] {}"

    def test_on_a_server_it_connects_to_the_server_alone(self) -> None:
        """Every connection the kernel saw is one that the server heard."""
        done = sealed(ON_A_SERVER)

        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-4:] == ["codes [0, 0, 0]", "heard True", "elsewhere 0", "others []"]

    def test_the_kernel_counts_what_python_does_not_see(self) -> None:
        """The control: a connection opened by another program, and a name asked for by a C library."""
        script = WATCH + "import subprocess\n"
        script += (
            "subprocess.run(['bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/9'], stderr=subprocess.DEVNULL)\n"
        )
        script += "print(seen, attempts())\n"

        assert sealed(script).stdout.strip() == "[] {'TcpActiveOpens': 1}"
