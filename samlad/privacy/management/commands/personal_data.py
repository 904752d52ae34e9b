"""`samlad personal_data`: the register of processing on standard output."""

from typing import Any

from django.core.management.base import BaseCommand

from samlad.privacy.document import document


class Command(BaseCommand):
    """Print which personal data the program holds, as Markdown (docs/personal-data.md)."""

    help = __doc__ or ""
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(document(), ending="")
