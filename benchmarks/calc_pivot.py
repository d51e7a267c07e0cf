"""A pivot table by LibreOffice Calc: kinds of dispute by body, counted and summed, from a CSV dump.

A Basic macro in a profile of its own does it inside the office and notes how long opening and pivoting took; the
start of the office is not counted.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

_MACRO = """
Sub Main
  Dim filter(1) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Text - txt - csv (StarCalc)"
  filter(1).Name = "FilterOptions" : filter(1).Value = "44,34,76,1"
  started = GetSystemTicks()
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, filter())
  opened = GetSystemTicks()
  data = doc.Sheets.getByIndex(0)
  cursor = data.createCursor()
  cursor.gotoEndOfUsedArea(False)
  doc.Sheets.insertNewByName("P", 1)
  target = doc.Sheets.getByName("P")
  pivots = target.getDataPilotTables()
  asked = pivots.createDataPilotDescriptor()
  used = cursor.RangeAddress
  asked.setSourceRange(data.getCellRangeByPosition(0, 0, used.EndColumn, used.EndRow).RangeAddress)
  names = asked.getDataPilotFields()
  names.getByName("body").Orientation = com.sun.star.sheet.DataPilotFieldOrientation.ROW
  names.getByName("category").Orientation = com.sun.star.sheet.DataPilotFieldOrientation.COLUMN
  added = names.getByName("people")
  added.Orientation = com.sun.star.sheet.DataPilotFieldOrientation.DATA
  added.Function = com.sun.star.sheet.GeneralFunction.SUM
  pivots.insertNewByName("t", target.getCellByPosition(0, 0).CellAddress, asked)
  done = GetSystemTicks()
  number = FreeFile
  Open "{answer}" For Output As #number
  Print #number, CStr(opened - started) & " " & CStr(done - opened) & " " & CStr(cursor.RangeAddress.EndRow)
  Close #number
  doc.close(True)
  StarDesktop.terminate()
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>
"""


def calc_seconds(dump: Path, limit: int = 600) -> tuple[float, float] | None:
    """Seconds for opening and for the pivot; None where there is no office with Calc or it did not answer."""
    office = shutil.which("soffice")
    if office is None or not any(Path(office).resolve().parent.glob("*sclo*")):
        return None  # Writer alone is often installed to convert papers
    with tempfile.TemporaryDirectory(prefix="bench-calc-") as ground:
        answer = Path(ground) / "answer.txt"
        basic = Path(ground) / "profile" / "user" / "basic"
        standard = basic / "Standard"
        standard.mkdir(parents=True)
        macro = _MACRO.format(source=dump.as_uri(), answer=answer)
        (standard / "Module1.xba").write_text(_MODULE.format(escape(macro)), "utf-8")
        (standard / "script.xlb").write_text(_LIBRARY, "utf-8")
        (standard / "dialog.xlb").write_text(
            _LIBRARY.replace('<library:element library:name="Module1"/>', "")
        )
        (basic / "script.xlc").write_text(_LIBRARIES.format("script"), "utf-8")
        (basic / "dialog.xlc").write_text(_LIBRARIES.format("dialog"), "utf-8")
        profile = f"-env:UserInstallation={(Path(ground) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--norestore", "macro:///Standard.Module1.Main"]
        try:
            subprocess.run(command, timeout=limit, check=False, capture_output=True)
        except subprocess.TimeoutExpired:
            return None
        if not answer.exists():
            return None
        opening, pivoting, _rows = map(float, answer.read_text().split())
        return opening / 1000, pivoting / 1000
