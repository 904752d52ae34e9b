"""After a test alarm each actor's administrators are told how it went for their actor, marked as an exercise."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from samlad.base.ids import follows
from samlad.journal.queries import basics
from samlad.journal.who import SYSTEM
from samlad.learning import drill_words
from samlad.learning.drill_fold import Called
from samlad.learning.drill_statistics import minutes_between
from samlad.learning.models import Drill
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.registers.models import Seat
from samlad.registers.queries import holds_on, today


def tell_administrators(drill: Drill, state: Called) -> None:
    """Queue one notice for each administrator of each actor that was called. Inside the closing's transaction."""
    about = basics(drill.pk, SYSTEM)
    drafts: dict[tuple[str, str], NoticeDraft] = {}
    with override(drill_words.LANGUAGE):
        for seat in administrators(state.actors):
            given = state.given.get(seat.actor_id)
            minutes = minutes_between(state.at, given.at) if given and state.at else None
            subject = drill_words.told_subject(drill.title, about.short(seat.actor_id), minutes)
            lost = {(one.person, one.channel) for one in state.lost if one.actor == seat.actor_id and one.dead}
            draft = NoticeDraft(
                operation=drill.pk,
                # One entry is told to one person once: who administers two actors is told of both.
                entry=follows(drill.pk, f"told {seat.actor_id}"),
                person=seat.person.key,
                actor=seat.actor_id,
                address=seat.person.email,
                subject=subject,
                body=drill_words.told_text(subject, len(lost), addresses(seat.actor_id)),
                exercise=True,
                language=drill_words.LANGUAGE,
            )
            drafts[seat.actor_id, seat.person.key] = draft
        queue_notices(drafts.values())


def administrators(actors: tuple[str, ...]) -> "QuerySet[Seat]":
    """The seats of these actors' own administrators who may sign in today."""
    seats = Seat.objects.filter(holds_on(today()), actor__in=actors, role="actor_administrator")
    return seats.filter(person__is_active=True).select_related("person").order_by("actor", "person__name")


def addresses(actor: str) -> dict[str, str]:
    """Where an administrator goes on."""
    names = {
        "report": reverse("drill_actor", args=[actor]),
        "gaps": reverse("registers_gaps"),
        "ways": reverse("actor_ways", args=[actor]),
    }
    return {name: settings.SAMLAD_URL + path for name, path in names.items()}
