"""Telling an actor of gaps in its rosters while there is time to mend them, and whoever is asked to swap a shift.

The worker's pump. Each gap is told once, by e-mail to those who can mend it; one that is mended before its notice has
left is not told at all. The rosters' recurring patterns are spread out here, too, as time goes on.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.journal.followers import Every
from samlad.notify.actions import NoticeDraft, queue_what_holds
from samlad.registers.models import Person, Seat, ShiftSwap
from samlad.registers.queries import actors_ever, holds_on, today
from samlad.registers.roster_gaps import RosterGap, roster_gaps
from samlad.registers.roster_patterns import extend_all
from samlad.registers.roster_swaps import waiting
from samlad.registers.roster_words import gap_words, moment_words, short_role
from samlad.registers.seat_rules import JOINT_ROLES

ROSTERS: Final = UUID("5a4d1ad0-0000-5000-8000-726f73746572")
"""What stands where a notice of an operation names it: these belong to none."""
AHEAD: Final = timedelta(days=7)
TOLD: Final = frozenset({"hole", "lost", "alone", "double"})
"""Two at once can be meant; it is shown, and not told."""
EVERY: Final = timedelta(minutes=5)
LANGUAGE: Final = "sv"


def carry_out(moment: datetime) -> None:
    """Spread patterns out, tell what is new, and take back what is mended and not sent yet."""
    extend_all(moment)
    gaps = [gap for gap in roster_gaps(at=moment, ahead=AHEAD) if is_told(gap, moment)]
    swaps = list(waiting(moment))
    with transaction.atomic(), override(LANGUAGE):
        queue_what_holds([*about_gaps(gaps), *about_swaps(swaps)], about=ROSTERS, at=moment)


def is_told(gap: RosterGap, moment: datetime) -> bool:
    """Whether a gap is worth a letter: one that has been there for a week has been told, or is meant."""
    return gap.kind in TOLD and (gap.kind == "alone" or gap.starts > moment - AHEAD)


def about_gaps(gaps: list[RosterGap]) -> Iterator[NoticeDraft]:
    """A letter on each gap to each of those who can mend it."""
    if not gaps:
        return
    names = {actor.code: actor.short for actor in actors_ever()}
    everybody = who_mend(gaps)
    for gap in gaps:
        words = gap_words(gap, names)
        link = settings.SAMLAD_URL + reverse("registers_roster", args=[gap.actor])
        body = "\n\n".join([words, _("Mend it here: %(link)s") % {"link": link}, _("You are told of it once.")])
        for person in everybody[gap.actor, gap.role]:
            yield NoticeDraft(
                operation=ROSTERS,
                entry=uuid5(ROSTERS, gap.key),
                person=person.key,
                actor=gap.actor,
                address=person.email,
                subject=_("In the roster: %(what)s") % {"what": words},
                body=body,
                exercise=False,
                language=LANGUAGE,
            )


def who_mend(gaps: list[RosterGap]) -> dict[tuple[str, str], list[Person]]:
    """Who is told of gaps, by actor and role: the actor's administrators and its TiB; for a role in which one works
    for all actors the secretariat, which keeps those rosters, and those who have the role. One query."""
    found: dict[tuple[str, str], dict[str, Person]] = {(gap.actor, gap.role): {} for gap in gaps}
    roles = {"actor_administrator", "tib", "secretariat"} | JOINT_ROLES
    seats = Seat.objects.filter(holds_on(today()), role__in=roles, person__is_active=True, person__screen=False)
    for seat in seats.select_related("person"):
        for (actor, role), people in found.items():
            joint = role in JOINT_ROLES
            keeps = seat.role == "secretariat" if joint else seat.role == "actor_administrator"
            has = seat.role == (role if joint else "tib")
            if (seat.actor_id == actor and (keeps or has)) or (joint and keeps):
                people[seat.person_id] = seat.person
    return {key: list(people.values()) for key, people in found.items()}


def about_swaps(swaps: list[ShiftSwap]) -> Iterator[NoticeDraft]:
    """A letter to each person who is asked to take a shift."""
    for swap in swaps:
        link = settings.SAMLAD_URL + reverse("registers_swap", args=[swap.pk])
        parts = (asked_in_words(swap), swap.message, _("Answer here: %(link)s") % {"link": link})
        yield NoticeDraft(
            operation=ROSTERS,
            entry=swap.pk,
            person=swap.asked_of_id,
            actor=swap.offered.roster.actor_id,
            address=swap.asked_of.email,
            subject=_("%(asker)s asks you to swap a shift") % {"asker": swap.asked_by.name},
            body="\n\n".join(part for part in parts if part),
            exercise=False,
            language=LANGUAGE,
        )


def asked_in_words(swap: ShiftSwap) -> str:
    """What somebody is asked, in a sentence."""
    words = {
        "asker": swap.asked_by.name,
        "role": short_role(swap.offered.roster.role),
        "from": moment_words(swap.offered.starts),
        "to": moment_words(swap.offered.ends),
    }
    if swap.wanted is None:
        return _("%(asker)s asks you to take the shift as %(role)s from %(from)s to %(to)s.") % words
    theirs = {"their_from": moment_words(swap.wanted.starts), "their_to": moment_words(swap.wanted.ends)}
    sentence = _(
        "%(asker)s asks you to take the shift as %(role)s from %(from)s to %(to)s,"
        " and takes yours from %(their_from)s to %(their_to)s."
    )
    return sentence % (words | theirs)


warn_of_rosters: Final = Every(EVERY, carry_out)
"""The pump, carried out every few minutes."""
