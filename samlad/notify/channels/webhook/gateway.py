"""Our own JSON, posted to an actor's own system and signed, so that it can tell that it comes from here.

docs/channels.md says what stands in it and how it is checked. The same message has the same Idempotency-Key.
"""

import json
from hashlib import sha256
from typing import Final

from samlad.base.clock import now
from samlad.base.outside import NotFetched
from samlad.notify.channel_config import Section
from samlad.notify.channels.line import Line
from samlad.notify.channels.messages import Outgoing
from samlad.notify.channels.stateless import Stateless
from samlad.notify.channels.webhook.signing import shared_secret, signature

VERSION: Final = 1


def gateway(section: Section) -> Stateless:
    """Webhooks, to the hosts the operator has named."""

    def send(outgoing: Outgoing) -> str:
        # Whole addresses are secrets too: who knows one could write to it.
        path = outgoing.address.partition("://")[2].partition("/")[2]
        to = Line(hosts=section.hosts, through=section.through, seconds=section.seconds, secrets=(path,))
        body = content(outgoing)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": sha256(outgoing.key.encode()).hexdigest()[:40],
            "Samlad-Signature": signature(shared_secret(section, outgoing.address), body, int(now().timestamp())),
        }
        try:
            answer = to.ask("POST", outgoing.address, body=body, headers=headers)
        except NotFetched as error:
            raise to.fault(error) from error
        to.checked(answer)
        return ""

    return Stateless(section, "webhook", send)


def content(outgoing: Outgoing) -> bytes:
    """What is posted."""
    told = {
        "version": VERSION,
        "exercise": outgoing.exercise,
        "subject": outgoing.subject,
        "text": outgoing.body,
        "link": outgoing.link,
        "language": outgoing.language,
    }
    return json.dumps(told, ensure_ascii=False).encode()
