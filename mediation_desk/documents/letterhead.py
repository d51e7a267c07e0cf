"""How the papers of one body look: masthead, margins, faces and the place of the seal, as data a centre can change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.cases.model import Body
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

LEAST_LEFT, LEAST_BOTTOM, LEAST, MOST = 20.0, 22.0, 15.0, 50.0
"""Margins in millimetres: room to bind, room for the foot with its code, and what any printer reaches."""


@record
class Faces:
    """Names of the faces as official paper calls them; the renderers find the next best."""

    text: str = "仿宋"
    title: str = "宋体"
    heading: str = "黑体"
    second: str = "楷体"
    letter_title: str = "方正小标宋简体"
    page: str = "宋体"


@record
class Letterhead:
    """``margins`` are top, bottom, left and right in millimetres, empty for the program's own.

    ``masthead`` is the 发文机关标志 of letters, ``code`` the 机关代字 (清平人调函), empty where letters have no number.
    ``seal_hint`` writes （盖章） behind the body's name, ``seal_circle`` draws a faint circle there.
    """

    masthead: str = ""
    code: str = ""
    issuer: str = ""
    margins: tuple[float, ...] = ()
    seal_hint: bool = True
    seal_circle: bool = False
    faces: Faces = Faces()


PLAIN = Letterhead()
_FACES = {
    "正文": "text",
    "标题": "title",
    "小标题": "heading",
    "二级标题": "second",
    "公文标题": "letter_title",
    "页码": "page",
}


@remembered
def letterhead_of(body: Body) -> Letterhead:
    """The look of this body's papers. Raises ``InputError`` when the rule file holds what cannot be printed."""
    return built("letterhead", lambda data: _letterhead(data, body))


@remembered
def face_files() -> Mapping[str, tuple[str, ...]]:
    """File names each face may have on a desk."""
    return built("letterhead", lambda data: {name: tuple(files) for name, files in data["files"].items()})


def _letterhead(data: Mapping[str, Any], body: Body) -> Letterhead:
    own: Mapping[str, Any] = next((entry for entry in data.get("body", ()) if _meant(entry, body)), {})
    said = {**data["default"], **own}
    return Letterhead(
        masthead=str(said.get("masthead") or body.name),
        code=str(said.get("code", "")),
        issuer=str(said.get("issuer") or body.name),
        margins=_margins(said.get("margins", ())),
        seal_hint=bool(said["seal_hint"]),
        seal_circle=bool(said["seal_circle"]),
        faces=Faces(
            **{_FACES[part]: str(name) for part, name in {**data["faces"], **own.get("faces", {})}.items()}
        ),
    )


def _meant(entry: Mapping[str, Any], body: Body) -> bool:
    return bool(entry["name"] == body.name if "name" in entry else entry["short"] == body.short)


def _margins(values: Any) -> tuple[float, ...]:
    margins = tuple(float(value) for value in values)
    if not margins:
        return ()
    top, bottom, left, right = margins
    fits = left >= LEAST_LEFT and bottom >= LEAST_BOTTOM and min(top, right) >= LEAST and max(margins) <= MOST
    if not fits:
        raise ValueError("a margin nothing can be bound or printed in")
    return margins
