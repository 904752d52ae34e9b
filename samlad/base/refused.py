"""The two ways an action can end without having been done, each with a sentence a person can read."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Sentence = str | _StrPromise


CANNOT_SAVE: Final = _("Samlad cannot save just now. What you wrote is still in the form. Try again in a moment.")


class Refused(Exception):
    """A rule says no. `sentence` is translatable and says why and, where it can, what to do instead.

    `field` names the form field the sentence belongs to, where there is one.
    """

    def __init__(self, sentence: "Sentence", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotKept(Refused):
    """What was written may not be in the program at all: nothing of it stays, not even a draft in the browser.

    `instead` is the address of what can be done instead, empty where there is nothing. `typed`: it was typed in the
    form, and stands there still, for the person to cut out; not so for a file.
    """

    def __init__(
        self, sentence: "Sentence", *, field: str | None = None, instead: str = "", typed: bool = True
    ) -> None:
        super().__init__(sentence, field=field)
        self.instead = instead
        self.typed = typed


class Unavailable(Exception):
    """The database cannot take it now (full disk, locked, gone). Nothing was saved; trying again is safe."""

    def __init__(self, sentence: "Sentence") -> None:
        super().__init__(sentence)
        self.sentence = sentence
