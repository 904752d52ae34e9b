"""The journal's personal data: who wrote what, on whose behalf. Payloads are shredded kind by kind, by decision."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row
from samlad.journal.models import StoredEntry


def written_by(key: str) -> Iterator[Row]:
    """The headers of what the person wrote. The texts are the authorities' records and are asked for there."""
    rows = StoredEntry.objects.filter(author=key).order_by("recorded_at")
    columns = ("operation_id", "entry_id", "kind", "actor", "role", "occurred_at", "recorded_at")
    for row in rows.values(*columns).iterator():
        yield dict(row)


HOLDINGS: Final = (
    Holding(
        name="journal.entries",
        title=_("Who wrote what"),
        tables=("journal.storedentry",),
        whose=_("Those who write in operations, and those whom the texts mention"),
        what=_("A key for the person who wrote, actor, role, times; the text itself by its kind, below"),
        purpose=_("To know who said what and when, during an operation and when it is examined afterwards"),
        ground=_("Public interest and the exercise of official authority (GDPR art. 6.1 e)"),
        counted_from=_("the key says nothing once the person's row is gone; texts are kept by their kind"),
        days=None,
        of=written_by,
    ),
)
NO_PERSONAL_DATA: Final = ("journal.operation", "journal.participation", "journal.followerposition")
