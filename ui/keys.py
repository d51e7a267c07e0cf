"""Every key of the desk in one list: the window wires them, Ctrl+/ shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A code for the program, the sequence Qt reads, and what it does in words."""

    code: str
    sequence: str
    words: str


KEYS = (
    Key("search", "Ctrl+K", "搜索"),
    Key("new", "Ctrl+N", "登记新的纠纷"),
    Key("primary", "Ctrl+Return", "本页的下一步"),
    Key("paper", "Ctrl+P", "打印预览"),
    Key("manual", "F1", "这一页的说明"),
    Key("pane", "F4", "右侧栏展开或收起"),
    Key("refresh", "F5", "重新读取"),
    Key("second", "F8", "给各方看的画面，再按收起"),
    Key("undo", "Ctrl+Z", "撤销刚才这一步"),
    Key("larger", "Ctrl++", "文字放大"),
    Key("smaller", "Ctrl+-", "文字缩小"),
    Key("normal", "Ctrl+0", "文字恢复原大"),
    Key("dark", "Ctrl+Shift+D", "深色或浅色"),
    Key("keys", "Ctrl+/", "按键一览"),
)
ALSO = {"primary": "Ctrl+Enter", "larger": "Ctrl+="}
ON_EVERY_SCREEN = (
    ("Alt+1 … Alt+9", "左侧第几项"),
    ("Tab / Shift+Tab", "下一处、上一处；离开表格"),
    ("↑ ↓ Enter", "在表格里移动、打开"),
    ("空格", "按下有框的按钮"),
    ("Alt+↓", "打开日历或下拉框"),
    ("Esc", "收起浮层、放弃"),
)
