"""Words and links of calls on pages."""

import re
from typing import Final
from urllib.parse import urlsplit

from django import template

from samlad.activation import names
from samlad.activation.entries.calling import CallingTold
from samlad.notify.channels.phone_numbers import as_written, number_of

register = template.Library()
DIALLED: Final = re.compile(r"\+?[\d\s().,;*#/-]{3,40}")

way_name = register.filter("way_name", names.way)
channel_name = register.filter("channel_name", names.channel)
step_name = register.filter("step_name", names.step)
lasted = register.filter("lasted", names.lasted)
written = register.filter("written", as_written)
trouble_name = register.filter("trouble_name", names.trouble)
why_noted = register.filter("why_noted", names.why_noted)
told_name = register.filter("told_name", names.told)


@register.filter
def roles_of(roles: str) -> str:
    """The names of role codes with commas between."""
    return names.roles_named("", roles)


@register.filter
def told_of(payload: CallingTold) -> dict[str, object]:
    """What an entry of the program's doings adds up to: how many messages went, how many did not, which steps where."""
    steps: dict[str, list[str]] = {}
    for line in payload.lines:
        if line.what not in ("handed", "failed") and line.actor not in steps.setdefault(line.what, []):
            steps[line.what].append(line.actor)
    return {
        "handed": sum(line.what == "handed" for line in payload.lines),
        "failed": sum(line.what == "failed" for line in payload.lines),
        "steps": list(steps.items()),
    }


@register.filter
def tel(number: str) -> str:
    """What a phone dials for a number as people write it; "" where it is none. A code after a comma is kept."""
    if not DIALLED.fullmatch(number.strip()):
        return ""
    plain, comma, code = number.partition(",")
    code = re.sub(r"[^\d#*]", "", code)
    return (number_of(plain) or re.sub(r"[^\d+]", "", plain)) + (f",{code}" if comma and code else "")


@register.filter
def is_address(text: str) -> bool:
    """Whether a text is an encrypted web address and nothing else, so that it can be a link."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc) and not parts.username and " " not in text.strip()
