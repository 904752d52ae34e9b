"""Fields that a plan's forms have in common."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samlad.governance.plan.words import sum_words
from samlad.registers.models import Actor
from samlad.registers.queries import parties, today

SHORT: Final = 3
"""Rows of a field for a few sentences."""


def areas_text(*names: str, rows: int = SHORT) -> dict[str, forms.Textarea]:
    """Lower boxes for texts than Django's ten rows."""
    return {name: forms.Textarea({"rows": rows}) for name in names}


if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[Any]
else:
    ModelChoiceField = forms.ModelChoiceField


class ActorField(ModelChoiceField):
    """One actor, by its name, in the order of lists."""

    def __init__(self, **options: Any) -> None:
        self.names = {one.code: one.name for one in parties(today())}
        super().__init__(Actor.objects.filter(code__in=self.names), **options)
        self.choices = [("", _("Choose")), *self.names.items()]


class Kronor(forms.DecimalField):
    """An amount to the öre, with comma or point, with or without spaces between thousands."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=12, decimal_places=2, min_value=Decimal(0), widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """The amount."""
        bare = "".join(value.split()).removesuffix("kr").replace(",", ".") if isinstance(value, str) else value
        return super().to_python(bare)

    def prepare_value(self, value: Any) -> Any:
        """As one types it."""
        return sum_words(value).replace("\u00a0", " ") if isinstance(value, Decimal) else value


def amount_like(field: forms.Field) -> Kronor:
    """The same field, typed as people write money."""
    return Kronor(label=field.label, help_text=field.help_text, required=field.required)


def named(field: forms.Field, rows: "QuerySet[Any]", label: Any) -> None:
    """Let a field choose among some rows, each called by `label`."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset, field.empty_label = rows, _("None chosen")
    field.label_from_instance = label  # type: ignore[method-assign]
