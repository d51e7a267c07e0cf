"""Ask the advisory service about every pinned library, for every system: ``make audit``.

Exit codes: 0 every library was asked about and none has a known advisory; 1 advisories were found; 3 the
service did not answer for all of them, so nothing is known. Options are handed on to pip-audit, such as
``--vulnerability-service osv`` or ``--osv-url`` of a mirror.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pinned import LISTINGS, Pin, read

CLEAN, FOUND, UNKNOWN = 0, 1, 3


def main(options: list[str]) -> int:
    """Ask, print what was found, return the exit code."""
    pins = [pin for listing in LISTINGS for pin in read(listing)]
    answers: list[dict[str, Any]] = []
    for round_of_pins in rounds(pins):
        answers += ask(round_of_pins, options)
    return tell(pins, answers)


def rounds(pins: list[Pin]) -> Iterator[list[Pin]]:
    """Lists with one version of each library: pip-audit takes no two of one name."""
    seen: Counter[str] = Counter()
    numbered = []
    for pin in pins:
        numbered.append((seen[pin.name], pin))
        seen[pin.name] += 1
    for number in range(max(seen.values(), default=0)):
        yield [pin for which, pin in numbered if which == number]


def ask(pins: list[Pin], options: list[str]) -> list[dict[str, Any]]:
    """What pip-audit says of these; an empty list where it could not ask at all."""
    with tempfile.TemporaryDirectory(prefix="desk-advisories-") as folder:
        listing, answer = Path(folder, "pins.txt"), Path(folder, "answer.json")
        listing.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listing), "--no-deps"]
        command += ["--disable-pip", "--progress-spinner", "off", "--format", "json", "--output", str(answer)]
        done = subprocess.run([*command, *options], capture_output=True, encoding="utf-8", check=False)
        try:
            return list(json.loads(answer.read_text(encoding="utf-8"))["dependencies"])
        except (OSError, ValueError, KeyError):
            reason = done.stderr.strip().splitlines()
            print(f"pip-audit: {reason[-1] if reason else 'no answer'}", file=sys.stderr)
            return []


def tell(pins: list[Pin], answers: list[dict[str, Any]]) -> int:
    """Print the answers; a library that was skipped or left out counts as unknown, never as clean."""
    audited = {
        (answer["name"], answer["version"]): answer["vulns"] for answer in answers if "vulns" in answer
    }
    silent = [pin for pin in pins if (pin.name, pin.version) not in audited]
    found = [(name, version, one) for (name, version), several in audited.items() for one in several]
    for name, version, one in found:
        fixed = ", ".join(one.get("fix_versions") or ["no release yet"])
        print(f"{name} {version}: {one['id']} {' '.join(one.get('aliases') or [])} (repaired in: {fixed})")
    if silent:
        print(
            f"NOT CHECKED: the advisory service gave no answer for {len(silent)} of {len(pins)} pins. "
            "Nothing is known about them; ask again where the service can be reached.",
            file=sys.stderr,
        )
    print(f"{len(pins) - len(silent)} of {len(pins)} pins checked, {len(found)} advisories")
    if found:
        return FOUND
    return UNKNOWN if silent or not pins else CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
