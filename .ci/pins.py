"""Renew the pins: every library, with the hashes of all files of its release as the index tells them.

``make pins`` keeps what is pinned and adds or drops what ``setup.cfg`` and ``pyproject.toml`` ask for;
``make pins UPGRADE=1`` takes the newest of everything. One listing serves every system and every Python the
desk runs on, with markers where the versions differ. It lies beside ``bootstrap.py``, which installs it.
"""

from __future__ import annotations

import configparser
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from pinned import blocks, head

ROOT = Path(__file__).resolve().parent.parent
HELD = ROOT / ".ci" / "held.txt"
PYTHON = "3.11"  # the oldest the desk runs on

# No script of a foreign source archive runs during an installation: wheels only.
HEADER = "# {purpose} Written by `make pins`; not to be edited.\n--only-binary :all:\n"
RUN = HEADER.format(purpose="What the desk runs on.")
DEV = HEADER.format(purpose="What the tests and checks need besides.") + "-r requirements.txt\n"
BUILD = HEADER.format(purpose="What building and installing the desk itself needs.")


def main(upgrade: bool) -> None:
    """Write the three listings."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = lines(settings["options"]["install_requires"])
    extras = [name for extra in settings["options.extras_require"].values() for name in lines(extra)]
    build = project["build-system"]["requires"]

    old_run, old_dev = read("requirements.txt"), read("requirements-dev.txt")
    new_run = resolve(run, [] if upgrade else old_run)
    new_dev = resolve(run + extras, new_run if upgrade else new_run + old_dev, fixed=new_run)
    write("requirements.txt", RUN, new_run)
    write("requirements-dev.txt", DEV, [block for block in new_dev if block not in new_run])
    write("requirements-build.txt", BUILD, resolve(build, [] if upgrade else read("requirements-build.txt")))


def lines(value: str) -> list[str]:
    """Entries of a list in ``setup.cfg``."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def read(listing: str) -> list[str]:
    """The pins of a listing, each with its hashes; empty where the listing is not there yet."""
    file = ROOT / listing
    return blocks(file.read_text(encoding="utf-8")) if file.exists() else []


def resolve(wanted: list[str], kept: list[str], fixed: list[str] | None = None) -> list[str]:
    """Pins for ``wanted`` and all that it needs; prefers the versions ``kept``, never leaves those ``fixed``."""
    with tempfile.TemporaryDirectory(prefix="desk-pins-") as folder:
        output, limits = Path(folder, "pins.txt"), Path(folder, "fixed.txt")
        output.write_text("\n".join([*kept, ""]), encoding="utf-8")
        limits.write_text("\n".join(head(block) for block in fixed or []), encoding="utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-header"]
        command += ["--no-annotate", "--universal", "--generate-hashes"]
        command += ["--python-version", PYTHON, "--constraint", str(HELD), "--constraint", str(limits)]
        command += ["--output-file", str(output), "-"]
        done = subprocess.run(
            command, input="\n".join(wanted), encoding="utf-8", stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            sys.exit("the pins were not changed")
        return blocks(output.read_text(encoding="utf-8"))


def write(listing: str, header: str, found: list[str]) -> None:
    """Write one listing, and say what became of it."""
    before = {head(block) for block in read(listing)}
    after = {head(block) for block in found}
    (ROOT / listing).write_text("\n".join([header + found[0], *found[1:], ""]), encoding="utf-8")
    for word, which in (("+", after - before), ("-", before - after)):
        for line in sorted(which):
            print(f"{listing}: {word} {line}")
    print(f"{listing}: {len(found)} pins")


if __name__ == "__main__":
    main(upgrade="--upgrade" in sys.argv[1:])
