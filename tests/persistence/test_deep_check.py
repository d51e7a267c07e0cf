"""``check --deep``: every page, every file the cases name, every entry of the trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from db.tables.remote import attachments
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from tests.stored import place_of

NOW = datetime(2026, 11, 29, 2, tzinfo=UTC)


def test_a_deep_look_names_what_is_missing_and_what_is_spoilt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_desk(resolve(tmp_path / "desk", practice=True))
    desk.fill_sample()
    gone, bad = (desk.attachments.put_bytes(data).sha256 for data in (b"gone", b"spoilt"))
    with desk.storage.write(COUNTER) as work:
        for no, sha256 in enumerate((gone, bad), start=1):
            row = {"case_id": 1, "line": 90 + no, "evidence_ref": "E1", "name": "a", "size": 1}
            row |= {
                "sha256": sha256,
                "taken_at": NOW,
                "by": "甲",
                "session_no": None,
                "recorded": (),
                "consents": (),
            }
            work.connection.execute(insert(attachments).values(row))
    where = ["--practice", "--data", str(tmp_path / "desk")]
    lost, spoilt = place_of(desk.attachments, gone), place_of(desk.attachments, bad)
    desk.close()
    assert run([*where, "check", "--deep"]) == 0
    lost.unlink()
    spoilt.write_bytes(b"other")
    capsys.readouterr()
    assert run([*where, "check", "--deep", "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert (told["missing"], told["spoilt"], told["trail_sound"], told["sound"]) == (
        [gone],
        [bad],
        True,
        False,
    )
    assert run([*where, "check"]) == 0
