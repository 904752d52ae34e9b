"""Chat: an incoming webhook of Mattermost or Teams, or a room of Matrix, told apart by the address.

    https://chat.example.se/hooks/TOKEN                                              Mattermost
    https://prod-1.westeurope.logic.azure.com/workflows/ID/triggers/manual/paths/invoke?...&sig=...   Teams
    !room:example.se                                                                 Matrix, at the operator's server

Those who give an address can lead us only to hosts that the operator has named.
"""

import json
import re
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlsplit

from samlad.base.outside import NotFetched
from samlad.notify.channel_config import Section
from samlad.notify.channels.chat.addresses import MATTERMOST, TEAMS, is_room
from samlad.notify.channels.faults import NotTaken
from samlad.notify.channels.lent import plugin, sent
from samlad.notify.channels.line import Line
from samlad.notify.channels.messages import Outgoing
from samlad.notify.channels.stateless import Stateless
from samlad.notify.models import Trouble


def gateway(section: Section) -> Stateless:
    """Chat, at the hosts the operator has named."""

    def send(outgoing: Outgoing) -> str:
        if is_room(outgoing.address):
            return by_matrix(section, outgoing)
        secrets = tuple(part for part in re.split(r"[/=&?]", outgoing.address) if len(part) > 15)
        to = Line(hosts=section.hosts, through=section.through, seconds=section.seconds, secrets=secrets)
        sent(plugin(given(outgoing.address)), to, outgoing.body, outgoing.subject)
        return ""

    return Stateless(section, "chat", send)


def given(address: str) -> dict[str, object]:
    """What Apprise makes its plug-in of. Raises NotTaken.

    Only these parts of what somebody typed: an Apprise URL can also name files and other addresses to fetch.
    """
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise NotTaken(Trouble.RECIPIENT, "an address holds no password", final=True)
    where: dict[str, object] = {"host": parts.hostname or "", "port": parts.port}
    if (found := MATTERMOST.fullmatch(parts.path)) and not parts.query:
        named = {name: value for name, value in found.groupdict().items() if value}
        return {"schema": "mmosts" if parts.scheme == "https" else "mmost", **where, **named}
    if (found := TEAMS.fullmatch(parts.path)) and parts.scheme == "https":
        query = dict(parse_qsl(parts.query))
        version = {"version": query["api-version"]} if "api-version" in query else {}
        return {
            "schema": "workflow",
            **where,
            "workflow": found["workflow"],
            "signature": query.get("sig", ""),
            "power_automate": bool(found["power_automate"]),
            "routing_id": found["routing_id"],
            "include_image": False,
            **version,
        }
    raise NotTaken(Trouble.RECIPIENT, "this is no address of Mattermost, Teams or Matrix", final=True)


def by_matrix(section: Section, outgoing: Outgoing) -> str:
    """Write in a room, as the operator's account; the event's id.

    Not by Apprise: with a number of our own for the message, Matrix knows a copy and writes it once.
    """
    if not section.matrix:
        raise NotTaken(Trouble.RECIPIENT, "the operator has named no server for Matrix", final=True)
    server = urlsplit(section.matrix)
    to = Line(
        hosts=(f"{server.scheme}://{server.netloc}",),
        through=section.through,
        seconds=section.seconds,
        secrets=(section.secret,),
        shared=True,
    )
    number = sha256(outgoing.key.encode()).hexdigest()[:40]
    path = f"/_matrix/client/v3/rooms/{quote(outgoing.address, safe='')}/send/m.room.message/{number}"
    message = json.dumps({"msgtype": "m.text", "body": f"{outgoing.subject}\n\n{outgoing.body}"}).encode()
    headers = {"Authorization": f"Bearer {section.secret}", "Content-Type": "application/json"}
    try:
        answer = to.ask("PUT", section.matrix + path, body=message, headers=headers)
    except NotFetched as error:
        raise to.fault(error) from error
    if answer.status in (403, 404):  # not in this room, or no such room: others may be well
        raise NotTaken(Trouble.RECIPIENT, to.said(answer), final=True)
    try:
        told = to.checked(answer).json()
    except ValueError as error:
        raise to.not_understood(answer) from error
    if not isinstance(told, dict) or not isinstance(told.get("event_id"), str):
        raise to.not_understood(answer)
    return str(told["event_id"])[:100]
