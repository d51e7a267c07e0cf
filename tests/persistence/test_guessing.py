"""S2 and S3: what a try costs, how many there may be, and that a known name looks like an unknown one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.accounts.cost import FLOOR, Cost, argon2id, calibrated
from mediation_desk.access.accounts.rules import TriesRule, access_rules
from mediation_desk.access.accounts.tries import Tick, TooManyTries, machine_tick, next_try
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from tests.persistence.account_desk import GOOD, OTHER, Centre, Clocks, cheap
from tests.persistence.guessing import Attack

TRIES = 1_000  # the long form, benchmarks/reliability/guessing.py, makes 10,000


@pytest.fixture
def begun(storage: Storage) -> Storage:
    Centre(storage).begun()
    return storage


@pytest.fixture
def on_file(backend: str, begun: Storage) -> Storage:
    if backend != "sqlite":
        pytest.skip("a server measures on its own clock, which no test can set")
    return begun


@pytest.mark.parametrize("name", ["root", "nobody"])
def test_tries_without_end_come_to_a_hundred_a_day(on_file: Storage, name: str) -> None:
    attack = Attack(on_file, name, pace=120)
    attack.run(TRIES)
    assert attack.too_early == 0
    assert attack.a_day <= 100
    assert len(attack.judged) > 5, "the wait ends"


@pytest.mark.parametrize("wrong", ["memory", "wall"])
def test_the_attack_tells_a_counter_that_can_be_reset(on_file: Storage, wrong: str) -> None:
    attack = Attack(on_file, memory=wrong == "memory", wall=wrong == "wall")
    attack.run(TRIES)
    assert attack.too_early > 0
    assert wrong == "wall" or attack.a_day > 100


def test_no_clock_of_a_counter_shortens_a_wait_on_a_server(backend: str, begun: Storage) -> None:
    if backend == "sqlite":
        pytest.skip("its own clock is tried above")
    attack = Attack(begun)
    attack.run(100)
    assert len(attack.judged) == 5


def test_only_success_and_the_administrator_end_the_wait(begun: Storage) -> None:
    clocks = Clocks()
    centre = Centre(begun, clocks)
    centre.accounts.sign_in("root", GOOD)
    centre.member("wang", "王芳", "值班长")
    for _ in range(4):
        with pytest.raises(PermissionDenied, match="不对"):
            Centre(begun, clocks).accounts.sign_in("wang", "wrong")
    Centre(begun, clocks).accounts.sign_in("wang", OTHER)
    for _ in range(5):
        with pytest.raises(PermissionDenied, match="不对"):
            Centre(begun, clocks).accounts.sign_in("wang", "wrong")
    with pytest.raises(TooManyTries, match="1分钟"):
        Centre(begun, clocks).accounts.sign_in("wang", OTHER)
    once = centre.accounts.reset(centre.actor, "wang")
    assert Centre(begun, clocks).accounts.sign_in("wang", once).must_change


def test_the_old_password_is_no_easier_to_guess_at_an_unattended_desk(begun: Storage) -> None:
    centre = Centre(begun)
    actor = centre.accounts.sign_in("root", GOOD)
    for _ in range(5):
        with pytest.raises(PermissionDenied):
            centre.accounts.change_password(actor, "wrong", OTHER)
    with pytest.raises(TooManyTries):
        centre.accounts.change_password(actor, GOOD, OTHER)


def test_known_unknown_and_locked_names_cost_and_say_the_same(begun: Storage) -> None:
    asked: list[Cost] = []

    def counted(password: bytes, salt: bytes, cost: Cost) -> bytes:
        asked.append(cost)
        return cheap(password, salt, cost)

    centre = Centre(begun)
    centre.accounts.sign_in("root", GOOD)
    centre.member("wang", "王芳", "值班长")
    centre.accounts.lock(centre.actor, "wang")
    said = []
    for name in ("root", "nobody", "wang"):
        asked.clear()
        for _ in range(7):
            with pytest.raises(PermissionDenied) as refused:
                Centre(begun, derive=counted).accounts.sign_in(name, OTHER + "x")
            said.append(refused.value.message)
        assert len(asked) == 5
        assert len(set(asked)) == 1
    assert said[:7] == said[7:14] == said[14:]


def test_a_try_is_on_record_before_it_is_judged(begun: Storage) -> None:
    def killed(password: bytes, salt: bytes, cost: Cost) -> bytes:
        raise KeyboardInterrupt

    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            Centre(begun, derive=killed).accounts.sign_in("root", "guess")
    with pytest.raises(TooManyTries):
        Centre(begun).accounts.sign_in("root", GOOD)


def test_a_wait_starts_anew_after_a_restart_and_never_ends_early() -> None:
    rule = TriesRule(free=5, most_minutes=20)
    made, _ = next_try(None, Tick(boot="a", seconds=100), rule)
    for second in range(4):
        made, left = next_try(made, Tick(boot="a", seconds=101 + second), rule)
        assert not left
    assert [rule.wait_seconds(count) // 60 for count in range(4, 12)] == [0, 1, 2, 4, 8, 16, 20, 20]
    assert next_try(made, Tick(boot="a", seconds=130), rule)[1] == pytest.approx(34)
    for tick in (Tick(boot="b", seconds=9_999), Tick(boot="a", seconds=3)):
        anew, left = next_try(made, tick, rule)
        assert left == 60
        assert (anew.count, anew.since) == (5, tick)


def test_this_machine_has_a_clock_nobody_sets() -> None:
    first, second = machine_tick(), machine_tick()
    assert first.boot == second.boot
    assert second.seconds >= first.seconds


@pytest.mark.parametrize(
    "lower",
    [
        Cost(memory_kib=FLOOR.memory_kib - 1, passes=3, lanes=4),
        Cost(memory_kib=FLOOR.memory_kib, passes=2, lanes=4),
        Cost(memory_kib=FLOOR.memory_kib, passes=3, lanes=3),
    ],
)
def test_a_cost_below_the_floor_is_refused(lower: Cost) -> None:
    assert Cost(memory_kib=65_536, passes=3, lanes=4) == FLOOR
    with pytest.raises(RuleError, match="低于最低要求"):
        argon2id(b"password", bytes(16), lower)
    assert len(argon2id(b"password", bytes(16), FLOOR)) == 32, "the control: the floor itself is not"


def test_a_quick_machine_pays_more() -> None:
    cost = calibrated(cheap)
    assert FLOOR.below(cost)
    assert not cost.below(FLOOR)


@pytest.mark.parametrize(
    ("find", "instead"),
    [
        ("least = 8", "least = 7"),
        ("idle_minutes = 5", "idle_minutes = 16"),
        ("free = 5", "free = 6"),
        ("most_minutes = 20", "most_minutes = 10"),
    ],
)
def test_a_centre_may_be_stricter_never_laxer(tmp_path: Path, find: str, instead: str) -> None:
    from mediation_desk.shared.assets import asset

    shipped = asset("rules/access.toml").read_text("utf-8")
    assert find in shipped
    (tmp_path / "access.toml").write_text(shipped.replace(find, instead, 1), "utf-8")
    try:
        use_rules_in(tmp_path)
        with pytest.raises(InputError, match=r"access\.toml"):
            access_rules()
    finally:
        shutil.rmtree(tmp_path)
        use_rules_in(tmp_path)
