"""S15: every library is pinned with the hashes of its files, for every system and Python the desk runs on."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.architecture.ci_scripts import script
from tests.architecture.listings import BUILD, DEV, RUN, faults, texts, wanted


def test_everything_is_pinned_with_hashes() -> None:
    assert list(faults(texts(), wanted())) == []


def without_a_line(start: str) -> Callable[[str], str]:
    return lambda text: "\n".join(line for line in text.splitlines() if not line.startswith(start))


def without_its_hashes(text: str) -> str:
    head, _, rest = text.partition("alembic==")
    own, after = rest.split("\n", 1)
    lines = after.split("\n")
    while lines[0].startswith("    --hash"):
        lines.pop(0)
    return "\n".join([f"{head}alembic=={own.removesuffix(chr(92)).strip()}", *lines])


SPOILT: dict[str, tuple[str, Callable[[str], str], str]] = {
    "unpinned": (RUN, lambda text: text.replace("alembic==1", "alembic>=1"), "not a pin: alembic>="),
    "unhashed": (RUN, without_its_hashes, "no hash for alembic=="),
    "no pin": (RUN, lambda text: text.replace("\nalembic==", "\nalambic=="), "alembic>=1.20 on linux"),
    "too old": (RUN, lambda text: text.replace("alembic==1.", "alembic==0."), "alembic>=1.20 on linux"),
    "no pin for one system": (
        RUN,
        lambda text: text.replace("and platform_machine == 'aarch64'", "and platform_machine == 'vax'"),
        "aarch64 3.11 has no pin",
    ),
    "an option": (RUN, lambda text: f"--pre\n{text}", "not a pin: --pre"),
    "an address": (DEV, lambda text: f"{text}\nruff @ file:///x\n", "not a pin: ruff @"),
    "source archives": (RUN, without_a_line("--only-binary"), "source archives"),
    "a tool without a pin": (DEV, lambda text: text.replace("\nmypy==", "\nmypi=="), "mypy>=2.4"),
    "an unpinned build tool": (BUILD, lambda text: "--only-binary :all:\n", "setuptools>=77"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_listing_is_noticed(case: str) -> None:
    listing, spoil, sentence = SPOILT[case]
    found = texts()
    spoilt = {**found, listing: spoil(found[listing])}

    assert spoilt != found
    assert any(sentence in fault for fault in faults(spoilt, wanted()))


def package(folder: Path, name: str) -> None:
    """An installed package that fills the module ``sqlcipher3``."""
    info = folder / f"{name.replace('-', '_')}-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (info / "RECORD").write_text("sqlcipher3/__init__.py,,\n")


@pytest.mark.parametrize("other", ["sqlcipher3-binary", "sqlcipher3-wheels"])
def test_a_second_package_in_the_engines_module_stops_the_set_up(tmp_path: Path, other: str) -> None:
    bootstrap = script("bootstrap")
    package(tmp_path, "sqlcipher3")
    bootstrap.require_one_sqlcipher([str(tmp_path)])  # one alone is as it should be

    package(tmp_path, other)

    with pytest.raises(SystemExit, match=other):
        bootstrap.require_one_sqlcipher([str(tmp_path)])


def test_here_the_engine_comes_from_one_package() -> None:
    folders = {str(Path(str(found.locate_file(""))).resolve()) for found in distributions()}

    script("bootstrap").require_one_sqlcipher(sorted(folders))
