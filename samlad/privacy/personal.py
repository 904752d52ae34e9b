"""This room's own: who decided how long things are kept."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row
from samlad.privacy.models import RetentionDecision


def decisions_by(key: str) -> Iterator[Row]:
    """The person's decisions."""
    yield from RetentionDecision.objects.filter(by=key).values("what", "exercises", "days", "ground", "at")


HOLDINGS: Final = (
    Holding(
        name="privacy.decisions",
        title=_("Decisions on how long things are kept"),
        tables=("privacy.retentiondecision",),
        whose=_("Administrators"),
        what=_("Who decided what, when and on which ground"),
        purpose=_("Traceability: who changed what"),
        counted_from=_("they stand as long as what they are about"),
        days=None,
        of=decisions_by,
    ),
)
NO_PERSONAL_DATA: Final = ("privacy.retentionrun",)
