"""The official forms as the tables of the Ministry list them: fields in order, who signs, seal (domain.md §2.2).

Copied from the table by hand; nothing here is read from the program. A field is given by the words that are printed
for it. ``seal`` None: the table leaves it to the committee.
"""

from __future__ import annotations

from mediation_desk.shared.record import record


@record
class Official:
    """``key`` is the form's name in the program; ``signers`` are words beside the places to sign."""

    code: str
    key: str
    fields: tuple[str, ...]
    signers: tuple[str, ...] = ()
    seal: bool | None = False
    acts: tuple[str, ...] = ()


TABLE = (
    Official(
        code="F-03",
        key="application",
        fields=(
            "申请人：",
            "纠纷简要情况",
            "当事人申请事项",
            "1．",
            "已向申请人说明",
            "自愿申请",
            "年",
            "日",
        ),
        signers=("申请人：",),
        acts=("签名、盖章或者按指印",),
    ),
    Official(
        code="F-04",
        key="acceptance",
        fields=(
            "年",
            "日，",
            "经当事人同意，调解",
            "之间的纠纷",
            "纠纷类型",
            "案件来源",
            "①当事人申请",
            "②",
            "主动调解",
            "纠纷简要情况",
            "备注",
            "此表由",
            "填写",
        ),
        signers=("申请人：", "登记人"),
        seal=True,
    ),
    Official(
        code="F-05",
        key="rights",
        fields=(
            "性质",
            "原则",
            "效力",
            "权利：",
            "1．",
            "2．",
            "3．",
            "4．",
            "义务：",
            "1．",
            "2．",
            "3．",
            "不收取任何费用",
            "三十日内",
            "申请回避",
        ),
        signers=("申请人：",),
        seal=None,
        acts=("按指印",),
    ),
    Official(
        code="F-08",
        key="investigation",
        fields=("时间", "地点", "参加人", "被调查人", "调查人", "记录内容", "核对无误"),
        signers=("被调查人：", "调查人", "记录人"),
        seal=None,
    ),
    Official(
        code="F-09",
        key="evidence",
        fields=(
            "序号",
            "证据名称",
            "提供人",
            "份数",
            "页数",
            "原件/复印件",
            "证明内容",
            "收件人",
            "日期",
        ),
        signers=("提供人", "收件人"),
    ),
    Official(
        code="F-10",
        key="record",
        fields=(
            "时间：",
            "地点：",
            "事由：",
            "当事人：",
            "参加人：",
            "记录：",
            "调解结果：",
            "达成协议",
            "不成",
            "有待继续",
        ),
        signers=("调解", "记录人"),
        seal=None,
    ),
    Official(
        code="F-11",
        key="agreement",
        fields=(
            "编号：",
            "申请人：",
            "纠纷主要事实、争议事项",
            "自愿达成如下协议",
            "一、",
            "履行方式、时限",
            "本协议一式",
            "份",
        ),
        signers=("申请人：", "调解", "记录人"),
        seal=True,
        acts=("签名、盖章或者按指印",),
    ),
    Official(
        code="F-12",
        key="oral",
        fields=("申请人：", "纠纷主要事实、争议事项", "口头协议内容", "履行方式和时限"),
        signers=("调解", "登记人"),
        seal=None,
    ),
    Official(
        code="F-14",
        key="visit",
        fields=(
            "当事人：",
            "调解协议编号：",
            "回访事由：",
            "回访时间",
            "回访情况：",
            "履行情况",
            "满意",
            "起诉、判决",
            "调解不当",
            "激化",
            "措施",
        ),
        signers=("回访人",),
    ),
    Official(
        code="F-15",
        key="confirmation",
        fields=("申请人：", "纠纷简要情况", "调解协议编号", "申请事项", "此致", "法院", "年", "日"),
        signers=("申请人：",),
        acts=("签名、盖章或者按指印",),
    ),
    Official(
        code="F-15",
        key="court",
        fields=("案号", "人民法院", "申请日期", "结果", "日期", "裁定书副本"),
        signers=("登记人",),
    ),
    Official(
        code="F-16",
        key="volume_note",
        fields=("缺页", "复印件", "其他需要", "立卷人", "检查人"),
    ),
    Official(
        code="F-18",
        key="closing_report",
        fields=(
            "卷号",
            "填表时间",
            "承办单位",
            "承办人",
            "受案时间",
            "结案时间",
            "申请人",
            "住址",
            "电话",
            "案件来源",
            "简要事实",
            "调解结果",
            "履行",
            "承办人",
            "负责人",
        ),
        seal=True,
    ),
    Official(
        code="通知书",
        key="notice",
        fields=("文号", "：", "与", "途径", "特此通知", "年", "日"),
        seal=True,
    ),
)
