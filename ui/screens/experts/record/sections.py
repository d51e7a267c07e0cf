"""A record to be read: one card for each section, only what is on file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time

from PySide6.QtWidgets import QWidget

from mediation_desk.experts.grades import scheme_of
from mediation_desk.experts.mediator import Grade, Mediator, Standing
from mediation_desk.experts.watch import hours_of
from mediation_desk.parties.masks import mask_id, mask_phone
from ui.fields.date_field import show_day
from ui.screens.case_page.words import tops_aligned
from ui.screens.experts.words import WEEKDAYS, languages
from ui.widgets.facts import FactGrid
from ui.widgets.layout import boxed, column
from ui.widgets.masked import MaskedText
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph

Fact = tuple[str, str | QWidget]
_NOTHING = "没有登记。"


def basics(mediator: Mediator) -> QWidget:
    """Who it is; numbers and address covered."""
    card = mediator.card
    open_facts: list[Fact] = [
        ("性别", card.gender.value),
        ("出生", _day(card.birth_date)),
        ("民族", card.ethnicity or ""),
        ("政治面貌", card.political_status or ""),
        ("学历", " ".join(part for part in (card.education or "", mediator.major) if part)),
        ("职业职称", " ".join(part for part in (card.occupation or "", mediator.professional_title) if part)),
    ]
    covered: list[Fact] = []
    for word, value, mask in (
        ("身份证号", card.id_no, mask_id),
        ("电话", card.phone, mask_phone),
        ("住址", mediator.address, _cut),
        ("户籍", mediator.household, _cut),
    ):
        if value:
            covered.append((word, MaskedText(word, value, mask)))
    if not covered:
        return _grid(open_facts)
    return boxed(column(_grid(open_facts), _grid(covered), gap=4))


def post(mediator: Mediator) -> QWidget:
    """Where he serves and since when."""
    card = mediator.card
    role = "，".join(
        part
        for part in (mediator.post.value, mediator.post_source.value if mediator.post_source else "")
        if part
    )
    begun, ends = (day.isoformat() if day else "" for day in (mediator.term_from, mediator.term_to))
    term = f"{begun or '未填'} 至 {ends or '未定'}" if begun or ends else ""
    return _grid(
        [
            ("单位", card.organisation),
            ("单位类型", mediator.body_kind.value),
            ("调解种类", "、".join(track.value for track in mediator.tracks)),
            ("层级", mediator.layer.value if mediator.layer else ""),
            ("职务", role),
            ("专兼职", card.employment.value),
            ("聘期", term),
            ("开始从业", _day(mediator.started_on)),
            ("从业年限", f"{card.years_mediating} 年" if card.years_mediating is not None else ""),
            ("备案", _day(mediator.filed_on)),
            ("法院入册", _day(mediator.court_roster_on)),
            ("工号证号", card.certificate_no or ""),
            ("个人工作室", mediator.studio),
        ]
    )


def ability(mediator: Mediator) -> QWidget:
    """Fields, languages, grades, papers."""
    grades = tuple(_grade(grade) for grade in mediator.grades) or ((mediator.card.grade or ""),)
    papers = (
        _dated(f"{one.kind} {one.number} {one.body}", one.on, one.expires_on) for one in mediator.credentials
    )
    return _grid(
        [
            ("擅长", "、".join(mediator.card.specialties)),
            ("语言", "、".join(languages(mediator))),
            ("等级", "\n".join(grades)),
            ("资格证书", "\n".join(papers)),
        ],
        columns=1,
    )


def honours(mediator: Mediator) -> QWidget:
    """Honours, newest as entered."""
    return _lines(_dated(f"{one.title} {one.body}", one.on, None) for one in mediator.honours)


def schedule(mediator: Mediator) -> QWidget:
    """Duty, slots, leave, limit."""
    return _grid(
        [
            ("在办上限", f"{mediator.case_limit} 件" if mediator.case_limit else ""),
            (
                "值班",
                "\n".join(
                    f"周{WEEKDAYS[one.weekday - 1]} {_span(one.start, one.end)}" for one in mediator.duties
                )
                or "没有登记，按中心办公时间",
            ),
            (
                "可预约",
                "\n".join(f"{show_day(one.on)} {_span(one.start, one.end)}" for one in mediator.slots),
            ),
            (
                "请假",
                "\n".join(
                    f"{show_day(one.from_on)} 至 {show_day(one.to)}{f'，{one.reason}' if one.reason else ''}"
                    for one in mediator.leaves
                ),
            ),
        ],
        columns=1,
    )


def training(mediator: Mediator, today: date) -> QWidget:
    """Hours of this year, then each one."""
    done = hours_of(mediator, today.year)
    rows = (
        f"{one.on.isoformat()}  {one.hours.normalize():f} 学时  {one.topic}{'（岗前）' if one.before_start else ''}"
        for one in mediator.trainings
    )
    return _lines((f"今年 {done.normalize():f} 学时", *rows)) if mediator.trainings else _lines(())


def discipline(mediator: Mediator) -> QWidget:
    """The register of article 15."""
    return _lines(
        f"{one.on.isoformat()}  {one.fault.value}：{one.measure.value}"
        + "".join(f"，{part}" for part in (one.body, one.detail) if part)
        for one in mediator.disciplines
    )


def ties(mediator: Mediator) -> QWidget:
    """What the conflict check knows of this mediator."""
    return _lines(
        f"{one.kind.value}：{one.name}"
        + (f"（{one.relation}）" if one.relation else "")
        + (f" {mask_id(one.id_no)}" if one.id_no else "")
        + (f"，至 {one.until.isoformat()}" if one.until else "")
        for one in mediator.ties
    )


def standing(mediator: Mediator) -> QWidget:
    """Where the life of the record stands, with day and reason."""
    since = f"自 {show_day(mediator.standing_on)}" if mediator.standing_on else ""
    return _grid(
        [
            ("现在", mediator.standing.value),
            ("起始", since),
            ("原因", mediator.standing_reason),
            ("导入批次", mediator.batch or ""),
        ],
        columns=1,
    )


def deeds(now: Standing) -> Iterator[tuple[Standing, str]]:
    """What can be done next, with its verb."""
    for goal, verb in (
        (Standing.ENGAGED, "恢复在聘"),
        (Standing.SUSPENDED, "暂停"),
        (Standing.LEFT, "离任"),
    ):
        if goal is not now:
            yield goal, verb


def _grid(facts: Iterable[Fact], *, columns: int = 2) -> QWidget:
    shown = [(word, fact) for word, fact in facts if fact]
    if not shown:
        return _lines(())
    grid = FactGrid(columns=columns)
    for word, fact in shown:
        grid.add(word, fact)
    return tops_aligned(grid) if all(isinstance(fact, str) for _word, fact in shown) else grid


def _lines(lines: Iterable[str]) -> QWidget:
    text = "\n".join(lines)
    return paragraph(text) if text else PlainLabel(_NOTHING, role="quiet")


def _grade(grade: Grade) -> str:
    scheme = scheme_of(grade)
    name = f"（{scheme.name if scheme else grade.scheme}）"
    return _dated(f"{grade.level}{name} {grade.body}", grade.on, grade.expires_on)


def _dated(words: str, on: date | None, until: date | None) -> str:
    parts = [words.strip(), on.isoformat() if on else "", f"至 {until.isoformat()}" if until else ""]
    return "  ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _span(start: time, end: time) -> str:
    return f"{start:%H:%M}—{end:%H:%M}"


def _cut(text: str) -> str:
    """The first characters of an address: enough to know the district."""
    return f"{text[:6]}****" if len(text) > 6 else "****"
