"""Who decides on a way, who sees how people are reached, and how often a way may be tried."""

from datetime import timedelta
from typing import Final

import msgspec
from django.utils.translation import gettext_lazy as _

from samlad.base.clock import now
from samlad.base.refused import Refused
from samlad.journal.who import Who
from samlad.notify.way_models import Way, WayTest

MOST: Final = 10  # ways of one owner at a time
ADDED_A_DAY: Final = 10
HOUR: Final = timedelta(hours=1)
TO_AN_ADDRESS: Final = 5  # tests an hour, whoever's list it stands on
BY_ONE: Final = 12  # tests an hour that one person may start
APART: Final = timedelta(seconds=30)  # between two tests to an address
OVERVIEW: Final = frozenset({"rsk", "secretariat", "administrator"})


class Owner(msgspec.Struct, frozen=True):
    """Whose way it is: a person's (key) or an actor's (code)."""

    person: str = ""
    actor: str = ""


def may_change(who: Who, owner: Owner) -> bool:
    """Whether this reader decides on the ways of an owner: the person themself, an actor's administrators."""
    if owner.person:
        return who.person == owner.person
    return "administrator" in who.roles or ("actor_administrator" in who.roles and who.actor == owner.actor)


def may_see_overview(who: Who) -> bool:
    """Whether this reader sees, for every actor, who can be reached and who can't."""
    return bool(who.roles & OVERVIEW)


def may_see_states(who: Who, actor: str) -> bool:
    """Whether this reader sees how an actor's people and switchboard can be reached, without the addresses."""
    return may_see_overview(who) or ("actor_administrator" in who.roles and who.actor == actor)


def check_can_add(owner: Owner, already: int) -> None:
    """Refuse more ways than anybody needs, and more in a day than anybody changes."""
    if already >= MOST:
        raise Refused(_("There are ten ways already. Remove one first."))
    lately = Way.objects.filter(person=owner.person, actor=owner.actor, added_at__gt=now() - timedelta(days=1))
    if lately.filter(registered=False).count() >= ADDED_A_DAY:
        raise Refused(_("Ten ways have been added today. Go on tomorrow."))


def check_can_test(by: str, address: str) -> None:
    """Refuse more tests than anybody needs: nobody's number is flooded. `address` is a digest."""
    at = now()
    sent = WayTest.objects.filter(address=address, sent_at__gt=at - HOUR)
    if sent.count() >= TO_AN_ADDRESS or WayTest.objects.filter(by=by, sent_at__gt=at - HOUR).count() >= BY_ONE:
        raise Refused(_("There have been many tests in the last hour. Wait an hour and try again."))
    if sent.filter(sent_at__gt=at - APART).exists():
        raise Refused(_("A test was sent just now. Wait half a minute before the next."))
