"""What tests of bodies stand on: a body with members, and meetings at some distance from now."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from samlad.base.clock import STOCKHOLM, now
from samlad.base.ids import new_id
from samlad.governance.bodies import actions
from samlad.governance.bodies.models import AgendaItem, Body, BodyMember, Meeting
from samlad.journal.files import Held
from samlad.registers.tests.cast import Everybody

AT_NINE = datetime(2026, 12, 10, 9, 0, tzinfo=STOCKHOLM)


def a_body(cast: Everybody, code: str = "chefsgruppen", readers: str = "parties", *actors: str) -> Body:
    """A body; Södertälje has a member in it unless others are named."""
    body = Body(id=new_id(), code=code, name=code.capitalize(), kind="chiefs", level="directing", readers=readers)
    actions.save_body(body, by=cast.secretariat.who, new=True)
    for actor in actors or ("sodertalje",):
        a_member(cast, body, actor)
    return body


def a_member(cast: Everybody, body: Body, actor: str, **fields: Any) -> BodyMember:
    """An actor's place in a body."""
    member = BodyMember(id=new_id(), body=body, actor_id=actor, seat="Direktör", **fields)
    actions.save_member(member, by=cast.secretariat.who, new=True)
    return member


def a_meeting(cast: Everybody, body: Body, days: int = 14, **fields: Any) -> Meeting:
    """A meeting of two hours, some days from now."""
    starts = (now() + timedelta(days=days)).astimezone(UTC).replace(microsecond=0)
    given = {"starts": starts, "ends": starts + timedelta(hours=2), "number": "1", "place": "Rådhuset"} | fields
    meeting = Meeting(id=new_id(), body=body, **given)
    actions.save_meeting(meeting, by=cast.secretariat.who, new=True)
    return meeting


def an_item(cast: Everybody, meeting: Meeting, title: str = "Budget", **fields: Any) -> AgendaItem:
    """An item, last on the agenda."""
    item = AgendaItem(id=new_id(), meeting=meeting, title=title, **fields)
    actions.save_item(item, by=cast.secretariat.who, new=True)
    return item


def a_pdf(pages: int = 1, width: int = 595, height: int = 842, turned: int = 0, password: str = "") -> bytes:
    """A PDF of empty pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width, height).rotate(turned)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def held(name: str, content: bytes, media_type: str = "application/pdf") -> Held:
    """A file that has been examined."""
    return Held(name, media_type, content, True)
