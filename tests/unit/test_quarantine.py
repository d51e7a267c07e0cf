"""The quarantine: whatever a parser does, the desk gets one sentence and goes on; nothing is written outside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.frames import receive, send
from mediation_desk.shared.quarantine.limits import task_limits
from mediation_desk.shared.quarantine.parsers import named
from mediation_desk.shared.quarantine.plain import Garbage, from_plain, to_plain
from mediation_desk.shared.quarantine.process import Workshop
from mediation_desk.shared.quarantine.refusal import Refused, told
from mediation_desk.shared.quarantine.worker import FLAG
from tests.unit.misbehaving import WAYS, Told, echo, leaking, misbehave, surroundings

SOUND = Told(number=7, words=("调解", "\ud800"), data=b"\0\xff", inner=Told(number=8))


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[None]:
    """Bounds of time that a test can wait for."""
    shipped = Path("resources/rules/uploads.toml").read_text(encoding="utf-8")
    (tmp_path / "uploads.toml").write_text(shipped.replace("seconds = 5\n", "seconds = 0.4\n"), "utf-8")
    use_rules_in(tmp_path)
    yield
    use_rules_in(tmp_path / "none")


@pytest.fixture
def apart() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_go_wrong_is_one_refusal_and_the_next_task_is_done(way: str, apart: Workshop) -> None:
    with pytest.raises(Refused, match=WAYS[way].told):
        apart.run(misbehave, way=way)

    assert apart.run(echo, told=SOUND) == SOUND
    assert not Path("outside").exists()


def test_without_the_worker_the_same_parser_hits_the_desk(tmp_path: Path, monkeypatch: Any) -> None:
    """The control: called here, what was refused there happens."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OverflowError):
        misbehave("raises")
    misbehave("writes")
    assert Path("outside").exists()


def test_what_a_parser_says_itself_and_how_far_it_is_come_across(apart: Workshop) -> None:
    seen: list[int] = []

    def watch(number: int) -> bool:
        seen.append(number)
        return True

    assert apart.run(echo, told=SOUND, watch=watch) == SOUND
    assert seen == [0, 1, 2]
    with pytest.raises(InputError) as error:
        apart.run(leaking, words="<b>\u202e")
    assert (error.value.message, error.value.field, error.value.pointer) == ("不收<b>\u202e。", "f", "/p")


def test_whoever_watches_may_end_it(apart: Workshop) -> None:
    def stop(_number: int) -> bool:
        raise InputError("停。")

    with pytest.raises(InputError, match="停"):
        apart.run(echo, told=SOUND, watch=stop)
    assert apart.run(echo, told=SOUND) == SOUND


def test_threads_share_one_worker(apart: Workshop) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda number: apart.run(echo, told=Told(number=number)).number, range(40))
        assert list(found) == list(range(40))


def test_passwords_in_the_environment_stay_outside(apart: Workshop, monkeypatch: Any) -> None:
    monkeypatch.setenv("PGPASSWORD", "geheim")
    assert "PGPASSWORD" not in apart.run(surroundings)


def test_only_parsers_can_be_asked_for() -> None:
    assert named("tests.unit.misbehaving:misbehave") is misbehave
    for name in ("os:system", "builtins:eval", "tests.unit.misbehaving:_loop"):
        with pytest.raises(AssertionError):
            named(name)


def test_the_bounds_are_those_of_the_goal() -> None:
    limits = task_limits()
    assert limits.memory <= 512 << 20
    assert limits.seconds <= 5


def test_a_program_of_one_file_asks_itself(tmp_path: Path) -> None:
    """What a frozen program is started with serves as the worker does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mediation_desk", FLAG], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert receive(cast(BinaryIO, process.stdout), 1000) == ({"done": "ready"}, [])
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


def test_a_refusal_is_told_as_one_kind_of_error() -> None:
    with pytest.raises(InputError, match="没有导入“a”：它的内容读不出来。") as error, told("没有导入“a”"):
        raise Refused("它的内容读不出来")
    assert error.value.field == "file"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (int, True), (int, 1.0), (str, None), (bytes, {"$bytes": 3}), (bytes, {"$bytes": -1}), (Told, {}),
        (Told, {"$kind": "Told", "number": 1}), (tuple[int, ...], {"0": 1}), (tuple[int, str], [1]), (Told | None, 3),
        (dict[str, int], [1]), (float, "1"),
    ],
)  # fmt: skip
def test_what_is_not_as_declared_is_garbage(kind: Any, data: Any) -> None:
    with pytest.raises(Garbage):
        from_plain(kind, data, [b""])


def test_records_cross_whole() -> None:
    blobs: list[bytes] = []
    data = to_plain(SOUND, blobs)
    assert from_plain(Told, data, blobs) == SOUND
    with pytest.raises(TypeError):
        to_plain({1: 2}, blobs)


def test_frames_are_bounded(tmp_path: Path) -> None:
    place = tmp_path / "frames"
    with place.open("wb") as stream:
        send(stream, {"a": 1}, [b"xyz"])
    with place.open("rb") as stream:
        assert receive(stream, 1000) == ({"a": 1}, [b"xyz"])
        assert receive(stream, 1000) is None
    for most in (2, 10):
        with place.open("rb") as stream, pytest.raises(Garbage):
            receive(stream, most)
    whole = place.read_bytes()
    for cut in range(1, len(whole)):
        place.write_bytes(whole[:cut])
        with place.open("rb") as stream, pytest.raises(Garbage):
            receive(stream, 1000)
