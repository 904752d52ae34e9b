"""What a region's files say of bodies: governance/bodies.toml. Read by `samlad region import` after the registers."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from django.core.validators import slug_re
from django.utils.translation import gettext as _

from samlad.governance import record
from samlad.governance.bodies.actions import TAKEN
from samlad.governance.bodies.models import Body, BodyKind, Level, Openness
from samlad.journal.who import SYSTEM
from samlad.registers.history import edited_by_hand
from samlad.registers.region_files import Wrong
from samlad.registers.region_import import REASON, Kept, RoomTable

BODIES: Final = UUID("5a4d1ad0-0000-5000-8000-626f64696573")
"""What the ids of bodies from files are made of, with their codes."""


@dataclass(frozen=True)
class BodyRow:
    """A body. What its sources don't tell is left out, and shown as not obtained."""

    code: str
    name: str
    kind: str
    level: str
    source: str
    mandate: str = ""
    members: str = ""
    chair: str = ""
    rhythm: str = ""
    readers: str = Openness.MEMBERS


def import_body(row: BodyRow) -> str:
    """One body. Who sits in it is in no file: it is recorded in the pages."""
    for key, given, known in (
        ("kind", row.kind, BodyKind.values), ("level", row.level, Level.values),
        ("readers", row.readers, Openness.values),
    ):  # fmt: skip
        if given not in known:
            raise Wrong(_("“%(key)s” should be one of %(known)s.") % {"key": key, "known": ", ".join(known)}, key)
    if row.code in TAKEN or not slug_re.match(row.code):
        raise Wrong(_("That word can't be used here. Take another."), "code")
    stored = Body.objects.filter(code=row.code).first()
    new = stored or Body(pk=uuid5(BODIES, row.code), code=row.code)
    before = record.state_of(new)
    new.name, new.kind, new.level, new.mandate = row.name, row.kind, row.level, row.mandate
    new.members_text, new.chair, new.rhythm = row.members, row.chair, row.rhythm
    new.readers, new.source = row.readers, row.source
    differs = stored is None or before != record.state_of(new)
    if differs and edited_by_hand(record.register(Body), str(new.pk)):
        raise Kept
    changed = record.save(new, by=SYSTEM, reason=REASON)
    return "added" if stored is None else "changed" if changed else "same"


LENGTHS: Final = {"code": 60, "name": 120, "chair": 200, "rhythm": 200, "source": 300, "mandate": 4000, "members": 1000}
TABLES: Final = (RoomTable("governance/bodies.toml", "body", BodyRow, import_body, LENGTHS),)
