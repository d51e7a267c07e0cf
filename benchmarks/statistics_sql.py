"""Table 2 and the cases behind one of its cells as somebody would write them by hand, in several forms.

The figures are those of ``rules/figures.toml``, said in SQL once more; `bench_statistics` compares them before it
measures. Days stand in the text, so that the planner sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

ENDED = "accepted_on IS NOT NULL AND result <> '不予受理'"
COMMITTEES = (
    *("村调委会", "居调委会", "乡镇调委会", "街道调委会", "企事业单位调委会"),
    *("社会团体和其他组织调委会", "社会团体和其他组织调委会（行业性专业性）"),
)
_SOCIAL = "body_type IN ('社会团体和其他组织调委会', '社会团体和其他组织调委会（行业性专业性）')"
BODIES = {
    "body_village": "body_type = '村调委会'",
    "body_residents": "body_type = '居调委会'",
    "body_township": "body_type = '乡镇调委会'",
    "body_street": "body_type = '街道调委会'",
    "body_enterprise": "body_type = '企事业单位调委会'",
    "body_social": _SOCIAL,
}
SOURCES = {
    "own_motion": "source = '主动'",
    "application": "source = '依申请'",
    "referred": "source NOT IN ('主动', '依申请')",
    "referred_court": "source = '法院'",
    "referred_procuratorate": "source = '检察院'",
    "referred_police": "source = '公安机关'",
    "referred_petitions": "source = '信访部门'",
    "referred_other": "source = '其他部门'",
}
KINDS = {
    "kind_family": "婚姻家庭纠纷",
    "kind_neighbour": "邻里纠纷",
    "kind_homestead": "房屋宅基地纠纷",
    "kind_contract": "合同纠纷",
    "kind_business": "生产经营纠纷",
    "kind_damage": "损害赔偿纠纷",
    "kind_land": "山林土地纠纷",
    "kind_demolition": "征地拆迁纠纷",
    "kind_pollution": "环境污染纠纷",
    "kind_wages": "拖欠农民工工资纠纷",
    "kind_labour": "其他劳动争议纠纷",
    "kind_tourism": "旅游纠纷",
    "kind_e_commerce": "电子商务纠纷",
    "kind_consumer": "其他消费纠纷",
    "kind_medical": "医疗纠纷",
    "kind_traffic": "道路交通事故纠纷",
    "kind_property": "物业纠纷",
    "kind_other": "其他纠纷",
}
_SUCCESS = "result IN ('调解成功', '部分达成')"
COUNTS: Mapping[str, str] = {
    "success": _SUCCESS,
    "difficult": "difficulty = '疑难复杂'",
    **BODIES,
    **SOURCES,
    **{code: f"category = '{name}'" for code, name in KINDS.items()},
    "oral": f"form = '口头' AND {_SUCCESS}",
    "written": f"form = '书面' AND {_SUCCESS}",
}
LATER = {
    "performed": "performed_on",
    "confirm_applied": "applied_on",
    "confirm_valid": "valid_on",
    "confirm_refused": "refused_on",
}
ADDED = {
    "persons": "people",
    "agreed_fen": "agreed_yuan",
    **{
        f"prevented_{danger}_{what}": f"prevented_{danger}_{what}"
        for danger in ("suicide", "criminal", "mass_petition", "mass_fight")
        for what in ("cases", "persons")
    },
}
_SPLIT = "body, body_type, category, source, result, form, difficulty"


def where(first: date, last: date) -> str:
    """The cases of Table 2 that ended in the period."""
    among = ", ".join(f"'{one}'" for one in COMMITTEES)
    return f"concluded_on BETWEEN '{first}' AND '{last}' AND {ENDED} AND body_type IN ({among})"


def table_2(first: date, last: date, as_of: date) -> dict[str, str]:
    """The statement in each form, by name; all have the same columns: body, n, then the figures by name."""
    conditions = dict(COUNTS) | {code: f"{day} <= '{as_of}'" for code, day in LATER.items()}
    added = [f"sum({column}) AS {code}" for code, column in ADDED.items()]
    filtered = [f"count(*) FILTER (WHERE {said}) AS {code}" for code, said in conditions.items()]
    cased = [f"sum(CASE WHEN {said} THEN 1 ELSE 0 END) AS {code}" for code, said in conditions.items()]
    these = where(first, last)
    head = "SELECT body, count(*) AS n"
    inner = ", ".join(
        [
            "count(*) AS n",
            *added,
            *(f"count(CASE WHEN {day} <= '{as_of}' THEN 1 END) AS {code}" for code, day in LATER.items()),
        ]
    )
    outer = ", ".join(
        [
            *(f"sum({code}) AS {code}" for code in ADDED),
            *(f"coalesce(sum(n) FILTER (WHERE {said}), 0) AS {code}" for code, said in COUNTS.items()),
            *(f"sum({code}) AS {code}" for code in LATER),
        ]
    )
    return {
        "one pass, FILTER": f"{head}, {', '.join([*added, *filtered])} FROM case_facts WHERE {these} GROUP BY body",
        "one pass, CASE": f"{head}, {', '.join([*added, *cased])} FROM case_facts WHERE {these} GROUP BY body",
        "split first, then pivot": (
            f"SELECT body, sum(n) AS n, {outer} FROM (SELECT {_SPLIT}, {inner} FROM case_facts WHERE {these}"
            f" GROUP BY {_SPLIT}) AS parts GROUP BY body"
        ),
    }


def behind(first: date, last: date, body: str, kind: str, limit: int) -> tuple[dict[str, str], str]:
    """First page of the cases behind one cell in the order they came, in some forms; and how many there are."""
    these = f"{where(first, last)} AND body = '{body}' AND category = '{kind}'"
    page = f"SELECT case_id FROM case_facts WHERE {these} ORDER BY case_id LIMIT {limit}"
    joined = "SELECT case_key FROM case_facts JOIN cases ON cases.id = case_id"
    return {
        "joined": f"{joined} WHERE {_of_facts(these)} ORDER BY case_id LIMIT {limit}",
        "page first": f"SELECT case_key FROM ({page}) AS page JOIN cases ON cases.id = case_id ORDER BY case_id",
        "ids first": f"SELECT case_key FROM cases WHERE id IN ({page}) ORDER BY id",
    }, f"SELECT count(*) FROM case_facts WHERE {these}"


def dashboard(
    now: tuple[date, date], before: tuple[date, date], months: tuple[date, date], as_of: date
) -> str:
    """Tracks of two periods, months, kinds by bodies, and the way of cases as one statement."""
    counted = ", ".join(
        [
            *(
                "count(*)",
                f"count(CASE WHEN {_SUCCESS} THEN 1 END)",
                "sum(people)",
                "sum(agreed_yuan)",
                "sum(days)",
            ),
            *(f"count(CASE WHEN {day} <= '{as_of}' THEN 1 END)" for day in LATER.values()),
            "count(CASE WHEN concluded_on > due_on THEN 1 END)",
        ]
    )
    nothing = ", ".join(["NULL"] * (10 - 2))

    def between(day: str, span: tuple[date, date]) -> str:
        return f"{day} BETWEEN '{span[0]}' AND '{span[1]}'"

    month = "substr(CAST({} AS TEXT), 1, 7)"
    parts = [
        f"SELECT '{name}' AS part, track AS a, '' AS b, '' AS c, {counted} FROM case_facts"
        f" WHERE {between('concluded_on', span)} AND {ENDED} GROUP BY track"
        for name, span in (("now", now), ("before", before))
    ]
    parts += [
        (
            f"SELECT 'month', track, {month.format('concluded_on')}, 'concluded', count(*),"
            f" count(CASE WHEN {_SUCCESS} THEN 1 END), {nothing} FROM case_facts"
            f" WHERE {between('concluded_on', months)} AND {ENDED} GROUP BY 2, 3"
        ),
        (
            f"SELECT 'month', track, {month.format('received_on')}, 'registered', count(*), NULL, {nothing}"
            f" FROM case_facts WHERE {between('received_on', months)} GROUP BY 2, 3"
        ),
        (
            f"SELECT 'kind', category, body, '', count(*), NULL, {nothing} FROM case_facts"
            f" WHERE {between('concluded_on', now)} AND {ENDED} GROUP BY 2, 3"
        ),
        (
            f"SELECT 'way', source, track, result, count(*), NULL, {nothing} FROM case_facts"
            f" WHERE {between('received_on', now)} GROUP BY 2, 3, 4"
        ),
    ]
    parts += [
        f"SELECT '{day} {name}', track, '', '', count(*), NULL, {nothing} FROM case_facts"
        f" WHERE {between(day, span)} GROUP BY 2"
        for name, span in (("now", now), ("before", before))
        for day in ("received_on", "accepted_on", "handed_on")
    ]
    parts.append(
        f"SELECT 'visits', track, followups.satisfaction, '', count(*), NULL, {nothing} FROM case_facts"
        f" JOIN followups ON followups.case_id = case_facts.case_id WHERE {between('concluded_on', now)}"
        f" AND {ENDED} GROUP BY 2, 3"
    )
    parts.append(
        f"SELECT 'open', track, '', '', count(*), count(CASE WHEN due_on < '{as_of}' THEN 1 END), {nothing}"
        f" FROM case_facts WHERE concluded_on IS NULL AND received_on <= '{as_of}' GROUP BY 2"
    )
    return " UNION ALL ".join(parts)


def _of_facts(these: str) -> str:
    """``cases`` has columns of the same names."""
    words = these
    for name in ("concluded_on", "accepted_on", "body_type", "category"):
        words = words.replace(name, f"case_facts.{name}")
    return words
