"""Personal data of adoption: the addresses that letters go to can be a person's own."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from samlad.base.personal import Holding, Row
from samlad.governance.adoption.models import AdoptionLetter, Receiver
from samlad.governance.adoption.recipients import addresses
from samlad.registers.models import Person


def letters_to(key: str) -> Iterator[Row]:
    """Where the person's address stands as a recipient's, and the letters that went to it."""
    email = Person.objects.filter(key=key).values_list("email", flat=True).first()
    if not email:
        return
    for receiver in Receiver.objects.filter(emails__contains=email):
        if email in addresses(receiver.emails):
            yield {"actor": receiver.actor_id, "function": receiver.function, "sent_on": receiver.sent_on}
    for letter in AdoptionLetter.objects.filter(emails__contains=email).select_related("receiver"):
        if email in addresses(letter.emails):
            yield {"actor": letter.receiver.actor_id, "letter": letter.kind, "told_on": letter.told_on}


ADOPTION_HOLDINGS: Final = (
    Holding(
        name="governance.adoption_recipients",
        title=_("Recipients of what is sent out for adoption"),
        tables=("governance.receiver", "governance.adoptionletter"),
        whose=_("Registrars at the actors"),
        what=_("Function and e-mail address at work, and when a letter or a reminder went there"),
        purpose=_("To send versions to the actors for adoption, and to be able to show who was told when"),
        counted_from=_("from the dispatch"),
        days=None,
        of=letters_to,
    ),
)
NO_PERSONS_IN_ADOPTION: Final = ("governance.dispatch", "governance.adoptiondecision")
