"""Build the wheel twice, from two copies in two folders at two times, and compare the bytes: ``make wheel``.

Exit codes: 0 both are equal, and one lies in ``dist``; 1 they differ.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG_AGO = 1_000_000_000  # the second copy pretends to be written then


def main(target: Path) -> int:
    """Build, print both digests, keep the wheel where they are equal."""
    when = git("log", "-1", "--format=%ct").decode().strip()
    with tempfile.TemporaryDirectory(prefix="desk-wheel-") as folder:
        wheels = [build(Path(folder, name), when, at) for name, at in (("one", None), ("another", LONG_AGO))]
        digests = [hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels]
        for wheel, digest in zip(wheels, digests, strict=True):
            print(f"{digest}  {wheel.name}")
        if digests[0] != digests[1]:
            print("the two builds differ", file=sys.stderr)
            return 1
        target.mkdir(exist_ok=True)
        shutil.copy(wheels[0], target)
    return 0


def build(folder: Path, when: str, written_at: int | None) -> Path:
    """A wheel of the commit, unpacked below ``folder``, with files as old as ``written_at`` says."""
    source = folder / "source"
    with tarfile.open(fileobj=io.BytesIO(git("archive", "--format=tar", "HEAD"))) as archive:
        archive.extractall(source, filter="data")
    for file in source.rglob("*"):
        file.chmod(0o755 if file.is_dir() or file.stat().st_mode & 0o100 else 0o644)  # whatever the umask was
        if written_at is not None:
            os.utime(file, (written_at, written_at))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": when, "PYTHONWARNINGS": "ignore", "PYTHONPATH": ""}
    environment = {name: value for name, value in environment.items() if value}
    program = f"from setuptools import build_meta; build_meta.build_wheel({str(folder)!r})"
    subprocess.run(
        [sys.executable, "-c", program], cwd=source, env=environment, check=True, capture_output=True
    )
    return next(folder.glob("*.whl"))


def git(*arguments: str) -> bytes:
    """What git answers about the commit that is checked out."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    sys.exit(main(ROOT / "dist"))
