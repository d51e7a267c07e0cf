"""Rosters as workbooks, and what the import makes of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from datetime import time as clock_time

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.interchange.pool.staging import StagedImport, plan_for, read_sheet, stage
from mediation_desk.interchange.pool.twins import known
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import InputError

ON = date(2026, 7, 1)
MIDNIGHT = clock_time()
ID_NO = "110101195904121375"
TITLES = ("姓名", "性别", "身份证号", "联系电话", "所属调委会", "专兼职", "擅长领域")
GOOD = ("周敬安", "男", ID_NO, "13800000901", "安和区人民调解委员会", "专职", "邻里、合同")

ZHOU = Mediator(
    card=MediatorCard(
        pool_no="M07",
        name="周敬安",
        gender=Gender.MALE,
        birth_date=date(1959, 4, 12),
        id_no=ID_NO,
        phone="13800000901",
        organisation="安和区人民调解委员会",
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    ),
    version=3,
)


def workbook(*rows: Sequence[object], arrange: Callable[[Worksheet], object] | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if arrange is not None:
        arrange(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def staged(data: bytes, *pool: Mediator) -> StagedImport:
    return stage(plan_for(read_sheet("名册.xlsx", data)), known(pool), ON)


def outcome(data: bytes, *pool: Mediator) -> StagedImport | str:
    """What was staged, or the sentence why not; anything else raised is a bug."""
    try:
        return staged(data, *pool)
    except InputError as error:
        return error.message


def one(titles: Sequence[str], row: Sequence[object]) -> StagedImport:
    return staged(workbook(titles, row))


def with_column(title: str, value: object) -> StagedImport:
    return one((*TITLES, title), (*GOOD, value))


def reasons(found: StagedImport) -> list[str]:
    return [trouble.sentence for row in found.rows for trouble in row.troubles]


def made(found: StagedImport, place: int = 0) -> Mediator:
    mediator = found.rows[place].mediator
    assert mediator is not None, reasons(found)
    return mediator


def edited(data: bytes, *pairs: bytes) -> bytes:
    """The first sheet with each odd one of ``pairs`` in place of the one before it."""
    part = "xl/worksheets/sheet1.xml"
    text = zipfile.ZipFile(io.BytesIO(data)).read(part)
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        text = text.replace(old, new)
    return packed(data, part, text)


def packed(data: bytes, part: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()
