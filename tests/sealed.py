"""A place without a route: a network namespace of its own, with the loopback only, whose kernel counts every attempt.

The counters see what Python's own audit does not: the C libraries, Qt, and processes that are started.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
from pathlib import Path

import pytest

UP, SET_FLAGS = 0x41, 0x8914  # IFF_UP | IFF_RUNNING, SIOCSIFFLAGS of <linux/sockios.h>
COUNTERS = {
    "Ip": ("OutNoRoutes",),
    "Tcp": ("ActiveOpens",),
    "Udp": ("OutDatagrams",),
}
LISTENS, BOUND = "0A", "07"  # TCP_LISTEN; a UDP socket without a peer
COUNTERS_6 = ("Ip6OutNoRoutes", "Udp6OutDatagrams")


def unshare() -> list[str]:
    """The command that starts another in such a place; on CI its absence is a failure."""
    found = [shutil.which("unshare") or "unshare", "--net"]
    if os.geteuid() != 0:
        found.append("--map-root-user")
    try:
        subprocess.run([*found, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        if os.environ.get("CI") == "true":
            pytest.fail("no network namespaces here")
        pytest.skip("no network namespaces here")
    return found


def loopback_up() -> None:
    """Inside: make 127.0.0.1 reachable, so that a server of the test can be."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


def attempts() -> dict[str, int]:
    """Inside: how often anything in this place tried to reach anybody, by any protocol; only what is not zero."""
    lines = [line.split() for line in Path("/proc/self/net/snmp").read_text().splitlines()]
    found = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind = names[0].rstrip(":")
        counted = dict(zip(names[1:], values[1:], strict=True))
        found.update({f"{kind}{name}": int(counted[name]) for name in COUNTERS.get(kind, ())})
    six = dict(line.split() for line in Path("/proc/self/net/snmp6").read_text().splitlines())
    found.update({name: int(six.get(name, 0)) for name in COUNTERS_6})
    return {name: value for name, value in found.items() if value}


def listening() -> list[str]:
    """Inside: the ports on which somebody waits for connections or messages."""
    found = []
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/self/net/{name}").read_text().splitlines()[1:]:
            _number, local, _remote, state = line.split()[:4]
            if state in (LISTENS, BOUND):
                found.append(f"{name}:{int(local.rsplit(':', 1)[1], 16)}")
    return found
