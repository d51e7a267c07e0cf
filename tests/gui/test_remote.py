"""A remote session on the case page, evidence with its file, and the server on the system screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.choosing import RecordChoice
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.model import Recorder
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.remote.meeting import ServerKind
from mediation_desk.shared.file_store import PIECE
from tests.documents.scan_store import picture
from tests.gui.case_page_driver import Driver, fill_pool, register
from tests.stored import place_of
from tests.unit.video_server import APP, SECRET, VideoServer, video_server
from ui.main_window import MainWindow
from ui.screens.case_page.evidence import EvidenceTab
from ui.tables.record_table import RecordTable
from ui.widgets.plain import PlainLabel


@pytest.fixture
def video() -> Iterator[VideoServer]:
    with video_server() as server:
        yield server


def arranged(services: Services, mode: SessionMode = SessionMode.REMOTE) -> str:
    """A case with a session planned for today."""
    fill_pool(services)
    file = register(services)
    today = services.cases.local_today
    recorder = Recorder(pool_no="R01", name="方书文", organisation="清平区人民调解委员会")
    choice = RecordChoice(
        on=today, candidates=("M01", "M02"), marks={"A1": ("M01",), "B1": ("M01",)}, disclosure="无利害关系",
        recorder=recorder,
    )  # fmt: skip
    plan = PlanSession(date=today, start=time(9, 30), place="线上", mode=mode)
    for step in (Accept(on=today), choice, plan):
        file = services.cases.perform(services.actor, file.case_key, step, version=file.version)
    return file.case_key


@pytest.fixture
def served(services: Services, video: VideoServer) -> VideoServer:
    services.meetings.set_server(services.actor, ServerKind.JITSI, video.url, APP)
    services.meetings.set_secret(services.actor, SECRET)
    return video


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    made = Driver(window, arranged(services))
    made.page.go("sessions")
    made.settle()
    return made


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())


def bar(driver: Driver) -> str:
    return driver.window.message_bar.sentence()


def test_without_a_server_it_is_said_and_a_link_of_ones_own_will_do(driver: Driver) -> None:
    driver.click("remote.make")
    assert "还没有设置会议服务器" in bar(driver)
    assert driver.file.beside.meetings == ()

    driver.click("remote.other")
    driver.write("remote.link.link", "http://meet.example.cn/1")
    driver.click("remote.link.submit")
    assert "https://" in words(driver.page)
    driver.write("remote.link.link", "https://meet.example.cn/1")
    driver.click("remote.link.submit")

    meeting = driver.file.beside.meeting(1)
    assert meeting is not None
    assert meeting.link == "https://meet.example.cn/1"
    driver.click("remote.copy")
    assert QGuiApplication.clipboard().text() == "https://meet.example.cn/1"
    assert "这个链接不分人" in words(driver.page)


def test_a_room_is_made_and_everybody_has_an_own_address(served: VideoServer, driver: Driver) -> None:
    driver.click("remote.make")
    meeting = driver.file.beside.meeting(1)
    assert meeting is not None
    assert meeting.link.startswith(served.url)
    links = set()
    for guest in ("甄有理", "贾讲理", "钱和"):
        driver.choose("remote.guest", guest)
        driver.click("remote.copy")
        links.add(QGuiApplication.clipboard().text())

    assert len(links) == 3
    assert all(link.startswith(f"{meeting.link}?jwt=") for link in links)
    assert "jwt=" not in words(driver.page), "a token is not read off the screen"
    assert served.connections == 0


def test_the_browser_opens_on_a_click_only(
    served: VideoServer, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def walk_in(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", walk_in)
    driver.click("remote.make")
    assert opened == []
    driver.click("remote.open")
    assert len(opened) == 1
    assert "?jwt=" in opened[0]
    assert served.connections == 0


def test_consent_is_noted_and_shown(driver: Driver) -> None:
    driver.click("remote.consent.way")
    driver.choose("remote.consent.word.A1", "同意")
    driver.choose("remote.consent.word.B1", "不同意")
    driver.click("remote.consent.submit")

    assert [(one.ref, one.agreed) for one in driver.file.beside.remote_consents] == [
        ("A1", True),
        ("B1", False),
    ]
    driver.click("remote.consent.way")
    driver.choose("remote.consent.word.B1", "同意")
    driver.click("remote.consent.submit")
    assert [(one.ref, one.agreed) for one in driver.file.beside.remote_consents][2:] == [("B1", True)]


def test_nobody_is_recorded_who_did_not_agree_and_the_words_stay(driver: Driver) -> None:
    driver.choose("record.how.A1", "远程视频")
    driver.choose("record.how.B1", "远程视频")
    driver.click("record.rights")
    driver.write("record.record", "谈了两个小时。")
    driver.click("record.submit")

    assert not driver.file.sessions[0].held
    assert "在线调解规则第四条" in words(driver.page)
    assert driver.find("record.record").toPlainText() == "谈了两个小时。"  # type: ignore[attr-defined]


def test_who_joined_is_noted_after_consent(served: VideoServer, driver: Driver) -> None:
    driver.click("remote.joined.way")
    driver.click("remote.joined.submit")
    assert "还没有同意" in words(driver.page)

    driver.click("remote.consent.way")
    driver.choose("remote.consent.word.A1", "同意")
    driver.click("remote.consent.submit")
    driver.click("remote.joined.way")
    driver.write("remote.joined.joined_at", "0925")
    driver.click("remote.joined.submit")
    [joined] = driver.file.beside.joinings
    assert (joined.name, joined.joined_at) == ("甄有理", time(9, 25))
    assert "证件证照在线比对" in words(driver.page)


def test_who_is_in_the_room_is_asked_by_a_click(
    served: VideoServer, driver: Driver, services: Services
) -> None:
    driver.click("remote.make")
    driver.click("remote.who.way")
    assert "不能查" in words(driver.page)
    assert served.connections == 0, "no address for asking is set"


def test_the_cards_are_previewed_and_saved(served: VideoServer, driver: Driver, services: Services) -> None:
    driver.click("remote.make")
    driver.click("remote.cards")
    driver.click("remote.calendars")
    saved = sorted(path.name for path in services.settings.papers.iterdir())
    key = driver.file.case_key
    assert saved == [f"远程调解-{key}-第1次-{ref}.ics" for ref in ("A1", "B1", "M01")]
    assert served.connections == 0


def test_a_session_on_site_has_no_such_card(window: MainWindow, services: Services) -> None:
    driver = Driver(window, arranged(services, SessionMode.ON_SITE))
    driver.page.go("sessions")
    driver.settle()
    assert not driver.shows("remote.card")


# Evidence


@pytest.fixture
def evidence(window: MainWindow, services: Services) -> Driver:
    made = Driver(window, arranged(services))
    made.page.go("evidence")
    made.settle()
    made.click("evidence.add")
    return made


def test_evidence_is_added_on_screen(evidence: Driver) -> None:
    evidence.click("evidence.submit")
    assert not evidence.file.evidence, "a name is asked"
    evidence.write("evidence.name", "转账记录")
    evidence.write("evidence.pages", "3")
    evidence.write("evidence.proves", "已付一千元")
    evidence.click("evidence.submit")

    [item] = evidence.file.evidence
    assert (item.ref, item.name, item.pages, item.provided_by, item.proves) == (
        "E1",
        "转账记录",
        3,
        "A1",
        "已付一千元",
    )


def test_a_recording_goes_into_the_store_with_everybodys_consent_only(
    evidence: Driver, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = tmp_path / "第1次录像.mp4"
    recording.write_bytes(b"film" * 1000)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(recording), ""))
    evidence.click("evidence.file.pick")
    assert evidence.find("evidence.name").text() == "第1次录像"  # type: ignore[attr-defined]
    assert evidence.find("evidence.kind").currentText() == "视听资料"  # type: ignore[attr-defined]

    evidence.choose("evidence.session_no", "第一次调解")
    evidence.click("evidence.submit")
    assert "没有同意录音录像" in words(evidence.page)
    assert not services.settings.attachments.exists(), "nothing is copied before"

    for ref in ("A1", "B1", "M01"):
        evidence.choose(f"evidence.in.{ref}", "在里面，同意")
    evidence.click("evidence.submit")
    [attachment] = evidence.file.beside.attachments
    assert attachment.sha256 == hashlib.sha256(recording.read_bytes()).hexdigest()
    assert (attachment.name, attachment.session_no, attachment.size) == ("第1次录像.mp4", 1, 4000)
    assert services.attachments.is_whole(attachment.sha256)


def test_a_file_that_is_gone_is_told_and_nothing_stored(
    evidence: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "没了.png"
    gone.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(gone), ""))
    evidence.click("evidence.file.pick")
    gone.unlink()
    evidence.click("evidence.submit")

    assert "读不了，请检查文件还在不在" in words(evidence.page)
    assert evidence.file.evidence == ()
    tab = evidence.page.findChild(EvidenceTab)
    assert tab is not None
    assert tab.form.submit_button.isEnabled(), "it can be tried again"


def test_a_long_film_is_copied_beside_the_work_and_can_be_stopped(
    evidence: Driver, services: Services, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 * PIECE))
    tab = evidence.page.findChild(EvidenceTab)
    assert tab is not None
    told: list[tuple[int, int]] = []

    def stop(done: int, size: int) -> None:
        told.append((done, size))
        evidence.click("evidence.file.stop")

    tab.form.take_file(film)
    tab.form.told.connect(stop)
    evidence.click("evidence.submit")
    assert told == [(PIECE // 1024, 3 * PIECE // 1024)]
    assert "已经停下" in words(evidence.page)
    assert not evidence.file.evidence
    assert [path for path in services.settings.attachments.rglob("*") if path.is_file()] == []

    tab.form.told.disconnect(stop)
    evidence.click("evidence.submit")
    assert [one.name for one in evidence.file.evidence] == ["film"]


def test_choosing_a_piece_tells_whether_its_file_is_still_whole(
    evidence: Driver, services: Services, tmp_path: Path
) -> None:
    (tmp_path / "截图.png").write_bytes(picture(fmt="PNG"))
    tab = evidence.page.findChild(EvidenceTab)
    assert tab is not None
    tab.form.take_file(tmp_path / "截图.png")
    evidence.click("evidence.submit")
    table = evidence.page.findChild(RecordTable, "evidence.table")
    assert table is not None
    [item] = evidence.file.evidence
    table.chosen.emit(item)
    assert "文件完好" in bar(evidence)
    place_of(services.attachments, evidence.file.beside.attachments[0].sha256).unlink()
    table.chosen.emit(item)
    assert "已经变了" in bar(evidence)


# The system screen


def test_the_server_is_set_and_tried(window: MainWindow, services: Services, video: VideoServer) -> None:
    window.open_screen("system")
    driver = Screen(window)
    assert not driver.find("server.try").isEnabled()
    driver.choose("server.kind", "Jitsi Meet")
    driver.write("server.url", video.url)
    driver.click("server.save")
    assert services.meetings.setting().place.kind is None, "an App ID is asked"
    driver.write("server.app_id", APP)
    driver.click("server.save")
    driver.write("server.secret", SECRET)
    driver.click("server.keep")
    assert services.meetings.setting().has_secret
    secret = driver.find("server.secret")
    assert isinstance(secret, QLineEdit)
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    assert secret.text() == ""
    assert video.connections == 0

    driver.click("server.try")
    assert "可以使用" in driver.find("server.answer").text()  # type: ignore[attr-defined]
    assert video.asked == ["/config.js"]


class Screen(Driver):
    """The same hands on the screen in front."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.page = window.screen_in_front()  # type: ignore[assignment]
        self.settle()
