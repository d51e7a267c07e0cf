"""Setting up a machine: what is missing is named as Debian names it, and without the right nothing is installed."""

from __future__ import annotations

import os
from types import ModuleType

import pytest

from tests.architecture.ci_scripts import script


@pytest.fixture
def bootstrap() -> ModuleType:
    return script("bootstrap")


def test_here_nothing_is_missing(bootstrap: ModuleType) -> None:
    assert bootstrap.missing_packages("test") == []


def test_a_missing_library_is_named(bootstrap: ModuleType) -> None:
    bootstrap.QT_LIBRARIES["libnowhere.so.9"] = "libnowhere9"

    assert bootstrap.missing_packages("run") == ["libnowhere9"]


def test_without_the_right_the_line_to_type_is_printed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "may_sudo", lambda: False)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")

    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libnowhere9"):
        bootstrap.install_system_packages(["libnowhere9"])


def test_on_other_systems_the_names_are_printed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)

    with pytest.raises(SystemExit, match="libnowhere9"):
        bootstrap.install_system_packages(["libnowhere9"])
