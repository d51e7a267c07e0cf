"""``case sign``, ``case facts`` and ``case confirm``: acceptance cases from the draft to the ruling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.agreements.signing import SignWay
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from tests.persistence.signing_cases import recorded, unsigned
from tests.shared_cases import needs_cases

pytestmark = needs_cases
Out = pytest.CaptureFixture[str]


class Cli:
    """A desk in a folder, and its command line."""

    def __init__(self, folder: Path, file: CaseFile) -> None:
        self._folder = folder
        self.key = file.case_key
        desk = open_desk(resolve(folder, practice=True))
        desk.cases.take_over(COUNTER, file)
        desk.close()

    def __call__(self, verb: str, *words: str) -> int:
        return run(["--practice", "--data", str(self._folder), "case", verb, self.key, *words])

    @property
    def file(self) -> CaseFile:
        desk = open_desk(resolve(self._folder, practice=True))
        try:
            return desk.cases.file(COUNTER, self.key)
        finally:
            desk.close()


def test_wages_from_the_annex_to_the_ruling(tmp_path: Path, capsys: Out) -> None:
    """C02: the roll, every place, what the court would say, wills, papers, application, request, ruling."""
    cli = Cli(tmp_path, unsigned("C02"))
    signed_on = ("--on", "2026-01-27")
    assert cli("sign", "--ref", "A1", *signed_on) == 3
    assert "还有23人没有签名" in capsys.readouterr().err
    assert cli("sign", "--member", "all", *signed_on) == 0
    assert cli("sign", "--ref", "B1", "--by", "法定代表人", *signed_on) == 0
    assert cli("sign", "--ref", "all", *signed_on) == 0
    wanted = recorded("C02")
    file = cli.file
    assert file.agreement is not None
    assert wanted.agreement is not None
    assert set(file.agreement.signatures) == set(wanted.agreement.signatures)
    capsys.readouterr()

    assert cli("confirm", "--on", "2026-02-02") == 0
    told = capsys.readouterr().out
    assert told.startswith("可以申请\n最后一天：2026年2月26日\n还没有记下")
    assert "调解组织所在地" in told
    assert "劳动争议调解仲裁法第十六条" in told
    apply = ("--apply", "--on", "2026-02-03", "--court", "云川市安和区人民法院", "--case-no", "1号")
    assert cli("confirm", *apply) == 3
    assert "还没有记下" in capsys.readouterr().err
    assert cli("confirm", "--will", "all", "--how", "书面", "--paper", "all", "--on", "2026-02-02") == 0
    assert cli("confirm", *apply) == 0
    assert cli("confirm", "--ask", "补身份证", "--due", "2026-02-08", "--on", "2026-02-04") == 0
    assert cli("confirm", "--complete", "1", "--on", "2026-02-05") == 0
    assert cli("confirm", "--ruling", "--on", "2026-02-09") == 2
    ruled = (
        "--ruling",
        "--result",
        CONFIRMED,
        "--case-no",
        "（2026）某0101诉前调确12号",
        "--on",
        "2026-02-09",
    )
    assert cli("confirm", *ruled) == 0
    assert cli.file.judicial_confirmation == replace(
        wanted.judicial_confirmation, deadline_note=cli.file.judicial_confirmation.deadline_note
    )
    capsys.readouterr()
    assert cli("confirm") == 0
    assert "申请执行的期间为二年" in capsys.readouterr().out


def test_a_mandate_a_refusal_and_a_new_round(tmp_path: Path, capsys: Out) -> None:
    """C07 by mandate; a member refuses only after the signatures are voided."""
    cli = Cli(tmp_path, unsigned("C07"))
    assert cli("sign", "--mandate", "all", "--on", "2026-06-08") == 0
    assert cli("sign", "--member", "all", "--on", "2026-06-30") == 0
    assert cli("sign", "--ref", "B1", "--on", "2026-06-30") == 0
    file = cli.file
    assert file.agreement is not None
    assert file.agreement.signatures[0].method == "代表人4人签名并按指印（附41户授权）"
    refuse = ("--refuse", "B1-02", "--reason", "不认可减收", "--on", "2026-06-30")
    assert cli("sign", *refuse) == 3
    assert cli("sign", "--void", "--reason", "一户拒签", "--on", "2026-06-30") == 0
    assert cli("sign", *refuse) == 0
    after = cli.file
    assert after.agreement is not None
    assert [entry.ref for entry in after.not_signed] == ["B1-02"]
    assert after.agreement.total_payable < file.agreement.total_payable
    assert cli("sign", "--on", "2026-06-30") == 2
    assert "请写 --ref" in capsys.readouterr().err


def test_hands_without_power_and_fingerprints_without_scribe(tmp_path: Path, capsys: Out) -> None:
    """C06."""
    cli = Cli(tmp_path, unsigned("C06"))
    assert cli("sign", "--ref", "马占祥", "--by", "马骁", "--on", "2026-05-08") == 3
    assert "特别授权" in capsys.readouterr().err
    fingerprint = ("sign", "--ref", "B1", "--way", "按指印", "--on", "2026-05-08")
    assert cli(*fingerprint) == 2
    assert cli(*fingerprint, "--reason", "不会写字", "--scribe", "马骁") == 0
    file = cli.file
    assert file.agreement is not None
    assert file.agreement.signatures[0].method == "按指印（由马骁代书，本人捺印）"
    assert file.beside.signings[0].ways == (SignWay.FINGERPRINT,)
    assert cli("sign", "--ref", "路人", "--on", "2026-05-08") == 2
    assert "没有叫“路人”的人" in capsys.readouterr().err


def test_facts_with_and_without_consent(tmp_path: Path, capsys: Out) -> None:
    """C12."""
    cli = Cli(
        tmp_path, replace(recorded("C12"), undisputed_facts=(), undisputed_facts_consent=None, archive=None)
    )
    on = ("--on", "2026-03-12")
    assert cli("facts", "--fact", "2021年6月1日入职", "--by", "A1", *on) == 3
    assert cli("facts", "--fact", "公司最多给3万元", "--by", "all", *on) == 3
    assert "最多" in capsys.readouterr().err
    assert cli("facts", "--fact", "2021年6月1日入职", "--by", "all", "--signed", *on) == 0
    assert cli.file.undisputed_facts == ("2021年6月1日入职",)


def test_enforcement_needs_a_name(tmp_path: Path) -> None:
    cli = Cli(tmp_path, recorded("C02"))
    assert cli("confirm", "--enforce", "--on", "2026-06-01") == 2
    assert cli("confirm", "--enforce", "--by", "A1", "--on", "2026-06-01") == 3
