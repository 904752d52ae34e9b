"""Money, percents and people as they are written in Swedish and English."""

from decimal import Decimal

from django.utils.formats import get_format

BLANK = "\N{NO-BREAK SPACE}"


def grouped(value: Decimal | int, places: int) -> str:
    """A number with thousands apart by a space, and decimals as the language has them."""
    whole, _dot, decimals = f"{abs(value):,.{places}f}".partition(".")
    mark = str(get_format("DECIMAL_SEPARATOR")) if decimals else ""
    minus = "\N{MINUS SIGN}" if value < 0 else ""
    return minus + whole.replace(",", BLANK) + mark + decimals


def money(value: Decimal | None) -> str:
    """Kronor; öre where there are any. "" for None."""
    if value is None:
        return ""
    return grouped(value, 0 if value == value.to_integral_value() else 2)


def kronor(value: Decimal | None) -> str:
    """Kronor with the unit."""
    return "" if value is None else f"{money(value)}{BLANK}kr"


def people(value: int | None) -> str:
    """How many people."""
    return "" if value is None else grouped(value, 0)


def percent(value: Decimal | None) -> str:
    """A percent without the zeros at its end."""
    if value is None:
        return ""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return grouped(value, max(0, -exponent) if isinstance(exponent, int) else 0)
