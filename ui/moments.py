"""Moments in the words people use at a counter."""

from __future__ import annotations

from datetime import date, datetime

from mediation_desk.shared.dates import weekday

_NOON, _EVENING, _WEEK = 12, 18, 7
_NEAR = {0: "今天", 1: "明天", 2: "后天"}


def show_moment(moment: datetime) -> str:
    """``2026-11-28 10:05``, as clocks here show it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def when(moment: datetime | None, today: date) -> str:
    """``今天下午``, ``周四上午`` within a week, ``12月3日上午`` later, ``近期没有空`` for None."""
    if moment is None:
        return "近期没有空"
    local = moment.astimezone()
    part = "上午" if local.hour < _NOON else "下午" if local.hour < _EVENING else "晚上"
    return day_told(local.date(), today) + part


def day_told(day: date, today: date) -> str:
    """``今天``, ``周四`` within a week, ``12月3日`` later."""
    ahead = (day - today).days
    if ahead in _NEAR:
        return _NEAR[ahead]
    if 0 < ahead < _WEEK:
        return weekday(day).replace("星期", "周")
    return f"{day.month}月{day.day}日"
