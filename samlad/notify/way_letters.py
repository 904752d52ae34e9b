"""Telling a person by their other ways that one has been added or removed: nobody is moved away unnoticed."""

import logging
import threading
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlad.base.ids import new_id
from samlad.journal.who import Who
from samlad.notify import channels, ways
from samlad.notify.channels import Outgoing
from samlad.notify.channels.faults import NoServer, NotTaken
from samlad.notify.way_models import Channel, Way
from samlad.notify.way_rules import Owner
from samlad.registers.models import Seat
from samlad.registers.queries import emails, holds_on, today

logger = logging.getLogger(__name__)
QUIET: Final = ("email", "sms", "push")
"""The channels on which somebody is told of a change: none that rings, none that others read."""


def tell_of_change(owner: Owner, way: Way, *, added: bool, by: Who) -> None:
    """Send a word on the owner's other ways, after the answer. What can't be sent goes to the log."""
    outgoing = person_words(owner, way, added) if owner.person else actor_words(owner, way, added, by)
    if outgoing:
        threading.Thread(target=send_all, args=(outgoing,), name="way-letters", daemon=True).start()


def person_words(owner: Owner, way: Way, added: bool) -> list[Outgoing]:
    """To a person on their other quiet ways: those of the register, and those that have been verified.

    Others are not told: somebody else's number that was stated by mistake, or on purpose, gets no more by this.
    """
    link = settings.SAMLAD_URL + reverse("my_ways")
    words = {"channel": Channel(way.channel).label, "link": link}
    if added:
        text = _("Samlad can now also reach you by: %(channel)s. If you did not do this, remove it: %(link)s") % words
    else:
        text = _("Samlad no longer reaches you by: %(channel)s. If you did not do this: %(link)s") % words
    others = [
        state
        for state in ways.of_people([owner.person])[owner.person]
        if state.id != str(way.pk) and state.channel in QUIET and (state.registered or state.works) and not state.dead
    ]
    return [letter(state.channel, state.address, text, link) for state in others]


def actor_words(owner: Owner, way: Way, added: bool, by: Who) -> list[Outgoing]:
    """To an actor's other administrators, by e-mail."""
    link = settings.SAMLAD_URL + reverse("actor_ways", args=[owner.actor])
    words = {"channel": Channel(way.channel).label, "name": by.name, "link": link}
    if added:
        text = _("%(name)s has added a way to your switchboard: %(channel)s. See %(link)s") % words
    else:
        text = _("%(name)s has removed a way to your switchboard: %(channel)s. See %(link)s") % words
    seats = Seat.objects.filter(holds_on(today()), actor=owner.actor, role="actor_administrator")
    others = seats.exclude(person=by.person).values_list("person_id", flat=True)
    return [letter("email", address, text, link) for address in emails(others).values()]


def letter(channel: str, address: str, text: str, link: str) -> Outgoing:
    """A word on one way."""
    subject = _("How Samlad reaches you has changed")
    language = get_language() or "sv"
    return Outgoing(f"ways:{new_id().hex}", channel, address, subject, text, False, link, language)


def send_all(outgoing: list[Outgoing]) -> None:
    """Send each by its channel's gateway."""
    for message in outgoing:
        gateway = channels.gateway(message.channel)
        if gateway is None:
            continue
        connection = gateway.connect()
        try:
            connection.send(message)
        except (NoServer, NotTaken) as error:
            logger.warning("a word on changed ways could not be sent: %s", error.trouble)
        finally:
            connection.close()
