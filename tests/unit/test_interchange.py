"""Reading and writing mediation-case/1: everything sound comes back equal, everything else is refused by place."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.cases.checks import problems
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case, write_case
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.errors import InputError
from tests.unit.edited import GONE, SHARED, edited, example, read

CASES = sorted(SHARED.glob("C*.json"))


@pytest.mark.skipif(not CASES, reason="the acceptance cases are not beside this checkout")
def test_there_are_fourteen_acceptance_cases() -> None:
    assert len(CASES) == 14


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_acceptance_case_is_read_without_a_problem_and_written_equal(path: Path) -> None:
    file = read_case(path.read_bytes())
    assert problems(file) == ()
    assert write_case(file, with_private_notes=True) == json.loads(path.read_bytes())


def test_example_is_written_back_byte_for_byte() -> None:
    assert dump_case(read(example())) == read_text("examples/leak.json")


def test_byte_order_mark_is_tolerated() -> None:
    assert read_case(b"\xef\xbb\xbf" + read_text("examples/leak.json").encode()) == read(example())


def test_export_judges_on_the_day_asked_for() -> None:
    early: Any = write_case(read(example()), as_of=date(2026, 7, 16))
    assert early["as_of"] == "2026-07-16"
    assert [row["status"] for row in early["performance"]] == ["按期", "按期", "未履行", "按期"]
    assert early["statistics"]["fully_performed_by_as_of"] == 0


OPEN_CASE = {
    "/outcome": None,
    "/agreement": None,
    "/performance": [],
    "/followups": [],
    "/archive": None,
    "/sessions/1/result": None,
    "/sessions/1/record": "",
    "/sessions/1/end": None,
    "/judicial_confirmation/deadline": None,
    "/judicial_confirmation/deadline_note": GONE,
    "/fictitious": False,
    "/statistics/total": 0,
    "/statistics/success": 0,
    "/statistics/people_involved": 0,
    "/statistics/agreement_amount_yuan": "0.00",
    "/statistics/form": None,
    "/statistics/fully_performed_by_as_of": 0,
}


def test_unfinished_case_is_read_and_written_equal() -> None:
    data = edited(example(), OPEN_CASE)
    file = read(data)
    assert file.outcome is None
    assert write_case(file) == data


SUSPENDED = {
    "no": 1,
    "cause": "鉴定",
    "reason": "委托鉴定",
    "notice_on": "2026-05-06",
    "from": "2026-05-06",
    "to": "2026-05-12",
    "unit": "日",
    "days_excluded": 7,
    "due_before": "2026-05-25",
    "due_after": "2026-06-01",
}
EXTENDED = {
    "no": 1,
    "agreed_on": "2026-05-20",
    "consent": ["A1", "B1", "B2"],
    "reason": "等待报价",
    "days": 5,
    "unit": "工作日",
    "due_before": "2026-06-01",
    "due_after": "2026-06-08",
}


def test_suspension_and_extension_are_read_and_written_equal() -> None:
    data = edited(example(), {"/suspensions": [SUSPENDED], "/extensions": [EXTENDED]})
    assert write_case(read(data)) == data


PARTY, SECOND, FIRM = "/parties/0", "/parties/1", "/parties/2"
CLAUSE = "/agreement/clauses"
CARD = "/mediators/0"
COURT = "/judicial_confirmation"
COUNTED = "/statistics"

MUTATIONS: list[tuple[dict[str, Any], str, str]] = [
    # shape
    ({"/schema": "mediation-case/2"}, "/schema", "mediation-case/1"),
    ({"/schema": GONE}, "/schema", "mediation-case/1"),
    ({"/colour": "red"}, "/colour", "不认识这个键"),
    ({"/parties/0/nickname": "苏"}, "/parties/0/nickname", "不认识这个键"),
    ({"/version": 3}, "/version", "不认识这个键"),
    ({"/prevented": {"suicide": [1, 1]}}, "/prevented", "不认识这个键"),
    ({"/title": GONE}, "/title", "缺少"),
    ({"/parties/0/guardian": GONE}, "/parties/0/guardian", "缺少"),
    ({"/statistics": GONE}, "/statistics", "缺少"),
    ({"/agreement/total_payable": GONE}, "/agreement/total_payable", "缺少"),
    ({"/performance/0/status": GONE}, "/performance/0/status", "缺少"),
    ({"/title": 7}, "/title", "文字"),
    ({"/parties": {}}, "/parties", "列表"),
    ({"/dispute": []}, "/dispute", "对象"),
    ({"/statistics": []}, "/statistics", "列表"),
    ({"/agreement/copies": "4"}, "/agreement/copies", "整数"),
    ({"/agreement/copies": 4.0}, "/agreement/copies", "整数"),
    ({"/fictitious": "true"}, "/fictitious", "true或false"),
    ({"/track": "仲裁"}, "/track", "人民调解、行政调解、司法调解"),
    ({"/dispute/category": "噪声"}, "/dispute/category", "邻里纠纷"),
    ({"/parties/0/side": "甲方"}, "/parties/0/side", "被申请人"),
    ({"/related_cases": []}, "/related_cases", "略去"),
    ({"/selection/choices/A1": "M12"}, "/selection/choices/A1", "列表"),
    # amounts
    ({f"{CLAUSE}/1/amount": 5250}, f"{CLAUSE}/1/amount", "两位小数"),
    ({f"{CLAUSE}/1/amount": "5250.0"}, f"{CLAUSE}/1/amount", "两位小数"),
    ({f"{CLAUSE}/1/amount": "5,250.00"}, f"{CLAUSE}/1/amount", "金额"),
    ({"/claims/0/amount": 6400.0}, "/claims/0/amount", "6400.00"),
    ({"/claims/0/amount": "1e999999"}, "/claims/0/amount", "小于一万亿"),
    ({"/claims/0/amount": "-6400.00"}, "/claims/0/amount", "不小于零"),
    ({"/claims/0/amount": "NaN"}, "/claims/0/amount", "金额"),
    ({f"{CLAUSE}/1/amount": "5260.00"}, "/agreement/total_payable", "9460.00"),
    ({f"{CLAUSE}/2/instalments/1/amount": "2000.00"}, f"{CLAUSE}/2/instalments", "4100.00"),
    ({"/agreement/total_payable": "9450.01"}, "/agreement/total_payable", "9450.00"),
    ({"/claims_total": "11900.00"}, "/claims_total", "11800.00"),
    ({"/claims/1/amount": "3250.00"}, "/claims_total", "11900.00"),
    ({"/performance/0/amount": "5000.00"}, "/performance/0/amount", "5250.00"),
    # days
    ({"/as_of": "2026-02-30"}, "/as_of", "真实存在的日期"),
    ({"/as_of": "2026/08/31"}, "/as_of", "日期"),
    ({"/as_of": "9999-12-31"}, "/as_of", "年份"),
    ({"/dispute/occurred_on": "2026-05-01"}, "/dispute/occurred_on", "晚于"),
    ({"/intake/accepted_on": "2026-04-22"}, "/intake/accepted_on", "早于"),
    ({"/intake/mediation_due_on": "2026-05-24"}, "/intake/mediation_due_on", "2026-05-25"),
    ({"/intake/mediation_due_rule": "一个月"}, "/intake/mediation_due_rule", "30日"),
    ({"/sessions/1/date": "2026-05-26"}, "/sessions/1/date", "届满"),
    ({"/sessions/0/date": "2026-04-23"}, "/sessions/0/date", "早于受理"),
    ({"/sessions/0/start": "9:00"}, "/sessions/0/start", "时间"),
    ({"/sessions/0/start": "09:00:00"}, "/sessions/0/start", "09:00"),
    ({"/sessions/0/end": "08:00"}, "/sessions/0/end", "不晚于"),
    ({"/agreement/effective_on": "2026-05-13"}, "/agreement/effective_on", "2026-05-14"),
    ({"/agreement/signed_on": "2026-05-14"}, "/agreement/signed_on", "2026-05-13"),
    ({"/agreement/signatures/2/on": "2026-05-12"}, "/agreement/signatures/2/on", "LR-12"),
    ({"/agreement/signatures/6": GONE}, "/agreement/effective_on", "尚缺ORG"),
    ({f"{CLAUSE}/1/due_on": "2026-05-01"}, f"{CLAUSE}/1/due_on", "早于签署"),
    ({"/performance/0/due_on": "2026-06-16"}, "/performance/0/due_on", "2026-06-15"),
    ({"/performance/0/done_on": "2026-05-01"}, "/performance/0/done_on", "早于"),
    ({"/performance/0/done_on": "2026-09-01"}, "/performance/0/done_on", "截止日"),
    ({"/performance/2/status": "按期"}, "/performance/2/status", "逾期履行"),
    ({"/outcome/concluded_on": "2026-05-14"}, "/outcome/concluded_on", "2026-05-13"),
    ({f"{COURT}/deadline": "2026-06-13"}, f"{COURT}/deadline", "2026-06-15"),
    ({"/followups/0/on": "2026-05-01"}, "/followups/0/on", "早于结案"),
    ({"/archive/archived_on": "2026-05-01"}, "/archive/archived_on", "早于结案"),
    ({"/followups/0/on": "2026-09-01"}, "/followups/0/on", "截止日"),
    ({"/closed_loop/2/on": "2026-04-01"}, "/closed_loop/2/on", "早于上一环节"),
    ({"/suspensions": [SUSPENDED | {"days_excluded": 6}]}, "/suspensions/0/days_excluded", "7日"),
    ({"/suspensions": [SUSPENDED | {"due_after": "2026-06-02"}]}, "/suspensions/0/due_after", "2026-06-01"),
    ({"/suspensions": [SUSPENDED | {"to": "2026-05-05"}]}, "/suspensions/0/to", "早于开始"),
    ({"/suspensions": [SUSPENDED | {"from": "5月"}]}, "/suspensions/0/from", "日期"),
    ({"/suspensions": [SUSPENDED], "/sessions/1/date": "2026-05-08"}, "/sessions/1/date", "中止期间"),
    (
        {"/extensions": [EXTENDED | {"due_before": "2026-05-25", "due_after": "2026-06-02"}]},
        "/extensions/0/due_after",
        "2026-06-01",
    ),
    (
        {"/suspensions": [SUSPENDED], "/extensions": [EXTENDED | {"consent": ["A1", "B1"]}]},
        "/extensions/0/consent",
        "B2",
    ),
    (
        {"/suspensions": [SUSPENDED], "/extensions": [EXTENDED | {"agreed_on": "2026-06-02"}]},
        "/extensions/0/agreed_on",
        "届满之前",
    ),
    # people
    ({f"{PARTY}/id_no": "110101197911083121"}, f"{PARTY}/id_no", "校验位"),
    ({f"{PARTY}/id_no": "110101199002300014"}, f"{PARTY}/id_no", "真实的日期"),
    ({f"{PARTY}/id_no": "11010119791108312x"}, f"{PARTY}/id_no", "18位"),
    ({f"{PARTY}/birth_date": "1979-11-09"}, f"{PARTY}/birth_date", "不一致"),
    ({f"{PARTY}/gender": "男"}, f"{PARTY}/gender", "不一致"),
    ({f"{PARTY}/age_at_intake": 47}, f"{PARTY}/age_at_intake", "46"),
    ({f"{PARTY}/phone": "1380000041"}, f"{PARTY}/phone", "手机号"),
    ({f"{PARTY}/uscc": "91110101MA01A2B32B"}, f"{PARTY}/uscc", "没有这一项"),
    ({f"{FIRM}/uscc": "91110101MA01A2B32C"}, f"{FIRM}/uscc", "校验位"),
    ({f"{SECOND}/ref": "A1"}, f"{SECOND}/ref", "两次"),
    ({f"{PARTY}/name": " "}, f"{PARTY}/name", "姓名"),
    ({f"{CARD}/id_no": "110101196602192281"}, f"{CARD}/id_no", "校验位"),
    ({f"{CARD}/role": "协助"}, "/mediators", "LR-6"),
    ({"/mediators/1/role": "主持"}, "/mediators", "LR-6"),
    ({f"{CARD}/selected_by/0": "A9"}, f"{CARD}/selected_by/0", "A9"),
    ({f"{CARD}/disclosure": ""}, f"{CARD}/disclosure", "LR-17"),
    ({"/dispute/people_involved": 4}, "/dispute/people_involved", "3"),
    (
        {
            f"{PARTY}/id_no": "110101201301034027",
            f"{PARTY}/birth_date": "2013-01-03",
            f"{PARTY}/age_at_intake": 13,
        },
        f"{PARTY}/guardian",
        "十八周岁",
    ),
    ({f"{FIRM}/agents/0/authority": "一般授权"}, "/agreement/signatures/2/method", "LR-18"),
    # fixed lists
    ({"/dispute/event_scale/code": "02"}, "/dispute/event_scale", "01个体性事件"),
    ({"/dispute/category_zz/code": "2"}, "/dispute/category_zz/code", "四位"),
    ({f"{PARTY}/id_type/code": "110"}, f"{PARTY}/id_type/code", "GA/T 517"),
    ({f"{PARTY}/ethnicity": "汉"}, f"{PARTY}/ethnicity", "汉族"),
    ({f"{FIRM}/agents/0/kind": "朋友"}, f"{FIRM}/agents/0/kind", "委托代理人"),
    ({f"{CARD}/grade": "特级"}, f"{CARD}/grade", "一级人民调解员"),
    ({"/claims/0/ref": "1"}, "/claims/0/ref", "Q加序号"),
    ({"/case_key": "../E01"}, "/case_key", "字母开头"),
    ({"/evidence/0/copies": 0}, "/evidence/0/copies", "至少"),
    # references
    ({"/claims/0/by": "Z9"}, "/claims/0/by", "Z9"),
    ({"/claims/0/against": ["A1"]}, "/claims/0/against", "自己"),
    ({"/evidence/0/provided_by": "C1"}, "/evidence/0/provided_by", "C1"),
    ({"/investigations/0/by": ["M77"]}, "/investigations/0/by/0", "M77"),
    ({"/selection/result": ["M11"]}, "/selection/result/0", "M11"),
    ({"/selection/choices/A1": ["M12", "M12"]}, "/selection/choices/A1", "两次"),
    ({"/selection/choices/A1": ["M99", "M12"]}, "/selection/choices/A1/0", "M99"),
    ({"/selection/choices/B1": ["M14"]}, "/selection/result/0", "B1"),
    ({"/selection/choices/B7": ["M12"]}, "/selection/choices/B7", "B7"),
    ({"/sessions/0/presided_by": "M11"}, "/sessions/0/presided_by", "M11"),
    ({"/sessions/0/recorder": "R01"}, "/sessions/0/recorder", "R01"),
    ({"/sessions/0/attendees/0/ref": "B9"}, "/sessions/0/attendees/0/ref", "B9"),
    ({"/agreement/signatures/4/ref": "M99"}, "/agreement/signatures/4/ref", "M99"),
    (
        {"/agreement/signatures/-": {"ref": "A1", "method": "签名", "on": "2026-05-14"}},
        "/agreement/signatures/7/ref",
        "两次",
    ),
    ({f"{CLAUSE}/1/payer": "C1"}, f"{CLAUSE}/1/payer", "C1"),
    ({f"{CLAUSE}/1/payer": None}, f"{CLAUSE}/1/payer", "付款人"),
    ({f"{CLAUSE}/1/payee": "B1"}, f"{CLAUSE}/1/payee", "相同"),
    ({f"{CLAUSE}/1/no": 3}, f"{CLAUSE}/1/no", "2"),
    ({f"{CLAUSE}/0/amount": "10500.00"}, f"{CLAUSE}/0/amount", "支付条款"),
    ({f"{CLAUSE}/1/due_on": None}, f"{CLAUSE}/1/due_on", "二者取一"),
    ({f"{CLAUSE}/0/payee": ""}, f"{CLAUSE}/0/payee", "不是本案的当事人"),
    ({"/selection/candidates/0": "A1"}, "/selection/candidates/0", "专家库"),
    ({"/performance/0": GONE}, "/performance", "第2条"),
    ({"/intake/number": None}, "/intake/number", "已经受理"),
    ({"/performance/0/clause": 9}, "/performance/0/clause", "第9条"),
    ({"/performance/0/payer": "B2"}, "/performance/0/payer", "不一致"),
    ({"/performance/1/instalment": 5}, "/performance/1/instalment", "没有这一期"),
    ({"/followups/0/by": "M98"}, "/followups/0/by", "M98"),
    ({"/closed_loop/2/actor": "M98"}, "/closed_loop/2/actor", "M98"),
    # rules
    ({"/sessions/0/rights_notice_given": False}, "/sessions/0/rights_notice_given", "LR-16"),
    ({"/agreement/copies": 3}, "/agreement/copies", "LR-13"),
    ({"/agreement/number": "（2026）望河人调字第13号"}, "/agreement/number", "不一致"),
    ({"/outcome/form": "口头"}, "/outcome/form", "不一致"),
    ({"/outcome/result": "调解不成"}, "/agreement", "不应有协议"),
    ({"/outcome/result": "部分达成"}, "/sessions/1/result", "部分达成"),
    ({"/agreement": None}, "/agreement", "应有协议"),
    ({"/intake/decision": "不予受理"}, "/intake/accepted_on", "没有受理"),
    ({f"{COURT}/applied_on": "2026-06-16"}, f"{COURT}/applied_on", "LR-15"),
    ({f"{COURT}/result": "裁定调解协议有效"}, f"{COURT}/applied_on", "没有申请"),
    ({f"{COURT}/result": "有效"}, f"{COURT}/result", "司法确认"),
    ({"/archive/pages": None}, "/archive/pages", "同时"),
    (
        {
            "/undisputed_facts": [],
            "/undisputed_facts_consent": {
                "by": ["A1"],
                "refused_by": ["A1"],
                "on": "2026-05-13",
                "signed": False,
            },
        },
        "/undisputed_facts_consent/refused_by",
        "既同意",
    ),
    # sums and statistics
    ({"/arithmetic/0/equals": "11800.01"}, "/arithmetic/0/equals", "11800.00"),
    ({"/arithmetic/0/expr": "6400+3150+2251"}, "/arithmetic/0/equals", "11801.00"),
    ({"/arithmetic/0/expr": "6400/0"}, "/arithmetic/0/expr", "除以零"),
    ({"/arithmetic/0/expr": "9**9**9"}, "/arithmetic/0/expr", "太复杂"),
    ({"/arithmetic/0/expr": "__import__('os')"}, "/arithmetic/0/expr", "数字"),
    ({"/arithmetic/0/expr": "(6400"}, "/arithmetic/0/expr", "不对"),
    ({f"{COUNTED}/total": 0}, f"{COUNTED}/total", "1"),
    ({f"{COUNTED}/total": True}, f"{COUNTED}/total", "1"),
    ({f"{COUNTED}/source": "主动"}, f"{COUNTED}/source", "依申请"),
    ({f"{COUNTED}/agreement_amount_yuan": "9450"}, f"{COUNTED}/agreement_amount_yuan", "9450.00"),
    ({f"{COUNTED}/fully_performed_by_as_of": 0}, f"{COUNTED}/fully_performed_by_as_of", "1"),
    (
        {f"{COUNTED}/prevented_cases_persons/suicide": [2, 1]},
        f"{COUNTED}/prevented_cases_persons/suicide",
        "件数",
    ),
    (
        {f"{COUNTED}/prevented_cases_persons/suicide": [0]},
        f"{COUNTED}/prevented_cases_persons/suicide/1",
        "缺少",
    ),
    # text nobody may store
    ({"/title": "渗水\u202e纠纷"}, "/title", "改变文字方向"),
    ({"/title": "渗水\u0000纠纷"}, "/title", "控制字符"),
    ({"/title": "\ud800"}, "/title", "残缺"),
    ({"/title": "e\u0301"}, "/title", "NFC"),
    ({"/\u200b": 1}, "/\\u200B", "不可见"),
]


@pytest.mark.parametrize(
    ("edits", "place", "reason"), MUTATIONS, ids=[f"{n}{m[1]}" for n, m in enumerate(MUTATIONS)]
)
def test_broken_file_is_refused_with_place_and_reason(edits: dict[str, Any], place: str, reason: str) -> None:
    text = json.dumps(edited(example(), edits))
    with pytest.raises(InputError) as caught:
        read_case(text)
    error = caught.value
    assert error.pointer == place
    assert reason in error.message
    assert error.message.startswith(error.pointer)
    assert error.message.endswith("。")
    assert error.exit_code == 2


def test_refusal_never_quotes_an_identity_number() -> None:
    for number in ("110101197911083121", "110101199002300014"):
        with pytest.raises(InputError) as caught:
            read(edited(example(), {"/parties/0/id_no": number}))
        assert number not in caught.value.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "第1行第1列：文件在这里中断了"),
        ('{"schema": ', "中断"),
        ('{"schema": "mediation', "第1行第12列"),
        ('{"a": 1,\n "b" 2}', "第2行第6列：这里缺少冒号"),
        ("[]", "JSON对象"),
        ("null", "JSON对象"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "太大"),
        ('{"a": ' + "9" * 5000 + "}", "太大"),
        ("[" * 100_000, "太深"),
        ('{"a": {"b": 1, "b": 2}}', "/a/b：这个键出现了两次"),
        ('{"a": [{"x": 1}, {"x": 1, "x": 1}]}', "/a/1/x：这个键出现了两次"),
        ('{"a": 1} x', "多余"),
        (b"\xff\xfe{", "UTF-8"),
        ("渗水".encode("gbk"), "UTF-8"),
    ],
)
def test_text_that_is_no_case_is_refused(text: str | bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(text)
    assert reason in caught.value.message


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.9999])
def test_truncated_file_is_refused_with_line_and_column(part: float) -> None:
    text = read_text("examples/leak.json").rstrip()
    with pytest.raises(InputError, match=r"第\d+行第\d+列"):
        read_case(text[: int(len(text) * part)])


def test_duplicate_key_deep_in_a_case_is_named() -> None:
    text = read_text("examples/leak.json").replace('"copies": 4', '"copies": 4, "copies": 4')
    with pytest.raises(InputError) as caught:
        read_case(text)
    assert caught.value.pointer == "/agreement/copies"


def _places(value: Any, way: str = "") -> list[str]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in items for place in (f"{way}/{key}", *_places(item, f"{way}/{key}"))]


PLACES = _places(example())
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
        st.sampled_from(
            ["2026-05-13", "2026-05-14", "9999-12-31", "0001-01-01", "1e99", "A1", "B1+B2", "M12", "1.00"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(PLACES), st.one_of(VALUES, st.just(GONE)), min_size=1, max_size=1))
def test_a_changed_place_is_refused_or_comes_back_equal(edits: dict[str, Any]) -> None:
    data = edited(example(), edits)
    with suppress(InputError):
        assert write_case(read_case(json.dumps(data))) == data


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_any_text_is_refused_as_input_error(text: str | bytes) -> None:
    with pytest.raises(InputError):
        read_case(text)
