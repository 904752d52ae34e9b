"""Web Push to a browser (RFC 8030), encrypted for it alone (RFC 8291), in our name (RFC 8292).

The address is the browser's subscription, as JSON. It leads to the browser maker's push service: only those that are
known here, and those that the operator has named, are reached.
"""

import json
from base64 import urlsafe_b64encode
from binascii import Error
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

import msgspec
from py_vapid import Vapid02, VapidException
from pywebpush import WebPusher, WebPushException

from samlad.base.outside import Fetched, NotFetched
from samlad.notify.channel_config import Section
from samlad.notify.channels.faults import NotTaken, shortened
from samlad.notify.channels.lent import Lent
from samlad.notify.channels.line import Line
from samlad.notify.channels.messages import Outgoing
from samlad.notify.channels.push.keys import private_key
from samlad.notify.channels.push.subscription import Subscription, hosts
from samlad.notify.channels.stateless import Stateless
from samlad.notify.models import Trouble

KEEPS: Final = 600  # seconds the push service keeps a notice for a phone that is off; later it would be old news
LONGEST: Final = 1500  # characters of text; a push service takes 4,096 bytes of it all, encrypted


def gateway(section: Section) -> Stateless:
    """Push in the operator's name."""

    def send(outgoing: Outgoing) -> str:
        try:
            subscription = msgspec.json.decode(outgoing.address, type=Subscription)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise NotTaken(Trouble.RECIPIENT, "this is no subscription", final=True) from error
        return pushed(section, subscription, outgoing)

    return Stateless(section, "push", send)


def pushed(section: Section, subscription: Subscription, outgoing: Outgoing) -> str:
    """Hand one notice to a push service; where it can be asked for. Raises NotTaken."""
    to = line(section, subscription.endpoint)
    try:
        answer = posted(section, subscription, outgoing, to)
    except NotFetched as error:
        raise to.fault(error) from error
    except (WebPushException, VapidException, ValueError, Error) as error:  # keys that are none
        raise NotTaken(Trouble.RECIPIENT, shortened(str(error)), final=True) from error
    if answer.status in (401, 403):  # our own key: not the one that this browser was given
        raise NotTaken(Trouble.SIGN_IN, to.said(answer), final=True)
    to.checked(answer)
    return urlsplit(answer.headers.get("location", "")).path[-100:]


def posted(section: Section, subscription: Subscription, outgoing: Outgoing, to: Line) -> Fetched:
    """The push service's answer."""
    told = {
        "title": outgoing.subject[:200],
        "body": outgoing.body[:LONGEST],
        "link": outgoing.link,
        "key": topic(outgoing.key),
        "exercise": outgoing.exercise,
        "language": outgoing.language,
    }
    service = urlsplit(subscription.endpoint)
    ours = Vapid02(private_key(section)).sign({"aud": f"{service.scheme}://{service.netloc}", "sub": section.contact})
    # The same topic again takes the place of a notice that has not been fetched: no copy on a phone that was off.
    headers = {**ours, "Urgency": "high", "Topic": topic(outgoing.key)}
    pusher = WebPusher(msgspec.to_builtins(subscription), requests_session=Lent(to))
    answer: Fetched = pusher.send(json.dumps(told).encode(), headers, ttl=KEEPS)
    return answer


def line(section: Section, endpoint: str) -> Line:
    """The line to a push service."""
    return Line(hosts=hosts(section, endpoint), through=section.through, seconds=section.seconds)


def topic(key: str) -> str:
    """A message's key as a push service and a browser take it: 32 letters."""
    return urlsafe_b64encode(sha256(key.encode()).digest())[:32].decode()
