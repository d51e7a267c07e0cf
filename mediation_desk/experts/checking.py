"""Whether a pool record may be kept: every fault by field, each as one complete sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import pairwise

from mediation_desk.experts.grades import scheme_of
from mediation_desk.experts.mediator import (
    Duty,
    Leave,
    Measure,
    Mediator,
    Slot,
    Standing,
    TieKind,
    Training,
)
from mediation_desk.experts.rules import PoolRules, pool_rules
from mediation_desk.experts.texts import LABELS, text_problems
from mediation_desk.parties.identity import birth_date_in, id_problems, phone_problem, uscc_problem
from mediation_desk.parties.model import age_on
from mediation_desk.shared.dates import cn_date

Fault = tuple[str, str]
"""Field, sentence."""

EARLIEST, LATEST = 1900, 2099
_TIE_TO_PERSON = (TieKind.KIN,)


def problems(mediator: Mediator, on: date, *, rules: PoolRules | None = None) -> tuple[Fault, ...]:
    """Everything wrong with ``mediator`` taken by itself on this day; empty when it may be kept."""
    rules = rules or pool_rules()
    return tuple(
        dict.fromkeys(
            (
                *text_problems(mediator),
                *_card(mediator, rules),
                *_identity(mediator, on, rules),
                *_standing(mediator),
                *_days(mediator),
                *_times(mediator),
                *_grades(mediator),
                *_parts(mediator, on),
                *_limits(mediator, rules),
            )
        )
    )


def change_problems(before: Mediator, after: Mediator) -> tuple[Fault, ...]:
    """What may not be changed: the number, and what the register of discipline already holds (art. 15)."""
    found: list[Fault] = []
    if after.pool_no != before.pool_no:
        found.append(("pool_no", "编号发出以后不能改。"))
    if Counter(before.disciplines) - Counter(after.disciplines):
        found.append(("disciplines", "奖惩登记只能增加，不能删改已登记的内容。"))
    if after.standing is not before.standing and after.standing_on is None:
        found.append(("standing_on", "请填写聘任状态变动的日期。"))
    if after.standing is not before.standing and not after.standing_reason.strip():
        found.append(("standing_reason", "请填写聘任状态变动的原因。"))
    return tuple(found)


def _card(mediator: Mediator, rules: PoolRules) -> Iterator[Fault]:
    card = mediator.card
    if not re.fullmatch(rf"[{re.escape(rules.prefixes)}][0-9]{{2,4}}", card.pool_no):
        letters = "、".join(rules.prefixes)
        yield "pool_no", f"编号应为{letters}之一加两到四位数字，如M01。"
    if len(card.name.strip()) < 2:
        yield "name", "请填写姓名，两个字以上。"
    if not card.organisation.strip():
        yield "organisation", "请填写所属单位。"
    if not any(specialty.strip() for specialty in card.specialties):
        yield "specialties", "请填写擅长的领域，几个用顿号隔开。"
    if not mediator.tracks:
        yield "tracks", "请至少选择一种调解种类。"
    reason = phone_problem(card.phone) if card.phone else ""
    if reason:
        yield "phone", f"{reason}。"


def _identity(mediator: Mediator, on: date, rules: PoolRules) -> Iterator[Fault]:
    """LR-4 asks for adults: on the day of the engagement and on every day of work before it."""
    card = mediator.card
    faults = tuple(id_problems(card.id_no, born=card.birth_date, gender=card.gender)) if card.id_no else ()
    yield from ((field, f"{reason}。") for field, reason in faults)
    born = card.birth_date
    if born is None and card.id_no and not any(field == "id_no" for field, _ in faults):
        born = birth_date_in(card.id_no)
    if born is None:
        return
    if born > on:
        yield "birth_date", "出生日期在今天以后。"
        return
    days = [day for day in (mediator.term_from, mediator.started_on) if day is not None] or [on]
    adult = rules.limits.adult
    if any(age_on(born, day) < adult for day in days):
        yield "birth_date", f"聘任和开始从业时应已满{adult}周岁（人民调解法第十四条）。"


def _standing(mediator: Mediator) -> Iterator[Fault]:
    if mediator.standing is not Standing.ENGAGED:
        if mediator.standing_on is None:
            yield "standing_on", f"请填写{mediator.standing.value}的日期。"
        if not mediator.standing_reason.strip():
            yield "standing_reason", f"请填写{mediator.standing.value}的原因。"
    dismissed = any(one.measure is Measure.DISMISSAL for one in mediator.disciplines)
    if dismissed and mediator.standing is not Standing.LEFT:
        yield "standing", "已登记罢免或者解聘的，聘任状态应为离任（人民调解法第十五条）。"


def _days(mediator: Mediator) -> Iterator[Fault]:
    for field in ("term_from", "term_to", "started_on", "filed_on", "court_roster_on", "standing_on"):
        day = getattr(mediator, field)
        if day is not None and not EARLIEST <= day.year <= LATEST:
            yield field, f"{LABELS[field]}的年份应在{EARLIEST}年至{LATEST}年之间。"
    if mediator.term_from and mediator.term_to and mediator.term_to < mediator.term_from:
        yield "term_to", "聘期截止日早于开始日。"
    yield from _leaves(mediator.leaves)


def _leaves(leaves: Sequence[Leave]) -> Iterator[Fault]:
    for number, leave in enumerate(leaves, start=1):
        if leave.to < leave.from_on:
            yield "leaves", f"第{number}条请假的截止日早于开始日。"
        elif not EARLIEST <= leave.from_on.year <= leave.to.year <= LATEST:
            yield "leaves", f"第{number}条请假的年份应在{EARLIEST}年至{LATEST}年之间。"
    rows = sorted(leaves, key=lambda leave: leave.from_on)
    for earlier, later in pairwise(rows):
        if later.from_on <= earlier.to:
            yield "leaves", f"{cn_date(later.from_on)}开始的请假与前一次请假重叠。"


def _times(mediator: Mediator) -> Iterator[Fault]:
    for number, duty in enumerate(mediator.duties, start=1):
        if not 1 <= duty.weekday <= 7:
            yield "duties", f"第{number}条值班的星期应为一至日。"
        if duty.end <= duty.start:
            yield "duties", f"第{number}条值班的结束时间应晚于开始时间。"
    for number, slot in enumerate(mediator.slots, start=1):
        if slot.end <= slot.start:
            yield "slots", f"第{number}条可预约时段的结束时间应晚于开始时间。"
    if _overlap((duty.weekday, duty) for duty in mediator.duties):
        yield "duties", "同一天的值班时间重叠。"
    if _overlap((slot.on.toordinal(), slot) for slot in mediator.slots):
        yield "slots", "同一天的可预约时段重叠。"


def _overlap(spans: Iterable[tuple[int, Duty | Slot]]) -> bool:
    rows: list[tuple[int, time, time]] = sorted((day, span.start, span.end) for day, span in spans)
    return any(later[0] == earlier[0] and later[1] < earlier[2] for earlier, later in pairwise(rows))


def _grades(mediator: Mediator) -> Iterator[Fault]:
    for number, grade in enumerate(mediator.grades, start=1):
        scheme = scheme_of(grade)
        if scheme is None:
            yield "grades", f"第{number}条等级的评定办法“{grade.scheme}”不在规则文件里。"
        elif scheme.place(grade.level) is None:
            levels = "、".join(scheme.levels)
            yield "grades", f"第{number}条等级“{grade.level}”不是该办法的等级，应为{levels}之一。"
        if grade.on and grade.expires_on and grade.expires_on < grade.on:
            yield "grades", f"第{number}条等级的到期日早于授予日。"


def _parts(mediator: Mediator, on: date) -> Iterator[Fault]:
    for number, credential in enumerate(mediator.credentials, start=1):
        if not credential.kind.strip():
            yield "credentials", f"请填写第{number}条资格证书的名称。"
        if credential.on and credential.expires_on and credential.expires_on < credential.on:
            yield "credentials", f"第{number}条资格证书的到期日早于发证日。"
    yield from _trainings(mediator.trainings, on)
    for number, honour in enumerate(mediator.honours, start=1):
        if not honour.title.strip():
            yield "honours", f"请填写第{number}条荣誉的名称。"
    for number, discipline in enumerate(mediator.disciplines, start=1):
        if discipline.on > on:
            yield "disciplines", f"第{number}条奖惩的日期在今天以后。"
    yield from _ties(mediator)


def _trainings(trainings: Sequence[Training], on: date) -> Iterator[Fault]:
    for number, training in enumerate(trainings, start=1):
        if not training.hours.is_finite() or not 0 < training.hours <= 1000:
            yield "trainings", f"第{number}条培训的学时应大于0、不超过1000。"
        if training.on > on:
            yield "trainings", f"第{number}条培训的日期在今天以后。"


def _ties(mediator: Mediator) -> Iterator[Fault]:
    """A tie's number is a person's or an organisation's; relatives are always persons."""
    for number, tie in enumerate(mediator.ties, start=1):
        if not tie.name.strip():
            yield "ties", f"请填写第{number}条利害关系的姓名或者名称。"
        if not tie.id_no:
            continue
        no_person = any(True for _ in id_problems(tie.id_no, born=None, gender=None))
        if no_person and (tie.kind in _TIE_TO_PERSON or uscc_problem(tie.id_no)):
            yield "ties", f"第{number}条利害关系的证件号码不对，应为身份证号或者统一社会信用代码。"


def _limits(mediator: Mediator, rules: PoolRules) -> Iterator[Fault]:
    limits = rules.limits
    if mediator.case_limit is not None and not 1 <= mediator.case_limit <= limits.case_limit:
        yield "case_limit", f"在办件数上限应为1至{limits.case_limit}。"
    if len(mediator.introduction) > limits.introduction:
        yield (
            "introduction",
            f"简介有{len(mediator.introduction)}个字，最多{limits.introduction}个。",
        )
    years = mediator.card.years_mediating
    if years is not None and not 0 <= years <= 80:
        yield "years_mediating", "从业年限应为0至80年。"
