"""Accounts on both databases: made, changed, locked, opened, recovered; and the key each of them keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.repositories.keys import KeyRepository
from db.tables.accounts import account_keys
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access import four_eyes
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.accounts.granting import post_of
from mediation_desk.access.accounts.model import Post
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import who
from mediation_desk.access.accounts.wrapping import RECOVERY
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.four_eyes import Act, demand_approver, demand_other
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.errors import (
    ConflictError,
    DeskError,
    InputError,
    PermissionDenied,
    RuleError,
    StorageError,
)
from tests.persistence.account_desk import ADMINISTRATOR, GOOD, OTHER, Centre


@pytest.fixture
def centre(storage: Storage) -> Centre:
    made = Centre(storage)
    made.begun()
    return made


def actions(centre: Centre) -> list[str]:
    with centre.storage.read() as work:
        return list(work.connection.scalars(select(audit.c.action).order_by(audit.c.seq)))


def test_the_first_account_manages_and_there_is_only_one_first(storage: Storage) -> None:
    centre = Centre(storage)
    assert not centre.accounts.exist()
    code = centre.begun()
    assert len(code.replace("-", "")) == 28
    assert centre.actor.can(Permission.ACCOUNT_MANAGE)
    assert not centre.actor.can(Permission.CASE_READ)
    with pytest.raises(RuleError, match="已经有账号"):
        Centre(storage).accounts.first("other", "别人", GOOD)
    assert actions(centre) == ["account.first"]


def test_a_password_for_one_use_opens_nothing_but_its_change(centre: Centre) -> None:
    once = centre.accounts.add(centre.actor, "Wang", Post(display_name="王芳", roles=("窗口登记员",)))
    key = centre.seat.key
    provisional = centre.accounts.sign_in("WANG", once)
    assert provisional.must_change
    with pytest.raises(PermissionDenied, match="一次性口令"):
        provisional.require(Permission.CASE_READ)
    full = centre.accounts.change_password(provisional, once, OTHER)
    assert full.can(Permission.CASE_READ)
    assert centre.seat.key == key, "the same key of the centre, behind another password"
    with pytest.raises(PermissionDenied):
        centre.accounts.sign_in("wang", once)
    assert not centre.accounts.sign_in("wang", OTHER).must_change
    assert actions(centre)[-2:] == ["account.refused", "account.entered"]


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (Post(display_name="李", roles=()), "至少选一个角色"),
        (Post(display_name="李", roles=("主任",)), "没有“主任”这个角色"),
        (Post(display_name="李", roles=("审计员", "系统管理员")), "不能由同一个人担任"),
        (Post(display_name="管理员甲", roles=("调解员",)), "已经有一个账号"),
        (Post(display_name=COUNTER.display_name, roles=("调解员",)), "程序自己用"),
        (Post(display_name="\u202e李", roles=("调解员",)), "姓名"),
    ],
)
def test_what_no_account_may_be(centre: Centre, post: Post, words: str) -> None:
    with pytest.raises(DeskError, match=words):
        centre.accounts.add(centre.actor, "li", post)
    assert [one.name for one in centre.accounts.accounts(centre.actor)] == ["root"]


@pytest.mark.parametrize("name", ["counter", "PROGRAM", "root", "Ｒｏｏｔ", "a", "王 芳", "x" * 33])
def test_names_that_are_none(centre: Centre, name: str) -> None:
    with pytest.raises(InputError):
        centre.accounts.add(centre.actor, name, Post(display_name="李", roles=("调解员",)))


def test_nobody_changes_himself_and_the_last_administrator_stays(centre: Centre) -> None:
    centre.member("zhao", "赵", ADMINISTRATOR)
    zhao = next(one for one in centre.accounts.accounts(centre.actor) if one.name == "zhao")
    root = next(one for one in centre.accounts.accounts(centre.actor) if one.name == "root")
    with pytest.raises(RuleError, match="自己"):
        centre.accounts.assign(centre.actor, root, replace(post_of(root), roles=("值班长",)))
    for act in (centre.accounts.lock, centre.accounts.reset):
        with pytest.raises(RuleError, match="自己"):
            act(centre.actor, "root")
    stale = centre.actor
    centre.accounts.sign_in("zhao", OTHER)
    centre.accounts.lock(centre.actor, "root")
    with pytest.raises(RuleError, match="最后一个"):
        centre.accounts.lock(stale, "zhao")
    with pytest.raises(RuleError, match="最后一个"):
        centre.accounts.assign(stale, zhao, replace(post_of(zhao), roles=("值班长",)))
    with pytest.raises(PermissionDenied, match="停用"):
        centre.accounts.current(stale)


def test_only_who_manages_accounts_does(centre: Centre) -> None:
    centre.member("wang", "王芳", "值班长")
    clerk = centre.accounts.sign_in("wang", OTHER)
    for act in (
        lambda: centre.accounts.accounts(clerk),
        lambda: centre.accounts.add(clerk, "li", Post(display_name="李", roles=(ADMINISTRATOR,))),
        lambda: centre.accounts.lock(clerk, "root"),
        lambda: centre.accounts.open_again(clerk, "root"),
        lambda: centre.accounts.reset(clerk, "root"),
        lambda: centre.accounts.renew_recovery(clerk),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_locked_account_holds_no_key_and_comes_back_with_a_new_password(centre: Centre) -> None:
    centre.member("wang", "王芳", "值班长")
    centre.accounts.lock(centre.actor, "wang")
    with centre.storage.read() as work:
        assert set(work.connection.scalars(select(account_keys.c.holder))) == {who(""), who("root")}
    with pytest.raises(PermissionDenied, match="账号或口令不对"):
        Centre(centre.storage).accounts.sign_in("wang", OTHER)
    with pytest.raises(RuleError, match="已经停用"):
        centre.accounts.reset(centre.actor, "wang")
    once = centre.accounts.open_again(centre.actor, "wang")
    assert centre.accounts.sign_in("wang", once).must_change


def test_former_passwords_do_not_come_back(centre: Centre) -> None:
    before = GOOD
    for number in range(3):
        centre.accounts.change_password(centre.actor, before, f"Lanhua-{number}-shu")
        before = f"Lanhua-{number}-shu"
    for used in (before, "Lanhua-0-shu", "Lanhua-1-shu", GOOD):
        with pytest.raises(InputError, match="以前用过"):
            centre.accounts.change_password(centre.actor, before, used)
    centre.accounts.change_password(centre.actor, before, "Lanhua-9-shu")
    centre.accounts.change_password(centre.actor, "Lanhua-9-shu", GOOD)


def test_who_fails_to_change_his_password_goes_on_sitting(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, key = centre.actor, centre.seat.key

    def full(_self: object, _wrapped: object) -> None:
        raise StorageError("磁盘满了。")

    with monkeypatch.context() as patched:
        patched.setattr(KeyRepository, "keep_wrap", full)
        with pytest.raises(StorageError):
            centre.accounts.change_password(actor, GOOD, OTHER)

    assert centre.seat.actor == actor
    assert centre.seat.key == key
    centre.accounts.add(centre.seat.actor, "wang", Post(display_name="王芳", roles=("窗口登记员",)))


def test_an_old_password_must_be_changed(centre: Centre) -> None:
    centre.clocks.go(181 * 86_400)
    actor = centre.accounts.sign_in("root", GOOD)
    assert actor.must_change
    assert not centre.accounts.change_password(actor, GOOD, OTHER).must_change
    assert not centre.accounts.sign_in("root", OTHER).must_change


def test_the_sheet_opens_the_centre_once(storage: Storage) -> None:
    centre = Centre(storage)
    code = centre.begun()
    key = centre.seat.key
    late = Centre(storage)
    following = late.accounts.recover(code.lower().replace("-", " "), "root", OTHER)
    assert late.seat.key == key
    assert following != code
    with pytest.raises(PermissionDenied, match="恢复码不对"):
        Centre(storage).accounts.recover(code, "root", "Third-way-99")
    newcomer = Centre(storage)
    newcomer.accounts.recover(following, "qian", "Third-way-99")
    assert newcomer.actor.can(Permission.ACCOUNT_MANAGE)
    with pytest.raises(PermissionDenied):
        Centre(storage).accounts.sign_in("root", GOOD)
    assert [one for one in actions(centre) if one != "account.refused"] == [
        "account.first",
        "account.recovered",
        "account.recovered",
    ]


def test_the_sheet_makes_no_clerk_an_administrator(storage: Storage) -> None:
    centre = Centre(storage)
    code = centre.begun()
    centre.member("wang", "王芳", "值班长")
    with pytest.raises(RuleError, match="不是系统管理员"):
        centre.accounts.recover(code, "wang", "Third-way-99")


def test_every_sign_misread_is_noticed(storage: Storage) -> None:
    code = Centre(storage).begun()
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for place, sign in enumerate(code):
        if sign == "-":
            continue
        wrong = signs[(signs.index(sign) + 1) % 10] if sign.isdigit() else signs[(signs.index(sign) + 1) % 32]
        with pytest.raises(InputError, match="恢复码"):
            Centre(storage).accounts.recover(code[:place] + wrong + code[place + 1 :], "root", OTHER)


def test_a_new_sheet_ends_the_old_one(storage: Storage) -> None:
    centre = Centre(storage)
    code = centre.begun()
    following = centre.accounts.renew_recovery(centre.actor)
    with pytest.raises(PermissionDenied):
        Centre(storage).accounts.recover(code, "root", OTHER)
    assert Centre(storage).accounts.recover(following, "root", OTHER)


def test_the_cost_rises_at_sign_in_and_a_lower_one_is_refused(centre: Centre) -> None:
    higher = Cost(memory_kib=1024 * 1024, passes=13, lanes=4)
    _cost_of_the_sheet(centre, higher)
    centre.accounts.sign_in("root", GOOD)
    with centre.storage.read() as work:
        kept = work.keys.wrap("root")
    assert kept is not None
    assert kept.cost == higher
    centre.accounts.sign_in("root", GOOD)
    _cost_of_the_sheet(centre, Cost(memory_kib=8 * 1024, passes=3, lanes=4))
    with pytest.raises(RuleError, match="低于最低要求"):
        centre.accounts.sign_in("root", GOOD)


def _cost_of_the_sheet(centre: Centre, cost: Cost) -> None:
    with centre.storage.door() as keys:
        sheet = keys.wrap(RECOVERY)
        assert sheet is not None
        keys.keep_wrap(replace(sheet, cost=cost))


def test_a_wrap_moved_to_another_row_opens_nothing(centre: Centre) -> None:
    centre.member("wang", "王芳", "窗口登记员")
    with centre.storage.write() as work:
        mine = work.keys.wrap("wang")
        assert mine is not None
        work.keys.keep_wrap(replace(mine, holder="root"))
    with pytest.raises(PermissionDenied):
        centre.accounts.sign_in("root", OTHER)


def test_the_second_of_two_administrators_is_told(centre: Centre) -> None:
    centre.member("wang", "王芳", "窗口登记员")
    seen = next(one for one in centre.accounts.accounts(centre.actor) if one.name == "wang")
    centre.accounts.assign(centre.actor, seen, replace(post_of(seen), roles=("值班长",)))
    with pytest.raises(ConflictError):
        centre.accounts.assign(centre.actor, seen, replace(post_of(seen), body="某街道"))


def test_bodies_follow_the_account_and_an_unknown_one_is_not_the_whole_centre(storage: Storage) -> None:
    from mediation_desk.cases.routing.naming import body_names

    assert body_names("没有这个单位") == ("没有这个单位",)
    centre = Centre(storage)
    centre.begun()
    centre.member("wang", "王芳", "窗口登记员", body="没有这个单位")
    actor = centre.accounts.sign_in("wang", OTHER)
    assert actor.sight().marks is not None


def test_the_key_is_overwritten_when_the_seat_is_left(centre: Centre) -> None:
    held = centre.seat._key
    assert any(held)
    assert centre.seat.subkey("audit") != centre.seat.subkey("database")
    centre.accounts.sign_out()
    assert not any(held)
    assert centre.seat.key is None
    assert centre.seat.subkey("audit") is None
    assert actions(centre)[-1] == "account.left"


def test_a_key_that_cannot_be_audited_is_not_left_at_the_desk(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.accounts.sign_out()
    monkeypatch.setattr(centre.accounts, "_note", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        centre.accounts.sign_in("root", GOOD)
    assert not centre.seat.taken


def test_no_password_and_no_typed_name_is_stored(centre: Centre) -> None:
    for _ in range(2):
        with pytest.raises(PermissionDenied):
            centre.accounts.sign_in("我把口令写在这里Abc1", "Geheim-0815")
    with centre.storage.read() as work:
        kept = repr(work.connection.execute(select(audit)).all())
        kept += repr(work.connection.execute(select(account_keys)).all())
        kept += repr(work.connection.exec_driver_sql("SELECT * FROM sign_in_tries").all())
    for word in (GOOD, "Geheim", "我把口令", (centre.seat.key or b"?").hex()):
        assert word not in kept


class TestFourEyes:
    def test_whoever_prepared_does_not_approve(self) -> None:
        wang, li = (Actor(account=name, display_name=name, roles=()) for name in ("wang", "li"))
        demand_other(li, "wang", "清单由王编制")
        demand_other(COUNTER, COUNTER.account, "清单由窗口编制")
        with pytest.raises(RuleError, match="清单由王编制，应由另一人审批"):
            demand_other(wang, "wang", "清单由王编制")

    @pytest.mark.parametrize(
        ("named", "shown", "card", "words"),
        [
            ("赵主任", "赵主任", "", ""),
            ("赵主任", "王芳", "", "本人登录"),
            ("王芳", "王芳", "", "不能批准自己的案件"),
            ("赵主任", "赵主任", "M01", "不能批准自己的案件"),
        ],
    )
    def test_the_approver_is_who_is_signed_in_and_not_involved(
        self, named: str, shown: str, card: str, words: str
    ) -> None:
        actor = Actor(account="a", display_name=shown, roles=(), pool_no=card)
        if not words:
            demand_approver(actor, Act.CLOSE, named, {"王芳", "M01", ""})
            return
        with pytest.raises(RuleError, match=words):
            demand_approver(actor, Act.CLOSE, named, {"王芳", "M01", ""})

    def test_what_the_rule_file_does_not_list_needs_no_second_person(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        actor = Actor(account="a", display_name="王芳", roles=())
        monkeypatch.setattr(four_eyes, "access_rules", lambda: replace(access_rules(), four_eyes=frozenset()))
        demand_approver(actor, Act.CLOSE, "赵主任", {"王芳"})
