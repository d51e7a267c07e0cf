"""Time from process start to the first usable window, against a bare PySide6 + SQLAlchemy window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9

DESK = """
import sys
from pathlib import Path
from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
desk = open_desk(resolve(Path(sys.argv[1]), practice=True))
from ui.app import application, open_window
app = application()
window = open_window(app, desk)
window.show()
while not window.context.desk.idle():
    app.processEvents()
app.processEvents()
window.repaint()
print("usable", flush=True)
"""

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from sqlalchemy import create_engine, text
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("x"))
window.resize(1366, 768)
window.show()
with create_engine("sqlite:///" + sys.argv[1] + "/bare.db").connect() as connection:
    connection.execute(text("select 1")).all()
app.processEvents()
window.repaint()
print("usable", flush=True)
"""


def seconds(program: str, folder: str) -> float:
    """Wall time until the program says it is usable."""
    begun = time.perf_counter()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", program, folder], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - begun
    if line.strip() != "usable":
        raise SystemExit("the program did not become usable")
    return taken


def main() -> None:
    """Run both in turn and print the figures."""
    from mediation_desk.app import open_desk
    from mediation_desk.settings import resolve

    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(resolve(Path(folder), practice=True))
        desk.fill_sample()
        desk.close()
        seconds(DESK, folder), seconds(BARE, folder)  # warm the disk cache
        ours, bare = [], []
        for _ in range(RUNS):
            ours.append(seconds(DESK, folder))
            bare.append(seconds(BARE, folder))
    for name, figures in (("desk", ours), ("bare", bare)):
        print(
            f"{name}: min {min(figures):.3f}  median {statistics.median(figures):.3f}  max {max(figures):.3f} s"
        )
    print(f"ratio of medians, desk / bare: {statistics.median(ours) / statistics.median(bare):.2f}")


if __name__ == "__main__":
    main()
