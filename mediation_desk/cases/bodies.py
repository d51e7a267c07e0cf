"""The register of bodies over time (``centre.toml``): committees, agencies, court; and rooms that are no committee."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mediation_desk.cases.lives import Life, demand_successors, read_life
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

_FILE, _POINTER = "centre.toml", "/organisation"


class StationKind(StrEnum):
    """Rooms of a committee elsewhere and studios of one mediator: counted beside the committees (§3.2)."""

    COURT = "派驻法院"
    POLICE = "派驻公安"
    PETITION = "派驻信访"
    OTHER = "派驻其他部门"
    STUDIO = "个人调解工作室"


@record
class RegisteredBody:
    """A mediating body with its life; ``field`` is what a 行业性专业性 committee is for, e.g. 医疗."""

    name: str
    short: str
    type: BodyType
    tracks: tuple[Track, ...]
    field: str = ""
    life: Life = Life()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it has borne; cases carry the one of their day."""
        return (self.name, *(one.name for one in self.life.formers))


@record
class Station:
    """派驻调解室 or 个人调解工作室; ``body`` is the short name of its committee."""

    name: str
    kind: StationKind
    body: str
    life: Life = Life()


@record
class BodyRegister:
    """Bodies in the order of the file, each once, and their stations."""

    bodies: tuple[RegisteredBody, ...]
    stations: tuple[Station, ...] = ()

    def called(self, name: str) -> RegisteredBody | None:
        """The body that bears or bore this name; a present name goes before a former one."""
        now = next((one for one in self.bodies if one.name == name), None)
        return now or next((one for one in self.bodies if name in one.names), None)

    def short(self, short: str) -> RegisteredBody | None:
        """The body with this short name."""
        return next((one for one in self.bodies if one.short == short), None)

    def heir(self, body: RegisteredBody, day: date) -> RegisteredBody:
        """Who stands for ``body`` on ``day``: itself while it is there, then the body it merged into."""
        while body.life.over_before(day) and (heir := self.short(body.life.merged_into)) is not None:
            body = heir
        return body


def body_register() -> BodyRegister:
    """The bodies of this centre. Raises ``InputError`` with one sentence about a faulty entry."""
    return _register()


def demand_open(name: str, day: date) -> None:
    """Raise ``InputError`` when the body called ``name`` was not there on ``day``; one nobody registered passes."""
    register = body_register()
    body = register.called(name)
    if body is None or body.life.exists_on(day):
        return
    if not body.life.begun_by(day):
        founded = body.life.founded_on.isoformat() if body.life.founded_on else ""
        raise InputError(
            f"{body.name}到{founded}才设立，不能受理这一天的纠纷。", field="body", pointer=_POINTER
        )
    closed = body.life.closed_on.isoformat() if body.life.closed_on else ""
    heir = register.heir(body, day)
    if heir is body:
        raise InputError(
            f"{body.name}在{closed}以后已经撤销，请选别的调解组织。", field="body", pointer=_POINTER
        )
    raise InputError(
        f"{body.name}在{closed}以后已经并入{heir.name}，请选{heir.name}。", field="body", pointer=_POINTER
    )


@remembered
def _register() -> BodyRegister:
    return built("centre", read_bodies)


def read_bodies(data: Mapping[str, Any]) -> BodyRegister:
    """The register told by ``data``. Raises ``InputError`` naming entry and reason."""
    found: dict[str, RegisteredBody] = {}
    for entry in data.get("body", ()):
        one = _body(entry)
        known = found.get(one.name)
        found[one.name] = one if known is None else _united(known, one)
    bodies = tuple(found.values())
    demand_successors({one.short: one.life for one in bodies}, file=_FILE)
    _demand_own_names(bodies)
    stations = tuple(_station(entry, {one.short for one in bodies}) for entry in data.get("station", ()))
    return BodyRegister(bodies=bodies, stations=stations)


def _body(entry: Mapping[str, Any]) -> RegisteredBody:
    name = str(entry.get("name", "")).strip()
    try:
        return RegisteredBody(
            name=name,
            short=str(entry["short"]).strip(),
            type=BodyType(entry["type"]),
            tracks=(Track(entry["track"]),),
            field=str(entry.get("field", "")).strip(),
            life=read_life(entry, name=name, file=_FILE),
        )
    except (KeyError, ValueError) as error:
        raise InputError(f"{_FILE}：“{name}”缺少项目或有不认识的取值（{error}）。") from error


def _united(known: RegisteredBody, again: RegisteredBody) -> RegisteredBody:
    """One body that works on two tracks stands in the file twice; its life may be told once."""
    return RegisteredBody(
        name=known.name,
        short=known.short,
        type=known.type,
        tracks=tuple(dict.fromkeys((*known.tracks, *again.tracks))),
        field=known.field or again.field,
        life=known.life if known.life != Life() else again.life,
    )


def _demand_own_names(bodies: tuple[RegisteredBody, ...]) -> None:
    """Two bodies must not have borne one name, or nobody could tell whose cases those were."""
    owner: dict[str, str] = {}
    for body in bodies:
        for name in body.names:
            if owner.setdefault(name, body.name) != body.name:
                raise InputError(f"{_FILE}：“{name}”同时是{owner[name]}和{body.name}的名称或原名，请核对。")


def _station(entry: Mapping[str, Any], shorts: set[str]) -> Station:
    name, body = str(entry.get("name", "")).strip(), str(entry.get("body", "")).strip()
    kinds = "、".join(StationKind)
    if not name:
        raise InputError(f"{_FILE}：有一个 station 没有写 name。")
    if entry.get("kind") not in {kind.value for kind in StationKind}:
        raise InputError(f"{_FILE}：{name}的类别“{entry.get('kind', '')}”不认识，可用的有{kinds}。")
    if body not in shorts:
        raise InputError(f"{_FILE}：{name}的 body“{body}”不是哪个调解组织的简称。")
    life = read_life(entry, name=name, file=_FILE)
    return Station(name=name, kind=StationKind(entry["kind"]), body=body, life=life)
