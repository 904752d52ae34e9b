"""Fields that most people leave empty: made where somebody has filled them in, or looks at them.

A report's form has two dozen fields, and forty people send theirs at the same instant. Making and cleaning a field that
is empty costs as much as one that is not; left out, a post takes half the time.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

Maker = Callable[[], forms.Field]


class SeldomFields(forms.Form):
    """A form with such fields. Each instance makes its own: none is shared.

    In `cleaned_data` they stand only where something was sent: read them with `get`.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.makers = self.seldom()
        for name, make in self.makers.items():
            if not self.is_bound or self.data.get(self.add_prefix(name)):
                self.fields[name] = make()

    def seldom(self) -> Mapping[str, Maker]:
        """The fields by name, none of which is required."""
        return {}

    def __getitem__(self, name: str) -> forms.BoundField:
        """A field of the form, made now where it has not been: somebody looks at it."""
        if name not in self.fields and name in self.makers:
            self.fields[name] = self.makers[name]()
        return super().__getitem__(name)

    def wrong(self, name: str, sentence: str | Promise) -> None:
        """Add an error at a field, also where it is one of those that were left out."""
        self.__getitem__(name)
        self.add_error(name, str(sentence))
