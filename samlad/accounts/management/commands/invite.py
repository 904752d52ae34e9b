"""`samlad invite EMAIL --actor CODE --role ROLE`: a link to come in by; so does the first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samlad.accounts.invitations import DAYS, Wanted, invite
from samlad.base.refused import Refused
from samlad.journal.who import SYSTEM
from samlad.registers.models import Actor


class Command(BaseCommand):
    """Invite somebody from the command line."""

    help = "Prints a link by which somebody accepts a role at an actor, and mails it where there is a mail server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the command takes."""
        parser.add_argument("email")
        parser.add_argument("--actor", required=True, help="the actor's code, such as nacka")
        parser.add_argument("--role", required=True, action="append", help="such as administrator; may be repeated")
        parser.add_argument("--name", default="")
        parser.add_argument("--days", type=int, default=DAYS, help="how long the link can be used")

    def handle(self, *args: Any, email: str, actor: str, role: list[str], name: str, days: int, **options: Any) -> None:
        """Invite, and tell how."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(_("That is not an e-mail address.")) from None
        if not Actor.objects.filter(code=actor).exists():
            raise CommandError(_("There is no actor %(code)s. Import a region first.") % {"code": actor})
        if not 0 < days <= 90:
            raise CommandError(_("A link is valid for 1 to 90 days."))
        try:
            made = invite(Wanted(email, actor, tuple(role), name), by=SYSTEM, days=days)
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from refused
        if made.link:
            self.stdout.write(made.link)
        else:
            self.stdout.write(_("The invitation has been sent to %(email)s.") % {"email": email})
