from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    name = "samlad.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is checked at start; its module needs the tables, which are there only now."""
        checks.register(import_string("samlad.accounts.checks.federation"), checks.Tags.security)
