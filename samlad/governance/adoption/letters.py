"""Letters to those who are to decide, by e-mail: the version with a link, once; and reminders to those who are silent.

`remind_of_adoption` is the worker's pump. Each letter is a row, so that the page shows who was told when.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlad.base.clock import STOCKHOLM
from samlad.governance import record
from samlad.governance.adoption.models import AdoptionLetter, Dispatch, LetterKind, Receiver
from samlad.governance.adoption.queries import Asked, asked
from samlad.governance.adoption.recipients import addresses
from samlad.governance.adoption.schedule import latest_due
from samlad.governance.adoption.standing import Standing
from samlad.journal.followers import Every
from samlad.journal.who import SYSTEM, Who
from samlad.notify.actions import NoticeDraft, queue_notices
from samlad.registers.queries import today

ADOPTION: Final = UUID("5a4d1ad0-0000-5000-8000-61646f707461")
"""What stands where a notice of an operation names it: these belong to none."""
EVERY: Final = timedelta(hours=1)
LANGUAGE: Final = "sv"
WAKING: Final = range(7, 19)


def send(dispatch: Dispatch, receiver: Receiver, by: Who) -> bool:
    """Queue the letter with the version; whether there was an address. To one that has had it: once more that day."""
    if not addresses(receiver.emails):
        return False
    had = any(one.kind == LetterKind.SENT for one in record.rows(AdoptionLetter, receiver_id=receiver.pk))
    kind = LetterKind.RESENT if had else LetterKind.SENT
    found = next((one for one in asked(key=dispatch.pk)), None)
    return found is not None and queue(found, receiver, kind, today(), by)


def queue(about: Asked, receiver: Receiver, kind: LetterKind, day: date, by: Who) -> bool:
    """Put one letter into the queue, for each of the recipient's addresses, and its row; once for each kind and day."""
    letter = AdoptionLetter(
        id=uuid5(receiver.pk, f"{kind}:{day}"), receiver=receiver, kind=kind, told_on=day, emails=receiver.emails
    )
    if AdoptionLetter.objects.filter(pk=letter.pk).exists():
        return False
    with override(LANGUAGE):
        queue_notices(list(drafts(about, receiver, letter)))
    return record.save(letter, by=by, new=True)


def drafts(about: Asked, receiver: Receiver, letter: AdoptionLetter) -> Iterator[NoticeDraft]:
    """A notice for each address."""
    link = settings.SAMLAD_URL + reverse("receiver", args=[receiver.pk])
    reply_by = receiver.reply_by or about.dispatch.reply_by
    subject, first = words(about, LetterKind(letter.kind), reply_by)
    how = _(
        "Record your own reference number, which body is to decide and when, and the decision with an extract of the "
        "minutes: %(link)s"
    ) % {"link": link}
    version = settings.SAMLAD_URL + reverse("edition", args=[about.dispatch.version_id])
    papers = _("The document and its attachments: %(link)s") % {"link": version}
    equals = _("A decision to adopt equals a signature.")
    own_text = about.dispatch.about if letter.kind in (LetterKind.SENT, LetterKind.RESENT) else ""
    parts = (
        _("To: %(function)s") % {"function": receiver.function},
        first,
        own_text,
        papers,
        how,
        equals,
        _("The coordination secretariat"),
    )
    for address in addresses(receiver.emails):
        yield NoticeDraft(
            operation=ADOPTION,
            entry=uuid5(letter.pk, address),
            person="",
            actor=receiver.actor_id,
            address=address,
            subject=subject,
            body="\n\n".join(part for part in parts if part),
            exercise=False,
            language=LANGUAGE,
        )


def words(about: Asked, kind: LetterKind, reply_by: date) -> tuple[str, str]:
    """The subject and the first sentence of a letter."""
    named = {"what": about.name, "day": reply_by.isoformat()}
    if kind == LetterKind.AHEAD:
        return (
            _("Reminder: adoption of %(what)s, answer by %(day)s") % named,
            _("We have not heard yet what you have decided on %(what)s. Please answer by %(day)s.") % named,
        )
    if kind == LetterKind.AFTER:
        return (
            _("Reminder: adoption of %(what)s") % named,
            _(
                "We asked for your decision on %(what)s by %(day)s and have not heard of it yet. "
                "If the matter is to be decided later, please record the planned meeting."
            )
            % named,
        )
    return (
        _("For adoption: %(what)s, answer by %(day)s") % named,
        _("%(what)s is sent to you for adoption. Please answer by %(day)s.") % named,
    )


def carry_out(moment: datetime) -> None:
    """Queue the reminders that are due today: to those with an address who had the letter and have not answered. By day
    only: nobody is woken by this."""
    if moment.astimezone(STOCKHOLM).hour not in WAKING:
        return
    day = today()
    with transaction.atomic():
        for about in asked():
            if about.dispatch.reminds:
                for one in about.standings:
                    _remind(about, one, day)


def _remind(about: Asked, one: Standing, day: date) -> None:
    """Remind one recipient, if it is time. After a stop only of what is due last, not of all that was missed."""
    told = [letter for letter in one.letters if letter.kind == LetterKind.SENT]
    due = latest_due(told[0].told_on, one.reply_by, day) if told and one.waits else None
    if due and addresses(one.receiver.emails):
        queue(about, one.receiver, *due, SYSTEM)


remind_of_adoption: Final = Every(EVERY, carry_out)
"""The pump, carried out each hour."""
