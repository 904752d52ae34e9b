"""The one gate: text with a marking of security classification gets no further. Everything that is stored passes it.

What is refused is not in the sentence, the log or the exception: only which class the marking is of.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from samlad.base.refused import NotKept
from samlad.journal import classified

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

    `operation`: where a pointer can be left instead. `sentence` holds %(marking)s, for the class.
    """
    match = next((hit for text in texts(values) if (hit := classified.found(text))), None)
    if match is not None:
        instead = pointer(operation) if operation else ""
        raise NotKept(str(sentence) % {"marking": NAMES[match.level]}, field=field, instead=instead)


def pointer(operation: UUID) -> str:
    """The address where a pointer can be left."""
    return reverse("pointer_new", args=[operation])


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
