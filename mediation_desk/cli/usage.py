"""What is wrong with a command line, told in Chinese: the library that reads it speaks English."""

from __future__ import annotations

from click import Parameter, exceptions
from click.types import Choice, FloatRange, IntParamType, IntRange


def told(error: exceptions.ClickException) -> str:
    """One sentence naming the option; what the desk itself says is passed on as it is."""
    if isinstance(error, exceptions.NoSuchOption):
        maybe = f"，是不是{'、'.join(error.possibilities)}？" if error.possibilities else "。"
        return f"没有选项 {error.option_name}{maybe}"
    if isinstance(error, exceptions.MissingParameter):
        return f"缺少{_named(error.param)}。"
    if isinstance(error, exceptions.BadOptionUsage):
        return f"选项 {error.option_name} 的写法不对，请看 --help。"
    if isinstance(error, exceptions.BadParameter):
        return f"{_named(error.param)}：{_reason(error)}"
    if isinstance(error, exceptions.NoSuchCommand):
        return f"没有命令 {error.command_name}，请看 --help。"
    if isinstance(error, exceptions.UsageError) and "unexpected extra argument" in error.message:
        return "后面多写了字，请看 --help。"
    if isinstance(error, exceptions.UsageError) and error.message.isascii():
        return "写法不对，请看 --help。"
    return error.format_message()


def _named(parameter: Parameter | None) -> str:
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "option":
        return f"选项 {parameter.opts[0]}"
    return f"参数 {getattr(parameter, 'metavar', None) or parameter.human_readable_name.upper()}"


def _reason(error: exceptions.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, Choice):
        typed, told, _ = error.message.partition("' is not one of")
        wrong = f"没有“{typed[1:]}”，" if told else ""
        return f"{wrong}可写{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, IntRange | FloatRange):
        return f"应为{_range(kind)}。"
    if isinstance(kind, IntParamType):
        return "应为整数。"
    return "写法不对，请看 --help。" if error.message.isascii() else error.message


def _range(kind: IntRange | FloatRange) -> str:
    number = "整数" if isinstance(kind, IntRange) else "数"
    least = f"不小于{kind.min}" if kind.min is not None else ""
    most = f"不大于{kind.max}" if kind.max is not None else ""
    between = "、".join(one for one in (least, most) if one)
    return f"{between}的{number}" if between else number
