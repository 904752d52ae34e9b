"""A letter that belongs to no operation, such as an invitation: sent at once, and kept nowhere.

It goes past the queue on purpose: a link that lets somebody in must not lie in the outbox.
"""

from samlad.base.ids import new_id
from samlad.notify import channels
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.channels.messages import Outgoing
from samlad.notify.models import Trouble
from samlad.notify.sender import sends_for_real


def send_letter(*, address: str, subject: str, body: str) -> Trouble | None:
    """Send a letter; None when it has left. UNREACHABLE, too, where there is no mail server: hand it over yourself."""
    if not sends_for_real():
        return Trouble.UNREACHABLE
    gateway = channels.gateway("email")
    if gateway is None:
        return Trouble.UNREACHABLE
    post = gateway.connect()
    try:
        post.send(Outgoing(f"letter:{new_id().hex}", "email", address, " ".join(subject.split()), body, False))
    except (NoServer, NotTaken) as error:
        return error.trouble
    finally:
        post.close()
    return None
