"""Times as people on duty read them: the clock in Stockholm, how long ago, how long left.

Each is correct as the server wrote it and needs no script; `age.js` keeps them fresh with the same words, which
`{% time_words %}` hands over on the html element. A page that shows an earlier moment has `as_of` in its context:
then everything is told from that moment, and nothing ticks.
"""

import json
from datetime import datetime

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samlad.base.clock import STOCKHOLM, now

register = template.Library()

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# Up to here the minutes of the hours are told; after it they say nothing.
MINUTES_MATTER = 10 * HOUR


def _words() -> dict[str, str]:
    """The words of times, one set for the server and the browser. {} is the number, or the length of time."""
    return {
        "now": _("just now"),
        "ago": pgettext("how long since", "{} ago"),
        "left": pgettext("how long until", "in {}"),
        "due": pgettext("deadline", "now"),
        "over": pgettext("deadline", "{} overdue"),
        "moment": pgettext("a length of time", "under 1 min"),
        "min": pgettext("minutes", "{} min"),
        "hour": pgettext("hours", "{} h"),
        "day": pgettext("one day", "{} day"),
        "days": pgettext("several days", "{} days"),
    }


def _length(seconds: float) -> str:
    """A length of time in at most two units, rounded down: 12 min, 3 h 5 min, 27 h, 4 days."""
    words = _words()
    whole = int(seconds)
    if whole < MINUTE:
        return words["moment"]
    if whole < HOUR:
        return words["min"].format(whole // MINUTE)
    if whole < MINUTES_MATTER and (minutes := whole % HOUR // MINUTE):
        return words["hour"].format(whole // HOUR) + " " + words["min"].format(minutes)
    if whole < 2 * DAY:
        return words["hour"].format(whole // HOUR)
    days = whole // DAY
    return words["day" if days == 1 else "days"].format(days)


def _clock(moment: datetime, today: datetime) -> str:
    """14:05, or with the date when it isn't today's, or with the year when it isn't this year's."""
    local, day = moment.astimezone(STOCKHOLM), today.astimezone(STOCKHOLM)
    if local.date() == day.date():
        return f"{local:%H:%M}"
    date = "j M" if local.year == day.year else "j M Y"
    # Lower case in Swedish, where Django's short months are not.
    text = formats.date_format(local, date)
    return f"{text.lower() if get_language() == 'sv' else text} {local:%H:%M}"


def _full(moment: datetime) -> str:
    """Weekday, date and time to the second, for titles."""
    return formats.date_format(moment.astimezone(STOCKHOLM), "l j F Y H:i:s")


def _time(context: template.Context, moment: datetime, kind: str, text: str, *, alive: bool = True) -> SafeString:
    """The <time> element; `kind` names what age.js makes of it, unless the page stands still at an earlier moment."""
    ticking = f" data-{kind}" if alive and not context.get("as_of") else ""
    return format_html(
        '<time datetime="{}" title="{}"' + ticking + ">{}</time>",
        moment.astimezone(STOCKHOLM).isoformat(timespec="seconds"),
        _full(moment),
        text,
    )


def _here(context: template.Context) -> datetime:
    """The moment that the page tells from: now, or the earlier one that it shows."""
    as_of: datetime | None = context.get("as_of")
    return as_of or now()


@register.simple_tag(takes_context=True)
def when(context: template.Context, moment: datetime | None) -> SafeString:
    """When something was, on a clock in Stockholm: 14:05, or 21 Nov 14:05 when it wasn't today; nothing for None."""
    if moment is None:
        return SafeString("")
    return _time(context, moment, "clock", _clock(moment, _here(context)))


@register.simple_tag(takes_context=True)
def age(context: template.Context, moment: datetime | None) -> SafeString:
    """How long ago something was: just now, 12 min ago, 3 h 5 min ago; nothing for None."""
    if moment is None:
        return SafeString("")
    seconds = (_here(context) - moment).total_seconds()
    text = _words()["now"] if seconds < MINUTE else _words()["ago"].format(_length(seconds))
    return _time(context, moment, "age", text)


@register.simple_tag(takes_context=True)
def how_long(context: template.Context, since: datetime | None) -> SafeString:
    """For how long something has been so: 32 min; nothing for None."""
    if since is None:
        return SafeString("")
    return _time(context, since, "how-long", _length((_here(context) - since).total_seconds()))


@register.simple_tag(takes_context=True)
def countdown(context: template.Context, moment: datetime | None) -> SafeString:
    """How long until a deadline: in 14 min, now, 8 min overdue; nothing for None."""
    if moment is None:
        return SafeString("")
    left = (moment - _here(context)).total_seconds()
    words = _words()
    if left >= MINUTE:
        text = words["left"].format(_length(left))
    elif left > -MINUTE:
        text = words["due"]
    else:
        text = words["over"].format(_length(-left))
    return _time(context, moment, "countdown", text)


@register.simple_tag
def full_time(moment: datetime | None) -> str:
    """Weekday, date and time to the second in Stockholm, as plain text; nothing for None."""
    return _full(moment) if moment else ""


@register.simple_tag
def clock_text(moment: datetime | None) -> str:
    """As `when`, but plain text, told from now; for titles and attributes."""
    return _clock(moment, now()) if moment else ""


@register.simple_tag
def time_words() -> SafeString:
    """The attribute that gives age.js its words."""
    return format_html('data-time-words="{}"', json.dumps(_words(), ensure_ascii=False))
