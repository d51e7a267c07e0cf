"""What is wrong with the listings of pins: lines that are no pin, pins without hashes, libraries without a pin."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator, Mapping

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.gates import ROOT

Texts = Mapping[str, str]

RUN, DEV, BUILD = "requirements.txt", "requirements-dev.txt", "requirements-build.txt"
OPTIONS = {"--only-binary :all:", "-r requirements.txt"}
PIN = re.compile(r"([a-z0-9-]+)==([^\s;\\]+)(?: ; ([^\\]+?))?(?: \\)?")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")

MACHINES = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
)
PLACES = [
    {**machine, "python_version": python, "python_full_version": f"{python}.3", "extra": ""}
    | {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    for machine in MACHINES
    for python in ("3.11", "3.12", "3.13", "3.14")
]


def texts() -> dict[str, str]:
    """The three listings as they are committed."""
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in (RUN, DEV, BUILD)}


def wanted() -> dict[str, list[str]]:
    """What the project asks for, by the listing that must pin it."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = "\n".join(settings["options.extras_require"].values())
    return {
        RUN: settings["options"]["install_requires"].split("\n"),
        DEV: extras.split("\n"),
        BUILD: project["build-system"]["requires"],
    }


def faults(listings: Texts, asked: Mapping[str, list[str]]) -> Iterator[str]:
    """Every fault, one sentence each."""
    for name, text in listings.items():
        yield from bad_lines(name, text)
        yield from missing(name, listings, asked[name])


def bad_lines(name: str, text: str) -> Iterator[str]:
    """Lines that are neither a pin, its hashes, a comment nor one of our two options."""
    awaiting = ""  # the pin whose hash must come next
    for line in text.splitlines():
        if HASH.fullmatch(line):
            awaiting = ""
            continue
        if awaiting:
            yield f"{name}: no hash for {awaiting}"
        awaiting = line.rstrip(" \\") if PIN.fullmatch(line) else ""
        if not (awaiting or not line or line.startswith("#") or line in OPTIONS):
            yield f"{name}: not a pin: {line}"
    if awaiting:
        yield f"{name}: no hash for {awaiting}"
    if "--only-binary :all:" not in text:
        yield f"{name}: source archives may run code during the installation"


def missing(name: str, listings: Texts, asked: list[str]) -> Iterator[str]:
    """Libraries the project asks for that have not exactly one fitting pin on some machine."""
    texts_of = [listings[name], listings[RUN]] if name == DEV else [listings[name]]
    pins = [match for text in texts_of for line in text.splitlines() if (match := PIN.fullmatch(line))]
    for requirement in (Requirement(line) for line in asked if line.strip()):
        ours = [pin for pin in pins if pin[1] == canonicalize_name(requirement.name)]
        for place in PLACES:
            here = [pin[2] for pin in ours if not pin[3] or Marker(pin[3]).evaluate(place)]
            if len(here) != 1 or here[0] not in requirement.specifier:
                where = f"{place['sys_platform']} {place['platform_machine']} {place['python_version']}"
                yield f"{name}: {requirement} on {where} has {here or 'no pin'}"
                break
