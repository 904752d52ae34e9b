"""The one gate: text with a marking of security classification gets no further. Everything that is stored passes it.

What is refused is not in the sentence, the log or the exception: only which class the marking is of.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.base.refused import NotKept
from samlad.journal import classified
from samlad.journal.models import Operation

NAMES: Final[Mapping[str, Promise]] = {
    "top secret": pgettext_lazy("class", "top secret (kvalificerat hemlig)"),
    "secret": pgettext_lazy("class", "secret (hemlig)"),
    "confidential": pgettext_lazy("class", "confidential (konfidentiell)"),
    "restricted": pgettext_lazy("class", "restricted (begränsat hemlig)"),
    "classified": pgettext_lazy("class", "security-classified"),
}
TEXT: Final = gettext_lazy(
    "What you wrote is marked as %(marking)s. Security-classified information may not be in Samlad. Nothing of it has"
    " been saved. Take out what is classified, or leave a pointer: that it exists, who has it, and how to get it."
)


def check(*values: object, operation: UUID | None = None, sentence: Promise = TEXT, field: str | None = None) -> None:
    """Raises NotKept where a text in any of the values (texts, structs, lists, mappings) carries a marking.

    `operation`: where a pointer can be left instead, if it is there. `sentence` holds %(marking)s, for the class.
    """
    for name, text in named(values):
        if (match := classified.found(text)) is None:
            continue
        there = operation is not None and Operation.objects.filter(id=operation).exists()
        instead = pointer(operation) if operation and there else ""
        told = str(sentence) % {"marking": NAMES[match.level]}
        raise NotKept(told, field=field or name or None, instead=instead)


def pointer(operation: UUID) -> str:
    """The address where a pointer can be left."""
    return reverse("pointer_new", args=[operation])


def named(values: Iterable[object]) -> Iterator[tuple[str, str]]:
    """Every text in the values, with the name of the field of a struct it is in: often a form's field is called so."""
    for value in values:
        if isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield from ((name, text) for text in texts(getattr(value, name)))
        else:
            yield from (("", text) for text in texts(value))


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep, the names of a mapping's values among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, Mapping):
        for name, held in value.items():
            yield from texts(name)
            yield from texts(held)
    elif isinstance(value, tuple | list | set | frozenset):
        for held in value:
            yield from texts(held)
