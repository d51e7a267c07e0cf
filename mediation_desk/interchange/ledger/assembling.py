"""The values of a line become a case file that passes the same checks as every other, or the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mediation_desk.cases.centre import Centre
from mediation_desk.cases.checks import problems
from mediation_desk.cases.ledger import LedgerEntry
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.reception import Channel, channels, guess, zz_of
from mediation_desk.cases.registering import Register, open_file
from mediation_desk.cases.vocabulary import Category, Difficulty, Result, SourceStat
from mediation_desk.experts.conflicts.sameness import name_key
from mediation_desk.interchange.ledger.columns import UNDER_WAY, LedgerColumns
from mediation_desk.interchange.ledger.parties import parties
from mediation_desk.interchange.ledger.twins import number_of, received_on
from mediation_desk.interchange.ledger.words import meaning
from mediation_desk.interchange.sheets.cells import shown
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

NOT_SAID = "台账未载"
KEY = "AJ"
_NO_FACTS = "（台账没有写纠纷经过）"
_LONGEST_TITLE, _NAMED, _LONGEST_SOURCE = 100, 2, 50
_FIELDS = (
    ("/intake/number", "number"),
    ("/dispute/occurred_on", "occurred_on"),
    ("/ledger/concluded_on", "closed_on"),
    ("/parties", "applicant"),
)
_CLOSING_DAYS = ("closed_on", "agreed_on", "mediated_on")


@record
class Fault:
    """What is wrong with a field, or with ``blocking`` False only to be known; ``reason`` is a whole sentence."""

    field: str
    reason: str
    blocking: bool = True


@record
class Setting:
    """What a line is read beside: the centre, the rules, the day, the pool by name, where the line stands."""

    centre: Centre
    rules: LedgerColumns
    on: date
    mediators: Mapping[str, tuple[str, ...]]
    file: str
    sheet: str


def case_of(
    values: Mapping[str, Any], cells: Mapping[str, str], row: int, setting: Setting
) -> tuple[CaseFile | None, tuple[Fault, ...]]:
    """The case of a line, with a key and batch still to be given; without one, at least one fault blocks."""
    missing = tuple(_missing(values, setting))
    came = received_on(values)
    if missing or came is None:
        return None, missing
    faults: list[Fault] = []
    people, notices = parties(values, came)
    faults += [Fault(field=field, reason=reason, blocking=False) for field, reason in notices]
    command = _register(values, came, people, setting, faults)
    entry = _entry(values, cells, row, came, setting, faults)
    file = open_file(command, case_key=KEY, registrar=values.get("registrar") or NOT_SAID)
    intake = replace(file.intake, number=number_of(values))
    file = replace(file, beside=replace(file.beside, ledger=entry), intake=intake)
    faults += [_fault(file, problem.pointer, problem.message) for problem in problems(file)]
    return file, tuple(faults)


def _missing(values: Mapping[str, Any], setting: Setting) -> Iterator[Fault]:
    came = received_on(values)
    if came is None:
        yield Fault(field="received_on", reason="没有写登记日期。")
    elif came > setting.on:
        yield Fault(
            field="received_on" if "received_on" in values else "accepted_on", reason="日期还没有到。"
        )
    for field, who in (("applicant", "申请人"), ("respondent", "被申请人")):
        if not values.get(field):
            yield Fault(field=field, reason=f"没有写{who}。")
    if values.get("kind") is None and guess(_told(values)) is None:
        yield Fault(field="kind", reason="没有写纠纷类型，从经过里也看不出来。")


def _told(values: Mapping[str, Any]) -> str:
    return " ".join(values.get(field) or "" for field in ("title", "facts"))


def _register(
    values: Mapping[str, Any], came: date, people: tuple[Party, ...], setting: Setting, faults: list[Fault]
) -> Register:
    kind = values.get("kind")
    if kind is None and (found := guess(_told(values))) is not None:
        kind = found.category
        faults.append(
            Fault(
                field="kind", reason=f"没有写类型，按“{'、'.join(found.because)}”归入{kind}。", blocking=False
            )
        )
    kind = kind or Category.OTHER
    body, wrong = _body(values.get("organisation"), setting.centre)
    channel, source, asked = _channel(values.get("source"), setting.rules)
    faults += [Fault(field=field, reason=why, blocking=False) for field, why in (*wrong, *asked)]
    occurred = values.get("occurred_on")
    if occurred is not None and occurred > came:
        faults.append(Fault(field="occurred_on", reason="晚于登记日期，只保留原文。", blocking=False))
        occurred = None
    return Register(
        title=_title(values, people, kind),
        track=Track.PEOPLES,
        centre=setting.centre.name,
        organisation=body,
        category=kind,
        category_zz=zz_of(kind),
        occurred_on=occurred or came,
        place=values.get("place") or "",
        difficulty=values.get("difficulty") or Difficulty.ORDINARY,
        received_on=came,
        channel=channel,
        source_stat=source,
        source_org=values.get("source_org"),
        parties=people,
        facts=values.get("facts") or _NO_FACTS,
    )


def _title(values: Mapping[str, Any], people: tuple[Party, ...], kind: Category) -> str:
    if title := values.get("title"):
        return str(title)[:_LONGEST_TITLE]
    sides = []
    for side in (Side.APPLICANT, Side.RESPONDENT):
        names = [party.name for party in people if party.side is side]
        sides.append("、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else ""))
    return f"{'与'.join(sides)}{kind}"[:_LONGEST_TITLE]


def _body(written: str | None, centre: Centre) -> tuple[Body, tuple[tuple[str, str], ...]]:
    """The committee the register names, else the first; said where it names one the centre does not have."""
    offered = [body for track, body in centre.bodies if track is Track.PEOPLES]
    offered = offered or [body for _track, body in centre.bodies]
    if not written:
        return offered[0], ()
    key = name_key(written)
    for body in offered:
        if key in (name_key(body.name), name_key(body.short)):
            return body, ()
    reason = f"“{shown(written)}”不在本中心的调解单位里，登记在{offered[0].name}名下。"
    return offered[0], (("organisation", reason),)


def _channel(
    written: str | None, rules: LedgerColumns
) -> tuple[str, SourceStat, tuple[tuple[str, str], ...]]:
    if not written:
        return NOT_SAID, SourceStat.APPLICATION, ()
    by_name: dict[str, Channel] = {one.name: one for one in channels()}
    means = written if written in by_name else meaning(rules, "source", written)
    if means in by_name:
        return means, by_name[means].source_for(Track.PEOPLES), ()
    reason = f"“{shown(written)}”不是来访方式，照原文登记，按“{SourceStat.APPLICATION}”归类。"
    return written[:_LONGEST_SOURCE], SourceStat.APPLICATION, (("source", reason),)


def _entry(
    values: Mapping[str, Any],
    cells: Mapping[str, str],
    row: int,
    came: date,
    setting: Setting,
    faults: list[Fault],
) -> LedgerEntry:
    closed = _is_closed(values, came, setting, faults)
    mediator = values.get("mediator") or ""
    numbers = setting.mediators.get(name_key(mediator), ())
    return LedgerEntry(
        batch="",
        file=setting.file,
        sheet=setting.sheet,
        row=row,
        cells=cells,
        closed=closed,
        result=_result(values) if closed else None,
        concluded_on=_concluded(values, came, setting, faults) if closed else None,
        form=values.get("form"),
        amount=values.get("amount"),
        performance=values.get("performance") or "",
        mediator=mediator,
        mediator_no=numbers[0] if len(numbers) == 1 else None,
    )


def _result(values: Mapping[str, Any]) -> Result | None:
    found = values.get("result")
    return found if isinstance(found, Result) else None


def _is_closed(values: Mapping[str, Any], came: date, setting: Setting, faults: list[Fault]) -> bool:
    """Over, unless the register says it is under way, or says nothing and the case is young."""
    said = values.get("result")
    if said == UNDER_WAY:
        return False
    if said is not None or values.get("closed_on") or values.get("agreed_on"):
        return True
    young = came > setting.on - timedelta(days=setting.rules.open_days)
    what = "作为还没有受理的案件登记" if young else "作为结果不详的旧案登记"
    faults.append(Fault(field="result", reason=f"看不出结果，{what}。", blocking=False))
    return not young


def _concluded(values: Mapping[str, Any], came: date, setting: Setting, faults: list[Fault]) -> date | None:
    """The day the register gives for the end; None where it gives none that can be true."""
    for field in _CLOSING_DAYS:
        day = values.get(field)
        if day is None:
            continue
        if came <= day <= setting.on:
            return day  # type: ignore[no-any-return]  # the reader made it
        reason = "早于登记日期，只保留原文。" if day < came else "日期还没有到，只保留原文。"
        faults.append(Fault(field=field, reason=reason, blocking=False))
    return None


def _fault(file: CaseFile, pointer: str, message: str) -> Fault:
    field = next((field for start, field in _FIELDS if pointer.startswith(start)), "facts")
    if pointer.startswith("/parties/"):
        place = pointer.split("/")[2]
        side = file.parties[int(place)].side if place.isdecimal() else Side.APPLICANT
        field = {Side.APPLICANT: "applicant", Side.RESPONDENT: "respondent"}.get(side, "third")
    return Fault(field=field, reason=f"{message}。")
