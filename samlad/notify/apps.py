from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class NotifyConfig(AppConfig):
    name = "samlad.notify"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is checked at start."""
        checks.register(import_string("samlad.notify.checks.channels"), checks.Tags.security)
