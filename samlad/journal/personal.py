"""The journal's personal data: who wrote what, on whose behalf, and who opened what is marked.

Payloads are shredded kind by kind, by decision.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row, delete_some
from samlad.journal.models import Reading, StoredEntry


def written_by(key: str) -> Iterator[Row]:
    """The headers of what the person wrote. The texts are the authorities' records and are asked for there."""
    rows = StoredEntry.objects.filter(author=key).order_by("recorded_at")
    columns = ("operation_id", "entry_id", "kind", "actor", "role", "occurred_at", "recorded_at")
    for row in rows.values(*columns).iterator():
        yield dict(row)


def attached_by(key: str) -> Iterator[Row]:
    """The files that the person attached."""
    rows = StoredEntry.objects.filter(author=key, kind="journal.file_attached").order_by("recorded_at")
    yield from rows.values("operation_id", "entry_id", "actor", "recorded_at").iterator()


def read_by(key: str) -> Iterator[Row]:
    """What the person opened of what is marked, and took out."""
    columns = ("operation_id", "entry_id", "actor", "role", "at", "how")
    yield from Reading.objects.filter(person=key).order_by("at").values(*columns).iterator()


def remove_readings(before: datetime) -> int:
    """Delete readings from before a moment."""
    return delete_some(Reading.objects.filter(at__lt=before))


HOLDINGS: Final = (
    Holding(
        name="journal.entries",
        title=_("Who wrote what"),
        tables=("journal.storedentry",),
        whose=_("Those who write in operations, and those whom the texts mention"),
        what=_("A key for the person who wrote, actor, role, times; the text itself by its kind, below"),
        purpose=_("To know who said what and when, during an operation and when it is examined afterwards"),
        counted_from=_("the key says nothing once the person's row is gone; texts are kept by their kind"),
        days=None,
        of=written_by,
    ),
    Holding(
        name="journal.files",
        title=_("Files attached to entries"),
        tables=("journal.storedfile",),
        whose=_("Those whom a document mentions or a photo shows"),
        what=_("Documents and photos; where and with what a photo was taken has been left out of it"),
        purpose=_("To share what words alone can't tell, with those who may read the entry"),
        counted_from=_("deleted when the entry that it goes with is shredded"),
        days=None,
        of=attached_by,
    ),
    Holding(
        name="journal.readings",
        title=_("Who opened what is marked as secret"),
        tables=("journal.reading",),
        whose=_("Those who open marked entries, or take entries out of the program"),
        what=_("Who, for which actor, which entry, when and how. Ordinary reading is not logged."),
        purpose=_("That the actor whose entry it is can see who read it"),
        counted_from=_("from the day it was read"),
        days=5 * 365,
        of=read_by,
        remove=remove_readings,
    ),
)
NO_PERSONAL_DATA: Final = ("journal.operation", "journal.participation", "journal.followerposition")
