"""A meeting's minutes on paper (PDF/UA-1). Every text is handed over as data and none is read as markup."""

from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samlad.governance.bodies import queries
from samlad.governance.bodies.calls import when
from samlad.governance.bodies.corrections import Correction
from samlad.governance.bodies.models import Body, Meeting, Presence
from samlad.governance.bodies.pack import TEMPLATES
from samlad.governance.bodies.shown import at_stockholm, names
from samlad.journal import typeset

TEMPLATE: Final = TEMPLATES / "bodies_minutes.typ"


def as_pdf(body: Body, of: Meeting, corrections: list[Correction]) -> bytes:
    """The minutes as they are now; a draft says so on each page."""
    return typeset.as_pdf(TEMPLATE, content(body, of, corrections))


def content(body: Body, of: Meeting, corrections: list[Correction]) -> dict[str, Any]:
    """What the template shows."""
    items, called, made = queries.agenda(of), names(), queries.decisions(of)
    texts = queries.minutes(items)
    draft = "" if of.adjusted_on else pgettext("minutes", "DRAFT – not adjusted")

    def of_item(key: object) -> list[dict[str, str]]:
        return [decision(one, called) for one in made if one.item_id == key]

    return {
        "lang": get_language() or "sv",
        "title": _("Minutes: %(body)s") % {"body": f"{body.name} {of.number}".strip()},
        "heading": f"{body.name} {of.number}".strip(),
        "kicker": pgettext("document", "Minutes"),
        "draft": draft,
        "page": _("Page"),
        "facts": facts(of),
        "present_heading": pgettext("minutes", "Attendance"),
        "present": present(of, called),
        "items": [
            {
                "title": f"{number}. {one.title}",
                "paragraphs": paragraphs(texts[one.pk].text if one.pk in texts else ""),
                "decisions": of_item(one.pk),
            }
            for number, one in enumerate(items, 1)
        ],
        "others": of_item(None),
        "others_heading": _("Other decisions"),
        "decision": pgettext("meeting", "Decision"),
        "corrected_heading": _("Corrected after the adjustment"),
        "before": pgettext("correction", "Before"),
        "since": pgettext("correction", "Now"),
        "corrected": [correction(one) for one in corrections],
    }


def facts(of: Meeting) -> list[list[str]]:
    """What stands at the head."""
    adjusted = ""
    if of.adjusted_on:
        adjusted = f"{date_format(of.adjusted_on, 'j F Y')}, {of.adjusted_by}"
    told = (
        (pgettext("meeting", "When"), when(of)),
        (pgettext("meeting", "Place"), of.place),
        (_("Took the minutes"), of.secretary),
        (pgettext("minutes", "Adjusted"), adjusted),
    )
    return [[str(label), text] for label, text in told if text]


def present(of: Meeting, called: dict[str, str]) -> list[list[str]]:
    """Who took part: how, and which actors, with the function where it is known."""
    rows = queries.attendance(of).values()
    found = []
    for way in Presence:
        those = [one for one in rows if one.presence == way]
        told = [f"{called.get(one.actor_id, one.actor_id)}{f' ({one.who})' if one.who else ''}" for one in those]
        if told:
            found.append([str(way.label), ", ".join(told)])
    return found


def correction(one: Correction) -> dict[str, str]:
    """What was corrected, and why."""
    head = f"{at_stockholm(one.at)}, {one.by}: {one.reason}"
    return {"head": head, "what": one.what, "was": one.before, "is": one.after}


def decision(one: Any, called: dict[str, str]) -> dict[str, str]:
    """A decision in words."""
    told = []
    if one.responsible_id:
        told.append(_("Responsible: %(actor)s") % {"actor": called.get(one.responsible_id, one.responsible_id)})
    if one.due:
        told.append(_("By %(day)s") % {"day": date_format(one.due, "j F Y")})
    return {"number": one.number, "text": one.text, "told": ". ".join(told)}


def paragraphs(text: str) -> list[str]:
    """A text by its paragraphs."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
