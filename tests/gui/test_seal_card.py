"""Digital seals on the case page: offered where the law allows, refused in words, and no password is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from mediation_desk.app import Desk as Services
from mediation_desk.cases.vocabulary import Category
from mediation_desk.documents.sealing.signatures import signatures
from tests.documents.certificate import NAME, PASSWORD, made
from tests.documents.dispute import case
from tests.gui.case_page_driver import Driver
from ui.main_window import MainWindow
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    with services.storage.write() as work:
        work.cases.add(case())
    return Driver(window, "T01", "papers")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "centre.p12"
    path.write_bytes(made()[0])
    return path


def words(driver: Driver, name: str) -> str:
    found = driver.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def text(driver: Driver, name: str) -> str:
    found = driver.find(name)
    assert isinstance(found, QLineEdit)
    return found.text()


def fill(driver: Driver, certificate: Path, password: str) -> None:
    if not driver.shows("seal.form"):
        driver.click("seal.way")
    driver.write("seal.certificate", str(certificate))
    driver.write("seal.password", password)
    driver.click("seal.submit")


def sealed(services: Services) -> list[Path]:
    return sorted(services.settings.papers.glob("*.pdf")) if services.settings.papers.is_dir() else []


def test_a_paper_is_sealed_noted_and_the_password_forgotten(
    driver: Driver, services: Services, certificate: Path
) -> None:
    driver.click("seal.way")
    driver.choose("seal.paper", "人民调解协议书")
    driver.write("seal.reason", "送交法院")
    fill(driver, certificate, PASSWORD)
    (path,) = sealed(services)
    assert "数字印鉴" in path.name
    (seal,) = signatures(path.read_bytes())
    assert (seal.name, seal.whole, seal.reason) == (NAME, True, "送交法院")
    assert [paper.title for paper in driver.page.view.papers] == ["人民调解协议书（数字印鉴）"]
    assert not driver.shows("seal.form")
    kept = (services.settings.folder / "desk.ini").read_text(encoding="utf-8")
    assert "centre.p12" in kept
    assert PASSWORD not in kept
    driver.click("seal.way")
    assert text(driver, "seal.certificate") == str(certificate)
    assert text(driver, "seal.password") == ""


def test_a_wrong_password_is_said_beside_it_and_nothing_is_written(
    driver: Driver, services: Services, certificate: Path
) -> None:
    fill(driver, certificate, "不对")
    said = [label.text() for label in driver.page.findChildren(PlainLabel) if label.isVisible()]
    assert any("密码不对" in words for words in said)
    assert text(driver, "seal.password") == ""
    assert sealed(services) == []
    certificate.write_bytes(b"no certificate")
    fill(driver, certificate, PASSWORD)
    said = [label.text() for label in driver.page.findChildren(PlainLabel) if label.isVisible()]
    assert any("不是证书文件" in words for words in said)
    fill(driver, certificate.with_name("gone.p12"), PASSWORD)
    said = [label.text() for label in driver.page.findChildren(PlainLabel) if label.isVisible()]
    assert any("没有这个文件" in words for words in said)
    assert sealed(services) == []


def test_where_the_law_excludes_it_the_reason_stands_in_place_of_the_button(
    window: MainWindow, services: Services
) -> None:
    family = case()
    family = replace(family, dispute=replace(family.dispute, category=Category.FAMILY))
    with services.storage.write() as work:
        work.cases.add(family)
    driver = Driver(window, "T01", "papers")
    assert "电子签名法第三条" in words(driver, "seal.refusal")
    assert "盖章" in words(driver, "seal.refusal")
    assert not driver.shows("seal.way")
