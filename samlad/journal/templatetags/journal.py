"""What pages of an operation say of an entry: who may read it, which files go with it."""

from uuid import UUID

from django import template

from samlad.journal.files_fold import Attached, Files
from samlad.journal.wording import readers

register = template.Library()

register.filter("readers", readers)


@register.filter
def files_with(attached: Files | str, entry: UUID) -> tuple[Attached, ...]:
    """The files that go with an entry, of all that a reader may read: `{% with files=attached|files_with:row.id %}`."""
    return attached.get(entry, ()) if isinstance(attached, dict) else ()
