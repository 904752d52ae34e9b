"""The field where files are attached, for a form to have."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samlad.journal.examine.limits import FILE, FILES, MEGABYTE, TOGETHER
from samlad.journal.examine.what import TYPES
from samlad.journal.files import Upload

LIMITS: Final = {"files": FILES, "each": FILE // MEGABYTE, "together": TOGETHER // MEGABYTE}


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files as they were sent; they are examined by `journal.files.taken`, which refuses with a sentence here."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("Files"),
            help_text=_("At most %(files)s files, %(each)s MB each and %(together)s MB together.") % LIMITS,
            widget=FilesInput(attrs={"accept": ",".join(f".{ending}" for ending in TYPES)}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files; what they are and hold is not looked at here."""
        sent: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data] if data else []
        return [Upload(one.name or "", one.read()) for one in sent]
