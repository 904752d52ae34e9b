"""Which sets of open data anybody may fetch. A set without a row here is for those who have signed in."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OpenSet(models.Model):
    """Whether a set is open to all. `name` is what it is called in addresses; the program's, not the secretariat's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.SlugField(_("Set of open data"), max_length=60, unique=True)
    is_open = models.BooleanField(pgettext_lazy("open data", "Open to all, without sign-in"), default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
