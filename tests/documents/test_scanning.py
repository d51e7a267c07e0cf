"""Scans find their way: printed, scanned and filed back to their paper by the code at the foot of each page."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, Doors, open_desk
from mediation_desk.audit.reading import EntryQuery
from mediation_desk.audit.wording import Kind
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.cli.main import run
from mediation_desk.documents.content import Mark
from mediation_desk.documents.mark import MarkedPage
from mediation_desk.documents.scanning.inbox import DONE, Inbox
from mediation_desk.documents.scanning.service import Wanted
from mediation_desk.documents.scanning.sorting import OtherCase, ReadPage, pieces, told_of
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.watching import Stopped
from tests.documents.scanned import jpeg, pdf_of, sheets, tiff_of, written_page
from tests.persistence.signing_cases import recorded, unsigned
from tests.shared_cases import needs_cases
from tests.stored import place_of
from tests.unit.hostile_files import hostile_files, sound_pdf

KEY = "AJ2026000031"
MARK = Mark(case_key=KEY, form="agreement", no=1, version="K3Q7ZB2M5A")


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    workshop.close()


@pytest.fixture(scope="module")
def printed_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one case, its agreement and record printed."""
    folder = tmp_path_factory.mktemp("desk")
    desk = open_desk(resolve(folder, practice=True))
    file, _new = desk.cases.take_over(COUNTER, unsigned("C01"))
    for form in ("agreement", "record"):
        desk.printing.write(COUNTER, file.case_key, form, ("pdf",), folder / "papers")
    desk.close()
    return folder


@pytest.fixture
def desk(printed_desk: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(printed_desk, tmp_path / "data")
    desk = open_desk(resolve(tmp_path / "data", practice=True))
    yield desk
    desk.close()


def the_case(desk: Desk) -> CaseFile:
    return desk.cases.file(COUNTER, unsigned("C01").case_key)


def pages_of(desk: Desk, form: str, part: int = 0) -> list[Image.Image]:
    return sheets(desk.printing.preview(COUNTER, the_case(desk).case_key, form, part))


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# From the printer back to the paper


@needs_cases
def test_signed_pages_go_back_to_their_papers(desk: Desk, tmp_path: Path) -> None:
    agreement, record = pages_of(desk, "agreement"), pages_of(desk, "record")
    scan = saved(tmp_path, "扫描.pdf", pdf_of([written_page(), *agreement, written_page(), *record]))

    filed = desk.scanning.take(COUNTER, the_case(desk).case_key, scan)

    assert filed.told == ()
    first, second, third = filed.scans
    assert (first.kind, first.pages, first.title) == (ScanKind.UNSORTED, 1, "扫描")
    assert (second.kind, second.form, second.paper_no) == (ScanKind.FORM, "agreement", 1)
    assert second.pages == len(agreement) + 1, "the page without a code went with the page before"
    assert (third.form, third.pages) == ("record", len(record))
    papers = {(one.form, one.no): one.version for one in desk.cases.papers(COUNTER, the_case(desk).case_key)}
    assert (second.version, third.version) == (papers["agreement", 1], papers["record", 1])
    came = hashlib.sha256(scan.read_bytes()).hexdigest()
    for one in filed.scans:
        assert one.original == came
        assert desk.attachments.is_whole(one.sha256)
        with pikepdf.open(io.BytesIO(desk.attachments.read(one.sha256))) as kept:
            assert len(kept.pages) == one.pages
    assert desk.attachments.is_whole(came)


@needs_cases
@pytest.mark.parametrize("turn", [0, 3, 180, 90])
def test_a_photographed_page_is_put_straight_and_read(desk: Desk, tmp_path: Path, turn: int) -> None:
    page = pages_of(desk, "agreement")[0]
    ImageDraw.Draw(page).ellipse((900, 1500, 1250, 1850), outline=(200, 20, 20), width=14)  # a red seal
    turned = page.rotate(turn, expand=turn % 90 == 0, fillcolor="white", resample=Image.Resampling.BICUBIC)
    scan = saved(tmp_path, "IMG.jpg", jpeg(turned))

    [one] = desk.scanning.take(COUNTER, the_case(desk).case_key, scan).scans

    assert (one.form, one.page, one.media) == ("agreement", 1, "image/jpeg")
    assert one.original == hashlib.sha256(scan.read_bytes()).hexdigest()
    with Image.open(io.BytesIO(desk.attachments.read(one.sha256))) as kept:
        assert kept.height > kept.width
        assert 200 <= kept.height / (297 / 25.4) <= 210, "dots per inch of A4"
        assert kept.mode == "RGB", "red stays red"


@needs_cases
def test_lines_are_level_afterwards(desk: Desk, tmp_path: Path) -> None:
    from mediation_desk.documents.scanning.skew import skew_of

    for turn in (-4.0, -1.3, 0.0, 0.8, 3.5):
        page = written_page().rotate(turn, fillcolor="white", resample=Image.Resampling.BICUBIC)
        assert skew_of(page, 5.0) == pytest.approx(-turn, abs=0.21)
    assert skew_of(Image.effect_noise((900, 1200), 60), 5.0) == 0.0


@needs_cases
def test_grey_pages_become_grey_and_exif_is_obeyed(desk: Desk, tmp_path: Path) -> None:
    lying = written_page().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it upright
    scan = saved(tmp_path, "手机.jpg", jpeg(lying, exif=exif))

    [one] = desk.scanning.take(COUNTER, the_case(desk).case_key, scan).scans

    data = desk.attachments.read(one.sha256)
    with Image.open(io.BytesIO(data)) as kept:
        assert kept.mode == "L"
        assert kept.height > kept.width
        assert 0x0112 not in kept.getexif()
    assert one.size == len(data) < scan.stat().st_size


@needs_cases
def test_a_tiff_of_pages_fed_backwards_is_put_in_order(desk: Desk, tmp_path: Path) -> None:
    agreement = pages_of(desk, "agreement")
    scan = saved(tmp_path, "扫描.tif", tiff_of(list(reversed(agreement))))

    [one] = desk.scanning.take(COUNTER, the_case(desk).case_key, scan).scans

    assert (one.form, one.pages, one.media) == ("agreement", len(agreement), "application/pdf")
    again = sheets(desk.attachments.read(one.sha256), 100)
    assert len(again) == len(agreement)


# What is told, asked or refused


@needs_cases
def test_a_page_of_another_case_is_refused_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    other, _new = desk.cases.take_over(COUNTER, recorded("C03"))
    strange = sheets(desk.printing.preview(COUNTER, other.case_key, "agreement", 0))
    scan = saved(tmp_path, "混.pdf", pdf_of([*pages_of(desk, "agreement"), *strange]))
    before = the_case(desk)

    with pytest.raises(OtherCase, match=other.case_key) as refused:
        desk.scanning.take(COUNTER, before.case_key, scan)

    assert refused.value.case_key == other.case_key
    assert the_case(desk) == before
    assert not list(desk.settings.attachments.rglob("*"))


@needs_cases
def test_an_old_wording_is_told(desk: Desk, tmp_path: Path) -> None:
    key = the_case(desk).case_key
    last = desk.cases.papers(COUNTER, key)[0]
    desk.cases.note_papers(COUNTER, key, [replace(last, version="AAAAAAAAAA")])

    filed = desk.scanning.take(COUNTER, key, saved(tmp_path, "a.pdf", pdf_of(pages_of(desk, "agreement"))))

    assert any("旧稿" in sentence for sentence in filed.told)
    assert filed.scans[0].form == "agreement"


@needs_cases
def test_the_same_file_is_not_filed_twice(desk: Desk, tmp_path: Path) -> None:
    key = the_case(desk).case_key
    scan = saved(tmp_path, "a.jpg", jpeg(written_page()))
    desk.scanning.take(COUNTER, key, scan, Wanted(kind=ScanKind.VOUCHER, title="收条"))

    with pytest.raises(InputError, match="已经在本案里了（扫描件1，收条）"):
        desk.scanning.take(COUNTER, key, saved(tmp_path, "b.jpg", scan.read_bytes()))


@needs_cases
def test_it_may_be_stopped_between_pages(desk: Desk, tmp_path: Path) -> None:
    scan = saved(tmp_path, "a.pdf", pdf_of([written_page().resize((413, 584))] * 4))
    told: list[tuple[int, int]] = []

    def watch(done: int, of: int) -> bool:
        told.append((done, of))
        return done < 2

    with pytest.raises(Stopped):
        desk.scanning.take(COUNTER, the_case(desk).case_key, scan, progress=watch)
    assert told == [(0, 4), (1, 4), (2, 4)]
    assert the_case(desk).beside.scans == ()


@needs_cases
def test_hostile_files_leave_case_and_store_as_they_were(desk: Desk, tmp_path: Path) -> None:
    before, key = the_case(desk), the_case(desk).case_key
    for number, file in enumerate(hostile_files()[3::30]):
        if file.reason is None:
            continue
        ending = file.name.rpartition(".")[2]
        place = saved(tmp_path, f"{number}.{ending}", file.data)
        with pytest.raises(InputError):
            desk.scanning.take(COUNTER, key, place)
    assert the_case(desk) == before
    assert not list(desk.settings.attachments.rglob("*"))


@needs_cases
def test_an_archived_case_takes_nothing(desk: Desk, tmp_path: Path) -> None:
    away, _new = desk.cases.take_over(COUNTER, recorded("C05"))
    with pytest.raises(RuleError, match="还没有归档"):
        desk.scanning.take(COUNTER, away.case_key, saved(tmp_path, "a.pdf", sound_pdf()))
    assert not list(desk.settings.attachments.rglob("*"))


# Which pages belong together


def page(number: int, mark: Mark = MARK) -> ReadPage:
    return ReadPage(code=MarkedPage(mark=mark, page=number))


BLANK = ReadPage(code=None)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((page(1), page(2)), [(0, 1)]),
        ((page(2), page(1)), [(1, 0)]),
        ((page(1), page(2), page(1), page(2)), [(0, 1), (2, 3)]),
        ((BLANK, page(1)), [(0,), (1,)]),
        ((page(1), BLANK, page(2)), [(0, 1, 2)]),
        ((page(1), page(1, replace(MARK, no=2))), [(0,), (1,)]),
        ((page(1), page(2, replace(MARK, version="BBBBBBBBBB"))), [(0,), (1,)]),
        ((page(0), page(0)), [(0, 1)]),
        ((BLANK, BLANK), [(0, 1)]),
    ],
)
def test_pages_are_put_together_by_their_codes(
    pages: tuple[ReadPage, ...], expected: list[tuple[int, ...]]
) -> None:
    assert [piece.pages for piece in pieces(pages)] == expected


@needs_cases
def test_missing_pages_and_unprinted_papers_are_told(desk: Desk) -> None:
    from datetime import UTC, datetime

    [piece] = pieces((page(1), page(3)))
    printed = PrintedPaper(
        at=datetime(2026, 3, 1, tzinfo=UTC), account="窗口", form="agreement", title="协议", file_name="a",
        pages=4, sha256="", no=1, version=MARK.version,
    )  # fmt: skip
    assert told_of(piece, "协议", (printed,)) == ("协议：共4页，这次没有第2、4页。",)
    assert "没有打印过" in told_of(piece, "协议", ())[0]


# Small pictures, the folder, the command line


@needs_cases
def test_small_pictures_are_made_once(desk: Desk, tmp_path: Path) -> None:
    scan = saved(tmp_path, "a.pdf", pdf_of([written_page()] * 2))
    [one] = desk.scanning.take(COUNTER, the_case(desk).case_key, scan).scans

    first = desk.scanning.picture(COUNTER, one, 1)
    with Image.open(io.BytesIO(first)) as picture:
        assert max(picture.size) == 320
    place_of(desk.attachments, one.sha256).unlink()
    assert desk.scanning.picture(COUNTER, one, 1) == first
    with pytest.raises(InputError, match="不在这台电脑上"):
        desk.scanning.picture(COUNTER, one, 0)


def test_a_file_counts_once_it_stands_still(tmp_path: Path) -> None:
    now = [0.0]
    inbox = Inbox(tmp_path, clock=lambda: now[0])
    growing = saved(tmp_path, "scan.pdf", b"%PDF")
    saved(tmp_path, "说明.txt", b"x")
    assert inbox.look() == ()
    now[0] = 1.9
    growing.write_bytes(b"%PDF-1.7 more")
    assert inbox.look() == ()
    now[0] = 3.0
    assert inbox.look() == ()
    assert inbox.waiting
    now[0] = 4.0
    assert inbox.look() == (growing,)

    saved(tmp_path, "other.pdf", b"x")
    assert inbox.put_away(growing) == tmp_path / DONE / "scan.pdf"
    saved(tmp_path, "scan.pdf", b"%PDF")
    assert inbox.put_away(tmp_path / "scan.pdf") == tmp_path / DONE / "scan（2）.pdf"
    assert Inbox(tmp_path / "没有").look() == ()


@needs_cases
def test_the_command_line_files_and_tells(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, folder = the_case(desk).case_key, str(desk.settings.folder)
    good = saved(tmp_path, "协议.pdf", pdf_of(pages_of(desk, "agreement")))
    bad = saved(tmp_path, "坏.pdf", sound_pdf()[:300])

    code = run(["--practice", "--data", folder, "scan", "file", str(bad), str(good), "--case", key, "--json"])

    out = capsys.readouterr()
    assert code == 2
    assert "没有导入“坏.pdf”" in out.err
    [one] = json.loads(out.out)["scans"]
    assert (one["kind"], one["form"]) == ("文书", "agreement")
    evidence = ("--evidence", the_case(desk).evidence[0].ref, "--title", "欠条")
    photo = saved(tmp_path, "a.jpg", jpeg(written_page()))
    assert run(["--practice", "--data", folder, "scan", "file", str(photo), "--case", key, *evidence]) == 0
    last: Scan = the_case(desk).beside.scans[-1]
    assert (last.kind, last.title) == (ScanKind.EVIDENCE, "欠条")


# Where files are sealed


@needs_cases
def test_with_a_key_scans_are_sealed_those_of_before_too_and_everything_still_reads_them(
    desk: Desk, tmp_path: Path
) -> None:
    key, places = the_case(desk).case_key, desk.settings
    scan = saved(tmp_path, "a.tif", tiff_of([written_page()] * 2))
    [before] = desk.scanning.take(COUNTER, key, scan).scans
    desk.scanning.picture(COUNTER, before)
    old = [path.read_bytes() for path in places.attachments.rglob("*") if path.is_file()]
    desk.seat.take(COUNTER, bytes(range(32)))

    assert Doors(desk).seal_files(lambda _done, _all: True) == len(old) == 2
    lines = desk.audit.lines(COUNTER, EntryQuery(kind=Kind.SYSTEM))
    assert [(line.title, line.details["count"]) for line in lines] == [("给原有文件加密", 2)]
    photo = jpeg(written_page().resize((1240, 1754)))
    [one] = desk.scanning.take(COUNTER, key, saved(tmp_path, "b.jpg", photo)).scans
    shown = [desk.scanning.picture(COUNTER, scan, 0) for scan in (before, one)]
    assert desk.scanning.shown(COUNTER, before).startswith(b"%PDF")
    assert desk.volumes.preview(COUNTER, key).pages > 2
    for folder in (places.attachments, places.thumbnails):
        for path in folder.rglob("*"):
            assert path.is_dir() or path.read_bytes().startswith(b"TJTSEAL\x01")
            assert not any(one.sha256 in path.name for one in (before, one))
    assert len(list(places.thumbnails.iterdir())) == len(shown)
    work = desk.seated(COUNTER)  # a case open in the window goes on with the key of whoever sits there
    assert work.attachments.read(one.sha256)
    desk.seat.leave()
    for late in (lambda: work.attachments.put_bytes(b"x"), lambda: work.attachments.read(one.sha256)):
        with pytest.raises(PermissionDenied, match="还没有登录"):
            late()
