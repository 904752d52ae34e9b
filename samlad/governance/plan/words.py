"""What pages, papers and letters say of activities: the same words everywhere."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samlad.governance.plan.models import Activity, Progress
from samlad.governance.plan.queries import ActivityView


def kronor(amount: Decimal) -> str:
    """Money as people read it: 12 500 kr, and öre only where there are any."""
    return f"{sum_words(amount)}\u00a0kr"


def sum_words(amount: Decimal) -> str:
    """The same in a column whose head says that it is money."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return str(number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def period(activity: Activity) -> str:
    """From when to when: 2026-01-01 – 2026-06-30."""
    return f"{activity.first_day.isoformat()} – {activity.last_day.isoformat()}"


def progress_word(value: str) -> str:
    """A status in words; that nothing has been said is said."""
    return str(Progress(value).label) if value else _("No follow-up yet")


def quarters_word(quarters: Iterable[int]) -> str:
    """Quarters in words: quarter 1, 2."""
    return _("quarter %(quarters)s") % {"quarters": ", ".join(str(quarter) for quarter in quarters)}


def attention(one: ActivityView) -> list[str]:
    """What about an activity has to be seen to, a sentence each."""
    found, how = [], one.standing
    if how.late:
        found.append(_("Past its last day, %(day)s") % {"day": one.activity.last_day.isoformat()})
    if how.waiting:
        found.append(_("Should have begun %(day)s") % {"day": one.activity.first_day.isoformat()})
    if how.progress == Progress.DEVIATES:
        last = how.follow_ups[max(how.follow_ups)]
        found.append(_("Deviates: %(what)s") % {"what": last.deviation})
    if how.missing:
        found.append(_("No follow-up of %(quarters)s") % {"quarters": quarters_word(how.missing)})
    return found
