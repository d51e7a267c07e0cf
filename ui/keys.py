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
    Key("names", "Ctrl+Shift+M", "显示或遮住姓名"),
    Key("keys", "Ctrl+/", "按键一览"),
    Key("lock", "Ctrl+L", "锁定，写到一半的都留着"),
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

ON_BOARD = (
    Key("board.edit", "F2", "改选中的一行；没有选的改上一行"),
    Key("board.previous", "Ctrl+Up", "往上选一行"),
    Key("board.next", "Ctrl+Down", "往下选一行"),
    Key("board.strike", "Ctrl+D", "划去选中的一行，或者恢复"),
    Key("board.issue", "Ctrl+G", "把选中的一行归到争议焦点"),
    Key("board.counter", "Ctrl+R", "对选中的方案还价"),
    Key("board.accept", "Ctrl+J", "登记当事人接受选中的方案"),
    Key("board.withdraw", "Ctrl+Shift+J", "登记撤回选中的方案"),
    Key("board.private", "Ctrl+T", "单方谈话：换一方，再按结束"),
    Key("board.release", "Ctrl+Shift+G", "经本人同意，公开选中的单方谈话"),
    Key("board.opening", "Ctrl+M", "开场：办好这一项，到下一项"),
)
"""Keys of the session board, wired by the board itself."""
MARKS_ON_BOARD = (
    ("@", "发言人：姓名、拼音、首字母或序号；一直有效"),
    ("#", "争议焦点的序号或开头的字；#0 不归入"),
    ("##", "新的争议焦点"),
    ("!", "方案，后面可写金额和日期：!8000 7-15"),
    ("?", "提问"),
    ("=", "认可的事实"),
    ("-", "让步"),
    ("*", "证据"),
    ("%", "告知风险"),
    ("&", "释明法律"),
    (".", "过程"),
    ("~", "单方谈话，只给调解员看；~~ 仅调解员"),
    ("\\", "后面的记号当作字"),
)
"""What may stand in front of a line, with its meaning."""
