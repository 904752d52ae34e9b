from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from samlad.activation.alarm_senders import BadSenders, senders


class ActivationConfig(AppConfig):
    name = "samlad.activation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the check of the alarm senders known."""
        register(alarm_senders)


def alarm_senders(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Whether what the operator wrote of systems that may raise the alarm can be used."""
    try:
        senders(settings.ALARM_SENDERS)
    except BadSenders as bad:
        return [Warning(str(bad), hint="No system can raise the alarm by a message.", id="samlad.W020")]
    return []
