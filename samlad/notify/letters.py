"""A letter that belongs to no operation, such as an invitation: sent at once, and kept nowhere.

It goes past the queue on purpose: a link that lets somebody in must not lie in the outbox.
"""

from uuid import UUID

from samlad.base.clock import now
from samlad.base.ids import new_id
from samlad.notify.models import Notice, Trouble
from samlad.notify.sender import NoServer, NotTaken, Post, sends_for_real

NONE = UUID(int=0)


def send_letter(*, address: str, subject: str, body: str) -> Trouble | None:
    """Send a letter; None when it has left. UNREACHABLE, too, where there is no mail server: hand it over yourself."""
    if not sends_for_real():
        return Trouble.UNREACHABLE
    key, at = f"letter:{new_id().hex}", now()
    letter = Notice(key=key, operation=NONE, entry=NONE, person="", actor="", channel="email", address=address)
    letter.subject, letter.body, letter.queued_at = " ".join(subject.split()), body, at
    post = Post()
    try:
        post.send(letter)
    except (NoServer, NotTaken) as error:
        return error.trouble
    finally:
        post.close()
    return None
