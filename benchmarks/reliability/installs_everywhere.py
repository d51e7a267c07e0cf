"""S15, long form: on every system and Python, can the pins be installed as they stand, wheels only, hashes required?

Nothing is installed; uv asks the index what it would take. Leaves with 1 where a system that is promised fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.architecture.gates import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PROMISED = {
    "x86_64-manylinux_2_28": ("3.11", "3.12", "3.13"),
    "x86_64-manylinux_2_34": PYTHONS,
    "aarch64-manylinux_2_31": ("3.11", "3.12", "3.13"),
    "aarch64-manylinux_2_39": PYTHONS,
    "x86_64-pc-windows-msvc": PYTHONS,
    "aarch64-apple-darwin": PYTHONS,
}
OTHERS = ("aarch64-pc-windows-msvc", "x86_64-apple-darwin")


def run() -> None:
    """A line for every system and Python."""
    failed = 0
    for system in (*PROMISED, *OTHERS):
        for python in PYTHONS:
            fault = _fault(system, python)
            promised = python in PROMISED.get(system, ())
            failed += bool(promised and fault)
            print(f"{'promised' if promised else 'beyond  '} {system} {python}: {fault or 'installs'}")
    sys.exit(bool(failed))


def _fault(system: str, python: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "uv", "pip", "install", "--no-config", "--dry-run", "--quiet"]
        command += ["--require-hashes", "--only-binary", ":all:", "--target", folder]
        command += ["--python-version", python, "--python-platform", system]
        done = subprocess.run(
            [*command, "-r", str(ROOT / "requirements.txt")],
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "15.0"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    return "" if done.returncode == 0 else " ".join(done.stderr.split())[:160]


if __name__ == "__main__":
    run()
