"""What the desk remembers about itself between two days; never anything about a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QByteArray, QSettings


@dataclass(frozen=True, slots=True)
class PrinterHabit:
    """How a form is printed on this desk: name of the printer, tray and two-sidedness by Qt's numbers."""

    printer: str
    tray: int
    duplex: int


class Preferences:
    """Appearance, text size, side pane and window place, in one small file of the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)

    @property
    def mode(self) -> str:
        """``light`` or ``dark``."""
        return "dark" if self._file.value("appearance/mode") == "dark" else "light"

    @mode.setter
    def mode(self, mode: str) -> None:
        self._file.setValue("appearance/mode", mode)

    @property
    def percent(self) -> int:
        """Text size in per cent."""
        stored = str(self._file.value("appearance/percent", "100"))
        return int(stored) if stored.isdigit() else 100

    @percent.setter
    def percent(self, percent: int) -> None:
        self._file.setValue("appearance/percent", str(percent))

    @property
    def pane_open(self) -> bool:
        """Whether the side pane is wanted."""
        return str(self._file.value("window/pane", "yes")) == "yes"

    @pane_open.setter
    def pane_open(self, is_open: bool) -> None:
        self._file.setValue("window/pane", "yes" if is_open else "no")

    @property
    def experts_view(self) -> str:
        """How the register of mediators is seen: ``cards`` or ``table``."""
        return "table" if self._file.value("experts/view") == "table" else "cards"

    @experts_view.setter
    def experts_view(self, view: str) -> None:
        self._file.setValue("experts/view", view)

    @property
    def inbox(self) -> str:
        """The folder the scanner of this desk writes into; empty where none is watched."""
        return str(self._file.value("scanning/inbox", ""))

    @inbox.setter
    def inbox(self, folder: str) -> None:
        self._file.setValue("scanning/inbox", folder)

    @property
    def certificate(self) -> str:
        """Where the file with the centre's certificate lies; its password is kept nowhere."""
        return str(self._file.value("sealing/certificate", ""))

    @certificate.setter
    def certificate(self, path: str) -> None:
        self._file.setValue("sealing/certificate", path)

    @property
    def desk_id(self) -> str:
        """Which desk this is among several on one database: words left here are offered back here only."""
        stored = str(self._file.value("desk/id", ""))
        if not stored:
            stored = uuid4().hex[:8]
            self._file.setValue("desk/id", stored)
        return stored

    def printer_habit(self, form: str) -> PrinterHabit | None:
        """How this form was printed last, None if never or if the file was damaged."""
        name = str(self._file.value(f"print/{form}/printer", ""))
        numbers = [str(self._file.value(f"print/{form}/{what}", "")) for what in ("tray", "duplex")]
        if not all(number.isdigit() for number in numbers):
            return None
        return PrinterHabit(printer=name, tray=int(numbers[0]), duplex=int(numbers[1]))

    def set_printer_habit(self, form: str, habit: PrinterHabit) -> None:
        """Remember it."""
        self._file.setValue(f"print/{form}/printer", habit.printer)
        self._file.setValue(f"print/{form}/tray", str(habit.tray))
        self._file.setValue(f"print/{form}/duplex", str(habit.duplex))

    def sequence(self, code: str, usual: str) -> str:
        """The key wanted for ``code`` in the section ``[keys]`` of the file, otherwise the usual one."""
        return str(self._file.value(f"keys/{code}", "")) or usual

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at first."""
        stored = self._file.value("window/geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("window/geometry", geometry)
