"""What waits for whom in the plans, for the front page: stances, follow-ups, proposals to deal with."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from samlad.governance.plan import figures, queries
from samlad.governance.plan.models import ActivityState, PlanState
from samlad.governance.plan.stances import silent, stances


@dataclass(frozen=True)
class Waiting:
    """Something that is expected of an actor or of the secretariat ("" as actor), and by which day where one is set."""

    actor: str
    words: str
    url: str
    due: date | None = None


def waiting(on: date | None = None) -> list[Waiting]:
    """All that waits, of all actors and of the secretariat, the earliest day first."""
    found = [*stances_waiting(on), *follow_ups_waiting(on), *secretariat_waiting(on)]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.min, one.words))


def waiting_for(actor: str, on: date | None = None) -> list[Waiting]:
    """What waits for one actor."""
    return [one for one in waiting(on) if one.actor == actor]


def stances_waiting(on: date | None) -> list[Waiting]:
    """The stances that have not been taken on plans that are with chefsgruppen."""
    found = []
    for plan in queries.years(on):
        if plan.state == PlanState.PROPOSED:
            words = _("Take a stance on the annual plan of %(year)s") % {"year": plan.year}
            url = reverse("plan_stances", args=[plan.year])
            found += [Waiting(one.actor, words, url, plan.reply_by) for one in silent(stances(plan, on))]
    return found


def follow_ups_waiting(on: date | None) -> list[Waiting]:
    """The follow-ups that are missing."""
    found = []
    for one, quarter in queries.missing(on):
        names = {"quarter": quarter, "activity": one.activity.title}
        words = _("Follow up quarter %(quarter)s: %(activity)s") % names
        url = reverse("activity_follow_up", args=[one.activity.pk, quarter])
        due = figures.quarter_days(one.year, quarter)[1] + timedelta(days=10)
        found.append(Waiting(one.activity.responsible_id, words, url, due))
    return found


def secretariat_waiting(on: date | None) -> list[Waiting]:
    """The proposals that nobody has dealt with."""
    found = []
    for plan in queries.years(on):
        count = sum(one.state == ActivityState.PROPOSED for one in queries.rows_of(plan, on))
        if count and plan.state != PlanState.CLOSED:
            words = _("Proposals to deal with in the plan of %(year)s: %(count)s")
            words %= {"year": plan.year, "count": count}
            found.append(Waiting("", words, reverse("plan", args=[plan.year]), plan.proposals_by))
    return found
