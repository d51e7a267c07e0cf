"""An independent judge of PDF/A: Apache PDFBox Preflight, from Debian's libpdfbox2-java, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_JAVA = Path("/usr/share/java")
_JARS = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "jaxb-api",
    "javax.activation",
)
_CLASSPATH = ":".join(str(_JAVA / f"{name}.jar") for name in _JARS)

needs_validator = pytest.mark.skipif(
    shutil.which("java") is None or not all(Path(jar).exists() for jar in _CLASSPATH.split(":")),
    reason="no PDF/A validator here (apt-get install libpdfbox2-java libactivation-java libjaxb-api-java)",
)


def judged(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """What the validator holds against each file; empty where it is valid PDF/A-1b. One Java serves them all."""
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    listed = folder / "files.txt"
    listed.write_text("\n".join(str(folder / f"{name}.pdf") for name in files), encoding="utf-8")
    subprocess.run(
        ["java", "-cp", _CLASSPATH, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", listed],
        check=False,
        capture_output=True,
        timeout=110,
    )
    return {
        name: _errors((folder / f"{name}.pdf.preflight.xml").read_text(encoding="utf-8")) for name in files
    }


def _errors(report: str) -> str:
    if re.search(r'<isValid type="PDF[_/]A1-?b">true</isValid>', report):
        return ""
    return "; ".join(re.findall(r"<details>(.*?)</details>", report)) or report
