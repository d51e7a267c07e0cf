"""打包: which cases, why, where to; then the password that is told this once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from mediation_desk.interchange.packages.service import Packed
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.tokens import Tone
from ui.widgets.buttons import primary
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

KIND = "案件数据包 (*.mdpack)"
_HOW = (
    "案件连同附件装进一个签名、加密的文件，交给另一个中心或者带到村里的电脑上。单方谈话没有本人同意的不装。"
)


class PackingCard(Card):
    """Keys or numbers with blanks between; the file is asked for when the button is pressed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("打包", parent=parent)
        self._context = context
        self._keys = Field(
            "案件", TextField("编号或者案件代码，几件用空格隔开", longest=4000), name="keys", required=True
        )
        self._reason = Field("为什么打包", TextField("例如：带到石桥村调解"), name="reason", required=True)
        self._keys.editor.setObjectName("packages.keys")
        self._reason.editor.setObjectName("packages.reason")
        self.pack = primary("打包", self._on_pack, symbol="paper")
        self.pack.setObjectName("packages.pack")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._told = FactGrid()
        self._told.setObjectName("packages.told")
        self.add(small(_HOW, wrap=True))
        self.add(self._keys)
        self.add(self._reason)
        self.add(self._notice)
        self.add(row(None, self.pack))
        self.add(self._told)
        self._notice.hide()

    def prefill(self, keys: str) -> None:
        """Cases chosen elsewhere."""
        self._keys.editor.set_value(keys)

    def _on_pack(self) -> None:
        wrong = [one for one in (self._keys, self._reason) if not one.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        usual = self._context.services.settings.folder / "案件.mdpack"
        name, _ = QFileDialog.getSaveFileName(self, "数据包存成", str(usual), KIND)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Pack into this file."""
        services = self._context.services
        keys, reason = tuple(self._keys.editor.value().split()), self._reason.editor.value()
        self._notice.hide()
        self.pack.set_busy(True)
        self._context.desk.command(
            lambda: services.packages.pack(services.actor, keys, path, reason=reason),
            lambda packed: self._done(packed, path),
            self._refused,
            touches=Changes.of(Topic.CASES),
            owner=self,
        )

    def _done(self, packed: Packed, path: Path) -> None:
        self.pack.set_busy(False)
        self._told.clear()
        self._told.add("文件", str(path))
        self._told.add("口令", packed.code)
        self._told.add("本处指纹", packed.fingerprint)
        self._told.add(
            "", "口令只显示这一次：请抄下来，另外告诉对方，不要和文件放在一起。对方第一次收，打电话核对指纹。"
        )
        self._context.say(f"装好了：{packed.cases} 件案件、{packed.files} 个附件。", Kind.SUCCESS)

    def _refused(self, error: BaseException) -> bool:
        self.pack.set_busy(False)
        if not isinstance(error, DeskError):
            return False
        field = error.field if isinstance(error, InputError) else ""
        for one in (self._keys, self._reason):
            if field in (one.name, "case") and (one is self._keys or field != "case"):
                one.set_error(error.message)
                return True
        self._notice.setText(error.message)
        self._notice.show()
        return True
