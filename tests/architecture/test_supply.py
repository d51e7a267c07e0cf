"""S15: a silent advisory service never counts as a clean answer; list of contents and wheel are reproducible."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mediation_desk import __version__
from tests.architecture.ci_scripts import script

ANSWER = {"name": "alembic", "version": "1.20.1", "vulns": []}
KNOWN = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.20.2"]}


class TestAdvisories:
    @pytest.fixture
    def pins(self) -> Any:
        return [script("pinned").Pin("alembic", "1.20.1", "", ("0" * 64,))]

    def test_a_checked_library_without_advisory_is_clean(self, pins: Any) -> None:
        assert script("advisories").tell(pins, [ANSWER]) == 0

    def test_a_known_advisory_is_told(self, pins: Any, capsys: pytest.CaptureFixture[str]) -> None:
        assert script("advisories").tell(pins, [{**ANSWER, "vulns": [KNOWN]}]) == 1
        assert "alembic 1.20.1: PYSEC-1 CVE-1 (repaired in: 1.20.2)" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "answers",
        [
            [],
            [{"name": "alembic", "skip_reason": "Dependency not found on PyPI"}],
            [{**ANSWER, "version": "1.20.0"}],
        ],
    )
    def test_silence_is_not_clean(
        self, pins: Any, answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert script("advisories").tell(pins, answers) == 3
        assert "NOT CHECKED" in capsys.readouterr().err

    def test_an_unreachable_service_is_not_clean(
        self, pins: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The real pip-audit, sent to a closed port of this machine."""
        advisories = script("advisories")
        monkeypatch.setattr(advisories, "read", lambda listing: pins)
        closed = ["-s", "osv", "--osv-url", "http://127.0.0.1:9/v1/query", "--timeout", "2"]

        assert advisories.main(closed) == 3
        assert "NOT CHECKED" in capsys.readouterr().err

    def test_every_variant_of_a_pin_is_asked_about(self) -> None:
        pins = script("pinned").read("requirements.txt")
        asked = [one for group in script("advisories").rounds(pins) for one in group]

        assert sorted(asked, key=repr) == sorted(pins, key=repr)
        assert {pin.name for pin in pins if pin.marker} >= {"pyside6-essentials", "shiboken6"}


class TestContents:
    def test_the_same_pins_give_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("one", "another"):
            script("sbom").main(__version__, tmp_path / name)
        one, another = ((tmp_path / name).read_bytes() for name in ("one", "another"))

        assert one == another

    def test_every_library_is_listed_with_its_hashes(self, tmp_path: Path) -> None:
        script("sbom").main(__version__, tmp_path / "sbom.json")
        listed = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
        pins = script("pinned").read("requirements.txt")

        assert sorted(one["purl"] for one in listed["components"]) == sorted(
            f"pkg:pypi/{pin.name}@{pin.version}" for pin in pins
        )
        assert sum(len(one["properties"]) for one in listed["components"]) >= sum(
            len(pin.hashes) for pin in pins
        )
        assert listed["metadata"]["component"]["version"] == __version__

    def test_another_pin_gives_another_number(self) -> None:
        sbom, pinned = script("sbom"), script("pinned")
        pins = [pinned.Pin("alembic", version, "", ()) for version in ("1.20.1", "1.20.2")]

        assert sbom.written("1", pins[:1]) != sbom.written("1", pins[1:])


class TestWheel:
    def test_two_builds_are_equal(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        wheel = script("wheel")
        assert wheel.main(tmp_path / "dist") == 0
        digests = [line.split()[0] for line in capfd.readouterr().out.splitlines()]

        assert len(digests) == 2
        assert len(set(digests)) == 1
        (built,) = (tmp_path / "dist").iterdir()
        control = wheel.build(
            tmp_path / "control", "", wheel.LONG_AGO
        )  # no fixed time: the comparison notices
        assert built.name == control.name
        assert built.read_bytes() != control.read_bytes()
