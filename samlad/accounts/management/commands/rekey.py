"""`samlad rekey`: what is encrypted with an earlier key is encrypted with the one of now, so that the old can go."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management import BaseCommand
from django.db import transaction

from samlad.accounts.adapter import box

ENCRYPTED: Final = ("secret", "seed")  # of one-time codes, and of recovery codes


class Command(BaseCommand):
    help = "Encrypts second factors with the key of now; after it SAMLAD_SECRET_KEY_FALLBACKS may be emptied."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Decrypt with whatever key fits, encrypt with the first; what no key fits is left as it is, and told."""
        keys, done, left = box(), 0, 0
        for factor in Authenticator.objects.select_for_update():
            names = [name for name in ENCRYPTED if name in factor.data]
            try:
                turned = {name: keys.rotate(factor.data[name].encode()).decode() for name in names}
            except InvalidToken:
                left += 1
                continue
            if turned:
                factor.data |= turned
                factor.save(update_fields=["data"])
                done += 1
        self.stdout.write(f"{done} second factors are encrypted with the key of now.")
        if left:
            self.stderr.write(f"{left} fit none of the keys: their owners must set them up anew.")
