"""Column types: exact yuan, vocabularies by value, lists of words, instants in UTC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from mediation_desk.audit.entry import canonical
from mediation_desk.cases.ink.place import InkKind, InkPlace

FEN = Decimal("0.01")


class Yuan(TypeDecorator[Decimal]):
    """Money as Decimal yuan with two places, kept as whole fen: sums are exact on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Yuan to fen; more than two places is a bug of the caller."""
        if value is None:
            return None
        fen = value / FEN
        if fen != fen.to_integral_value():
            raise ValueError("more than two decimal places")
        return int(fen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Fen to yuan with two places."""
        return None if value is None else (Decimal(value) * FEN).quantize(FEN)


class Hours(Yuan):
    """Class hours with at most two places, kept as whole hundredths."""

    cache_ok = True


class Rate(Yuan):
    """Percent a year or 万分之 a day with at most two places, kept as whole hundredths."""

    cache_ok = True


class Choice(TypeDecorator[StrEnum]):
    """A vocabulary stored by its value, as it stands on paper."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Check and store the value."""
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member behind the stored value."""
        return None if value is None else self.vocabulary(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A short list of words or refs that is never searched by itself."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str]:
        """Tuple to JSON list."""
        return list(value or ())

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:
        """JSON list to tuple."""
        return tuple(value or ())


class Numbers(TypeDecorator[tuple[int, ...]]):
    """A short list of whole numbers that is never searched by itself."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> list[int]:
        """Tuple to JSON list."""
        return list(value or ())

    def process_result_value(self, value: list[int] | None, dialect: Dialect) -> tuple[int, ...]:
        """JSON list to tuple."""
        return tuple(value or ())


class InkPlaces(TypeDecorator[tuple[InkPlace, ...]]):
    """The places of a printed paper, as it had them that day: read whole, never searched."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[InkPlace, ...] | None, dialect: Dialect) -> list[list[Any]]:
        """Records to JSON lists."""
        return [[one.key, one.page, one.kind.value, list(one.hands), one.ref] for one in value or ()]

    def process_result_value(self, value: list[list[Any]] | None, dialect: Dialect) -> tuple[InkPlace, ...]:
        """JSON lists to records."""
        return tuple(
            InkPlace(key=key, page=page, kind=InkKind(kind), hands=tuple(hands), ref=ref)
            for key, page, kind, hands, ref in value or ()
        )


class Choices(TypeDecorator[tuple[StrEnum, ...]]):
    """A short list of values of one vocabulary."""

    impl = JSON
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: tuple[StrEnum, ...] | None, dialect: Dialect) -> list[str]:
        """Check and store the values."""
        return [self.vocabulary(one).value for one in value or ()]

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[StrEnum, ...]:
        """The members behind the stored values."""
        return tuple(self.vocabulary(one) for one in value or ())


class Amounts(TypeDecorator[tuple[Decimal, ...]]):
    """A short list of yuan amounts, as strings with two places."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Decimal, ...] | None, dialect: Dialect) -> list[str]:
        """Decimals to strings."""
        return [f"{amount:.2f}" for amount in value or ()]

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[Decimal, ...]:
        """Strings to decimals."""
        return tuple(Decimal(amount) for amount in value or ())


class Ranking(TypeDecorator[Mapping[str, tuple[str, ...]]]):
    """Each party's ranked list: party ref to pool numbers."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: Mapping[str, tuple[str, ...]] | None, dialect: Dialect
    ) -> dict[str, list[str]]:
        """Mapping of tuples to JSON object."""
        return {ref: list(ranked) for ref, ranked in (value or {}).items()}

    def process_result_value(
        self, value: dict[str, list[str]] | None, dialect: Dialect
    ) -> Mapping[str, tuple[str, ...]]:
        """JSON object to mapping of tuples."""
        return {ref: tuple(ranked) for ref, ranked in (value or {}).items()}


class Json(TypeDecorator[Any]):
    """Free figures behind a calculation; an absent value is SQL NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True


class Canonical(TypeDecorator[Mapping[str, Any]]):
    """A JSON object as text with sorted keys: what is stored is, to the byte, what the audit chain binds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Object to text."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """Text to object."""
        return None if value is None else json.loads(value)


class Instant(TypeDecorator[datetime]):
    """An aware moment, stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
