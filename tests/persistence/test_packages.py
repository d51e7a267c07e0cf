"""Packages of cases between two centres: round trips, both changed, bad records, tampering, who may, what stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.audit.reading import EntryQuery
from mediation_desk.cases.checks import problems
from mediation_desk.cases.kept import with_months_due
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.investigating import Investigate
from mediation_desk.cases.steps.personal import NoteTransfer
from mediation_desk.cases.steps.scanning import FileScans
from mediation_desk.cases.walls import walled
from mediation_desk.hearings.model import PrivateNote, SessionMode
from mediation_desk.interchange.packages import envelope
from mediation_desk.interchange.packages.envelope import MAGIC, BadPackage
from mediation_desk.interchange.packages.model import Decisions, Outcome, Side, Standing
from mediation_desk.interchange.packages.service import UnknownSender
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from mediation_desk.shared.sealed_file import HEADER
from tests.persistence.lifecycle_stories import WAYS
from tests.persistence.package_world import (
    NOW,
    PASSWORD,
    Centre,
    clear_bytes,
    costly,
    facts,
    foreign,
    outcomes,
    phone,
    record_of,
    taking,
    told_by,
)
from tests.persistence.scanning_acts import AT, VOUCHER
from tests.persistence.test_case_steps import BODY
from tests.shared_cases import FILES, needs_cases

MANAGER = Actor(account="zhiban", display_name="值班甲", roles=(Role.DUTY_MANAGER,))
CLERK = Actor(account="chuangkou", display_name="窗口乙", roles=(Role.CLERK,))
ASKED = Investigate(on=date(2026, 3, 12), place="现场", by=("M01",), of=("A1",), content="村里问到的话。")


@pytest.fixture
def centre(storage: Storage, tmp_path: Path) -> Centre:
    return Centre(storage, tmp_path / "centre")


@pytest.fixture
def laptop(sqlite_template: Path, tmp_path: Path, open_storage: Callable[[str], Storage]) -> Centre:
    shutil.copyfile(sqlite_template, tmp_path / "laptop.db")
    return Centre(
        open_storage(f"sqlite:///{tmp_path / 'laptop.db'}"), tmp_path / "laptop", NOW + timedelta(hours=1)
    )


def test_a_case_goes_to_the_village_and_comes_back_with_what_was_done(centre: Centre, laptop: Centre) -> None:
    picture = b"GIF89a of a voucher"
    kept = centre.store.put_bytes(picture)
    scan = replace(VOUCHER, sha256=kept.sha256, size=kept.size, original="", name="凭证.gif")
    key = centre.met().case_key
    centre.cases.perform(COUNTER, key, FileScans(scans=(scan,), at=AT))
    sent = centre.file(key)

    told = laptop.join(centre.pack(key), of=centre)
    assert outcomes(told) == [Outcome.NEW]
    assert laptop.file(key) == replace(sent, version=1)
    assert laptop.store.read(kept.sha256) == picture
    assert [one.step for one in laptop.cases.history(COUNTER, key)] == [
        *(one.step for one in centre.cases.history(COUNTER, key)),
        "并入",
    ]
    assert "case.受理" in {one.action for one in laptop.packages.past(COUNTER, key)}

    laptop.cases.perform(COUNTER, key, ASKED)
    laptop.correct(key, facts("雨水倒灌，两家都看了现场。"))
    back = laptop.pack(key)
    told = centre.join(back, of=laptop)
    assert (told.lines[0].standing, told.lines[0].outcome) == (Standing.NEWER, Outcome.UPDATED)
    joined = centre.file(key)
    assert joined.facts == "雨水倒灌，两家都看了现场。"
    assert joined.investigations[-1].content == "村里问到的话。"
    assert joined.beside.corrections == laptop.file(key).beside.corrections
    assert joined.version == sent.version + 1

    assert outcomes(centre.join(back)) == [Outcome.UNTOUCHED]
    assert centre.file(key) == joined
    assert told.counts() == "0件新、1件更新、0件待看、0件坏、0件未动"


@needs_cases
def test_every_acceptance_case_travels_whole(centre: Centre, laptop: Centre) -> None:
    files = [read_case(path.read_bytes()) for path in FILES]
    for file in files:
        laptop.cases.take_over(COUNTER, file)
    told = centre.join(laptop.pack(*(file.case_key for file in files)), of=laptop)
    assert outcomes(told) == [Outcome.NEW] * len(files)
    for file in files:
        joined = centre.file(file.case_key)
        assert replace(joined, beside=file.beside, version=0) == with_months_due(
            replace(walled(file), as_of=None), NOW.date()
        )


def test_both_changed_other_places_and_nobody_has_to_look(centre: Centre, laptop: Centre) -> None:
    key = centre.met().case_key
    laptop.join(centre.pack(key), of=centre)
    centre.correct(key, phone("13800009999"))
    laptop.correct(key, facts("村里写的经过。"))
    told = centre.join(laptop.pack(key), of=laptop)
    assert (told.lines[0].standing, told.lines[0].outcome) == (Standing.BOTH, Outcome.UPDATED)
    joined = centre.file(key)
    assert (joined.facts, joined.parties[0].phone) == ("村里写的经过。", "13800009999")
    assert len(joined.beside.corrections) == 2  # each side's own, under numbers of their own
    assert problems(joined) == ()

    again = laptop.join(centre.pack(key), of=centre)
    assert again.lines[0].standing is Standing.NEWER
    assert replace(laptop.file(key), version=0) == replace(joined, version=0)


@pytest.mark.parametrize("side", [None, Side.OURS, Side.THEIRS])
def test_both_changed_the_same_place_and_both_words_are_there(
    centre: Centre, laptop: Centre, side: Side | None
) -> None:
    key = centre.met().case_key
    laptop.join(centre.pack(key), of=centre)
    centre.correct(key, facts("柜台写的经过。"))
    laptop.correct(key, facts("村里写的经过。"))
    back = laptop.pack(key)
    trusted = laptop.packages.fingerprint(COUNTER)

    seen = centre.packages.look(COUNTER, back, PASSWORD, trust=trusted)
    difference = next(one for one in seen.lines[0].differences if one.place == "/facts")
    assert (difference.before, difference.ours, difference.theirs) == (
        "雨水倒灌。", "柜台写的经过。", "村里写的经过。",
    )  # fmt: skip
    assert centre.file(key).facts == "柜台写的经过。"
    assert [one.place for one in seen.lines[0].differences] == ["/facts"]

    told = centre.join(back, taking(key, side) if side else Decisions(take={}), of=laptop)
    joined = centre.file(key)
    assert joined.facts == ("村里写的经过。" if side is Side.THEIRS else "柜台写的经过。")
    left = joined.beside.corrections[-1].changes[0]
    assert {left.before, left.after} == {"柜台写的经过。", "村里写的经过。"}
    assert left.after == joined.facts
    waits = centre.packages.waiting(COUNTER)
    if side is None:
        assert told.lines[0].outcome is Outcome.WAITING
        assert [(one, exchange.waiting) for one, exchange in waits] == [(key, ("/facts",))]
        assert outcomes(centre.join(back)) == [Outcome.WAITING]
        assert centre.file(key) == joined
        assert outcomes(centre.join(back, Decisions(take={f"{key}/facts": Side.THEIRS}))) == [Outcome.UPDATED]
        assert centre.file(key).facts == "村里写的经过。"
        assert centre.packages.waiting(COUNTER) == ()
    else:
        assert (told.lines[0].outcome, waits) == (Outcome.UPDATED, ())


def test_a_bad_record_is_told_and_stops_nobody(centre: Centre, laptop: Centre, tmp_path: Path) -> None:
    good = [laptop.met().case_key, laptop.brought(WAYS[State.ACCEPTED]).case_key]
    whole = laptop.pack(*good)
    first, last = (record_of(whole, key) for key in good)
    code = json.loads(json.dumps(first))
    code["case"]["track"] = "民间调解"
    code["case"]["case_key"] = "AJ2026000091"
    long = json.loads(json.dumps(first))
    long["case"]["facts"] = "长" * 30_000
    lacks = json.loads(json.dumps(first))
    scan = {
        "no": 1,
        "kind": "其他",
        "title": "照片",
        "sha256": "ab" * 32,
        "name": "照片.jpg",
        "media": "image/jpeg",
    }
    scan |= {"size": 9, "pages": 1, "at": AT.isoformat(), "by": "窗口"}
    lacks["beside"]["scans"] = [scan]
    spoilt = tmp_path / "spoilt.mdpack"
    trust = foreign(
        spoilt,
        (good[0], told_by(first)),
        ("AJ2026000091", told_by(code)),
        (good[0], told_by(first)),
        (
            long["case"]["case_key"] + "X",
            told_by(long | {"case": long["case"] | {"case_key": good[0] + "X"}}),
        ),
        ("AJ2026000093", told_by(lacks | {"case": lacks["case"] | {"case_key": "AJ2026000093"}})),
        ("AJ2026000094", b"{"),
        ("AJ2026000095", json.dumps(first | {"lineage": ["ab"]}).encode()),
        (good[1], told_by(last)),
    )
    told = centre.packages.join(COUNTER, spoilt, PASSWORD, trust=trust)
    assert outcomes(told) == [Outcome.NEW, *[Outcome.BAD] * 6, Outcome.NEW]
    reasons = [one.reason for one in told.lines[1:-1]]
    for reason, said in zip(
        reasons, ("/track", "只看第一件", "事实", "缺少附件“照片.jpg”", "中断", "校验码对不上"), strict=True
    ):
        assert said in reason or (said == "事实" and "20000" in reason.replace(",", "")), reason
    assert told.counts() == "2件新、0件更新、0件待看、6件坏、0件未动"
    assert [centre.file(key).case_key for key in good] == good


def test_the_same_key_and_number_of_another_case_are_given_anew(centre: Centre, laptop: Centre) -> None:
    mine = centre.brought(WAYS[State.PERFORMING])
    other = laptop.brought(WAYS[State.PERFORMING])
    laptop.correct(
        other.case_key,
        lambda file: replace(
            file, parties=(replace(file.parties[0], name="别的人"), replace(file.parties[1], name="另一人"))
        ),
    )
    assert (mine.case_key, mine.intake.number) == (other.case_key, other.intake.number)
    path = laptop.pack(other.case_key)
    told = centre.join(path, of=laptop)
    line = told.lines[0]
    assert line.outcome is Outcome.NEW
    joined = centre.file(line.key)
    assert line.key != mine.case_key
    assert joined.intake.number != mine.intake.number
    assert joined.agreement is not None
    assert joined.agreement.number == joined.intake.number
    assert str(other.intake.number) in joined.closed_loop[-1].note
    assert centre.file(mine.case_key) == mine
    assert outcomes(centre.join(path)) == [Outcome.UNTOUCHED]
    # the next case registered here gets a key nobody bears
    assert centre.met().case_key not in (mine.case_key, line.key)


def test_what_is_over_here_is_not_brought_back_without_a_say(centre: Centre, laptop: Centre) -> None:
    key = centre.met().case_key
    laptop.join(centre.pack(key), of=centre)
    laptop.correct(key, facts("村里写的经过。"))
    back = laptop.pack(key)
    centre.cases.perform(COUNTER, key, PutInBin(reason="重复"))
    told = centre.join(back, of=laptop)
    assert (told.lines[0].standing, told.lines[0].outcome) == (Standing.ENDED, Outcome.WAITING)
    assert "回收站" in told.lines[0].reason
    assert centre.file(key).facts == "雨水倒灌。"
    brought_back = Decisions(take={}, bring_back=frozenset((key,)))
    assert outcomes(centre.join(back, brought_back)) == [Outcome.UPDATED]
    assert centre.file(key).facts == "村里写的经过。"
    with pytest.raises(RuleError, match="回收站"):
        centre.pack(key)


def test_every_region_changed_is_refused_and_named(laptop: Centre, tmp_path: Path) -> None:
    path = laptop.pack(laptop.met().case_key)
    data = path.read_bytes()
    front = len(MAGIC) + 4 + int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "big")
    said = {
        0: "不是案件数据包",
        len(MAGIC) - 1: "更新版本",
        len(MAGIC): "开头被改动",
        len(MAGIC) + 5: "开头被改动",
        front - 10: "口令不对|开头被改动",
        front + 1: "被改动",
        front + HEADER - 1: "被改动",
        front + HEADER + 5: "被改动",
        len(data) // 2: "被改动",
        len(data) - 1: "被改动",
    }
    bad = tmp_path / "bad.mdpack"
    for at, reason in said.items():
        bad.write_bytes(data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :])
        with pytest.raises(BadPackage, match=reason):
            laptop.packages.look(COUNTER, bad, PASSWORD)
    for length in (0, 5, front - 1, front + HEADER, len(data) - 1):
        bad.write_bytes(data[:length])
        with pytest.raises(BadPackage):
            laptop.packages.look(COUNTER, bad, PASSWORD)
    with pytest.raises(BadPackage, match="口令不对"):
        laptop.packages.look(COUNTER, path, "Weidao-77-men")
    with pytest.raises(InputError, match="读不了"):
        laptop.packages.look(COUNTER, tmp_path, PASSWORD)


def test_who_knows_the_password_still_cannot_change_a_word(
    laptop: Centre, centre: Centre, tmp_path: Path
) -> None:
    path = laptop.pack(laptop.met().case_key)
    clear = clear_bytes(path)
    at = clear.index("雨水倒灌".encode())
    forged = tmp_path / "forged.mdpack"
    for changed in (clear[:at] + b"\xe5" + clear[at + 1 :], clear[:-200] + b"x" + clear[-199:]):
        with forged.open("wb") as target:
            sealer = envelope.sealer(target, PASSWORD, laptop.packages._derive)
            sealer.write(changed)
            sealer.finish()
        try:
            told = centre.packages.join(COUNTER, forged, PASSWORD, trust=laptop.packages.fingerprint(COUNTER))
        except BadPackage as error:
            assert "签名对不上" in error.message  # noqa: PT017  # one of the two ends so
        else:
            assert [(one.outcome, "校验码" in one.reason) for one in told.lines] == [(Outcome.BAD, True)]


def test_a_head_that_asks_for_too_much_is_refused_before_any_work(laptop: Centre, tmp_path: Path) -> None:
    path = laptop.pack(laptop.met().case_key)
    data = path.read_bytes()
    length = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "big")
    head = json.loads(data[len(MAGIC) + 4 : len(MAGIC) + 4 + length])
    wanted = (
        {"memory_kib": 2**31},
        {"passes": 10**9},
        {"lanes": 255},
        {"memory_kib": 8},
        {"passes": True},
        {"x": 1},
    )
    laptop.packages._derive = costly  # nothing of the kind may be begun
    bomb = tmp_path / "bomb.mdpack"
    for change in wanted:
        made = json.dumps(head | change).encode()
        bomb.write_bytes(MAGIC + len(made).to_bytes(4, "big") + made + data[len(MAGIC) + 4 + length :])
        with pytest.raises(BadPackage, match="开头被改动"):
            laptop.packages.look(COUNTER, bomb, PASSWORD)
    bomb.write_bytes(MAGIC + (2**32 - 1).to_bytes(4, "big") + data)
    with pytest.raises(BadPackage):
        laptop.packages.look(COUNTER, bomb, PASSWORD)


def test_the_bytes_of_a_package_tell_nothing(laptop: Centre) -> None:
    file = laptop.met()
    data = laptop.pack(file.case_key).read_bytes()
    for words in (file.title, "甄有理", file.case_key, "带到村里", "case_key", "110101199001010015"):
        assert words.encode() not in data


def test_an_unknown_sender_has_to_be_compared(centre: Centre, laptop: Centre) -> None:
    path = laptop.pack(laptop.met().case_key)
    with pytest.raises(UnknownSender) as refused:
        centre.packages.look(COUNTER, path, PASSWORD)
    with pytest.raises(UnknownSender):
        centre.packages.join(COUNTER, path, PASSWORD, trust=centre.packages.fingerprint(COUNTER))
    fingerprint = laptop.packages.fingerprint(COUNTER)
    assert refused.value.fingerprint == fingerprint
    assert outcomes(centre.packages.join(COUNTER, path, PASSWORD, trust=fingerprint.replace(" ", "-"))) == [
        Outcome.NEW
    ]
    assert outcomes(centre.join(path)) == [Outcome.UNTOUCHED]  # known from now on


def test_who_may_and_what_stands_in_the_audit_trail(centre: Centre, laptop: Centre) -> None:
    file = laptop.met()
    out = laptop.folder / "x.mdpack"
    for refuse in (
        lambda: laptop.packages.pack(CLERK, (file.case_key,), out, reason="带走"),
        lambda: laptop.packages.look(CLERK, out, PASSWORD),
        lambda: laptop.packages.join(CLERK, out, PASSWORD),
    ):
        with pytest.raises(PermissionDenied):
            refuse()
    foreigner = replace(MANAGER, bodies=("别处镇人民调解委员会",))
    with pytest.raises(InputError, match="没有编号"):
        laptop.packages.pack(foreigner, (file.case_key,), out, reason="带走")
    with pytest.raises(InputError, match="理由"):
        laptop.packages.pack(MANAGER, (file.case_key,), out, reason=" ")
    with pytest.raises(InputError, match="口令"):
        laptop.packages.pack(MANAGER, (file.case_key,), out, reason="带走", password="12345678")
    assert not out.exists()

    handed = NoteTransfer(to="石桥村", what="整件案件", ground="本人同意", on=NOW.date())
    packed = laptop.packages.pack(MANAGER, (file.case_key,), out, reason="带走", transfer=handed)
    assert laptop.file(file.case_key).beside.transfers[0].to == "石桥村"
    centre.packages.join(MANAGER, out, packed.code, trust=packed.fingerprint)
    with laptop.storage.read() as work:
        entry = next(one for one in work.trail.listed(EntryQuery()) if one.action == "case.pack")
    assert (entry.case_key, entry.account, entry.words["reason"]) == (file.case_key, "zhiban", "带走")
    with centre.storage.read() as work:
        acts = {one.action: one.details for one in work.trail.listed(EntryQuery())}
    assert acts["package.join"]["new"] == 1
    assert {"package.trust", "case.并入"} <= set(acts)
    assert BODY.name == centre.file(file.case_key).organisation.name


def test_talks_with_one_side_stay_here_and_are_not_taken_out_by_a_package_without_them(
    centre: Centre, laptop: Centre
) -> None:
    file = read_case(read_text("examples/leak.json"))
    key = file.case_key
    note = PrivateNote(of="A1", by=file.mediators[0].pool_no, text="藏锋墨隐")
    session = replace(file.sessions[0], mode=SessionMode.CAUCUS, private_notes=(note,))
    file = replace(file, sessions=(session, *file.sessions[1:]), archive=None)
    centre.cases.take_over(COUNTER, file)
    laptop.join(centre.pack(key), of=centre)
    assert "藏锋墨隐" not in repr(laptop.file(key))
    laptop.correct(key, facts("村里写的经过。"))
    told = centre.join(laptop.pack(key), of=laptop)
    assert [one.place for one in told.lines[0].differences] == []
    joined = centre.file(key)
    assert joined.facts == "村里写的经过。"
    assert joined.sessions[0].private_notes == (note,)
