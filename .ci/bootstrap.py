"""Make a bare machine ready for ``make run`` or ``make test``: environment, pinned and system libraries.

Standard library only, and independent of our own packages: it runs before anything is installed, on the
machine's Python. It lives beside ``.ci/run`` because both serve the machine, not the desk.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
BUILD_LISTING = "requirements-build.txt"
SQLCIPHER = "sqlcipher3"

# What the Qt wheel expects of the system: shared library -> Debian package. Some only the window
# system plug-in needs, which is loaded at run time and, without one of them, says nothing but "aborted".
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


def main(purpose: str) -> None:
    """Prepare for ``purpose`` ("run" or "test"); leave with one sentence where that is not possible."""
    use_new_enough_python()
    make_environment()
    install_pins("requirements.txt" if purpose == "run" else "requirements-dev.txt")
    install_system_packages(missing_packages(purpose))
    left = missing_packages(purpose)
    if left:
        stop("still missing after the installation: " + " ".join(left))


def use_new_enough_python() -> None:
    """Continue under the newest Python on the PATH where the calling one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    stop("Python 3.11 or newer is needed; then say: make PYTHON=/path/to/python3")


def make_environment() -> None:
    """Create ``.venv``; Debian keeps the module for it in a package of its own."""
    if (VENV / "bin" / "python").exists() and (VENV / "bin" / "pip").exists():
        return
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        install_system_packages([f"python3.{sys.version_info.minor}-venv"])
    say("creating .venv")
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_pins(listing: str) -> None:
    """Install the pinned libraries and the desk itself, unless exactly these are there already."""
    wanted = fingerprint()
    stamps = [
        VENV / f".installed-{Path(name).stem}" for name in dict.fromkeys((listing, "requirements-dev.txt"))
    ]
    if any(stamp.exists() and stamp.read_text() == wanted for stamp in stamps):
        return  # what the tests need includes what the desk needs
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    say(f"installing {listing}")
    call([*pip, "--require-hashes", "-r", str(ROOT / BUILD_LISTING), "-r", str(ROOT / listing)])
    require_one_sqlcipher([*glob.glob(str(VENV / "lib" / "python3*" / "site-packages"))])
    os.environ["PYTHONWARNINGS"] = "ignore"  # setuptools explains editable installations at length
    call(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    )  # else pip fetches setuptools anew
    stamps[0].write_text(wanted)


def require_one_sqlcipher(folders: list[str]) -> None:
    """Stop where two packages fill the same module: which engine runs would depend on who came last.

    ``sqlcipher3-binary`` and ``sqlcipher3-wheels`` write into ``sqlcipher3`` and carry a SQLite that loses commits.
    """
    providers = sorted(
        str(package.metadata["Name"])
        for package in distributions(path=folders)
        if any(file.parts[:1] == (SQLCIPHER,) for file in package.files or ())
    )
    if providers != [SQLCIPHER]:
        stop(f"the module {SQLCIPHER} must come from the package of that name alone, not: {providers}")


def fingerprint() -> str:
    """Digest of everything that decides what is installed."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("requirements.txt", "requirements-dev.txt", BUILD_LISTING):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def missing_packages(purpose: str) -> list[str]:
    """Debian names of the system packages that ``purpose`` needs and this machine has not."""
    if not sys.platform.startswith("linux"):
        missing = []  # the wheels for the other systems bring everything
    else:
        missing = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    if purpose == "test":
        missing += [] if has_postgresql() else ["postgresql"]
        missing += [] if shutil.which("pdffonts") else ["poppler-utils"]
    return sorted(missing)


def loads(library: str) -> bool:
    """Whether the dynamic loader finds ``library``; asks no package manager, so it holds on every Linux."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_postgresql() -> bool:
    """Whether a PostgreSQL server (not only its client) is installed; Debian keeps it off the PATH."""
    return bool(shutil.which("initdb") or glob.glob("/usr/lib/postgresql/*/bin/initdb"))


def install_system_packages(packages: list[str]) -> None:
    """Install by apt as root or with password-less sudo; else print the line to type, and stop."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        stop("please install what this system calls (Debian's names): " + " ".join(packages))
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    root = [] if os.geteuid() == 0 else ["sudo"]
    if root and not may_sudo():
        stop("please type this once, then make again:\n    sudo apt-get update && sudo " + " ".join(line))
    say("installing " + " ".join(packages))
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*root, "apt-get", "update", "-q"], stdout=subprocess.DEVNULL, check=False)
    call([*root, *environment, *line, "-q"], quiet=True)


def may_sudo() -> bool:
    """Whether sudo works without asking for a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


def call(command: list[str], quiet: bool = False) -> None:
    """Run ``command``; a failure ends the set-up with the command that failed."""
    output = subprocess.DEVNULL if quiet else None
    if subprocess.run(command, stdout=output, cwd=ROOT, check=False).returncode != 0:
        stop("this command failed: " + " ".join(command))


def say(sentence: str) -> None:
    """Tell the person waiting what is going on."""
    print(f"set-up: {sentence}", flush=True)


def stop(sentence: str) -> None:
    """End with a sentence instead of a traceback."""
    sys.exit(f"set-up: {sentence}")


if __name__ == "__main__":
    main(sys.argv[1])
