"""S14: the tests, or some of them, in a place without any route: whatever they do needs no network.

Arguments go to pytest, e.g. ``-n 2`` for all or ``-n 1 tests/unit``. Leaves with pytest's exit code.
"""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.gates import ROOT
from tests.sealed import attempts, loopback_up, unshare


def run(arguments: list[str]) -> int:
    """Outside: start ourselves anew where there is no route."""
    return subprocess.run(
        [*unshare(), sys.executable, "-m", __spec__.name, "--inside", *arguments], check=False
    ).returncode


def run_inside(arguments: list[str]) -> int:
    """Inside: the tests, then what the kernel counted; connections to the loopback are the tests' own servers."""
    loopback_up()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, check=False
    ).returncode
    counted = attempts()
    print(f"no route: {counted.get('IpOutNoRoutes', 0) + counted.get('Ip6OutNoRoutes', 0)} attempts outside,")
    print(f"{counted.get('TcpActiveOpens', 0)} connections on the loopback, pytest left with {code}")
    return code


if __name__ == "__main__":
    inside = sys.argv[1:2] == ["--inside"]
    sys.exit(run_inside(sys.argv[2:]) if inside else run(sys.argv[1:]))
