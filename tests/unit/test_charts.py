"""Charts: from data to pixels and words, the same in every format, and what is said where there is nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from mediation_desk.charts.drawing import draw, fitting
from mediation_desk.charts.figures import described, figures
from mediation_desk.charts.files import chart_file, to_picture_bytes, write_chart
from mediation_desk.charts.model import Bars, Chart, Group, Heat, Together, Value
from mediation_desk.charts.picture import Picture
from mediation_desk.charts.rates import rate, wilson
from mediation_desk.charts.sketch import Region, Shape, Size
from mediation_desk.charts.theme import PRINT
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.pdfium import PDFIUM
from tests.architecture.gates import ROOT
from tests.unit.chart_samples import (
    bars,
    dots,
    every_kind,
    flow,
    heat,
    lines,
    matrix,
    side_by_side,
    without_figures,
)

KINDS = every_kind()
WIDTH = 454.0


def drawn(chart: Chart, width: float = WIDTH) -> Picture:
    return draw(chart, fitting(chart, width))


def pixels(picture: Picture, scale: float = 2) -> Image.Image:
    return Image.open(io.BytesIO(picture.png(scale))).convert("L")


def pdf_words(pdf: bytes) -> str:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return "".join(str(document[0].get_textpage().get_text_range()).split())
        finally:
            document.close()


def region_of(picture: Picture, target: object) -> Region:
    (found,) = [region for region in picture.regions if region.target == target]
    return found


def test_every_kind_is_drawn_in_three_formats_with_the_same_words() -> None:
    for name, chart in KINDS.items():
        picture = drawn(chart)
        words = "".join("".join(picture.words).split())
        svg = picture.svg().decode()
        read = pdf_words(picture.pdf())
        assert chart.title in words, name
        for word in picture.words:
            assert f"<!-- {word} -->" in svg, (name, word)
            assert "".join(word.split()) in read, (name, word)
        assert pixels(picture, 1).size == tuple(int(side) for side in picture.size), name


def test_the_same_chart_gives_the_same_bytes() -> None:
    for name, chart in KINDS.items():
        for suffix in (".svg", ".png", ".pdf"):
            assert chart_file(chart, suffix) == chart_file(chart, suffix), (name, suffix)


def test_files_carry_no_day_and_no_letters_of_the_machine() -> None:
    svg, pdf = chart_file(KINDS["heat"], ".svg").decode(), chart_file(KINDS["heat"], ".pdf")
    assert "<text" not in svg  # outlines: looks the same without the face
    assert "dc:date" not in svg
    assert b"CreationDate" not in pdf


def test_a_region_covers_its_bar_and_nothing_else_is_as_dark_beside_it() -> None:
    picture = drawn(bars(10, 40, horizontal=True))
    image = pixels(picture)
    (_x, top), _corner, (_right, upper_end), _left = region_of(picture, ("concluded", 1)).outline
    (left, lower_start), _corner, (_right, bottom), _left = region_of(picture, ("concluded", 2)).outline
    x = int(left * image.width) + 6

    def shade(y: float) -> float | tuple[int, ...] | None:
        return image.getpixel((x, int(y * image.height)))

    assert shade((top + upper_end) / 2) == shade((lower_start + bottom) / 2) == 0x40
    assert shade((upper_end + lower_start) / 2) == 255


def test_bars_are_as_long_as_their_numbers() -> None:
    for lying in (True, False):
        picture = drawn(bars(10, 40, 0, horizontal=lying))
        boxes = [item for item in picture.sketch.items if isinstance(item, Shape)]
        side = 0 if lying else 1
        long = [abs(box.points[2][side] - box.points[0][side]) for box in boxes]
        assert len(long) == 2  # no bar for 0
        assert long[1] == pytest.approx(4 * long[0])


def test_every_value_can_be_opened_by_its_target() -> None:
    for name, chart in KINDS.items():
        picture = drawn(chart)
        for region in picture.regions:
            x, y = region.centre()
            assert 0 <= x <= 1, name
            assert 0 <= y <= 1, name
            assert region.name, name
    assert {region.target for region in drawn(heat()).regions} == {(r, c) for r in range(3) for c in range(4)}
    assert {link.target for link in flow().links} <= {region.target for region in drawn(flow()).regions}
    assert len(drawn(matrix()).regions) == 16


def test_the_regions_of_bands_lie_on_their_bands() -> None:
    picture = drawn(flow())
    band, thin = region_of(picture, "p-yes"), region_of(picture, "a-no")
    assert band.holds(*band.centre())
    assert not thin.holds(*band.centre())


def test_numbers_stand_in_every_cell() -> None:
    chart = heat()
    words = list(drawn(chart).words)
    for line in chart.cells:
        for value in line:
            words.remove("—" if value.amount is None else str(value.amount))


def test_series_differ_in_grey_from_their_neighbours() -> None:
    picture = drawn(side_by_side())
    image = pixels(picture, 4)
    shades, inks = [], []
    for count in (120, 43, 9):
        outline = region_of(picture, ("受理", count)).outline
        left, right = outline[0][0] * image.width + 4, outline[0][0] * image.width + 40
        top, bottom = outline[0][1] * image.height + 4, outline[2][1] * image.height - 4
        part = image.crop((int(left), int(top), int(right), int(bottom)))
        data = part.tobytes()
        shades.append(sum(data) / len(data))
        inks.append(max(data) - min(data))
    assert shades[1] - shades[0] > 40
    assert shades[2] - shades[1] > 40
    assert inks[0] < 20 < inks[1]  # one plain, the others hatched


def test_lines_differ_without_colour() -> None:
    seen = {(style.marker, style.dash) for style in PRINT.styles}
    assert len(seen) == len(PRINT.styles)
    assert len({style.marker for style in PRINT.styles}) == len(PRINT.styles)
    assert len({style.dash for style in PRINT.styles}) == len(PRINT.styles)


def test_lines_are_named_at_their_ends_with_the_last_value() -> None:
    words = drawn(lines()).words
    assert {"人民调解 47", "行政调解 14", "司法调解 2"} <= set(words)
    assert "人民调解 1/2" in words


def test_what_is_not_known_is_a_gap_and_a_dash_and_never_a_zero() -> None:
    picture = drawn(bars(5, None, 0))
    assert [word for word in picture.words if word in ("5", "—", "0")] == ["5", "—", "0"]
    assert region_of(picture, ("concluded", 2)).name == "2月，没有数字"
    gapped = drawn(lines())
    assert ("人民调解", "rate", 2) in {region.target for region in gapped.regions}
    assert ("人民调解", "rate", 3) not in {region.target for region in gapped.regions}


def test_a_period_without_figures_says_so_in_place() -> None:
    for name, chart in without_figures().items():
        picture = drawn(chart)
        assert chart.empty in picture.words, name
        assert not picture.regions, name
        assert picture.png()
        assert chart.empty in pdf_words(chart_file(chart, ".pdf")), name


def test_zero_everywhere_is_drawn_as_zeros() -> None:
    assert [word for word in drawn(bars(0, 0, 0)).words if word == "0"] == ["0", "0", "0"]
    cells = ((Value(amount=0), Value(amount=0)),)
    chart = Heat(title="热图", rows=("邻里",), columns=("甲", "乙"), cells=cells)
    assert drawn(chart).words.count("0") == 2


def test_three_hundred_bodies_become_the_largest_and_the_rest() -> None:
    groups = tuple(
        Group(name=f"第{n}调解委员会", values=(Value(amount=9000 if n == 7 else n % 30, target=n),))
        for n in range(300)
    )
    chart = Bars(title="各组织", ranked=True, groups=groups)
    picture = drawn(chart)
    opened = [region.target for region in picture.regions]
    (rest,) = [target for target in opened if isinstance(target, Together)]
    single = {target for target in opened if not isinstance(target, Together)}
    assert single | set(rest.targets) == set(range(300))
    assert not single & set(rest.targets)
    total = sum(float(group.values[0].amount or 0) for group in groups)
    assert f"其余{len(rest.targets)}个" in picture.words
    numbers = [int(word.replace(",", "")) for word in picture.words if word.replace(",", "").isdigit()]
    assert sum(numbers) == total


def test_rates_of_the_rest_are_of_all_their_cases() -> None:
    groups = tuple(Group(name=f"第{n}调解委员会", values=(rate(n, 30, n),)) for n in range(30))
    picture = drawn(Bars(title="成功率", unit="%", highest=100, top=3, groups=groups, horizontal=True))
    rest = sum(range(28)) / (28 * 30) * 100
    assert f"{rest:.1f}%" in picture.words


def test_averages_are_not_added_up_but_counted_as_left_out() -> None:
    groups = tuple(Group(name=f"第{n}调解委员会", values=(Value(amount=n + 0.5),)) for n in range(30))
    picture = drawn(Bars(title="平均天数", unit="天", groups=groups, top=11, additive=False))
    assert "另有20个没有画出，见表。" in picture.words
    assert not any(word.startswith("其余") for word in picture.words)


def test_a_heat_table_of_three_hundred_columns_keeps_its_sums() -> None:
    chart = heat(300)
    picture = drawn(chart)
    rest = [region.target for region in picture.regions if isinstance(region.target, Together)]
    assert len(rest) == 3
    folded = sum(len(target.targets) for target in rest)
    assert folded + len(picture.regions) - 3 == 900


def test_long_names_never_leave_the_picture() -> None:
    name = "云川市安和区锦园街道道路交通事故损害赔偿纠纷人民调解委员会驻第三派出所调解工作室" * 3
    chart = Bars(
        title=name, period=name, notes=(name,), groups=(Group(name=name, values=(Value(amount=3),)),)
    )
    for width in (160.0, 454.0):
        image = pixels(drawn(chart, width), 1)
        edge = [image.getpixel((x, y)) for x in (0, image.width - 1) for y in range(image.height)]
        assert set(edge) == {255}


def test_strange_characters_do_no_harm() -> None:
    strange = "坏\x07字\u202e🙂$x^2$\n𬱖"
    chart = Bars(title=strange, groups=(Group(name=strange, values=(Value(amount=3),)),))
    picture = drawn(chart)
    assert "坏字〓$x^2$ 𬱖" in picture.words
    assert picture.png()
    assert picture.svg()
    assert "𬱖" in pdf_words(picture.pdf())


def test_small_rates_are_written_as_counts_with_their_range() -> None:
    picture = drawn(dots())
    assert {"90.0%", "3/5", "—"} <= set(picture.words)
    assert region_of(picture, "北桥镇").name == "北桥镇，3/5，可能范围 23至88%"


def test_the_range_of_wilson_is_that_of_the_textbook() -> None:
    # 81 of 263, Newcombe 1998, table I: 0.2553 to 0.3662
    assert wilson(81, 263) == pytest.approx((25.53, 36.62), abs=0.01)
    low, high = wilson(0, 20)  # the same table
    assert (low, high) == pytest.approx((0, 16.11), abs=0.01)


def test_money_keeps_its_two_places() -> None:
    chart = Bars(
        title="金额", unit="万元", groups=(Group(name="甲", values=(Value(amount=Decimal("1234.50")),)),)
    )
    assert "1,234.50" in drawn(chart).words


def test_what_cannot_be_a_chart_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="不能小于0"):
        bars(-1)
    with pytest.raises(InputError, match="有限"):
        Bars(title="x", groups=(Group(name="一", values=(Value(amount=float("nan")),)),))
    with pytest.raises(InputError, match="应有2个"):
        Bars(title="x", series=("甲", "乙"), groups=(Group(name="一", values=(Value(amount=1),)),))
    with pytest.raises(InputError, match="最多4个"):
        Bars(title="x", series=tuple("甲乙丙丁戊"), groups=())
    with pytest.raises(InputError, match=r"不能存成“\.gif”"):
        chart_file(bars(1), ".gif")


def test_two_threads_draw_at_once_what_one_draws_alone() -> None:
    alone = {name: drawn(chart).png() for name, chart in KINDS.items()}
    found: list[dict[str, bytes]] = []

    def work() -> None:
        found.append({name: drawn(chart).png() for name, chart in KINDS.items()})

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone, alone]


def test_a_picture_for_a_report_is_as_wide_as_asked() -> None:
    image = Image.open(io.BytesIO(to_picture_bytes(lines(), 15.5, 200)))
    assert image.width == pytest.approx(15.5 / 2.54 * 200, abs=1)
    assert image.info["dpi"][0] == pytest.approx(200, abs=0.1)


def test_the_page_is_a4_with_title_period_and_definitions(tmp_path: Path) -> None:
    write_chart(bars(3, 4, 5), tmp_path / "图.pdf")
    pdf = (tmp_path / "图.pdf").read_bytes()
    words = pdf_words(pdf)
    assert (
        words.index("每月办结案件") < words.index("2026年1月1日至9月30日") < words.index("办结：期间内结束")
    )
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
        finally:
            document.close()


def test_small_and_wide_pictures_hold_together() -> None:
    for name, chart in {**KINDS, **without_figures()}.items():
        for size in (Size(120, 90), Size(200, 600), Size(1600, 120), Size(1600, 1200)):
            assert draw(chart, size).png(), (name, size)


_FRESH = """
import sys, threading
from mediation_desk.charts.drawing import draw, fitting
from tests.unit.chart_samples import every_kind

def work():
    for chart in every_kind().values():
        picture = draw(chart, fitting(chart, 454))
        made.append(len(picture.png()) + len(picture.svg()) + len(picture.pdf()))

assert not {"matplotlib", "numpy", "fontTools"} & set(sys.modules)  # a start without charts does not pay for them
made = []
threads = [threading.Thread(target=work) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(made) == 2 * len(every_kind())
assert "matplotlib.pyplot" not in sys.modules
from matplotlib.font_manager import fontManager
assert [font.name for font in fontManager.ttflist] == ["Noto Sans SC", "Noto Serif SC"]
"""


def test_a_first_chart_leaves_nothing_on_the_disk_and_asks_for_no_fonts(tmp_path: Path) -> None:
    home, spare, here = tmp_path / "home", tmp_path / "spare", tmp_path / "here"
    for folder in (home, spare, here):
        folder.mkdir()
    (here / "matplotlibrc").write_text(
        "savefig.bbox: tight\nsvg.fonttype: none\n"
    )  # somebody else's settings
    places = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "TMPDIR": str(spare)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL"))}
    environment = {**kept, **places, "TEMP": str(spare), "TMP": str(spare), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _FRESH], cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert list(home.rglob("*")) == list(spare.rglob("*")) == []


def test_alternative_text_tells_the_figures() -> None:
    assert described(bars(3, None)) == "每月办结案件，2026年1月1日至9月30日。1月，3；2月，—。"
    assert described(bars()) == "每月办结案件，2026年1月1日至9月30日，这段期间没有数字。"
    for chart in KINDS.values():
        assert len(described(chart, 60)) <= 60


def test_the_table_of_a_chart_folds_nothing() -> None:
    table = figures(heat(300))
    assert len(table.head) == 301
    assert [len(row) for row in table.rows] == [301] * 3
    assert figures(flow()).rows[0] == ("主动调解", "人民调解", "60")
    assert figures(lines()).rows[3] == ("成功率，人民调解", "93.3%", "97.6%", "94.7%", "—", "1/2", "1/2")
