"""分流与督办 on the case page, worked as a person does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.steps.orders import Receive, RefuseOrder, ReplyOrder
from mediation_desk.cases.steps.routing import Route
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.shared.assets import use_rules_in
from tests.gui.case_page_driver import Driver, register
from tests.persistence.test_case_steps import REGISTER
from ui.main_window import MainWindow


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    return Driver(window, register(services).case_key)


def note(driver: Driver) -> str:
    label = driver.find("routing.note")
    assert isinstance(label, QLabel)
    return label.text()


def sent(services: Services, window: MainWindow, kind: OrderKind, to: str) -> Driver:
    file = register(services)
    step = Route(on=services.cases.local_today, kind=kind, to=to, task="请办理。")
    services.cases.perform(services.actor, file.case_key, step)
    return Driver(window, file.case_key)


def test_a_case_is_assigned_by_pinyin_received_and_then_accepted(driver: Driver) -> None:
    assert note(driver) == "没有交给别的单位。"
    driver.click("routing.assign")
    driver.write("assign.to", "cajd")
    driver.write("assign.task", "到现场看看，组织双方协商。")
    driver.click("assign.submit")
    (order,) = driver.file.beside.orders
    assert (order.kind, order.to, order.person) == (OrderKind.ASSIGN, "长安街道办事处", "甄世平")
    assert state_of(driver.file) is State.ROUTED
    assert driver.next_words == "下一步：等长安街道签收"
    driver.go_on()
    driver.click("order.1.receive.submit")
    assert driver.file.organisation.short == "长安人调"
    assert driver.next_words == "下一步：受理"
    driver.go_on()
    driver.click("accept.submit")
    assert driver.file.intake.number is not None
    assert "长安人调" in driver.file.intake.number
    assert not driver.shows("routing.assign")


def test_what_is_missing_stands_beside_its_field_and_words_stay(driver: Driver) -> None:
    driver.click("routing.handover")
    driver.write("handover.to", "无此单位")
    driver.write("handover.task", "不归我们管。")
    driver.click("handover.submit")
    field = driver.find("handover.to").parentWidget()
    assert "单位名册里没有“无此单位”" in words_in(field)
    assert not driver.file.beside.orders
    driver.write("handover.to", "区人社局")
    driver.click("handover.submit")
    tasks = tuple(order.task for order in driver.file.beside.orders)
    assert tasks == ("不归我们管。",)


def test_a_second_refusal_asks_the_duty_manager(window: MainWindow, services: Services) -> None:
    file = register(services)
    today = services.cases.local_today
    for no, unit in ((1, "区住建局"), (2, "区人社局")):
        hand_over = Route(on=today, kind=OrderKind.HAND_OVER, to=unit, task="请办理。")
        services.cases.perform(services.actor, file.case_key, hand_over)
        services.cases.perform(
            services.actor, file.case_key, RefuseOrder(no=no, on=today, reason="不归我局。")
        )
    driver = Driver(window, file.case_key)
    assert note(driver) == "两次被退回，等值班长决定交办哪个单位。"
    assert driver.next_words == "下一步：由值班长决定交办"
    assert not driver.shows("routing.handover")
    driver.go_on()
    driver.write("assign.to", "长安街道")
    driver.write("assign.task", "请牵头。")
    driver.click("assign.submit")
    assert driver.shows("assign.decided_by")
    assert len(driver.file.beside.orders) == 2
    driver.write("assign.decided_by", "周敬安")
    driver.click("assign.submit")
    assert driver.file.beside.orders[-1].decided_by == "周敬安"


def test_orders_are_answered_hurried_and_voided_on_their_line(window: MainWindow, services: Services) -> None:
    driver = sent(services, window, OrderKind.HAND_OVER, "区人社局")
    driver.click("order.1.receive.open")
    driver.write("order.1.receive.by", "宿文斌")
    driver.click("order.1.receive.submit")
    assert driver.file.beside.orders[0].received_by == "宿文斌"
    driver.click("order.1.supervise.open")
    driver.click("order.1.supervise.submit")
    assert "专项督办须写明理由" in words_in(driver.find("order.1.supervise.form"))
    driver.write("order.1.supervise.reason", "群众催问。")
    driver.click("order.1.supervise.submit")
    assert driver.file.beside.orders[1].kind is OrderKind.SUPERVISE
    driver.click("order.2.void.open")
    driver.write("order.2.void.reason", "重复。")
    driver.click("order.2.void.submit")
    driver.click("order.1.reply.open")
    driver.write("order.1.reply.reply", "已裁决补发。")
    driver.click("order.1.reply.submit")
    assert [order.status for order in driver.file.beside.orders] == [OrderStatus.DONE, OrderStatus.VOIDED]
    assert driver.next_words == "下一步：结案"


def test_a_sponsor_is_named_and_shown(driver: Driver) -> None:
    driver.click("routing.sponsor")
    driver.write("sponsor.name", "高远")
    driver.write("sponsor.post", "副区长")
    driver.click("sponsor.submit")
    assert "包案须写明理由" in words_in(driver.find("sponsor.form"))
    driver.write("sponsor.reason", "多次信访。")
    driver.click("sponsor.submit")
    assert note(driver).startswith("副区长高远包案（")


def test_a_faulty_register_does_not_keep_a_case_from_being_read(
    window: MainWindow, services: Services
) -> None:
    file = register(services)
    step = Route(on=services.cases.local_today, kind=OrderKind.ASSIGN, to="长安街道", task="请办理。")
    services.cases.perform(services.actor, file.case_key, step)
    folder = services.settings.folder / "rules"
    folder.mkdir(exist_ok=True)
    for name in ("units", "routing", "channels"):
        (folder / f"{name}.toml").write_text("version = '1'\n", encoding="utf-8")
    use_rules_in(folder)
    driver = Driver(window, file.case_key)
    assert driver.next_words == "下一步：等长安街道办事处签收"
    driver.click("routing.assist")
    assert "单位名册 units.toml 里一个单位也没有" in words_in(driver.find("assist.form"))


def test_a_danger_is_reported(driver: Driver) -> None:
    driver.click("routing.report")
    driver.write("report.kind", "扬言伤人")
    driver.write("report.to", "值班长")
    driver.click("report.submit")
    assert "“扬言伤人”已于" in note(driver)
    assert "向值班长上报" in note(driver)


def test_the_sender_is_answered_with_what_is_on_file(window: MainWindow, services: Services) -> None:
    today = services.cases.local_today
    referred = replace(
        REGISTER,
        received_on=today,
        occurred_on=today,
        channel="法院委派",
        source_stat=SourceStat.REFERRED,
        source_org="临江市清平区人民法院",
    )
    file = services.cases.register(services.actor, referred)
    driver = Driver(window, file.case_key)
    driver.click("routing.handover")
    driver.write("handover.to", "区人社局")
    driver.write("handover.task", "属于劳动争议。")
    driver.click("handover.submit")
    for step in (Receive(no=1, on=today), ReplyOrder(no=1, on=today, reply="已裁决。")):
        services.cases.perform(services.actor, file.case_key, step)
    driver.page.read_again()
    driver.settle()
    assert note(driver).startswith("还没有反馈：临江市清平区人民法院，最迟 ")
    assert driver.next_words == "下一步：向移送单位反馈"
    driver.go_on()
    assert "案卷里还没有：协议、无争议事实" in words_in(driver.find("reply.form"))
    driver.click("reply.submit")
    told = driver.file.feedback_to_source
    assert told is not None
    assert told.to == "临江市清平区人民法院"
    assert "已转办清平区人力资源和社会保障局办理，该单位反馈：已裁决" in told.content
    assert driver.next_words == "下一步：结案"


def words_in(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
