"""Amounts as people type them: 5 000 000, 49716,50 or 49 716.50."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from samlad.governance.money.words import BLANK, grouped

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']")


def plain_number(text: str) -> str:
    """A number as a program reads it: no spaces, a dot before the decimals. What is no number stays as it is."""
    bare = SPACES.sub("", text).replace("\N{MINUS SIGN}", "-")
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands = "." if comma > dot else ","
        bare = bare.replace(thousands, "")
    return bare.replace(",", ".") if bare.count(",") == 1 else bare


def shown(value: Decimal) -> str:
    """A number as a field shows it: as many decimals as it has, but not one alone."""
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return grouped(value, 2 if places == 1 else places).replace(BLANK, " ")


class Amount(forms.DecimalField):
    """A decimal with spaces between thousands, and a comma or a dot before the decimals."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # django-stubs: an IntegerField
        """The number that was typed."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """What the form shows at first; what was typed stays as it was."""
        return shown(value) if isinstance(value, Decimal) else value
