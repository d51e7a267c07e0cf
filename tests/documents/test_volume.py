"""The bound volume itself, read back with tools that know nothing of the desk."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image

from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import Archive, CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.service import compose
from mediation_desk.documents.volume.assembling import Volume, bound
from mediation_desk.documents.volume.checklist import checklist
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import folded
from mediation_desk.shared.watching import Stopped, Watch
from tests.documents.dispute import case
from tests.documents.scan_store import AT, Scanner, pdf, picture, with_scans
from tests.documents.test_volume_checklist import EVIDENCE
from tests.shared_cases import FILES, needs_cases
from tests.stored import place_of

A4 = (595, 842)
"""Points, rounded."""


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    return Scanner(tmp_path)


def volume_of(file: CaseFile, scanner: Scanner) -> AbstractContextManager[Volume]:
    return bound(file, checklist(file), NOTHING, scanner.store)


def bytes_of(file: CaseFile, scanner: Scanner) -> bytes:
    with volume_of(file, scanner) as volume:
        stream = io.BytesIO()
        volume.write(stream)
        return stream.getvalue()


def read(data: bytes) -> tuple[pypdf.PdfReader, list[str]]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return reader, [page.extract_text() for page in reader.pages]


def page_at(reader: pypdf.PdfReader, label: int) -> int:
    return reader.page_labels.index(str(label))


def catalogue_lines(pages: list[str], count: int) -> list[tuple[str, int, int]]:
    """Title, first and last page of each line, as a reader with a ruler would read them."""
    text = "\n".join(pages[1 : 1 + count])
    lines = re.findall(r"(?<!\S)(\d+)\s+([^\d\s]\S*)\s+(\d+)(?:-(\d+))?(?=\s|$)", text)
    assert lines, text
    return [(title.strip(), int(first), int(last or first)) for _no, title, first, last in lines]


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_catalogue_numbers_bookmarks_and_back_cover_are_true(path: Path, scanner: Scanner) -> None:
    file = read_case(path.read_bytes())
    found = checklist(file)
    with volume_of(file, scanner) as volume:
        stream = io.BytesIO()
        volume.write(stream)
        count = volume.catalogue_pages
    reader, pages = read(stream.getvalue())
    labels = reader.page_labels
    numbered = len(pages) - count - 2

    # The catalogue names every entry of the list, in order and without a gap.
    lines = catalogue_lines(pages, count)
    inside = [entry.title for entry in found.due if entry.part == ""]
    assert [folded(title) for title, _first, _last in lines] == [folded(title) for title in inside]
    ends = [0, *(last for _title, _first, last in lines)]
    assert [first for _title, first, _last in lines] == [end + 1 for end in ends[:-1]]
    assert ends[-1] == numbered

    # The number on each page is its label; covers and catalogue bear none.
    assert labels == [
        "封面", *(f"目录-{place}" for place in range(1, count + 1)), *map(str, range(1, numbered + 1)), "封底"
    ]  # fmt: skip
    for place, text in enumerate(pages):
        if labels[place].isdecimal():
            assert text.split()[-1] == labels[place]
    # Each line leads to what it names: the paper's own title, or the slip that names it.
    for title, first, _last in lines:
        entry = next(entry for entry in found.due if folded(entry.title) == folded(title))
        head = folded(pages[page_at(reader, first)])
        if entry.filling.forms:
            papers = [paper for form in entry.filling.forms for paper in compose(file, form.key)]
            assert folded(papers[0].heading.title) in head
        else:
            assert folded(title) in head
    # Bookmarks go where the catalogue says.
    marks = [item for item in reader.outline if not isinstance(item, list)]
    at = {item.title: reader.get_destination_page_number(item) for item in marks}
    assert [item.title for item in marks] == ["卷宗封面", "卷内目录", *inside, "封底"]
    for title, first, _last in lines:
        assert at[next(name for name in inside if folded(name) == folded(title))] == page_at(reader, first)
    assert (at["卷宗封面"], at["卷内目录"], at["封底"]) == (0, 1, len(pages) - 1)
    assert f"共{len(pages)}页" in folded(pages[-1])


@needs_cases
def test_private_notes_stand_nowhere(scanner: Scanner) -> None:
    path = next(path for path in FILES if path.stem.startswith("C12"))
    file = read_case(path.read_bytes())
    notes = [note.text for session in file.sessions for note in session.private_notes]
    assert notes
    _reader, pages = read(bytes_of(file, scanner))
    text = folded("".join(pages))
    for note in notes:
        words = folded(note)
        assert not any(words[place : place + 12] in text for place in range(0, len(words) - 12, 6))


def test_the_same_volume_gives_the_same_bytes(scanner: Scanner) -> None:
    file = with_scans(
        case(), scanner.scan(ScanKind.IDENTITY, picture()), scanner.scan(ScanKind.OTHER, pdf(2), "a.pdf")
    )
    assert bytes_of(file, scanner) == bytes_of(file, scanner)


def test_numbers_stand_right_on_the_front_and_left_on_the_back(scanner: Scanner) -> None:
    reader, _pages = read(bytes_of(case(), scanner))
    for number in (1, 2):
        spots: list[tuple[str, float, float]] = []

        def note(
            text: str,
            cm: list[float],
            tm: list[float],
            *_rest: object,
            spots: list[tuple[str, float, float]] = spots,
        ) -> None:
            spots.append((text.strip(), tm[4], tm[5]))

        reader.pages[page_at(reader, number)].extract_text(visitor_text=note)
        x, y = next((x, y) for text, x, y in reversed(spots) if text == str(number))
        assert (x > A4[0] / 2) is (number == 1)
        assert y > A4[1] - 60


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "P"])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "TIFF"])
def test_pictures_become_upright_a4_pages_undistorted(mode: str, fmt: str, scanner: Scanner) -> None:
    if (mode == "P" and fmt == "JPEG") or (mode == "CMYK" and fmt == "PNG"):
        pytest.skip("there is no such file")
    scan = scanner.scan(ScanKind.IDENTITY, picture((900, 600), fmt, mode), f"a.{fmt.lower()}")
    data = bytes_of(with_scans(case(), scan), scanner)
    page = identity_page(data)
    assert sizes(page) == A4
    box = ink(page)
    assert box[3] - box[1] == pytest.approx((box[2] - box[0]) * 1.5, rel=0.03), (
        "lying pictures are turned, not squeezed"
    )


def identity_page(data: bytes) -> pikepdf.Pdf:
    """The page with the first identity paper, alone."""
    reader, pages = read(data)
    lines = catalogue_lines(pages, sum(label.startswith("目录") for label in reader.page_labels))
    first = next(first for title, first, _last in lines if "身份证明" in title)
    alone = pikepdf.open(io.BytesIO(data))
    at = page_at(reader, first)
    del alone.pages[at + 1 :]
    del alone.pages[:at]
    return alone


def sizes(alone: pikepdf.Pdf) -> tuple[int, int]:
    box = alone.pages[0].mediabox
    return round(float(box[2])), round(float(box[3]))


def ink(alone: pikepdf.Pdf) -> tuple[int, int, int, int]:
    """Where the page is not white, without the number at its upper edge, in points."""
    return drawn(alone).point(lambda value: 255 if value < 250 else 0).getbbox()  # type: ignore[return-value]


def drawn(alone: pikepdf.Pdf) -> Image.Image:
    import pypdfium2

    stream = io.BytesIO()
    alone.save(stream)
    image: Image.Image = pypdfium2.PdfDocument(stream.getvalue())[0].render(scale=1).to_pil().convert("L")
    image.paste(255, (0, 0, image.width, 45))
    return image


@pytest.mark.parametrize(("orientation", "dark"), [(1, "top"), (3, "bottom"), (6, "top"), (8, "top")])
def test_a_photo_stands_as_the_camera_was_held(orientation: int, dark: str, scanner: Scanner) -> None:
    """6 and 8 lie on their side in the file: turned upright the bar lies at an edge of the sheet's long side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    size = (600, 900) if orientation in (1, 3) else (900, 600)
    scan = scanner.scan(ScanKind.IDENTITY, picture(size, exif=exif))
    image = drawn(identity_page(bytes_of(with_scans(case(), scan), scanner)))
    box = image.point(lambda value: 255 if value < 60 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    width, height = image.size
    expected = {1: top < height / 3, 3: bottom > height * 2 / 3, 6: left > width / 2, 8: right < width / 2}
    assert expected[orientation], (orientation, box, dark)


def test_lying_pdf_pages_are_turned_and_small_ones_keep_their_shape(scanner: Scanner) -> None:
    scan = scanner.scan(ScanKind.IDENTITY, pdf(2, (842, 595)), "a.pdf")
    page = identity_page(bytes_of(with_scans(case(), scan), scanner))
    assert sizes(page) == A4
    assert int(page.pages[0].get("/Rotate", 0)) == 0


def test_a_signed_scan_stands_in_place_of_the_paper(scanner: Scanner) -> None:
    scan = scanner.scan(ScanKind.FORM, picture(), title="签好的协议", form="agreement", paper_no=1)
    with volume_of(with_scans(case(), scan), scanner) as volume:
        outline = next(one for one in volume.outlines if one.line.title == "人民调解协议书")
    assert outline.line.note == "扫描件"
    assert (outline.line.first, outline.line.last) == (outline.line.first, outline.line.first)


def test_a_scanned_page_replaces_its_page_only_while_the_words_are_the_same(scanner: Scanner) -> None:
    (paper,) = compose(case(), "agreement")
    assert paper.mark is not None
    second: dict[str, Any] = {"form": "agreement", "paper_no": 1, "page": 2}
    same = scanner.scan(ScanKind.FORM, picture(), version=paper.mark.version, **second)
    other = scanner.scan(ScanKind.FORM, picture(), version="ANOTHER", **second)
    whole = length(case(), scanner)
    assert length(with_scans(case(), same), scanner) == whole
    assert length(with_scans(case(), other), scanner) < whole
    assert length(with_scans(case(), other, replace(same, no=9)), scanner) == whole, (
        "the later wording counts"
    )


def length(file: CaseFile, scanner: Scanner) -> int:
    with volume_of(file, scanner) as volume:
        line = next(entry for entry in volume.entries if entry.title == "人民调解协议书")
        return line.last - line.first + 1


def test_evidence_files_are_bound_and_the_rest_is_named_on_a_slip(scanner: Scanner) -> None:
    file = case(evidence=(EVIDENCE, replace(EVIDENCE, ref="E2", name="录音带")))
    kept = scanner.keep(pdf(3), "合同.pdf")
    attachment = Attachment(evidence_ref="E1", name="合同.pdf", size=1, sha256=kept, taken_at=AT, by="登记员")
    file = replace(file, beside=replace(file.beside, attachments=(attachment,)))
    with volume_of(file, scanner) as volume:
        line = next(entry for entry in volume.entries if entry.title == "人民调解证据材料")
        stream = io.BytesIO()
        volume.write(stream)
    reader, pages = read(stream.getvalue())
    assert "1件附证物袋" in line.note
    assert "录音带" in pages[page_at(reader, line.last)]
    assert "附证物袋1个" in folded(pages[-1])


def test_a_catalogue_of_several_pages_does_not_move_the_numbers(scanner: Scanner) -> None:
    scans = [
        scanner.scan(kind, picture((200, 283)), title=title, **more)
        for kind, title, more in [
            (ScanKind.FORM, "选定书", {"form": "choice"}), (ScanKind.FORM, "披露书", {"form": "disclosure"}),
            (ScanKind.FORM, "通知", {"form": "summons"}), (ScanKind.FORM, "督促", {"form": "urging"}),
            (ScanKind.OTHER, "中止通知", {}), (ScanKind.OTHER, "延期同意", {}), (ScanKind.OTHER, "回避申请", {}),
            (ScanKind.OTHER, "调查记录", {}), (ScanKind.EVIDENCE, "照片", {}), (ScanKind.OTHER, "便条", {}),
            (ScanKind.VOUCHER, "回单", {}), (ScanKind.COURT, "裁定", {}),
            (ScanKind.FORM, "转办单", {"form": "handover"}),
            (ScanKind.FORM, "反馈函", {"form": "reply"}),
            (ScanKind.OTHER, "撤回申请", {}), (ScanKind.OTHER, "终止通知", {}),
        ]
    ]  # fmt: skip
    with volume_of(with_scans(case(), *scans), scanner) as volume:
        count = volume.catalogue_pages
        stream = io.BytesIO()
        volume.write(stream)
    reader, pages = read(stream.getvalue())
    assert count == 2
    lines = catalogue_lines(pages, count)
    assert len(lines) > 20
    assert reader.page_labels[:4] == ["封面", "目录-1", "目录-2", "1"]
    assert lines[-1][2] == len(pages) - count - 2


def test_sheets_keep_the_numbers_of_the_volume(scanner: Scanner) -> None:
    with volume_of(case(), scanner) as volume:
        entries, sheets = volume.entries, dict(volume.sheets())
    assert len(sheets) == len(entries) + 3
    for entry in entries:
        data = next(data for name, data in sheets.items() if name[3:] == f"{entry.title}.pdf")
        reader, pages = read(data)
        assert reader.page_labels == [str(number) for number in range(entry.first, entry.last + 1)]
        assert [text.split()[-1] for text in pages] == reader.page_labels


def test_a_stop_is_heard_at_every_piece(scanner: Scanner) -> None:
    told: list[tuple[int, int]] = []

    def stopping(last: int) -> Watch:
        def watch(done: int, pieces: int) -> bool:
            told.append((done, pieces))
            return done != last

        return watch

    with bound(case(), checklist(case()), NOTHING, scanner.store, stopping(0)):
        pass
    pieces = len(told)
    assert told == [(done, pieces) for done in range(1, pieces + 1)]
    for last in (1, pieces // 2, pieces):
        with pytest.raises(Stopped), bound(case(), checklist(case()), NOTHING, scanner.store, stopping(last)):
            pass


def locked() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="x", user="x"))


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "noise": lambda: bytes(range(256)) * 40,
    "half a picture": lambda: picture()[:4000],
    "no end": lambda: picture()[:-2],
    "half a PDF": lambda: pdf()[:100],
    "locked PDF": locked,
    "text with a lying name": "只是文字".encode,
    "PDF without pages": lambda: pdf(0),
}


@pytest.mark.parametrize("trouble", BROKEN)
def test_a_damaged_scan_is_a_sentence_that_names_it(trouble: str, scanner: Scanner) -> None:
    scan = scanner.scan(ScanKind.IDENTITY, BROKEN[trouble](), "证件.pdf", title="孟庆兰身份证")
    with pytest.raises(InputError, match=r"孟庆兰身份证.*证件\.pdf.*。$"):
        bytes_of(with_scans(case(), scan), scanner)


def test_a_scan_whose_file_is_gone_or_changed_is_named(scanner: Scanner) -> None:
    scan = scanner.scan(ScanKind.IDENTITY, picture(), title="身份证")
    stored = place_of(scanner.store, scan.sha256)
    stored.chmod(0o600)
    stored.write_bytes(picture((10, 10)))
    with pytest.raises(InputError, match=r"身份证.*不一样"):
        bytes_of(with_scans(case(), scan), scanner)
    stored.unlink()
    with pytest.raises(InputError, match=r"身份证.*不见了"):
        bytes_of(with_scans(case(), scan), scanner)


def test_scripts_and_attachments_of_a_foreign_pdf_stay_behind(scanner: Scanner) -> None:
    made = pikepdf.open(io.BytesIO(pdf()))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.attachments["virus.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")
    stream = io.BytesIO()
    made.save(stream)
    data = bytes_of(with_scans(case(), scanner.scan(ScanKind.OTHER, stream.getvalue(), "a.pdf")), scanner)
    opened = pikepdf.open(io.BytesIO(data))
    assert "/OpenAction" not in opened.Root
    assert not opened.attachments
    assert not any(isinstance(thing, pikepdf.Dictionary) and "/JS" in thing for thing in opened.objects)


def test_an_archived_volume_prints_what_the_archive_says_on_its_cover(scanner: Scanner) -> None:
    archive = Archive(
        archived_on=AT.date(), volume_no="（2026）测人调字第1号", retention=Retention.LONG, pages=9
    )
    _reader, pages = read(bytes_of(case(archive=archive), scanner))
    assert "长期" in pages[0]
    assert "第1号" in pages[0]
