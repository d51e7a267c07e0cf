"""The composition root: puts storage, services and windows together; nothing else knows all of them."""

from typing import TYPE_CHECKING

from mediation_desk.app.checking import Checkup as Checkup
from mediation_desk.app.checking import check_deeply as check_deeply
from mediation_desk.app.checking import check_quickly as check_quickly
from mediation_desk.app.desk import NOT_IN_USE as NOT_IN_USE
from mediation_desk.app.desk import Desk as Desk
from mediation_desk.app.desk import open_desk as open_desk
from mediation_desk.app.doors import Doors as Doors
from mediation_desk.app.restoring import Restoring as Restoring
from mediation_desk.app.restoring import restore_dump as restore_dump
from mediation_desk.app.restoring import wants_password as wants_password
from mediation_desk.app.running import component_versions as component_versions
from mediation_desk.app.running import fill_demo as fill_demo
from mediation_desk.app.running import refuse_window as refuse_window
from mediation_desk.app.running import run_tour as run_tour
from mediation_desk.app.running import run_window as run_window
from mediation_desk.app.running import server_care as server_care

if TYPE_CHECKING:
    from db.server_care import ServerCare as ServerCare  # the command line names it
